// SPDX-License-Identifier: Apache-2.0
//
// What the processor at hand can do. Vector paths are compiled beside the plain ones, function by function, and chosen
// when the program runs.
#pragma once

#if defined(__x86_64__)
#define EIGENMATA_X86_64 1
#define EIGENMATA_TARGET_VBMI __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,bmi,bmi2,popcnt")))
#define EIGENMATA_TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#endif

namespace eigenmata::simulation {

struct Processor {
  bool avx2 = false;         ///< with BMI 2
  bool avx512_vbmi = false;  ///< with F, BW, VL, DQ
};

[[nodiscard]] inline const Processor& processor() {
#ifdef EIGENMATA_X86_64
  static const Processor found = [] {
    __builtin_cpu_init();
    Processor p;
    p.avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    p.avx512_vbmi = p.avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vbmi");
    return p;
  }();
#else
  static const Processor found;
#endif
  return found;
}

}  // namespace eigenmata::simulation

// SPDX-License-Identifier: Apache-2.0
//
// A random generator whose numbers depend on the seed alone, on every machine and standard library
// (`std::uniform_int_distribution` does not promise that). SplitMix64 [Steele2014].
#pragma once

#include <cassert>
#include <cstdint>

namespace eigenmata::core {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  [[nodiscard]] std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  /// Uniform in {0, …, bound − 1}, without bias (rejection). Needs bound ≥ 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) {
    assert(bound > 0);
    const std::uint64_t unbiased = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
      const std::uint64_t value = next();
      if (value < unbiased) return value % bound;
    }
  }

  /// Uniform in {low, …, high}, both included. Needs low ≤ high.
  [[nodiscard]] std::int64_t between(std::int64_t low, std::int64_t high) {
    // In unsigned numbers, which wrap around: the width may exceed 63 bits.
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    const std::uint64_t offset = width == UINT64_MAX ? next() : below(width + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + offset);
  }

  /// True with probability one in `n`.
  [[nodiscard]] bool one_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

}  // namespace eigenmata::core

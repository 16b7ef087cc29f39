// SPDX-License-Identifier: Apache-2.0
//
// What the kernels of diagonal_scan.hpp are asked to do. Complex numbers are pairs of T, real part first, and are
// counted in T here.
#pragma once

#include <cstddef>

namespace eigenmata::simulation {

/// `numbers` numbers of each step, which are `stride` apart.
template <class T>
struct ScanBlock {
  std::size_t steps = 0;
  std::size_t numbers = 0;
  std::size_t stride = 0;
  const T* a = nullptr;  ///< of all steps; gates: of the first
  T* x = nullptr;
  T* state = nullptr;  ///< h before the first step; becomes that after the last
};

template <class T>
struct ScanKernels {
  bool fuses = false;  ///< if not, the others must not be called
  void (*diagonal)(const ScanBlock<T>&) = nullptr;
  void (*gated)(const ScanBlock<T>&) = nullptr;
  /// x_t ← p_t h + x_t with h = `state`, which stays; p_0 is given and becomes the power after the last.
  void (*carry)(const ScanBlock<T>&, T* powers) = nullptr;
};

template <class T>
[[nodiscard]] ScanKernels<T> scan_kernels();

}  // namespace eigenmata::simulation

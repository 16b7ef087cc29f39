// SPDX-License-Identifier: Apache-2.0
//
// What the kernels of matrix_recurrence.hpp are asked to do, whatever the instructions: many rows on a strip of
// columns, and sums of products of matrices. Every entry of a result is one chain of fused multiply-adds whose order
// the callers state; which entries stand side by side in vectors makes no difference to it.
#pragma once

#include <cstddef>

namespace eigenmata::simulation {

inline constexpr std::size_t kMostBlock = 4;
/// A product of two keys is so many sums side by side, whatever the width of vectors.
inline constexpr std::size_t kDotSums = 16;

/// Blocks of `block` rows on `columns` columns of the state, which fill `vectors` vectors or less.
template <class T>
struct MatrixStrip {
  std::size_t n = 0;
  std::size_t vectors = 1;
  std::size_t block = 1;
  std::size_t blocks = 0;
  const T* keys = nullptr;   ///< [row][coordinate]
  const T* betas = nullptr;  ///< [row]
  const T* gram = nullptr;   ///< [row][earlier row of the block], kMostBlock a row
  const T* values = nullptr;
  std::size_t values_stride = 0;
  std::size_t columns = 0;
  T* state = nullptr;  ///< [coordinate][strip]; what is beyond `columns` may become anything
};

/// One read of a strip: output ← Σ_i query_i state_i.
template <class T>
struct MatrixRead {
  std::size_t n = 0;
  std::size_t vectors = 1;
  std::size_t columns = 0;
  const T* query = nullptr;
  const T* state = nullptr;  ///< [coordinate][strip]
  T* output = nullptr;
};

/// c[i][j] ← c[i][j] ± a[i][0] b[0][j] ± a[i][1] b[1][j] …, each step rounded once. a[i][l] stands at
/// i · a_row + l · a_column. If `triangle`, row i takes part in terms l ≤ i only.
template <class T>
struct MatrixSum {
  std::size_t rows = 0, columns = 0, terms = 0;
  const T* a = nullptr;
  std::size_t a_row = 0, a_column = 1;
  const T* b = nullptr;
  std::size_t b_stride = 0;
  T* c = nullptr;
  std::size_t c_stride = 0;
  bool negative = false;
  bool triangle = false;
};

template <class T>
struct MatrixKernels {
  bool fuses = false;  ///< if not, the others must not be called
  std::size_t lanes = 1;
  /// Vectors of a strip, 1 to 4, for a number of rows a block and of columns in all.
  std::size_t (*strip)(std::size_t block, std::size_t columns) = nullptr;
  void (*run)(const MatrixStrip<T>&) = nullptr;
  /// gram[row · kMostBlock + l] = k_row · k_l for the rows l before it in its block.
  void (*dots)(const T* keys, std::size_t n, std::size_t block, std::size_t rows, T* gram) = nullptr;
  void (*sum)(const MatrixSum<T>&) = nullptr;
  void (*read)(const MatrixRead<T>&) = nullptr;
};

template <class T>
[[nodiscard]] MatrixKernels<T> matrix_kernels();

}  // namespace eigenmata::simulation

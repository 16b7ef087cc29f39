// SPDX-License-Identifier: Apache-2.0
//
// The definition of matrix_recurrence.hpp, line by line as it is written there.
#include <algorithm>
#include <array>
#include <cmath>

#include "eigenmata/core/error.hpp"
#include "matrix_kernels.hpp"
#include "matrix_shapes.hpp"

namespace eigenmata::simulation {
namespace {

constexpr std::size_t kLongestMatrixChunk = 1024;

template <class T>
T product_of_keys(const T* a, const T* b, std::size_t n) {
  std::array<T, kDotSums> sums{};
  for (std::size_t i = 0; i < n; ++i) sums[i % kDotSums] = std::fma(a[i], b[i], sums[i % kDotSums]);
  for (std::size_t half = kDotSums / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) sums[i] += sums[i + half];
  }
  return sums[0];
}

template <class T>
void run_one_block(const MatrixRows<T>& rows, std::size_t first, std::size_t count, std::span<T> state) {
  const std::size_t n = rows.n;
  const T* keys = rows.keys.data() + first * n;
  for (std::size_t column = 0; column < rows.d; ++column) {
    std::array<T, kMostBlock> e{};
    for (std::size_t j = 0; j < count; ++j) {
      T s = 0;
      for (std::size_t i = 0; i < n; ++i) s = std::fma(keys[j * n + i], state[i * rows.d + column], s);
      T rest = rows.values[(first + j) * rows.d + column] - s;
      for (std::size_t l = 0; l < j; ++l) rest = std::fma(-product_of_keys(keys + j * n, keys + l * n, n), e[l], rest);
      e[j] = rows.betas[first + j] * rest;
    }
    for (std::size_t i = 0; i < n; ++i) {
      T& h = state[i * rows.d + column];
      for (std::size_t j = 0; j < count; ++j) h = std::fma(keys[j * n + i], e[j], h);
    }
  }
}

/// o = Σ_i q_i H_i.
template <class T>
void read_state(const MatrixRows<T>& rows, const T* query, std::span<const T> state, T* output) {
  for (std::size_t column = 0; column < rows.d; ++column) {
    T sum = 0;
    for (std::size_t i = 0; i < rows.n; ++i) sum = std::fma(query[i], state[i * rows.d + column], sum);
    output[column] = sum;
  }
}

template <class T>
void run_one_chunk(const MatrixRows<T>& rows, std::size_t first, std::size_t count, std::span<T> state,
                   const MatrixReads<T>& reads) {
  const std::size_t n = rows.n;
  const std::size_t d = rows.d;
  const T* k = rows.keys.data() + first * n;
  const T* x = rows.values.data() + first * d;
  const T* beta = rows.betas.data() + first;
  std::vector<T> c(count * count), t(count * count), w(count * n), y(count * d);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      T sum = 0;
      for (std::size_t a = 0; a < n; ++a) sum = std::fma(k[i * n + a], k[j * n + a], sum);
      c[i * count + j] = beta[i] * sum;
    }
    for (std::size_t j = 0; j < i; ++j) {
      T sum = c[i * count + j];
      for (std::size_t l = 0; l < i; ++l) sum = std::fma(c[i * count + l], l > j ? t[l * count + j] : T(0), sum);
      t[i * count + j] = -sum;
    }
    t[i * count + i] = 1;
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t j = 0; j <= i; ++j) {
        const T scaled = beta[j] * k[j * n + a];
        w[i * n + a] = std::fma(t[i * count + j], scaled, w[i * n + a]);
      }
    }
    for (std::size_t a = 0; a < d; ++a) {
      T sum = 0;
      for (std::size_t j = 0; j <= i; ++j) {
        const T scaled = beta[j] * x[j * d + a];
        sum = std::fma(t[i * count + j], scaled, sum);
      }
      for (std::size_t j = 0; j < n; ++j) sum = std::fma(-w[i * n + j], state[j * d + a], sum);
      y[i * d + a] = sum;
    }
  }
  for (std::size_t i = 0; i < count && reads.every > 0; ++i) {
    if ((first + i + 1) % reads.every != 0) continue;
    const std::size_t read = (first + i) / reads.every;
    T* output = reads.outputs.data() + read * d;
    read_state<T>(rows, reads.queries.data() + read * n, state, output);
    for (std::size_t j = 0; j <= i; ++j) {
      T product = 0;
      for (std::size_t b = 0; b < n; ++b) product = std::fma(reads.queries[read * n + b], k[j * n + b], product);
      for (std::size_t a = 0; a < d; ++a) output[a] = std::fma(product, y[j * d + a], output[a]);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t a = 0; a < d; ++a) {
      for (std::size_t j = 0; j < count; ++j) state[i * d + a] = std::fma(k[j * n + i], y[j * d + a], state[i * d + a]);
    }
  }
}

}  // namespace

template <class T>
void require_shapes(const MatrixPlan& plan, const MatrixRows<T>& rows, std::size_t state, const MatrixReads<T>& reads) {
  const bool blocks = plan.form == MatrixPlan::Form::kBlocks;
  const std::size_t most = blocks ? kMostBlock : kLongestMatrixChunk;
  if (plan.length == 0 || plan.length > most)
    throw core::Error((blocks ? "blocks of " : "chunks of ") + std::to_string(plan.length) + " rows; they have 1 to " +
                      std::to_string(most));
  const auto require = [&](const char* what, std::size_t found, std::size_t wanted) {
    if (found != wanted)
      throw core::Error("matrix state of " + std::to_string(rows.n) + " x " + std::to_string(rows.d) + ", " +
                        std::to_string(rows.betas.size()) + " rows: " + std::to_string(found) + " numbers in its " +
                        what + " in the place of " + std::to_string(wanted));
  };
  if (rows.n == 0 || rows.d == 0) throw core::Error("a matrix state without rows or without columns");
  require("keys", rows.keys.size(), rows.betas.size() * rows.n);
  require("values", rows.values.size(), rows.betas.size() * rows.d);
  require("state", state, rows.n * rows.d);
  const std::size_t count = reads.every == 0 ? 0 : rows.betas.size() / reads.every;
  require("queries", reads.queries.size(), count * rows.n);
  require("outputs", reads.outputs.size(), count * rows.d);
}

template <class T>
void run_matrix_by_reference(const MatrixPlan& plan, const MatrixRows<T>& rows, std::span<T> state,
                             const MatrixReads<T>& reads) {
  require_shapes(plan, rows, state.size(), reads);
  const bool blocks = plan.form == MatrixPlan::Form::kBlocks;
  for (std::size_t row = 0; row < rows.betas.size();) {
    std::size_t count = std::min(plan.length, rows.betas.size() - row);
    if (blocks && reads.every > 0) count = std::min(count, reads.every - row % reads.every);
    blocks ? run_one_block(rows, row, count, state) : run_one_chunk(rows, row, count, state, reads);
    row += count;
    if (!blocks || reads.every == 0 || row % reads.every != 0) continue;
    const std::size_t read = row / reads.every - 1;
    read_state<T>(rows, reads.queries.data() + read * rows.n, state, reads.outputs.data() + read * rows.d);
  }
}

template void require_shapes(const MatrixPlan&, const MatrixRows<float>&, std::size_t, const MatrixReads<float>&);
template void require_shapes(const MatrixPlan&, const MatrixRows<double>&, std::size_t, const MatrixReads<double>&);
template void run_matrix_by_reference(const MatrixPlan&, const MatrixRows<float>&, std::span<float>,
                                      const MatrixReads<float>&);
template void run_matrix_by_reference(const MatrixPlan&, const MatrixRows<double>&, std::span<double>,
                                      const MatrixReads<double>&);

}  // namespace eigenmata::simulation

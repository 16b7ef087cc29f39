// SPDX-License-Identifier: Apache-2.0
//
// What the layers of the LRNN family share. A layer keeps a state S of dv × dk, and reads queries q_t and keys k_t of
// dk numbers and values v_t of dv numbers; row t of a matrix belongs to token t. All of them are cases of
//
//   S_t = S_{t−1} A_t + U_t,   o_t = S_t q_t
//
// (`dense_recurrence`, the definition), and each has forms that never build A_t: a recurrence of O(dv·dk) a token, and
// a chunkwise form that does the tokens of a chunk at once. Over an exact field all forms are equal; in floats each
// rounds in its own way. All are generic over the arithmetic, so that the same code shows both.
#pragma once

#include <cassert>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/matrix.hpp"

namespace eigenmata::ssm {

template <class S>
struct LayerRun {
  exact::Matrix<S> outputs;  ///< tokens × dv
  exact::Matrix<S> state;    ///< dv × dk, after the last token
};

/// A product over a stretch of tokens, in chunkwise forms: G_i/G_j of products from the chunk's beginning, or the
/// product α_{j+1} ⋯ α_i itself. Equal, until G underflows.
enum class GateProducts { kQuotients, kSegments };

/// Σ_c a(i, c)·b(j, c).
template <exact::Arithmetic K>
[[nodiscard]] typename K::Scalar row_product(const K& k, const exact::Matrix<typename K::Scalar>& a, std::size_t i,
                                             const exact::Matrix<typename K::Scalar>& b, std::size_t j) {
  exact::ProductSum<K> sum(k);
  for (std::size_t c = 0; c < a.columns(); ++c) sum.add(k, a(i, c), b(j, c));
  return sum.total(k);
}

/// Rows first … last − 1.
template <class S>
[[nodiscard]] exact::Matrix<S> rows_of(const exact::Matrix<S>& a, std::size_t first, std::size_t last) {
  std::vector<S> entries;
  for (std::size_t i = first; i < last; ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) entries.push_back(a(i, j));
  }
  return {last - first, a.columns(), std::move(entries)};
}

/// out(row, ·) = state·q(row, ·).
template <exact::Arithmetic K>
void read_out(const K& k, const exact::Matrix<typename K::Scalar>& state, const exact::Matrix<typename K::Scalar>& q,
              std::size_t row, exact::Matrix<typename K::Scalar>& out) {
  for (std::size_t i = 0; i < state.rows(); ++i) out(row, i) = row_product(k, state, i, q, row);
}

/// The definition: S ← S·A_t + U_t, o_t = S·q_t. Cost: O(tokens·dv·dk²).
template <exact::Arithmetic K>
[[nodiscard]] LayerRun<typename K::Scalar> dense_recurrence(
    const K& k, exact::Matrix<typename K::Scalar> state,
    const std::vector<exact::Matrix<typename K::Scalar>>& transitions,
    const std::vector<exact::Matrix<typename K::Scalar>>& updates, const exact::Matrix<typename K::Scalar>& q) {
  exact::Matrix<typename K::Scalar> outputs(q.rows(), state.rows(), k.zero());
  for (std::size_t t = 0; t < q.rows(); ++t) {
    state = exact::multiply(k, state, transitions[t]);
    for (std::size_t i = 0; i < state.rows(); ++i) {
      for (std::size_t c = 0; c < state.columns(); ++c) state(i, c) = k.add(state(i, c), updates[t](i, c));
    }
    read_out(k, state, q, t, outputs);
  }
  return {std::move(outputs), std::move(state)};
}

/// Chunks of at most `length` tokens one after the other: `chunk(first, last, state)` gives a chunk's outputs and the
/// state after it. Throws `core::Error` for a length of 0.
template <class S, class Chunk>
[[nodiscard]] LayerRun<S> chunk_by_chunk(std::size_t tokens, std::size_t length, exact::Matrix<S> state,
                                         const Chunk& chunk) {
  if (length == 0) throw core::Error("a chunk has at least one token");
  std::vector<S> outputs;
  const std::size_t dv = state.rows();
  for (std::size_t first = 0; first < tokens; first += length) {
    LayerRun<S> run = chunk(first, std::min(first + length, tokens), std::move(state));
    outputs.insert(outputs.end(), run.outputs.entries().begin(), run.outputs.entries().end());
    state = std::move(run.state);
  }
  return {exact::Matrix<S>(tokens, dv, std::move(outputs)), std::move(state)};
}

}  // namespace eigenmata::ssm

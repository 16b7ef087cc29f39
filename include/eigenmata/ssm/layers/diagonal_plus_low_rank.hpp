// SPDX-License-Identifier: Apache-2.0
//
// Transitions that are diagonal plus rank 1: S_t = S_{t−1} (diag(w_t) + a_t b_tᵀ) + v_t k_tᵀ, as in RWKV-7 [Peng2025].
// Everything else here is a case of it: the delta rule is w = α, a = −αβk, b = k and v times β.
//
// Chunkwise: let s_i = S_{i−1} a_i. With G as everywhere the products of w from the chunk's beginning,
//
//   S_i = S_0 diag(G_i) + Σ_{j≤i} (s_j b_jᵀ + v_j k_jᵀ) diag(G_i/G_j)
//
// so that the s_i solve a triangular system: s_i = S_0 (G_{i−1}∘a_i) + Σ_{j<i} (b_j, a_i)_ij s_j + (k_j, a_i)_ij v_j,
// where (x, y)_ij = Σ_c x_c y_c G_{i−1,c}/G_{j,c}.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "eigenmata/ssm/layers/common.hpp"

namespace eigenmata::ssm {

template <class S>
struct DiagonalPlusLowRank {
  exact::Matrix<S> q, k, v;
  exact::Matrix<S> w, a, b;  ///< tokens × dk
};

/// Token by token. Cost: O(dv·dk) a token.
template <exact::Arithmetic K>
[[nodiscard]] LayerRun<typename K::Scalar> recurrent(const K& k, const DiagonalPlusLowRank<typename K::Scalar>& in,
                                                     exact::Matrix<typename K::Scalar> state) {
  using S = typename K::Scalar;
  exact::Matrix<S> outputs(in.q.rows(), state.rows(), k.zero());
  for (std::size_t t = 0; t < in.q.rows(); ++t) {
    for (std::size_t i = 0; i < state.rows(); ++i) {
      const S along_a = row_product(k, state, i, in.a, t);
      for (std::size_t c = 0; c < state.columns(); ++c) {
        state(i, c) = k.multiply(state(i, c), in.w(t, c));
        exact::add_product(k, state(i, c), along_a, in.b(t, c));
        exact::add_product(k, state(i, c), in.v(t, i), in.k(t, c));
      }
    }
    read_out(k, state, in.q, t, outputs);
  }
  return {std::move(outputs), std::move(state)};
}

/// Chunk by chunk; gates as products of segments. Cost: O(chunk·(dv + dk) + dv·dk) a token.
template <exact::Arithmetic K>
[[nodiscard]] LayerRun<typename K::Scalar> chunkwise(const K& k, const DiagonalPlusLowRank<typename K::Scalar>& in,
                                                     exact::Matrix<typename K::Scalar> initial, std::size_t chunk) {
  using S = typename K::Scalar;
  const std::size_t dk = in.k.columns(), dv = in.v.columns();
  return chunk_by_chunk<S>(
      in.q.rows(), chunk, std::move(initial), [&](std::size_t first, std::size_t last, exact::Matrix<S> state) {
        const std::size_t length = last - first;
        // (x_j, y_i)_ij for y = a (gates up to i − 1) and y = q (gates up to i).
        exact::Matrix<S> ba(length, length, k.zero()), ka = ba, bq = ba, kq = ba;
        exact::ProductSum<K> sum(k);
        const auto pairing = [&](const exact::Matrix<S>& x, std::size_t j, const exact::Matrix<S>& y, std::size_t i,
                                 const std::vector<S>& gates) {
          sum.clear();
          for (std::size_t c = 0; c < dk; ++c) sum.add(k, k.multiply(x(first + j, c), gates[c]), y(first + i, c));
          return S(sum.total(k));
        };
        for (std::size_t j = 0; j < length; ++j) {
          std::vector<S> segment(dk, k.one());
          bq(j, j) = pairing(in.b, j, in.q, j, segment);
          kq(j, j) = pairing(in.k, j, in.q, j, segment);
          for (std::size_t i = j + 1; i < length; ++i) {
            ba(i, j) = pairing(in.b, j, in.a, i, segment);
            ka(i, j) = pairing(in.k, j, in.a, i, segment);
            for (std::size_t c = 0; c < dk; ++c) segment[c] = k.multiply(segment[c], in.w(first + i, c));
            bq(i, j) = pairing(in.b, j, in.q, i, segment);
            kq(i, j) = pairing(in.k, j, in.q, i, segment);
          }
        }
        exact::Matrix<S> s(length, dv, k.zero()), outputs(length, dv, k.zero());
        std::vector<S> g(dk, k.one());
        for (std::size_t i = 0; i < length; ++i) {
          for (std::size_t row = 0; row < dv; ++row) {
            sum.clear();
            for (std::size_t c = 0; c < dk; ++c) sum.add(k, state(row, c), k.multiply(g[c], in.a(first + i, c)));
            const S from_state = sum.total(k);
            sum.clear();
            for (std::size_t j = 0; j < i; ++j) {
              sum.add(k, ba(i, j), s(j, row));
              sum.add(k, ka(i, j), in.v(first + j, row));
            }
            s(i, row) = k.add(from_state, sum.total(k));
          }
          for (std::size_t c = 0; c < dk; ++c) g[c] = k.multiply(g[c], in.w(first + i, c));
          for (std::size_t row = 0; row < dv; ++row) {
            sum.clear();
            for (std::size_t c = 0; c < dk; ++c) sum.add(k, state(row, c), k.multiply(g[c], in.q(first + i, c)));
            const S from_state = sum.total(k);
            sum.clear();
            for (std::size_t j = 0; j <= i; ++j) {
              sum.add(k, bq(i, j), s(j, row));
              sum.add(k, kq(i, j), in.v(first + j, row));
            }
            outputs(i, row) = k.add(from_state, sum.total(k));
          }
        }
        exact::Matrix<S> weighted_b = rows_of(in.b, first, last), weighted_k = rows_of(in.k, first, last);
        std::vector<S> rest(dk, k.one());
        for (std::size_t j = length; j-- > 0;) {
          for (std::size_t c = 0; c < dk; ++c) {
            weighted_b(j, c) = k.multiply(weighted_b(j, c), rest[c]);
            weighted_k(j, c) = k.multiply(weighted_k(j, c), rest[c]);
            rest[c] = k.multiply(rest[c], in.w(first + j, c));
          }
        }
        for (std::size_t row = 0; row < dv; ++row) {
          for (std::size_t c = 0; c < dk; ++c) {
            sum.clear();
            for (std::size_t j = 0; j < length; ++j) {
              sum.add(k, s(j, row), weighted_b(j, c));
              sum.add(k, in.v(first + j, row), weighted_k(j, c));
            }
            state(row, c) = k.add(k.multiply(state(row, c), g[c]), sum.total(k));
          }
        }
        return LayerRun<S>{std::move(outputs), std::move(state)};
      });
}

}  // namespace eigenmata::ssm

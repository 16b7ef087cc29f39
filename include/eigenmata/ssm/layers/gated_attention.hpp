// SPDX-License-Identifier: Apache-2.0
//
// Linear attention with decay: S_t = S_{t−1}·diag(α_t) + v_t k_tᵀ. With α = 1 it is linear attention
// [Katharopoulos2020], with one constant RetNet [Sun2023], with a number a token simple GLA and Mamba-2 [DaoGu2024]
// (k = B_t, q = C_t, v = Δ_t x_t, α = exp(Δ_t A)), with a vector a token GLA [Yang2024b]. RWKV-6 [Peng2024] reads
// before it writes, and gives the present token a weight of its own: o_t = (S_{t−1} + v_t (u∘k_t)ᵀ) q_t.
//
// Chunkwise, with G_i = α_1 ⋯ α_i from the chunk's beginning:
//
//   o_i = S_0 (G_i∘q_i) + Σ_{j≤i} (Σ_c q_ic k_jc G_ic/G_jc) v_j,    S_C = S_0 diag(G_C) + Σ_j v_j (k_j∘G_C/G_j)ᵀ
//
// One chunk of all tokens is the parallel form.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "eigenmata/ssm/layers/common.hpp"

namespace eigenmata::ssm {

template <class S>
struct GatedAttention {
  exact::Matrix<S> q, k, v;
  exact::Matrix<S> decay;               ///< tokens × 1, or tokens × dk
  std::optional<std::vector<S>> bonus;  ///< RWKV-6's u: read before writing
};

/// α_t of coordinate c.
template <class S>
[[nodiscard]] const S& decay_of(const GatedAttention<S>& in, std::size_t t, std::size_t c) {
  return in.decay(t, in.decay.columns() == 1 ? 0 : c);
}

namespace internal {
/// o_t += v_t·(Σ_c u_c k_tc q_tc).
template <exact::Arithmetic K>
void add_bonus(const K& k, const GatedAttention<typename K::Scalar>& in, std::size_t t,
               exact::Matrix<typename K::Scalar>& outputs, std::size_t row) {
  exact::ProductSum<K> sum(k);
  for (std::size_t c = 0; c < in.k.columns(); ++c) sum.add(k, k.multiply((*in.bonus)[c], in.k(t, c)), in.q(t, c));
  const typename K::Scalar score = sum.total(k);
  for (std::size_t i = 0; i < in.v.columns(); ++i)
    outputs(row, i) = k.add(outputs(row, i), k.multiply(score, in.v(t, i)));
}
}  // namespace internal

/// Token by token. Cost: O(dv·dk) a token.
template <exact::Arithmetic K>
[[nodiscard]] LayerRun<typename K::Scalar> recurrent(const K& k, const GatedAttention<typename K::Scalar>& in,
                                                     exact::Matrix<typename K::Scalar> state) {
  exact::Matrix<typename K::Scalar> outputs(in.q.rows(), state.rows(), k.zero());
  for (std::size_t t = 0; t < in.q.rows(); ++t) {
    if (in.bonus) {
      read_out(k, state, in.q, t, outputs);
      internal::add_bonus(k, in, t, outputs, t);
    }
    for (std::size_t i = 0; i < state.rows(); ++i) {
      for (std::size_t c = 0; c < state.columns(); ++c) {
        state(i, c) = k.multiply(state(i, c), decay_of(in, t, c));
        exact::add_product(k, state(i, c), in.v(t, i), in.k(t, c));
      }
    }
    if (!in.bonus) read_out(k, state, in.q, t, outputs);
  }
  return {std::move(outputs), std::move(state)};
}

/// Scores of tokens i ≥ j of a chunk, Σ_c q_ic k_jc (G_ic/G_jc), with G_{i−1} if the layer reads first; 0 elsewhere.
template <exact::Field K>
[[nodiscard]] exact::Matrix<typename K::Scalar> decayed_scores(const K& k, const GatedAttention<typename K::Scalar>& in,
                                                               std::size_t first, std::size_t last,
                                                               GateProducts products) {
  using S = typename K::Scalar;
  const std::size_t length = last - first, dk = in.k.columns(), width = in.decay.columns();
  const std::size_t delay = in.bonus ? 1 : 0;
  exact::Matrix<S> scores(length, length, k.zero());
  exact::Matrix<S> g(length + 1, width, k.one());  // row i: α_1 ⋯ α_i
  for (std::size_t i = 0; i < length; ++i) {
    for (std::size_t c = 0; c < width; ++c) g(i + 1, c) = k.multiply(g(i, c), in.decay(first + i, c));
  }
  exact::ProductSum<K> sum(k);
  for (std::size_t j = 0; j < length; ++j) {
    std::vector<S> segment(width, k.one());
    for (std::size_t i = j + delay; i < length; ++i) {
      // Reads first: the last gate that acted on token j's update is the one of token i − 1.
      const std::size_t gates = i + 1 - delay;
      if (products == GateProducts::kQuotients) {
        if (width == 1) segment[0] = k.divide(g(gates, 0), g(j + 1, 0));
      } else if (gates > j + 1) {
        for (std::size_t c = 0; c < width; ++c) segment[c] = k.multiply(segment[c], in.decay(first + gates - 1, c));
      }
      if (width == 1) {
        scores(i, j) = k.multiply(segment[0], row_product(k, in.q, first + i, in.k, first + j));
        continue;
      }
      sum.clear();
      for (std::size_t c = 0; c < dk; ++c) {
        if (products == GateProducts::kQuotients) {  // as kernels have it: (q∘G)(k/G)ᵀ
          sum.add(k, k.multiply(in.q(first + i, c), g(gates, c)), k.divide(in.k(first + j, c), g(j + 1, c)));
        } else {
          sum.add(k, k.multiply(in.q(first + i, c), segment[c]), in.k(first + j, c));
        }
      }
      scores(i, j) = sum.total(k);
    }
  }
  return scores;
}

/// Chunk by chunk. Cost: O(chunk·(dv + dk) + dv·dk) a token.
template <exact::Field K>
[[nodiscard]] LayerRun<typename K::Scalar> chunkwise(const K& k, const GatedAttention<typename K::Scalar>& in,
                                                     exact::Matrix<typename K::Scalar> initial, std::size_t chunk,
                                                     GateProducts products = GateProducts::kSegments) {
  using S = typename K::Scalar;
  const std::size_t dk = in.k.columns(), dv = in.v.columns();
  return chunk_by_chunk<S>(in.q.rows(), chunk, std::move(initial),
                           [&](std::size_t first, std::size_t last, exact::Matrix<S> state) {
                             const std::size_t length = last - first;
                             const exact::Matrix<S> scores = decayed_scores(k, in, first, last, products);
                             exact::Matrix<S> outputs(length, dv, k.zero());
                             std::vector<S> g(dk, k.one());
                             exact::ProductSum<K> sum(k);
                             for (std::size_t i = 0; i < length; ++i) {
                               const auto advance = [&] {
                                 for (std::size_t c = 0; c < dk; ++c)
                                   g[c] = k.multiply(g[c], decay_of(in, first + i, c));
                               };
                               if (!in.bonus) advance();
                               for (std::size_t row = 0; row < dv; ++row) {
                                 sum.clear();
                                 for (std::size_t c = 0; c < dk; ++c)
                                   sum.add(k, state(row, c), k.multiply(g[c], in.q(first + i, c)));
                                 const S from_state = sum.total(k);
                                 sum.clear();
                                 for (std::size_t j = 0; j <= i; ++j) sum.add(k, scores(i, j), in.v(first + j, row));
                                 outputs(i, row) = k.add(from_state, sum.total(k));
                               }
                               if (in.bonus) {
                                 internal::add_bonus(k, in, first + i, outputs, i);
                                 advance();
                               }
                             }
                             // From the last token back: the gates that are still to act.
                             exact::Matrix<S> weighted = rows_of(in.k, first, last);
                             std::vector<S> rest(dk, k.one());
                             for (std::size_t j = length; j-- > 0;) {
                               for (std::size_t c = 0; c < dk; ++c) {
                                 weighted(j, c) = k.multiply(weighted(j, c), rest[c]);
                                 rest[c] = k.multiply(rest[c], decay_of(in, first + j, c));
                               }
                             }
                             for (std::size_t row = 0; row < dv; ++row) {
                               for (std::size_t c = 0; c < dk; ++c) {
                                 sum.clear();
                                 for (std::size_t j = 0; j < length; ++j)
                                   sum.add(k, in.v(first + j, row), weighted(j, c));
                                 state(row, c) = k.add(k.multiply(state(row, c), g[c]), sum.total(k));
                               }
                             }
                             return LayerRun<S>{std::move(outputs), std::move(state)};
                           });
}

}  // namespace eigenmata::ssm

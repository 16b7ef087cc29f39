// SPDX-License-Identifier: Apache-2.0
//
// The mLSTM [Beck2024]: C_t = f_t C_{t−1} + i_t v_t k_tᵀ, n_t = f_t n_{t−1} + i_t k_t, h_t = C_t q_t / max(|n_t·q_t|,
// 1), with i_t = e^ĩ. Implementations keep C/M and n/M for a positive M_t = e^m that they choose to avoid overflow, and
// divide by max(|n_t·q_t|/M_t, 1/M_t): M cancels. With an ε added to this divisor it does not: what is added to
// max(|n·q|, 1) is ε·M_t, and the output depends on how M was chosen.
//
// Everything here is in the numbers themselves (f, i, M), not in their logarithms, so that it can be run over ℚ.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

#include "eigenmata/ssm/layers/common.hpp"

namespace eigenmata::ssm {

template <class S>
struct Mlstm {
  exact::Matrix<S> q, k, v;
  std::vector<S> forget, input;  ///< f_t and i_t, positive
  S epsilon;
};

namespace internal {
template <exact::Arithmetic K>
[[nodiscard]] typename K::Scalar larger(const K& k, const typename K::Scalar& a, const typename K::Scalar& b) {
  const std::optional<int> order = exact::compare(k, a, b);
  if (!order) throw std::domain_error("two numbers whose order is not decided");
  return *order < 0 ? b : a;
}
/// max(|a|, 1/M) + ε.
template <exact::Field K>
[[nodiscard]] typename K::Scalar mlstm_divisor(const K& k, const typename K::Scalar& a, const typename K::Scalar& m,
                                               const typename K::Scalar& epsilon) {
  const typename K::Scalar modulus = larger(k, a, k.subtract(k.zero(), a));
  return k.add(larger(k, modulus, k.divide(k.one(), m)), epsilon);
}
}  // namespace internal

/// M_t = max(f_t M_{t−1}, i_t) from M_0 on.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> running_maxima(const K& k, const Mlstm<typename K::Scalar>& in,
                                                             typename K::Scalar m) {
  std::vector<typename K::Scalar> all;
  for (std::size_t t = 0; t < in.forget.size(); ++t) {
    m = internal::larger(k, k.multiply(in.forget[t], m), in.input[t]);
    all.push_back(m);
  }
  return all;
}

/// Token by token from C = 0, n = 0, with M_0 and M_1, M_2, … as given (positive). The state is C_T/M_T. Cost: O(dv·dk)
/// a token.
template <exact::Field K>
[[nodiscard]] LayerRun<typename K::Scalar> recurrent(const K& k, const Mlstm<typename K::Scalar>& in,
                                                     const typename K::Scalar& initial,
                                                     const std::vector<typename K::Scalar>& stabilisers) {
  using S = typename K::Scalar;
  const std::size_t dk = in.k.columns(), dv = in.v.columns();
  exact::Matrix<S> state(dv + 1, dk, k.zero());  // the last row is n
  exact::Matrix<S> outputs(in.q.rows(), dv, k.zero()), sums(in.q.rows(), dv + 1, k.zero());
  for (std::size_t t = 0; t < in.q.rows(); ++t) {
    const S& before = t == 0 ? initial : stabilisers[t - 1];
    const S forget = k.divide(k.multiply(in.forget[t], before), stabilisers[t]);
    const S input = k.divide(in.input[t], stabilisers[t]);
    for (std::size_t i = 0; i <= dv; ++i) {
      for (std::size_t c = 0; c < dk; ++c) {
        state(i, c) = k.multiply(forget, state(i, c));
        exact::add_product(k, state(i, c), i < dv ? k.multiply(input, in.v(t, i)) : input, in.k(t, c));
      }
    }
    read_out(k, state, in.q, t, sums);
    const S divisor = internal::mlstm_divisor(k, sums(t, dv), stabilisers[t], in.epsilon);
    for (std::size_t i = 0; i < dv; ++i) outputs(t, i) = k.divide(sums(t, i), divisor);
  }
  return {std::move(outputs), rows_of(state, 0, dv)};
}

/// Chunk by chunk from C = 0, n = 0 and M_0, which is left out of the maxima if it is 0: so the parallel form is one
/// chunk of all tokens with M_0 = 0, and M_i the maximum of a row of weights. The state is C_T/M_T.
template <exact::Field K>
[[nodiscard]] LayerRun<typename K::Scalar> chunkwise(const K& k, const Mlstm<typename K::Scalar>& in,
                                                     typename K::Scalar m, std::size_t chunk) {
  using S = typename K::Scalar;
  const std::size_t dk = in.k.columns(), dv = in.v.columns();
  exact::Matrix<S> n(1, dk, k.zero());
  return chunk_by_chunk<S>(
      in.q.rows(), chunk, exact::Matrix<S>(dv, dk, k.zero()),
      [&](std::size_t first, std::size_t last, exact::Matrix<S> state) {
        const std::size_t length = last - first;
        exact::Matrix<S> outputs(length, dv, k.zero());
        exact::ProductSum<K> sum(k);
        std::vector<S> weights;  // D_ij of row i: f_{j+1} ⋯ f_i · i_j
        S from_state = m;        // f_1 ⋯ f_i · M
        for (std::size_t i = 0; i < length; ++i) {
          const S& f = in.forget[first + i];
          for (S& weight : weights) weight = k.multiply(weight, f);
          weights.push_back(in.input[first + i]);
          from_state = k.multiply(from_state, f);
          S top = from_state;
          for (const S& weight : weights) top = internal::larger(k, top, weight);
          const S carried = k.divide(from_state, top);
          std::vector<S> scores;
          sum.clear();
          for (std::size_t j = 0; j <= i; ++j) {
            scores.push_back(k.multiply(k.divide(weights[j], top), row_product(k, in.q, first + i, in.k, first + j)));
            sum.add(k, scores[j], k.one());
          }
          const S norm = k.add(sum.total(k), k.multiply(carried, row_product(k, n, 0, in.q, first + i)));
          const S divisor = internal::mlstm_divisor(k, norm, top, in.epsilon);
          for (std::size_t row = 0; row < dv; ++row) {
            sum.clear();
            for (std::size_t j = 0; j <= i; ++j) sum.add(k, scores[j], in.v(first + j, row));
            const S inside = sum.total(k);
            outputs(i, row) =
                k.divide(k.add(inside, k.multiply(carried, row_product(k, state, row, in.q, first + i))), divisor);
          }
          if (i + 1 < length) continue;
          for (std::size_t c = 0; c < dk; ++c) {
            for (std::size_t row = 0; row <= dv; ++row) {
              S& entry = row < dv ? state(row, c) : n(0, c);
              sum.clear();
              for (std::size_t j = 0; j < length; ++j) {
                const S weight = k.divide(weights[j], top);
                sum.add(k, row < dv ? k.multiply(weight, in.v(first + j, row)) : weight, in.k(first + j, c));
              }
              entry = k.add(k.multiply(carried, entry), sum.total(k));
            }
          }
          m = top;
        }
        return LayerRun<S>{std::move(outputs), std::move(state)};
      });
}

}  // namespace eigenmata::ssm

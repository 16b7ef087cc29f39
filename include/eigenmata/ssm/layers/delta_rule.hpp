// SPDX-License-Identifier: Apache-2.0
//
// The delta rule with a gate: S_t = α_t S_{t−1} (I − β_t k_t k_tᵀ) + β_t v_t k_tᵀ. With α = 1 it is DeltaNet
// [Yang2024], otherwise Gated DeltaNet [Yang2025]; DeltaProduct [Siems2025] is the same on a longer sequence, with
// gates other than 1 at the first of a token's sub-steps only and outputs read at the last.
//
// Chunkwise, by the WY representation and the UT transform: with Γ_ij = G_i/G_j,
//
//   T = (I + tril(diag(β)(Γ∘KKᵀ), −1))⁻¹ diag(β),   Ũ = T (V − diag(G) K S_0ᵀ)
//   O = diag(G) Q S_0ᵀ + (Γ∘QKᵀ, lower) Ũ,           S_C = G_C S_0 + Σ_j (G_C/G_j) ũ_j k_jᵀ
//
// and without gates ∏_t (I − β_t k_t k_tᵀ) = I − Σ_t w_t k_tᵀ with W = T K, the product from left to right.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "eigenmata/ssm/layers/common.hpp"

namespace eigenmata::ssm {

template <class S>
struct DeltaRule {
  exact::Matrix<S> q, k, v;
  std::vector<S> beta, alpha;  ///< one a token
};

/// How a chunk solves its triangular system.
enum class TriangularSolve {
  kInverse,      ///< T is formed, then multiplied with: what kernels do
  kSubstitution  ///< forward substitution on the right-hand side
};

/// Token by token. Cost: O(dv·dk) a token.
template <exact::Arithmetic K>
[[nodiscard]] LayerRun<typename K::Scalar> recurrent(const K& k, const DeltaRule<typename K::Scalar>& in,
                                                     exact::Matrix<typename K::Scalar> state) {
  using S = typename K::Scalar;
  exact::Matrix<S> outputs(in.q.rows(), state.rows(), k.zero());
  for (std::size_t t = 0; t < in.q.rows(); ++t) {
    for (std::size_t i = 0; i < state.rows(); ++i) {
      for (std::size_t c = 0; c < state.columns(); ++c) state(i, c) = k.multiply(in.alpha[t], state(i, c));
      const S change = k.multiply(in.beta[t], k.subtract(in.v(t, i), row_product(k, state, i, in.k, t)));
      for (std::size_t c = 0; c < state.columns(); ++c) exact::add_product(k, state(i, c), change, in.k(t, c));
    }
    read_out(k, state, in.q, t, outputs);
  }
  return {std::move(outputs), std::move(state)};
}

/// Γ of tokens first … last − 1: α_{j+1} ⋯ α_i below and 1 on the diagonal, 0 above.
template <exact::Field K>
[[nodiscard]] exact::Matrix<typename K::Scalar> gate_mask(const K& k, const std::vector<typename K::Scalar>& alpha,
                                                          std::size_t first, std::size_t last, GateProducts products) {
  using S = typename K::Scalar;
  const std::size_t length = last - first;
  exact::Matrix<S> mask(length, length, k.zero());
  std::vector<S> g;
  for (std::size_t i = 0; i < length; ++i) g.push_back(i == 0 ? alpha[first] : k.multiply(g.back(), alpha[first + i]));
  for (std::size_t j = 0; j < length; ++j) {
    mask(j, j) = k.one();
    for (std::size_t i = j + 1; i < length; ++i) {
      mask(i, j) =
          products == GateProducts::kQuotients ? k.divide(g[i], g[j]) : k.multiply(mask(i - 1, j), alpha[first + i]);
    }
  }
  return mask;
}

/// diag(β)(Γ∘KKᵀ) below the diagonal, 0 elsewhere.
template <exact::Arithmetic K>
[[nodiscard]] exact::Matrix<typename K::Scalar> delta_couplings(const K& k, const DeltaRule<typename K::Scalar>& in,
                                                                std::size_t first,
                                                                const exact::Matrix<typename K::Scalar>& mask) {
  exact::Matrix<typename K::Scalar> l(mask.rows(), mask.rows(), k.zero());
  for (std::size_t i = 0; i < l.rows(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      l(i, j) =
          k.multiply(in.beta[first + i], k.multiply(mask(i, j), row_product(k, in.k, first + i, in.k, first + j)));
    }
  }
  return l;
}

/// X of (I + l) X = right, l strictly lower triangular: forward substitution. Cost: O(n²·columns).
template <exact::Arithmetic K>
[[nodiscard]] exact::Matrix<typename K::Scalar> substituted(const K& k, const exact::Matrix<typename K::Scalar>& l,
                                                            exact::Matrix<typename K::Scalar> right) {
  exact::ProductSum<K> sum(k);
  for (std::size_t i = 0; i < l.rows(); ++i) {
    for (std::size_t c = 0; c < right.columns(); ++c) {
      sum.clear();
      for (std::size_t j = 0; j < i; ++j) sum.add(k, l(i, j), right(j, c));
      right(i, c) = k.subtract(right(i, c), sum.total(k));
    }
  }
  return right;
}

/// T = (I + l)⁻¹ diag(β).
template <exact::Arithmetic K>
[[nodiscard]] exact::Matrix<typename K::Scalar> ut_transform(const K& k, const DeltaRule<typename K::Scalar>& in,
                                                             std::size_t first,
                                                             const exact::Matrix<typename K::Scalar>& l) {
  exact::Matrix<typename K::Scalar> diagonal(l.rows(), l.rows(), k.zero());
  for (std::size_t i = 0; i < l.rows(); ++i) diagonal(i, i) = in.beta[first + i];
  return substituted(k, l, std::move(diagonal));
}

/// Chunk by chunk. Cost: O(chunk·(chunk + dv + dk) + dv·dk) a token.
template <exact::Field K>
[[nodiscard]] LayerRun<typename K::Scalar> chunkwise(const K& k, const DeltaRule<typename K::Scalar>& in,
                                                     exact::Matrix<typename K::Scalar> initial, std::size_t chunk,
                                                     TriangularSolve solve = TriangularSolve::kInverse,
                                                     GateProducts products = GateProducts::kSegments) {
  using S = typename K::Scalar;
  const std::size_t dk = in.k.columns(), dv = in.v.columns();
  return chunk_by_chunk<S>(
      in.q.rows(), chunk, std::move(initial), [&](std::size_t first, std::size_t last, exact::Matrix<S> state) {
        const std::size_t length = last - first;
        const exact::Matrix<S> mask = gate_mask(k, in.alpha, first, last, products);
        const exact::Matrix<S> l = delta_couplings(k, in, first, mask);
        std::vector<S> g;  // G_i = Γ_i0·α_first
        for (std::size_t i = 0; i < length; ++i) g.push_back(k.multiply(mask(i, 0), in.alpha[first]));
        exact::Matrix<S> u(length, dv, k.zero());
        for (std::size_t i = 0; i < length; ++i) {
          for (std::size_t row = 0; row < dv; ++row) {
            u(i, row) = k.subtract(in.v(first + i, row), k.multiply(g[i], row_product(k, state, row, in.k, first + i)));
            if (solve == TriangularSolve::kSubstitution) u(i, row) = k.multiply(in.beta[first + i], u(i, row));
          }
        }
        exact::ProductSum<K> sum(k);
        if (solve == TriangularSolve::kSubstitution) {
          u = substituted(k, l, std::move(u));
        } else {
          const exact::Matrix<S> t = ut_transform(k, in, first, l);
          exact::Matrix<S> product = u;
          for (std::size_t i = 0; i < length; ++i) {
            for (std::size_t row = 0; row < dv; ++row) {
              sum.clear();
              for (std::size_t j = 0; j <= i; ++j) sum.add(k, t(i, j), u(j, row));
              product(i, row) = sum.total(k);
            }
          }
          u = std::move(product);
        }
        exact::Matrix<S> outputs(length, dv, k.zero());
        std::vector<S> scores(length, k.zero());
        for (std::size_t i = 0; i < length; ++i) {
          for (std::size_t j = 0; j <= i; ++j)
            scores[j] = k.multiply(mask(i, j), row_product(k, in.q, first + i, in.k, first + j));
          for (std::size_t row = 0; row < dv; ++row) {
            sum.clear();
            for (std::size_t j = 0; j <= i; ++j) sum.add(k, scores[j], u(j, row));
            outputs(i, row) = k.add(k.multiply(g[i], row_product(k, state, row, in.q, first + i)), sum.total(k));
          }
        }
        for (std::size_t row = 0; row < dv; ++row) {
          for (std::size_t c = 0; c < dk; ++c) {
            sum.clear();
            for (std::size_t j = 0; j < length; ++j)
              sum.add(k, k.multiply(mask(length - 1, j), u(j, row)), in.k(first + j, c));
            state(row, c) = k.add(k.multiply(g[length - 1], state(row, c)), sum.total(k));
          }
        }
        return LayerRun<S>{std::move(outputs), std::move(state)};
      });
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// Every orthogonal matrix as a product of rank(I − A) reflections, and of no fewer (Cartan and Dieudonné, with the
// exact count [Scherk1950]), over any ordered field.
//
// Let Γ be symmetric and positive definite, ⟨x, y⟩ = xᵀΓy, and AᵀΓA = Γ. The reflection in w is
// s_w = I − 2 w wᵀΓ / (wᵀΓw): no square root occurs, so it is defined over the field of w and Γ.
//
// Theorem. Start from M = A; while M ≠ I, take a unit vector x with Mx ≠ x, let w = Mx − x, and replace M by s_w M.
// This ends after r = rank(I − A) rounds, and A = s_{w1} s_{w2} ⋯ s_{wr}.
//
// Proof. |Mx| = |x| gives ⟨w, Mx + x⟩ = 0, hence s_w(Mx) = x. If My = y, then ⟨y, w⟩ = ⟨My, Mx⟩ − ⟨y, x⟩ = 0, so s_w My
// = y as well. So s_w M fixes all that M fixes, and x. The space that is fixed grows by at least one dimension a round,
// so there are at most r rounds; and a product of k reflections fixes a space of dimension n − k at least, so k ≥ r for
// any product that is A. ∎ (Γ definite is used in wᵀΓw ≠ 0.)
#pragma once

#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>
#include <vector>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/lrnn/transition.hpp"

namespace eigenmata::compiler {

/// The same line, its first coordinate that is not zero made 1; over ℚ then the smallest integers.
template <exact::ExactArithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> on_its_line(const K& k, std::vector<typename K::Scalar> w) {
  using S = typename K::Scalar;
  const auto first = std::find_if(w.begin(), w.end(), [&](const S& x) { return !k.is_zero(x); });
  assert(first != w.end());
  const S scale = *first;
  for (S& x : w) x = k.divide(x, scale);
  if constexpr (std::is_same_v<S, exact::Rational>) {
    exact::Integer common = 1;
    for (const S& x : w) common = lcm(common, exact::Integer(denominator(x)));
    for (S& x : w) x *= exact::Rational(common);
  }
  return w;
}

/// Γ w.
template <exact::ExactArithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> times(const K& k, const exact::Matrix<typename K::Scalar>& gram,
                                                    const std::vector<typename K::Scalar>& w) {
  std::vector<typename K::Scalar> result(gram.rows(), k.zero());
  for (std::size_t i = 0; i < gram.rows(); ++i) {
    for (std::size_t j = 0; j < gram.columns(); ++j) exact::add_product(k, result[i], gram(i, j), w[j]);
  }
  return result;
}

/// wᵀv.
template <exact::ExactArithmetic K>
[[nodiscard]] typename K::Scalar inner(const K& k, const std::vector<typename K::Scalar>& w,
                                       const std::vector<typename K::Scalar>& v) {
  typename K::Scalar sum = k.zero();
  for (std::size_t i = 0; i < w.size(); ++i) exact::add_product(k, sum, w[i], v[i]);
  return sum;
}

/// Vectors w, as many as rank(I − A), whose reflections multiply to A; in the order in which they act, so the last of
/// the theorem comes first. Needs AᵀΓA = Γ, Γ symmetric and positive definite. Of the unit vectors that serve, the one
/// is taken that gives w the fewest coordinates. Cost: O(r · n²) operations.
template <exact::ExactArithmetic K>
[[nodiscard]] std::vector<std::vector<typename K::Scalar>> reflections_of(
    const K& k, exact::Matrix<typename K::Scalar> a, const exact::Matrix<typename K::Scalar>& gram) {
  using S = typename K::Scalar;
  const std::size_t n = a.rows();
  std::vector<std::vector<S>> result;
  for (;;) {
    std::vector<S> w;
    std::size_t fewest = n + 1;
    for (std::size_t j = 0; j < n; ++j) {
      std::vector<S> difference;
      std::size_t entries = 0;
      for (std::size_t i = 0; i < n; ++i) {
        difference.push_back(i == j ? k.subtract(a(i, j), k.one()) : a(i, j));
        if (!k.is_zero(difference.back())) ++entries;
      }
      if (entries == 0 || entries >= fewest) continue;
      fewest = entries;
      w = std::move(difference);
    }
    if (w.empty()) break;
    w = on_its_line(k, std::move(w));
    const std::vector<S> dual = times(k, gram, w);
    const S scale = k.divide(k.from_rational(2), inner(k, w, dual));
    for (std::size_t j = 0; j < n; ++j) {
      S sum = k.zero();
      for (std::size_t i = 0; i < n; ++i) exact::add_product(k, sum, dual[i], a(i, j));
      if (k.is_zero(sum)) continue;
      sum = k.multiply(scale, sum);
      for (std::size_t i = 0; i < n; ++i) exact::subtract_product(k, a(i, j), w[i], sum);
    }
    result.push_back(std::move(w));
    assert(result.size() <= n);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

/// The product in the usual metric: factors I − (2/wᵀw) w wᵀ.
template <exact::ExactArithmetic K>
[[nodiscard]] lrnn::HouseholderProduct<typename K::Scalar> householder_product(
    const K& k, std::size_t n, const std::vector<std::vector<typename K::Scalar>>& reflections) {
  lrnn::HouseholderProduct<typename K::Scalar> product{n, {}};
  for (const auto& w : reflections) product.factors.push_back({k.from_rational(2), lrnn::sparse(k, w)});
  return product;
}

/// The product in the metric Γ, as factors I − u vᵀ with u = w and v = 2 Γw / (wᵀΓw).
template <exact::ExactArithmetic K>
[[nodiscard]] lrnn::RankOneProduct<typename K::Scalar> rank_one_product(
    const K& k, const exact::Matrix<typename K::Scalar>& gram,
    const std::vector<std::vector<typename K::Scalar>>& reflections) {
  lrnn::RankOneProduct<typename K::Scalar> product{gram.rows(), {}};
  for (const auto& w : reflections) {
    std::vector<typename K::Scalar> v = times(k, gram, w);
    const typename K::Scalar scale = k.divide(k.from_rational(2), inner(k, w, v));
    for (auto& x : v) x = k.multiply(scale, x);
    product.factors.push_back({lrnn::sparse(k, w), lrnn::sparse(k, v)});
  }
  return product;
}

}  // namespace eigenmata::compiler

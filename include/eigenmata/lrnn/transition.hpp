// SPDX-License-Identifier: Apache-2.0
//
// Transition matrices, kept in the form in which the architectures parametrise them: what a matrix is (its spectrum,
// its norm, the class it belongs to) is read off the factors, and applying k factors to a vector costs k dot products.
//
// A product lists its factors in the order in which they act: A = F_k ⋯ F_2 F_1.
#pragma once

#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/lrnn/sparse_vector.hpp"

namespace eigenmata::lrnn {

/// Diag(entries): Mamba, GLA, S4D, … have this form.
template <class S>
struct Diagonal {
  std::vector<S> entries;
};

/// A generalised Householder factor I − (β / vᵀv) v vᵀ: eigenvalue 1 − β on v and 1 elsewhere. β = 2 is a reflection, 1
/// a projection. v is not normalised, so that swaps stay in the integers: v = e_i − e_j, β = 2 exchanges i and j.
template <class S>
struct HouseholderFactor {
  S beta;
  SparseVector<S> v;  ///< not zero
};

/// DeltaNet (one factor) and DeltaProduct have this form [Yang2024, Siems2025].
template <class S>
struct HouseholderProduct {
  std::size_t dimension = 0;
  std::vector<HouseholderFactor<S>> factors;
};

/// I − u vᵀ: eigenvalue 1 − vᵀu, and 1 elsewhere. RWKV-7 has this form in its unrestricted version [Peng2025].
template <class S>
struct RankOneFactor {
  SparseVector<S> u, v;
};

template <class S>
struct RankOneProduct {
  std::size_t dimension = 0;
  std::vector<RankOneFactor<S>> factors;
};

template <class S>
struct Dense {
  exact::Matrix<S> matrix;  ///< square
};

template <class S>
using Transition = std::variant<Diagonal<S>, HouseholderProduct<S>, RankOneProduct<S>, Dense<S>>;

template <class S>
[[nodiscard]] std::size_t dimension(const Transition<S>& a) {
  struct Visitor {
    std::size_t operator()(const Diagonal<S>& t) const { return t.entries.size(); }
    std::size_t operator()(const HouseholderProduct<S>& t) const { return t.dimension; }
    std::size_t operator()(const RankOneProduct<S>& t) const { return t.dimension; }
    std::size_t operator()(const Dense<S>& t) const { return t.matrix.rows(); }
  };
  return std::visit(Visitor{}, a);
}

/// Number of factors of a product; 0 for the other forms, which have none.
template <class S>
[[nodiscard]] std::size_t factor_count(const Transition<S>& a) {
  if (const auto* product = std::get_if<HouseholderProduct<S>>(&a)) return product->factors.size();
  if (const auto* product = std::get_if<RankOneProduct<S>>(&a)) return product->factors.size();
  return 0;
}

/// s = β / vᵀv, of a factor I − s v vᵀ. Where numbers are rounded, factors hold s in the place of β
/// (rounded_network.hpp).
template <exact::Arithmetic K>
[[nodiscard]] typename K::Scalar factor_scale(const K& k, const HouseholderFactor<typename K::Scalar>& factor) {
  if constexpr (requires { requires K::kFactorsAreScaled; }) {
    return factor.beta;
  } else {
    return k.divide(factor.beta, dot(k, factor.v, factor.v));
  }
}

namespace detail {

/// m ← (I − scale · u vᵀ) m.
template <exact::Arithmetic K>
void apply_factor(const K& k, exact::Matrix<typename K::Scalar>& m, const SparseVector<typename K::Scalar>& u,
                  const SparseVector<typename K::Scalar>& v, const typename K::Scalar& scale) {
  for (std::size_t j = 0; j < m.columns(); ++j) {
    typename K::Scalar sum = k.zero();
    for (const auto& entry : v.entries()) sum = k.add(sum, k.multiply(entry.value, m(entry.index, j)));
    if (k.is_zero(sum)) continue;
    sum = k.multiply(scale, sum);
    for (const auto& entry : u.entries())
      m(entry.index, j) = k.subtract(m(entry.index, j), k.multiply(entry.value, sum));
  }
}

}  // namespace detail

/// The matrix itself. Cost: O(n² + n · entries of the factors).
template <exact::Arithmetic K>
[[nodiscard]] exact::Matrix<typename K::Scalar> to_dense(const K& k, const Transition<typename K::Scalar>& a) {
  using S = typename K::Scalar;
  if (const auto* dense = std::get_if<Dense<S>>(&a)) return dense->matrix;
  exact::Matrix<S> m = exact::identity(k, dimension(a));
  if (const auto* diagonal = std::get_if<Diagonal<S>>(&a)) {
    for (std::size_t i = 0; i < diagonal->entries.size(); ++i) m(i, i) = diagonal->entries[i];
  } else if (const auto* householder = std::get_if<HouseholderProduct<S>>(&a)) {
    for (const auto& factor : householder->factors) {
      detail::apply_factor(k, m, factor.v, factor.v, factor_scale(k, factor));
    }
  } else {
    for (const auto& factor : std::get<RankOneProduct<S>>(a).factors)
      detail::apply_factor(k, m, factor.u, factor.v, k.one());
  }
  return m;
}

/// The same transition with every number mapped by `f`, which must not make a number zero that is not.
template <class S, class Map>
[[nodiscard]] auto mapped(const Transition<S>& a, const Map& f) {
  using T = decltype(f(std::declval<const S&>()));
  struct Visitor {
    const Map& f;
    Transition<T> operator()(const Diagonal<S>& t) const {
      Diagonal<T> result;
      for (const S& entry : t.entries) result.entries.push_back(f(entry));
      return result;
    }
    Transition<T> operator()(const HouseholderProduct<S>& t) const {
      HouseholderProduct<T> result{t.dimension, {}};
      for (const auto& factor : t.factors) result.factors.push_back({f(factor.beta), mapped(factor.v, f)});
      return result;
    }
    Transition<T> operator()(const RankOneProduct<S>& t) const {
      RankOneProduct<T> result{t.dimension, {}};
      for (const auto& factor : t.factors) result.factors.push_back({mapped(factor.u, f), mapped(factor.v, f)});
      return result;
    }
    Transition<T> operator()(const Dense<S>& t) const {
      std::vector<T> entries;
      for (const S& entry : t.matrix.entries()) entries.push_back(f(entry));
      return Dense<T>{exact::Matrix<T>(t.matrix.rows(), t.matrix.columns(), std::move(entries))};
    }
  };
  return std::visit(Visitor{f}, a);
}

}  // namespace eigenmata::lrnn

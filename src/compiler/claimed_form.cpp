// SPDX-License-Identifier: Apache-2.0
#include "claimed_form.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace eigenmata::compiler {

using Form = lrnn::TransitionClass::Form;

namespace {

/// A product of Householder factors as one of factors I − u vᵀ, u along v.
template <class K>
lrnn::RankOneProduct<typename K::Scalar> as_rank_one(const K& k,
                                                     const lrnn::HouseholderProduct<typename K::Scalar>& product) {
  using S = typename K::Scalar;
  lrnn::RankOneProduct<S> result{product.dimension, {}};
  for (const auto& f : product.factors) {
    const S scale = k.divide(f.beta, dot(k, f.v, f.v));
    result.factors.push_back({f.v, mapped(f.v, [&](const S& x) { return k.multiply(scale, x); })});
  }
  return result;
}

}  // namespace

Construction claimed(Construction construction, FactorForm form) {
  const auto rewrite = [&](auto& c) {
    using S = typename std::decay_t<decltype(c)>::S;
    lrnn::TransitionClass claim;
    claim.form = form == FactorForm::kHouseholder ? Form::kHouseholder : Form::kRankOne;
    claim.factors = 0;
    for (auto& layer : c.network.layers) {
      for (auto& map : layer.maps) {
        const auto* product = std::get_if<lrnn::HouseholderProduct<S>>(&map.a);
        if (product != nullptr && form == FactorForm::kRankOne) map.a = as_rank_one(c.arithmetic, *product);
      }
      claim.factors = std::max(*claim.factors, factors_per_token(layer));
    }
    c.network.claim = claim;
  };
  if (auto* c = std::get_if<certificate::LayerwiseCertificate>(&construction.certificate)) rewrite(*c);
  if (auto* c = std::get_if<certificate::ComplexLayerwiseCertificate>(&construction.certificate)) rewrite(*c);
  return construction;
}

}  // namespace eigenmata::compiler

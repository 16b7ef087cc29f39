// SPDX-License-Identifier: Apache-2.0
#include "claimed_form.hpp"

#include <algorithm>
#include <tuple>
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

/// A finite set of numbers, as a file claims it; nothing for others.
std::vector<lrnn::SpectrumPoint> points_of(const expressivity::SpectrumSet& set) {
  std::vector<lrnn::SpectrumPoint> points;
  for (const expressivity::SpectrumPiece& piece : set.pieces()) {
    if (piece.kind != expressivity::SpectrumPiece::Kind::kPoint) return {};
    const bool is_negative = piece.angle == exact::Rational(1, 2);
    points.push_back(is_negative ? lrnn::SpectrumPoint{-piece.modulus, 0}
                                 : lrnn::SpectrumPoint{piece.modulus, piece.angle});
  }
  return points;
}

}  // namespace

std::optional<lrnn::TransitionClass> class_claimed(const expressivity::ModelClass& target,
                                                   lrnn::TransitionClass::Form form) {
  lrnn::TransitionClass claim;
  claim.form = form;
  if (form == Form::kDiagonal) claim.points = points_of(target.set());
  if (!claim.points.empty()) return claim;
  claim.unit_disc = !target.set().is_real();
  if (claim.unit_disc && form != Form::kDiagonal) return std::nullopt;
  if (claim.unit_disc) return claim;
  std::tie(claim.low, claim.high) = target.set().real_hull();
  return claim;
}

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

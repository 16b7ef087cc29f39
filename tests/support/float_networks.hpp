// SPDX-License-Identifier: Apache-2.0
//
// Small networks whose behaviour in floats and integers is known, and running them there.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/precision/rounding_plan.hpp"

namespace eigenmata::testing {

inline lrnn::SparseVector<exact::Rational> rational_vector(const std::vector<exact::Rational>& values) {
  return lrnn::sparse(exact::RationalArithmetic{}, values);
}

/// One layer, letters a, b, …; the state is accepted iff the readout is at least the threshold (or below it).
inline lrnn::RationalNetwork one_layer(std::vector<exact::Rational> start,
                                       std::vector<lrnn::AffineMap<exact::Rational>> maps,
                                       std::vector<exact::Rational> weights, exact::Rational threshold,
                                       bool accept_above, bool accepts_empty) {
  std::vector<std::string> letters;
  for (std::size_t x = 0; x < maps.size(); ++x) letters.emplace_back(1, static_cast<char>('a' + x));
  lrnn::AffineDecoder<exact::Rational> decoder{
      {{rational_vector(weights), 0, {std::move(threshold)}, {core::symbol(0), core::symbol(1)}}}};
  lrnn::Layer<exact::Rational> layer{start.size(), rational_vector(start), std::move(maps),
                                     core::Alphabet({"below", "above"}), std::move(decoder)};
  lrnn::RationalNetwork network{
      core::Alphabet(letters), accepts_empty, {}, {!accept_above, accept_above}, std::nullopt};
  network.layers.push_back(std::move(layer));
  return network;
}

/// h ← a h + b in one dimension for each letter.
inline lrnn::AffineMap<exact::Rational> scalar_map(const exact::Rational& a, const exact::Rational& b = 0) {
  return {lrnn::Diagonal<exact::Rational>{{a}}, rational_vector({b})};
}

/// h ← (I − β/(vᵀv) v vᵀ) h.
inline lrnn::AffineMap<exact::Rational> reflection_map(const exact::Rational& beta,
                                                       const std::vector<exact::Rational>& v) {
  return {lrnn::HouseholderProduct<exact::Rational>{v.size(), {{beta, rational_vector(v)}}},
          lrnn::SparseVector<exact::Rational>(v.size())};
}

inline precision::FloatArithmetic in_floats(const precision::FloatFormat& format,
                                            const std::string& plan = "all-same") {
  return precision::FloatArithmetic(precision::named_plan(plan, format, {"plan"}));
}

}  // namespace eigenmata::testing

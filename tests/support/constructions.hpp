// SPDX-License-Identifier: Apache-2.0
//
// What every construction of the compiler has to be.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "support/languages.hpp"
#include "support/networks.hpp"

namespace eigenmata::testing {

/// The construction of a pass that must not refuse.
inline const compiler::Construction& construction_of(const compiler::PassResult& result) {
  if (const auto* refusal = std::get_if<compiler::Refusal>(&result))
    FAIL(refusal->pass << " refused: " << refusal->reason);
  return std::get<compiler::Construction>(result);
}

template <class K>
std::size_t distance_from_identity(const K& k, const exact::Matrix<typename K::Scalar>& a) {
  return exact::rank(k, exact::subtract(k, exact::identity(k, a.rows()), a));
}

inline std::size_t distance_from_identity(const exact::Matrix<exact::Rational>& a) {
  return distance_from_identity(exact::RationalArithmetic{}, a);
}

/// Its certificate holds, exploration of a certificate by points finds the same answer on its own, the network is valid
/// and of the class it claims. For dimensions up to 100 also: the bounds on the number of factors are the ranks of I −
/// A(x), and products have no more factors; up to 24: the slow model agrees on random words.
inline void require_right(const compiler::Construction& construction, const automata::Dfa& minimal,
                          core::Random& random) {
  construction.with_network([&](const auto& k, const auto& network) {
    using K = std::decay_t<decltype(k)>;
    using S = typename K::Scalar;
    REQUIRE(certificate::automaton_of(construction.certificate) == minimal);
    REQUIRE_NOTHROW(lrnn::validate(k, network));
    const auto checked = certificate::check(construction.certificate, {});
    if (checked.is_no()) FAIL("rule " << checked.witness().rule << ": " << checked.witness().what);
    if (!std::holds_alternative<certificate::LayerwiseCertificate>(construction.certificate))
      REQUIRE(certificate::explore(k, network, minimal, {}).verdict.is_yes());
    if (network.claim) REQUIRE(lrnn::is_member(k, network, *network.claim).is_yes());
    REQUIRE(construction.factor_bounds.size() == network.layers.size());
    std::size_t dimension = 0;
    for (std::size_t l = 0; l < network.layers.size(); ++l) {
      dimension = std::max(dimension, network.layers[l].dimension);
      REQUIRE(construction.factor_bounds[l].size() == network.layers[l].maps.size());
      for (std::size_t x = 0; x < network.layers[l].maps.size(); ++x) {
        const auto& a = network.layers[l].maps[x].a;
        const bool is_product = std::holds_alternative<lrnn::RankOneProduct<S>>(a) ||
                                std::holds_alternative<lrnn::HouseholderProduct<S>>(a);
        if (is_product) REQUIRE(lrnn::factor_count(a) == construction.factor_bounds[l][x]);
        if (network.layers[l].dimension > 100) continue;
        REQUIRE(construction.factor_bounds[l][x] == distance_from_identity(k, lrnn::to_dense(k, a)));
      }
    }
    if (dimension > 24) return;
    const NaiveRunner<K> naive(k, network);
    for (int i = 0; i < 5; ++i) {
      const core::Word word = random_word(random, random.below(8), minimal.letters());
      REQUIRE(naive.accepts(word) == std::optional<bool>(minimal.accepts(word)));
    }
  });
}

/// The network says of random words, and of all their beginnings, what the automaton does.
template <class K>
void require_answers(const K& k, const lrnn::Network<typename K::Scalar>& network, const automata::Dfa& minimal,
                     core::Random& random, std::size_t words) {
  const lrnn::Runner<K> runner(k, network);
  for (std::size_t i = 0; i < words; ++i) {
    const core::Word word = random_word(random, random.below(26), minimal.letters());
    const auto said = lrnn::answers(runner, word);
    for (std::size_t t = 0; t <= word.size(); ++t) {
      const core::Word prefix(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(t));
      REQUIRE(said[t] == std::optional<bool>(minimal.accepts(prefix)));
    }
  }
}

/// Certified, of the class, and right on random words by the plain recurrence.
inline void require_member(const compiler::PassResult& result, const automata::Dfa& minimal,
                           const expressivity::ModelClass& target, core::Random& random) {
  const compiler::Construction& construction = construction_of(result);
  const auto checked = certificate::check(construction.certificate, {});
  if (checked.is_no()) FAIL("rule " << checked.witness().rule << ": " << checked.witness().what);
  REQUIRE(certificate::automaton_of(construction.certificate) == minimal);
  construction.with_network([&](const auto& k, const auto& network) {
    REQUIRE_NOTHROW(lrnn::validate(k, network));
    const auto member = expressivity::is_member(k, network, target);
    if (!member.is_yes()) FAIL(member.witness());
    require_answers(k, network, minimal, random, 20);
  });
}

inline bool is_integer(const exact::Rational& x) { return denominator(x) == 1; }

}  // namespace eigenmata::testing

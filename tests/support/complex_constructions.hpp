// SPDX-License-Identifier: Apache-2.0
//
// What every construction over cyclotomic numbers has to be.
#pragma once

#include "eigenmata/expressivity/membership.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::testing {

inline const certificate::ComplexLayerwiseCertificate& complex_certificate_of(const compiler::PassResult& result) {
  return std::get<certificate::ComplexLayerwiseCertificate>(construction_of(result).certificate);
}

/// The certificate holds; the network is valid and of the class, and says on random words what the automaton
/// does.
inline void require_certified(const certificate::ComplexLayerwiseCertificate& c, const automata::Dfa& minimal,
                              const expressivity::ModelClass& target, core::Random& random) {
  REQUIRE_NOTHROW(lrnn::validate(c.arithmetic, c.network));
  const auto checked = certificate::check(c, {});
  if (checked.is_no()) FAIL("rule " << checked.witness().rule << ": " << checked.witness().what);
  REQUIRE(c.network.claim);
  CHECK(c.network.claim->factors <= target.factors);
  CHECK(expressivity::is_member(c.arithmetic, c.network, target).is_yes());
  const lrnn::Runner<exact::CyclotomicField> runner(c.arithmetic, c.network);
  for (int i = 0; i < 10; ++i) {
    const core::Word word = random_word(random, 1 + random.below(25), minimal.letters());
    const auto said = lrnn::answers(runner, word);
    for (std::size_t t = 0; t <= word.size(); ++t) {
      const core::Word prefix(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(t));
      REQUIRE(said[t] == std::optional<bool>(minimal.accepts(prefix)));
    }
  }
}

}  // namespace eigenmata::testing

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
  require_answers(c.arithmetic, c.network, minimal, random, 10);
}

}  // namespace eigenmata::testing

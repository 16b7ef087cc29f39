// SPDX-License-Identifier: Apache-2.0
//
// Networks of swaps and copies: certified, in their class, right on words, and with few layers where a ring is small.
#include <catch2/catch.hpp>
#include <string>

#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/expressivity/membership.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;

void require_certified(const Construction& construction, const automata::Dfa& minimal, const std::string& target,
                       core::Random& random) {
  const auto checked = certificate::check(construction.certificate, {});
  if (checked.is_no()) FAIL("rule " << checked.witness().rule << ": " << checked.witness().what);
  REQUIRE(has_finite_orbit(construction));
  construction.with_network([&](const auto& k, const auto& network) {
    REQUIRE_NOTHROW(lrnn::validate(k, network));
    REQUIRE(expressivity::is_member(k, network, expressivity::parse_model_class(target, {})).is_yes());
    require_answers(k, network, minimal, random, 10);
  });
}

std::size_t layers_of(const Construction& construction) {
  return construction.with_network([](const auto& /*k*/, const auto& network) { return network.layers.size(); });
}

TEST_CASE("swaps and copies: random automata", "[swaps-and-copies]") {
  auto random = core::Random(seed_or(31));
  CAPTURE(seed_or(31));
  for (int i = 0; i < 30; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 3 + random.below(4), 2));
    if (minimal.states() < 3) continue;
    const std::size_t factors = 1 + random.below(2);
    CAPTURE(i, minimal.states(), factors);
    const auto result = compile_swaps_and_copies(minimal, factors, FactorForm::kRankOne, false, {});
    const Construction& construction = construction_of(result);
    require_certified(construction, minimal, "rank-one:" + std::to_string(factors), random);
    CHECK(layers_of(construction) <= (factors == 1 ? 5 : 4));
  }
}

TEST_CASE("swaps and copies: four layers of one factor, three of two", "[swaps-and-copies]") {
  core::Random random(1);
  for (const std::string name : {"s5-points", "a5-points", "dyck-1-depth-3"}) {
    const auto minimal = automata::minimised(catalogue_language(name));
    for (const std::size_t factors : {1, 2}) {
      CAPTURE(name, factors);
      const auto result = compile_swaps_and_copies(minimal, factors, FactorForm::kRankOne, false, {});
      const Construction& construction = construction_of(result);
      require_certified(construction, minimal, "rank-one:" + std::to_string(factors), random);
      CHECK(layers_of(construction) == (factors == 1 ? 4 : 3));
      if (factors == 1) continue;
      // The joint states, listed one by one, agree with the automaton too.
      construction.with_network([&](const auto& k, const auto& network) {
        CHECK(certificate::explore(k, network, minimal, {}).verdict.is_yes());
      });
    }
  }
}

TEST_CASE("swaps and copies: Householder factors for groups alone", "[swaps-and-copies]") {
  core::Random random(2);
  const auto group = automata::minimised(catalogue_language("a5-points"));
  const auto result = compile_swaps_and_copies(group, 1, FactorForm::kHouseholder, false, {});
  require_certified(construction_of(result), group, "householder[-1,1]:1", random);
  const auto other = automata::minimised(catalogue_language("a5-with-reset"));
  const auto refused = compile_swaps_and_copies(other, 1, FactorForm::kHouseholder, false, {});
  CHECK(std::get<Refusal>(refused).reason == "a copy of one state to another is no Householder factor");
}

}  // namespace
}  // namespace eigenmata::compiler

// SPDX-License-Identifier: Apache-2.0
//
// Constant layers mixed with those of entries in [0,1]: what the pass builds against what the theorem says.
#include <catch2/catch.hpp>
#include <string>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/cascade_passes.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;

const expressivity::ModelClass& mixed() {
  static const expressivity::ModelClass c = expressivity::parse_model_class("constant+diagonal[0,1]", {});
  return c;
}

TEST_CASE("a clock and digits: iff words of one length make no group, and one makes one", "[clock_and_digits]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t built = 0, refused = 0, not_rational = 0;
  for (int round = 0; round < 250; ++round) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(4), 1 + random.below(2)));
    CAPTURE(round, minimal.states());
    expressivity::LanguageFacts facts(minimal, {});
    const bool is_possible = expressivity::decide(facts, mixed(), std::nullopt, {}).is_yes();
    const auto star_free = expressivity::parse_model_class("diagonal[0,1]", {});
    const bool needs_clock = !expressivity::decide(facts, star_free, std::nullopt, {}).is_yes();
    const auto slots = compile_mixed(minimal, true, {});
    REQUIRE(std::holds_alternative<Construction>(slots) == is_possible);
    if (is_possible) {
      require_member(slots, minimal, mixed(), random);
      REQUIRE(has_finite_orbit(construction_of(slots)));
    }
    const auto result = compile_mixed(minimal, false, {});
    REQUIRE(std::holds_alternative<Construction>(result) == (is_possible && needs_clock));
    (std::holds_alternative<Construction>(result) ? built : refused) += 1;
    if (!std::holds_alternative<Construction>(result)) continue;
    require_member(result, minimal, mixed(), random);
    not_rational +=
        std::holds_alternative<certificate::ComplexLayerwiseCertificate>(construction_of(result).certificate) ? 1 : 0;
  }
  CHECK(built > 15);
  CHECK(refused > 15);
  CHECK(not_rational > 3);
}

TEST_CASE("the mixed class is built by the cheapest of its parts", "[clock_and_digits]") {
  const auto pass = [](const std::string& regex) {
    CompileOptions options;
    options.target = mixed();
    const auto verdict = compile(automata::minimised(regex_language(regex)), options, {});
    REQUIRE(verdict.is_yes());
    return verdict.proof().construction.pass;
  };
  CHECK(pass("(ab)*") == "digits");
  CHECK(pass("(aaa)*") == "first-and-last-letters");
  CHECK(pass("(aa|b)*") == "clock-and-digits");
  CompileOptions finite;
  finite.target = mixed();
  finite.semantics = expressivity::parse_semantics("finite-orbit", {});
  const auto verdict = compile(automata::minimised(regex_language("(ab|ba)*")), finite, {});
  REQUIRE(verdict.is_yes());
  CHECK(verdict.proof().construction.pass == "clock-and-slots");
}

}  // namespace
}  // namespace eigenmata::compiler

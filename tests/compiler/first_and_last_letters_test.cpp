// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/first_and_last_letters.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

TEST_CASE("constant matrices: first letters, last letters and the length", "[first_and_last]") {
  EIGENMATA_SEEDED(random, 1);
  const auto target = model_class("constant");
  // Layers: clock, timer and writers, digits.
  const std::map<std::string, std::size_t> layers{
      {"a(a|b)*b", 2},                            // the last letter needs no digits
      {"((a|b)(a|b)(a|b))*", 1},                  // a clock of three
      {"a(a|b)*ab", 3},                           // two last letters: digits
      {"b((a|b)(a|b)(a|b)(a|b)(a|b))*a(a|b)", 4}  // all of them
  };
  for (const auto& [regex, expected] : layers) {
    CAPTURE(regex);
    const auto minimal = automata::minimised(automata::compile_regex(regex, std::nullopt, {}));
    const auto result = compile_first_and_last_letters(minimal, target, {});
    require_member(result, minimal, target, random);
    CHECK(construction_of(result).with_network(
              [](const auto&, const auto& network) { return network.layers.size(); }) == expected);
  }
}

TEST_CASE("on random automata the pass agrees with the theorem", "[first_and_last]") {
  EIGENMATA_SEEDED(random, 2);
  std::size_t built = 0;
  for (const char* text : {"constant", "constant{1,1/8}", "constant{1,-1,1/8}", "constant{1,e(1/3),1/8}"}) {
    const auto target = model_class(text);
    for (int round = 0; round < 150; ++round) {
      const auto minimal = automata::minimised(random_dfa(random, 1 + random.below(4), 1 + random.below(2)));
      INFO(text << ", round " << round);
      expressivity::LanguageFacts facts(minimal, {});
      const auto verdict = expressivity::decide(facts, target, std::nullopt, {});
      const auto result = compile_first_and_last_letters(minimal, target, {});
      if (std::holds_alternative<Construction>(result)) {
        ++built;
        CHECK(verdict.is_yes());
        require_member(result, minimal, target, random);
      } else if (std::get<Refusal>(result).reason != "the last letters decide") {
        CHECK(verdict.is_no());
      }
    }
  }
  CHECK(built > 5);
}

}  // namespace
}  // namespace eigenmata::compiler

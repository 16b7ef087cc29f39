// SPDX-License-Identifier: Apache-2.0
//
// R-trivial languages by 1 and one contraction, on random automata whose states are never entered again.
#include "eigenmata/compiler/write_once.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/expressivity/language_facts.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;

expressivity::ModelClass model_class(const std::string& text) { return expressivity::parse_model_class(text, {}); }

/// Each letter leads to the same state or a later one.
automata::Dfa random_descent(core::Random& random) {
  const std::size_t n = 2 + random.below(5);
  const std::size_t letters = 1 + random.below(3);
  std::vector<automata::State> next;
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < n; ++q) {
    accepting.push_back(random.below(2) == 0);
    for (std::size_t x = 0; x < letters; ++x) next.push_back(automata::state(q + random.below(n - q)));
  }
  const core::Alphabet alphabet(std::vector<std::string>{"a", "b", "c"});
  const std::vector<std::string> names(alphabet.names().begin(), alphabet.names().begin() + static_cast<long>(letters));
  return automata::minimised({core::Alphabet(names), automata::state(0), std::move(accepting), std::move(next)});
}

TEST_CASE("write once: random automata", "[write-once]") {
  auto random = core::Random(seed_or(1));
  CAPTURE(seed_or(1));
  std::size_t built = 0, deepest = 0;
  for (int i = 0; i < 250; ++i) {
    const automata::Dfa minimal = random_descent(random);
    if (minimal.states() == 1) continue;
    const char* const sets[] = {"diagonal{1,1/2}", "diagonal{1,-1/2}", "diagonal{1,-9/10}", "diagonal{1,7/8}"};
    const auto target = model_class(sets[random.below(4)]);
    CAPTURE(i, minimal.states(), to_string(target));
    const auto result = compile_write_once(minimal, target, {});
    const Construction& construction = construction_of(result);
    require_right(construction, minimal, random);
    require_answers(exact::RationalArithmetic{}, construction.network(), minimal, random, 20);
    REQUIRE(expressivity::is_member(exact::RationalArithmetic{}, construction.network(), target).is_yes());
    ++built;
    deepest = std::max(deepest, construction.network().layers.size());
  }
  CHECK(built > 150);
  CHECK(deepest >= 8);
}

TEST_CASE("write once: if and only if the language is R-trivial", "[write-once]") {
  auto random = core::Random(seed_or(2));
  CAPTURE(seed_or(2));
  for (int i = 0; i < 200; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(3), 2));
    if (minimal.states() == 1) continue;
    CAPTURE(i, minimal.states());
    expressivity::LanguageFacts facts(minimal, {});
    const auto result = compile_write_once(minimal, model_class("diagonal{1,1/2}"), {});
    REQUIRE(std::holds_alternative<Construction>(result) == facts.r_trivial().is_yes());
  }
  const auto contains = automata::minimised(regex_language(".*a.*", "ab"));
  CHECK(construction_of(compile_write_once(contains, model_class("diagonal{1,1/2}"), {})).network().layers.size() == 2);
  CHECK(std::get<Refusal>(compile_write_once(contains, model_class("diagonal{0,1}"), {})).reason ==
        "no real contraction is known in the spectrum set");
}

TEST_CASE("write once: a long chain meets the limit of memory", "[write-once]") {
  std::vector<automata::State> next;
  constexpr std::size_t kStates = 100'000;
  for (std::size_t q = 0; q < kStates; ++q) next.push_back(automata::state(std::min(q + 1, kStates - 1)));
  std::vector<bool> accepting(kStates, false);
  accepting.back() = true;
  const automata::Dfa minimal(core::Alphabet({"a"}), automata::state(0), std::move(accepting), std::move(next));
  core::Limits limits;
  limits.memory_bytes = std::size_t{64} << 20;
  CHECK_THROWS_AS(compile_write_once(minimal, model_class("diagonal{1,1/2}"), limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::compiler

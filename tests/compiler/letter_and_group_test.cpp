// SPDX-License-Identifier: Apache-2.0
//
// The current letter and a group: random permutation automata whose answer depends on the letter as well.
#include "eigenmata/compiler/letter_and_group.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <string>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/compiler/compile.hpp"
#include "eigenmata/expressivity/decide.hpp"
#include "support/constructions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using namespace testing;

/// Two letters permute n states; the answer is drawn for each state and letter.
automata::Dfa random_letter_and_group(core::Random& random) {
  const std::size_t n = 2 + random.below(3);
  std::vector<std::vector<std::size_t>> permutations(2, std::vector<std::size_t>(n));
  for (auto& permutation : permutations) {
    std::iota(permutation.begin(), permutation.end(), 0);
    for (std::size_t i = n; i > 1; --i) std::swap(permutation[i - 1], permutation[random.below(i)]);
  }
  // States (p, answer).
  std::vector<automata::State> next(4 * n);
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < 2 * n; ++q) accepting.push_back(q % 2 == 1);
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t x = 0; x < 2; ++x) {
      const automata::State to = automata::state(2 * permutations[x][p] + random.below(2));
      next[(2 * p) * 2 + x] = next[(2 * p + 1) * 2 + x] = to;
    }
  }
  return automata::minimised({core::Alphabet({"a", "b"}), automata::state(0), std::move(accepting), std::move(next)});
}

TEST_CASE("letter and group: built if and only if it is decided", "[letter-and-group]") {
  auto random = core::Random(seed_or(1));
  CAPTURE(seed_or(1));
  std::size_t by_letter = 0, refused = 0;
  for (int i = 0; i < 60; ++i) {
    const automata::Dfa minimal = random_letter_and_group(random);
    for (const std::string set :
         {"{-1,1}", "{1,e(1/3)}", "{-1,1,e(1/3)}", "C(1)", "{e(1/3),e(2/3)}", "{e(1/6),e(2/3)}"}) {
      CAPTURE(i, minimal.states(), set);
      const CompileOptions options = options_for("diagonal" + set, {});
      expressivity::LanguageFacts facts(minimal, {});
      const auto decided = expressivity::decide(facts, options.target, std::nullopt, {});
      const auto built = compile(minimal, options, {});
      if (built.is_unknown()) FAIL(built.reason());
      REQUIRE(built.answer() == decided.answer());
      refused += built.is_no() ? 1 : 0;
      if (!built.is_yes()) continue;
      const Construction& construction = built.proof().construction;
      require_right(construction, minimal, random);
      construction.with_network([&](const auto& k, const auto& network) {
        REQUIRE(expressivity::is_member(k, network, options.target).is_yes());
        require_answers(k, network, minimal, random, 10);
      });
      by_letter += construction.pass == "letter-and-group" ? 1 : 0;
    }
  }
  CHECK(by_letter > 40);
  CHECK(refused > 40);
}

TEST_CASE("letter and group: what it is not for", "[letter-and-group]") {
  const auto target = expressivity::parse_model_class("diagonal{-1,1}", {});
  const auto reason = [&](const std::string& regex) {
    const auto result = compile_letter_and_group(automata::minimised(regex_language(regex, "ab")), target, {});
    return std::get<Refusal>(result).reason;
  };
  CHECK(reason("b*(ab*ab*)*") == "letters tell all states apart");
  CHECK(reason(".*a.") == "what letters tell apart is not permuted by them");
  const auto third = reason("(b*ab*ab*a)*b*b");
  CHECK(third.find("it counts modulo 3, and the set has no root of unity") != std::string::npos);
}

}  // namespace
}  // namespace eigenmata::compiler

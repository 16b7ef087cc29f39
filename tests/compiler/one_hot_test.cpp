// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/one_hot.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/core/limits.hpp"
#include "support/constructions.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using testing::catalogue_language;
using testing::construction_of;
using testing::regex_language;
using testing::require_right;

TEST_CASE("every language of the catalogue has a one-hot network", "[one_hot][slow]") {
  EIGENMATA_SEEDED(random, 171);
  std::size_t languages = 0;
  for (const std::string& name : automata::catalogue_names()) {
    const Dfa minimal = catalogue_language(name);
    CAPTURE(name);
    const Construction construction = compile_one_hot(minimal);
    require_right(construction, minimal, random);
    REQUIRE(construction.network().layers.size() == 1);
    REQUIRE(construction.network().layers[0].dimension == minimal.states());
    if (minimal.states() <= 20) require_right(compile_dense_one_hot(minimal, {}), minimal, random);
    ++languages;
  }
  CHECK(languages >= 60);
}

TEST_CASE("random automata have one-hot networks, in factors and in full", "[one_hot]") {
  EIGENMATA_SEEDED(random, 172);
  for (int round = 0; round < 300; ++round) {
    const Dfa minimal = automata::minimised(testing::random_dfa(random, 1 + random.below(9), 1 + random.below(3)));
    CAPTURE(round);
    const Construction factors = compile_one_hot(minimal);
    require_right(factors, minimal, random);
    REQUIRE(factors.network().claim->form == lrnn::TransitionClass::Form::kRankOne);
    // The class it claims is the least that holds it.
    REQUIRE(factors.network().claim->factors == lrnn::factors_per_token(factors.network().layers[0]));
    const Construction dense = compile_dense_one_hot(minimal, {});
    require_right(dense, minimal, random);
    REQUIRE(dense.factor_bounds == factors.factor_bounds);
    const exact::RationalArithmetic k;
    for (std::size_t x = 0; x < minimal.letters(); ++x) {
      REQUIRE(lrnn::to_dense(k, dense.network().layers[0].maps[x].a) ==
              lrnn::to_dense(k, factors.network().layers[0].maps[x].a));
    }
  }
}

TEST_CASE("a letter takes as many factors as states less components", "[one_hot]") {
  // T_3: a cycle of three, a swap, a merge.
  const Construction t3 = compile_one_hot(catalogue_language("t3"));
  for (std::size_t x = 0; x < certificate::automaton_of(t3.certificate).letters(); ++x) {
    const auto map = algebra::word_map(certificate::automaton_of(t3.certificate), {core::symbol(x)});
    CHECK(t3.factor_bounds[0][x] == map.degree() - map.components());
  }
  // A reset of n states takes n − 1 copies: the flip-flop's letters.
  CHECK(compile_one_hot(regex_language(".*a", "ab")).factor_bounds[0] == std::vector<std::size_t>{1, 1});
}

TEST_CASE("a large automaton is compiled and checked in linear size", "[one_hot]") {
  EIGENMATA_SEEDED(random, 173);
  const Dfa minimal = automata::minimised(testing::random_dfa(random, 3'000, 3));
  REQUIRE(minimal.states() > 1'000);
  const Construction construction = compile_one_hot(minimal);
  CHECK(certificate::check(construction.certificate, {}).is_yes());
  for (std::size_t x = 0; x < minimal.letters(); ++x) {
    const auto map = algebra::word_map(minimal, {core::symbol(x)});
    CHECK(construction.factor_bounds[0][x] == minimal.states() - map.components());
    CHECK(lrnn::factor_count(construction.network().layers[0].maps[x].a) == construction.factor_bounds[0][x]);
  }
}

TEST_CASE("one state needs no factor", "[one_hot]") {
  EIGENMATA_SEEDED(random, 174);
  for (const std::string expression : {".*", "~.*"}) {
    const Dfa minimal = regex_language(expression, "ab");
    REQUIRE(minimal.states() == 1);
    const Construction construction = compile_one_hot(minimal);
    require_right(construction, minimal, random);
    CHECK(construction.factor_bounds[0] == std::vector<std::size_t>{0, 0});
  }
}

TEST_CASE("dense matrices beyond the memory limit are refused", "[one_hot]") {
  core::Limits limits;
  limits.memory_bytes = 5'000;  // two matrices of 8 x 8 numbers do not fit
  CHECK_THROWS_AS(compile_dense_one_hot(catalogue_language("third-from-end"), limits), core::LimitReached);
  limits.memory_bytes = 100'000;
  CHECK_NOTHROW(compile_dense_one_hot(catalogue_language("third-from-end"), limits));
}

// The current letter.

/// Does the last letter alone decide, for all words up to a length?
bool last_letter_decides(const Dfa& dfa, std::size_t longest) {
  std::vector<std::optional<bool>> meaning(dfa.letters());
  bool decides = true;
  for (std::size_t length = 1; length <= longest; ++length) {
    testing::for_each_word(length, dfa.letters(), [&](const core::Word& word) {
      auto& known = meaning[core::index(word.back())];
      if (!known) known = dfa.accepts(word);
      decides = decides && *known == dfa.accepts(word);
    });
  }
  return decides;
}

TEST_CASE("languages in which the last letter decides need no layer, others are refused", "[one_hot]") {
  EIGENMATA_SEEDED(random, 175);
  int without_layer = 0;
  for (int round = 0; round < 600; ++round) {
    const Dfa minimal = automata::minimised(testing::random_dfa(random, 1 + random.below(3), 1 + random.below(3)));
    const PassResult result = compile_current_letter(minimal);
    CAPTURE(round);
    // A word as long as there are states leads everywhere.
    REQUIRE(std::holds_alternative<Construction>(result) == last_letter_decides(minimal, minimal.states() + 1));
    if (const auto* construction = std::get_if<Construction>(&result)) {
      ++without_layer;
      require_right(*construction, minimal, random);
      REQUIRE(construction->network().layers.empty());
    }
  }
  CHECK(without_layer > 50);
  CHECK(without_layer < 550);
}

TEST_CASE("the empty word may mean anything where the last letter decides", "[one_hot]") {
  EIGENMATA_SEEDED(random, 176);
  for (const std::string expression : {".*a", "(.*a)?", ".*", "~.*", ".+", "()"}) {
    CAPTURE(expression);
    const Dfa minimal = regex_language(expression, "ab");
    require_right(construction_of(compile_current_letter(minimal)), minimal, random);
  }
  const auto refused = compile_current_letter(regex_language(".*ab", "ab"));
  REQUIRE(std::holds_alternative<Refusal>(refused));
  CHECK_THAT(std::get<Refusal>(refused).reason, Catch::Contains("letter 'b'"));
}

}  // namespace
}  // namespace eigenmata::compiler

// SPDX-License-Identifier: Apache-2.0
//
// Against the automaton on all short words, and against depths worked out by hand.
#include "eigenmata/algebra/missing_set.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "eigenmata/algebra/language_properties.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

std::size_t depth_of(const automata::Dfa& dfa) {
  const Cascade cascade = missing_set_cascade(dfa, {});
  const auto checked = check_cascade(cascade, {});
  if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
  return cascade.levels.size();
}

/// The automaton counts: `a` moves on, the last state is a sink.
automata::Dfa chain(std::size_t states) {
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < states; ++q) next.push_back({std::min(q + 1, states - 1), q});
  return dfa_from_table(small_alphabet(2), next, {states - 1});
}

/// The last `bits` letters of {a, b} as a number.
automata::Dfa shift_register(std::size_t bits) {
  const std::size_t states = std::size_t{1} << bits;
  std::vector<std::vector<std::size_t>> next;
  for (std::size_t q = 0; q < states; ++q) next.push_back({(2 * q) % states, (2 * q + 1) % states});
  std::vector<std::size_t> accepting;
  for (std::size_t q = states / 2; q < states; ++q) accepting.push_back(q);
  return dfa_from_table(small_alphabet(2), next, accepting);
}

TEST_CASE("depths of known automata", "[missing-set]") {
  const std::map<std::string, std::size_t> expected{
      {"t3", 2},     {"dyck-2-depth-4", 5}, {"arithmetic-mod-5", 3}, {"ipv4", 9},
      {"parity", 1}, {"s5-points", 1},      {"a5-word-problem", 1},  {"all-words", 0}};
  for (const auto& [name, depth] : expected) {
    CAPTURE(name);
    CHECK(depth_of(catalogue_language(name)) == depth);
  }
  CHECK(depth_of(regex_language("(a|b|c)*ac*")) == 1);
  CHECK(depth_of(chain(20)) == 19);
  CHECK(depth_of(shift_register(6)) == 6);
}

TEST_CASE("the cascade answers as the automaton does, on all words up to length 7", "[missing-set]") {
  auto random = core::Random(seed_or(7));
  CAPTURE(seed_or(7));
  std::size_t levels = 0;
  for (int i = 0; i < 300; ++i) {
    const auto dfa = automata::minimised(random_dfa(random, 2 + random.below(6), 2));
    CAPTURE(i, dfa.states());
    const Cascade cascade = missing_set_cascade(dfa, {});
    const auto checked = check_cascade(cascade, {});
    if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
    CHECK(cascade.levels.size() <= dfa.states() - 1);
    levels += cascade.levels.size();
    for (std::size_t bits = 0; bits < 128; ++bits) {
      core::Word word;
      for (std::size_t t = 0; t < 7; ++t) word.push_back(core::symbol((bits >> t) & 1));
      const auto answers = run_cascade(cascade, word);
      for (std::size_t t = 0; t <= 7; ++t)
        REQUIRE(answers[t] == dfa.accepts(core::Word(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(t))));
    }
  }
  CHECK(levels > 300);
}

TEST_CASE("the numbering along a forest leaves few groups in aperiodic automata", "[missing-set]") {
  auto random = core::Random(seed_or(11));
  CAPTURE(seed_or(11));
  std::size_t aperiodic = 0;
  std::size_t without_group = 0;
  while (aperiodic < 100) {
    const auto dfa = automata::minimised(random_dfa(random, 3 + random.below(4), 2));
    if (!is_aperiodic(dfa, ImageOrbit(letter_maps(dfa), {})).is_yes()) continue;
    ++aperiodic;
    const Cascade cascade = missing_set_cascade(dfa, {});
    bool coded = true;
    for (const auto& level : cascade.levels) coded = coded && std::holds_alternative<CoordinateMachine>(level.machine);
    if (coded) ++without_group;
  }
  CHECK(without_group >= 95);
}

TEST_CASE("too many sets for the memory limit are a limit, not an answer", "[missing-set]") {
  core::Limits limits;
  limits.memory_bytes = 1000;
  CHECK_THROWS_AS(missing_set_cascade(shift_register(6), limits), core::LimitReached);
}

TEST_CASE("the memory of large sets counts", "[missing-set]") {
  auto random = core::Random(seed_or(13));
  CAPTURE(seed_or(13));
  const auto dfa = automata::minimised(random_dfa(random, 3000, 2));
  REQUIRE(dfa.states() > 2000);
  core::Limits limits;
  limits.memory_bytes = std::size_t{4} << 20;  // thousands of sets, of about a thousand states each
  try {
    (void)missing_set_cascade(dfa, limits);
    FAIL("there are exponentially many sets");
  } catch (const core::LimitReached& limit) {
    CHECK(limit.kind() == core::LimitReached::Kind::kMemory);
  }
}

}  // namespace
}  // namespace eigenmata::algebra

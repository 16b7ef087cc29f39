// SPDX-License-Identifier: Apache-2.0
//
// Cascades of definite automata: proved by the checker of cascades, as many levels as there are letters to remember,
// and nothing is ever held.
#include "eigenmata/algebra/last_letters_cascade.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "eigenmata/automata/minimise.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// Proved, and run on some words. The number of its levels.
std::size_t levels_of(const automata::Dfa& minimal, core::Random& random) {
  const Cascade cascade = last_letters_cascade(minimal, {});
  const auto checked = check_cascade(cascade, {});
  if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
  for (const CascadeLevel& level : cascade.levels) {
    const std::vector<bool> writes = writers(std::get<CoordinateMachine>(level.machine));
    CHECK(std::all_of(writes.begin(), writes.end(), [](bool w) { return w; }));
  }
  for (int i = 0; i < 50; ++i) {
    const core::Word word = random_word(random, random.below(12), minimal.letters());
    CAPTURE(word);
    const auto answers = run_cascade(cascade, word);
    for (std::size_t t = 0; t <= word.size(); ++t)
      REQUIRE(answers[t] == minimal.accepts(core::Word(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(t))));
  }
  return cascade.levels.size();
}

TEST_CASE("last letters: a level for each of them", "[last_letters_cascade]") {
  EIGENMATA_SEEDED(random, 41);
  const std::map<std::string, std::size_t> levels{{".*a", 1},          {".*a.", 2},      {".*a..", 3}, {".*a.{5}", 6},
                                                  {"a|.*b(ab|bb)", 3}, {".*(aa|bb)", 2}, {"abab", 5}};
  for (const auto& [regex, count] : levels) {
    CAPTURE(regex);
    CHECK(levels_of(regex_language(regex, "ab"), random) == count);
  }
  for (const std::string name : {"ipv4", "iso-date-gregorian", "hex-colour", "time-of-day"}) {
    CAPTURE(name);
    CHECK(levels_of(automata::minimised(catalogue_language(name)), random) >= 5);
  }
}

TEST_CASE("last letters: random suffix automata", "[last_letters_cascade]") {
  EIGENMATA_SEEDED(random, 42);
  for (int i = 0; i < 60; ++i) {
    // The last three letters are the state.
    const std::size_t n = 2 + random.below(2);
    const std::size_t states = n * n * n;
    std::vector<std::vector<std::size_t>> next(states);
    std::vector<std::size_t> accepting;
    for (std::size_t q = 0; q < states; ++q) {
      for (std::size_t x = 0; x < n; ++x) next[q].push_back(q * n % states + x);
      if (random.one_in(2)) accepting.push_back(q);
    }
    const auto minimal = automata::minimised(dfa_from_table(small_alphabet(n), next, accepting, random.below(states)));
    if (minimal.states() <= n * n + 1) continue;  // two letters may be enough
    CAPTURE(i, minimal.states());
    CHECK(levels_of(minimal, random) == 3);
  }
}

}  // namespace
}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// Cascades whose machines read old values from slots: checked level by level, and run against the automaton on all
// short words.
#include "eigenmata/algebra/delays.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/language_properties.hpp"
#include "eigenmata/algebra/missing_set.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using testing::catalogue_language;
using testing::random_dfa;
using testing::regex_language;

void require_follows(const Cascade& cascade, const Dfa& dfa, std::size_t length) {
  const auto checked = check_cascade(cascade, {});
  if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
  testing::for_each_word(length, dfa.letters(), [&](const core::Word& word) {
    if (run_cascade(cascade, word).back() != dfa.accepts(word))
      FAIL("wrong on " << core::format_word(dfa.alphabet(), word));
  });
  for (const CascadeLevel& level : cascade.levels) REQUIRE_FALSE(level.needs_old_values());
}

/// Only held or overwritten, but for the clock at the end if there is one.
void require_holds_and_writes(const Cascade& cascade, std::uint32_t clock, std::uint32_t step) {
  for (const CascadeLevel& level : cascade.levels) {
    const auto& machine = std::get<CoordinateMachine>(level.machine);
    for (std::size_t j = 0; j < machine.moduli.size(); ++j) {
      const bool is_clock = clock > 1 && j + 1 == machine.moduli.size();
      REQUIRE(machine.moduli[j] == (is_clock ? clock : 1));
      if (!is_clock) continue;
      for (const auto& moves : machine.actions) REQUIRE(moves[j] == Move{false, step});
    }
  }
}

bool repeats_change_nothing(const Dfa& dfa) {
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const auto next = dfa.step(automata::state(q), core::symbol(x));
      if (dfa.step(next, core::symbol(x)) != next) return false;
    }
  }
  return true;
}

/// The automaton that forgets a letter which it has just read: its repeats change nothing.
Dfa without_repeats(const Dfa& dfa) {
  const std::size_t k = dfa.letters();
  std::vector<automata::State> next;
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t last = 0; last <= k; ++last) {
      accepting.push_back(dfa.is_accepting(automata::state(q)));
      for (std::size_t x = 0; x < k; ++x) {
        const std::size_t to = x == last ? q : automata::index(dfa.step(automata::state(q), core::symbol(x)));
        next.push_back(automata::state(to * (k + 1) + x));
      }
    }
  }
  return automata::minimised({dfa.alphabet(), automata::state(automata::index(dfa.initial()) * (k + 1) + k),
                              std::move(accepting), std::move(next)});
}

TEST_CASE("slots for repeated letters", "[delays]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t deep = 0;
  for (int i = 0; i < 400; ++i) {
    const Dfa dfa = without_repeats(random_dfa(random, 2 + random.below(3), 2 + random.below(2)));
    REQUIRE(repeats_change_nothing(dfa));
    Cascade cascade = missing_set_cascade(dfa, {});
    if (has_group(cascade)) cascade = holonomy_cascade(dfa, {});
    if (has_group(cascade)) continue;
    CAPTURE(i, dfa.states());
    const Cascade slots = with_repetition_slots(cascade, {});
    require_follows(slots, dfa, 7);
    require_holds_and_writes(slots, 1, 0);
    CHECK(slots.levels.size() <= 2 * cascade.levels.size());
    deep += slots.levels.size() > 2 ? 1 : 0;
  }
  CHECK(deep > 30);
}

TEST_CASE("no level needs an old value: then there are no slots", "[delays]") {
  const Dfa dfa = regex_language("(a|b|c)*ac*");
  const Cascade slots = with_repetition_slots(missing_set_cascade(dfa, {}), {});
  require_follows(slots, dfa, 6);
  CHECK(slots.levels.size() == 1);
}

TEST_CASE("a clock modulo m", "[delays]") {
  struct Case {
    std::string regex;
    std::uint32_t m;
    bool possible;
  };
  const std::vector<Case> cases{{"((a|b)(a|b))*a", 2, true},
                                {"((a|b)(a|b))*a", 3, false},
                                {"(ab)*", 2, true},
                                {"(ab)*", 3, true},
                                {"(b|ab*a)*", 2, false},
                                {"(b|ab*a)*", 3, false},
                                {"((a|b)(a|b)(a|b))*ab(a|b)*", 3, true},
                                {"(a|b)*a(a|b)", 2, true},
                                {"((a|b)(a|b)(a|b))*", 2, false},
                                {"(abb|a)*", 2, true}};
  for (const Case& test : cases) {
    const Dfa dfa = regex_language(test.regex);
    for (std::uint32_t step = 1; step < test.m; ++step) {
      CAPTURE(test.regex, test.m, step);
      const auto cascade = clock_cascade(dfa, test.m, step, true, {});
      REQUIRE(cascade.has_value() == test.possible);
      if (!cascade) continue;
      require_follows(*cascade, dfa, 10);
      require_holds_and_writes(*cascade, test.m, step);
      Cascade still = clock_cascade(dfa, test.m, step, false, {}).value();
      require_follows(still, dfa, 10);
      if (still.levels.empty()) continue;
      still.levels.erase(still.levels.begin());  // the clock
      require_holds_and_writes(still, 1, 0);
    }
  }
}

TEST_CASE("a clock for random automata: iff words of lengths divisible by m have no group", "[delays]") {
  EIGENMATA_SEEDED(random, 2);
  std::size_t found = 0, not_star_free = 0;
  for (int i = 0; i < 200; ++i) {
    const Dfa dfa = automata::minimised(random_dfa(random, 2 + random.below(3), 2));
    const auto m = static_cast<std::uint32_t>(2 + random.below(2));
    // All words of length m as letters.
    std::vector<Transformation> blocks;
    testing::for_each_word(m, 2, [&](const core::Word& word) {
      if (word.size() != m) return;
      Transformation map = Transformation::identity(dfa.states());
      for (const auto x : word) map = map * letter_maps(dfa)[core::index(x)];
      blocks.push_back(std::move(map));
    });
    const bool aperiodic = !TransitionMonoid(blocks, {}).first_periodic().has_value();
    const auto cascade = clock_cascade(dfa, m, 1, true, {});
    CAPTURE(i, dfa.states(), m);
    REQUIRE(cascade.has_value() == aperiodic);
    if (!cascade) continue;
    if (dfa.states() == 1) continue;
    ++found;
    not_star_free += TransitionMonoid(letter_maps(dfa), {}).first_periodic().has_value() ? 1 : 0;
    require_follows(*cascade, dfa, 8);
    require_holds_and_writes(*cascade, m, 1);
    // Each symbol at one time only.
    for (const CascadeLevel& level : cascade->levels) {
      if (&level == &cascade->levels[0]) continue;
      for (const auto& steps : level.steps) {
        for (const CascadeStep& step : steps)
          REQUIRE(level.values[step.value].back() == level.values[steps[0].value].back());
      }
    }
  }
  CHECK(found > 30);
  CHECK(not_star_free > 5);
}

/// Behind the first, each machine has the clock as its last coordinate, and each symbol occurs at one time.
void require_frame(const Cascade& cascade, std::uint32_t m, std::uint32_t step) {
  for (std::size_t l = 1; l < cascade.levels.size(); ++l) {
    const CascadeLevel& level = cascade.levels[l];
    const auto& machine = std::get<CoordinateMachine>(level.machine);
    REQUIRE(machine.moduli.back() == m);
    for (const auto& moves : machine.actions) REQUIRE(moves.back() == Move{false, step});
    for (const auto& steps : level.steps) {
      for (const CascadeStep& s : steps) REQUIRE(level.values[s.value].back() == level.values[steps[0].value].back());
    }
  }
}

TEST_CASE("frames: random automata with their groups", "[delays]") {
  EIGENMATA_SEEDED(random, 3);
  std::size_t with_groups = 0;
  for (int i = 0; i < 150; ++i) {
    const Dfa dfa = automata::minimised(random_dfa(random, 2 + random.below(3), 2));
    if (dfa.states() == 1) continue;
    const auto m = static_cast<std::uint32_t>(2 + random.below(3));
    const auto step = static_cast<std::uint32_t>(m == 4 ? 3 : 1 + random.below(m - 1));
    const auto series = random.below(2) == 0 ? SeriesKind::kDerived : SeriesKind::kElementary;
    CAPTURE(i, dfa.states(), m, step);
    const auto as_it_is = [](Cascade cascade) -> std::variant<Cascade, std::string> { return cascade; };
    const auto slots = framed_cascade(dfa, m, step, {series, true, as_it_is}, {});
    require_follows(std::get<Cascade>(slots), dfa, 8);
    require_frame(std::get<Cascade>(slots), m, step);
    with_groups += has_group(missing_set_cascade(dfa, {})) ? 1 : 0;
    const auto kept = std::get<Cascade>(framed_cascade(dfa, m, step, {series, false, as_it_is}, {}));
    REQUIRE(check_cascade(kept, {}).is_yes());
    require_frame(kept, m, step);
    REQUIRE(kept.levels.size() <= std::get<Cascade>(slots).levels.size());
  }
  CHECK(with_groups > 30);
}

TEST_CASE("frames: the groups of words of lengths divisible by m are enough", "[delays]") {
  // Length modulo 6 and the number of a modulo 2: behind a clock modulo 3 or 6 nothing is counted modulo 3.
  const Dfa dfa = automata::minimised(regex_language("((a|b){6})*&(b*(ab*ab*)*)", "ab"));
  REQUIRE(dfa.states() == 12);
  const Dfa only_length = automata::minimised(regex_language("((a|b){6})*(a|b){2}", "ab"));
  for (const std::uint32_t m : {3U, 6U}) {
    const auto no_threes = [](Cascade cascade) -> std::variant<Cascade, std::string> {
      for (const CascadeLevel& level : cascade.levels) {
        for (const std::uint32_t modulus : std::get<CoordinateMachine>(level.machine).moduli) {
          if (modulus % 3 == 0) return "it counts modulo " + std::to_string(modulus);
        }
      }
      return cascade;
    };
    const auto length = framed_cascade(only_length, m, 5 % m, {SeriesKind::kDerived, true, no_threes}, {});
    require_follows(std::get<Cascade>(length), only_length, 9);
    require_frame(std::get<Cascade>(length), m, 5 % m);
    const auto framed = framed_cascade(dfa, m, 1, {SeriesKind::kDerived, true, no_threes}, {});
    require_follows(std::get<Cascade>(framed), dfa, 9);
    require_frame(std::get<Cascade>(framed), m, 1);
    for (const CascadeLevel& level : std::get<Cascade>(framed).levels) {
      if (&level == &std::get<Cascade>(framed).levels[0]) continue;
      for (const auto& moves : std::get<CoordinateMachine>(level.machine).actions) REQUIRE_FALSE(moves[0].writes);
    }
  }
  const auto never = [](Cascade) -> std::variant<Cascade, std::string> { return "no"; };
  CHECK(std::get<std::string>(framed_cascade(dfa, 3, 1, {SeriesKind::kDerived, true, never}, {})) == "no");
}

TEST_CASE("delays obey limits", "[delays]") {
  core::Limits limits;
  limits.memory_bytes = 1000;
  CHECK_THROWS_AS(clock_cascade(regex_language("(a|b)*a(a|b)(a|b)"), 2, 1, true, limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra

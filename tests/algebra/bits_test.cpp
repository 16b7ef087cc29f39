// SPDX-License-Identifier: Apache-2.0
//
// Coded levels in bits: checked level by level, and run against the automaton on short words.
#include "eigenmata/algebra/bits.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/algebra/missing_set.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

std::uint32_t most_code(const CascadeLevel& level) {
  std::uint32_t most = 0;
  for (const auto& value : level.values) most = std::max(most, value[0]);
  return most;
}

TEST_CASE("levels of more than two codes in bits", "[bits]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t taken_apart = 0;
  for (int i = 0; i < 400; ++i) {
    const auto dfa = automata::minimised(testing::random_dfa(random, 3 + random.below(6), 2 + random.below(2)));
    const Cascade cascade = missing_set_cascade(dfa, {});
    const bool only_old = random.one_in(2);
    const auto chosen = [&](const CascadeLevel& level) {
      return most_code(level) > 1 && (!only_old || level.needs_old_values());
    };
    const Cascade bits = with_bits(cascade, chosen, {});
    CAPTURE(i, dfa.states());
    const auto checked = check_cascade(bits, {});
    if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
    testing::for_each_word(6, dfa.letters(), [&](const core::Word& word) {
      REQUIRE(run_cascade(bits, word).back() == dfa.accepts(word));
    });
    std::size_t expected = 0;
    for (const CascadeLevel& level : cascade.levels) {
      const bool is_coded = std::holds_alternative<CoordinateMachine>(level.machine);
      std::size_t levels = 1;
      if (is_coded && chosen(level)) {
        while ((most_code(level) >> levels) != 0) ++levels;
      }
      taken_apart += levels > 1 ? 1 : 0;
      expected += levels;
    }
    CHECK(bits.levels.size() == expected);
    for (const CascadeLevel& level : bits.levels) {
      if (!only_old && std::holds_alternative<CoordinateMachine>(level.machine)) CHECK(most_code(level) <= 1);
    }
  }
  CHECK(taken_apart > 100);
}

}  // namespace
}  // namespace eigenmata::algebra

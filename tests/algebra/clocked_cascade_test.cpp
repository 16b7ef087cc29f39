// SPDX-License-Identifier: Apache-2.0
//
// Cascades behind a clock: there iff words of lengths divisible by m have no group, checked level by level, and run
// against the automaton on all short words.
#include "eigenmata/algebra/clocked_cascade.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/algebra/loop_lengths.hpp"
#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using testing::random_dfa;
using testing::regex_language;

void require_clocked(const Cascade& cascade, const Dfa& dfa, std::uint32_t m, std::size_t length) {
  const auto checked = check_cascade(cascade, {});
  if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
  testing::for_each_word(length, dfa.letters(), [&](const core::Word& word) {
    if (run_cascade(cascade, word).back() != dfa.accepts(word))
      FAIL("wrong on " << core::format_word(dfa.alphabet(), word));
  });
  const auto& clock = std::get<CoordinateMachine>(cascade.levels.at(0).machine);
  REQUIRE(clock.moduli == std::vector<std::uint32_t>{m});
  for (const auto& moves : clock.actions) REQUIRE(moves == std::vector<Move>{Move{false, 1}});
  for (std::size_t l = 1; l < cascade.levels.size(); ++l) REQUIRE(is_coded(cascade.levels[l]));
}

TEST_CASE("behind a clock iff the words of lengths divisible by m have no group", "[clocked]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t found = 0, not_found = 0, not_star_free = 0;
  for (int i = 0; i < 300; ++i) {
    const Dfa dfa = automata::minimised(random_dfa(random, 2 + random.below(4), 1 + random.below(2)));
    if (dfa.states() == 1) continue;
    const auto m = static_cast<std::uint32_t>(2 + random.below(3));
    CAPTURE(i, dfa.states(), m);
    const bool is_aperiodic = is_aperiodic_in_blocks(ImageOrbit(letter_maps(dfa)), m).is_yes();
    const auto cascade = clocked_cascade(dfa, m, {});
    REQUIRE(cascade.has_value() == is_aperiodic);
    (cascade ? found : not_found) += 1;
    if (!cascade) continue;
    not_star_free += TransitionMonoid(letter_maps(dfa), {}).first_periodic().has_value() ? 1 : 0;
    require_clocked(*cascade, dfa, m, 8);
  }
  CHECK(found > 50);
  CHECK(not_found > 20);
  CHECK(not_star_free > 10);
}

TEST_CASE("an even number of letters between two others", "[clocked]") {
  const Dfa dfa = regex_language("(aa|b)*");
  const auto cascade = clocked_cascade(dfa, 2, {});
  REQUIRE(cascade);
  require_clocked(*cascade, dfa, 2, 10);
  CHECK_FALSE(clocked_cascade(dfa, 3, {}));
  CHECK_FALSE(clocked_cascade(regex_language("(b|ab*a)*"), 2, {}));
}

TEST_CASE("cascades behind clocks obey limits", "[clocked]") {
  core::Limits limits;
  limits.memory_bytes = 1000;
  CHECK_THROWS_AS(clocked_cascade(regex_language("(aa|b)*a(a|b)(a|b)"), 2, limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra

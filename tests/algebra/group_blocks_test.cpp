// SPDX-License-Identifier: Apache-2.0
//
// Cascades with a few swaps a step: right for all words, at most so many swaps in every step, and sizes worked out by
// hand.
#include "eigenmata/algebra/group_blocks.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/missing_set.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// How many numbers a step changes, or swaps it does, at most.
std::size_t largest_step(const CascadeLevel& level) {
  std::size_t most = 0;
  if (const auto* points = std::get_if<PointMachine>(&level.machine)) {
    for (const auto& action : points->actions) {
      const auto& permutation = std::get<Transformation>(action);  // nothing is reset
      most = std::max(most, permutation.degree() - permutation.components());
    }
    return most;
  }
  const auto& machine = std::get<CoordinateMachine>(level.machine);
  for (const auto& moves : machine.actions) {
    std::size_t count = 0;
    for (std::size_t j = 0; j < moves.size(); ++j)
      count += moves[j].writes || moves[j].amount % machine.moduli[j] != 0 ? 1 : 0;
    most = std::max(most, count);
  }
  return most;
}

Cascade in_blocks(Cascade cascade, std::size_t factors, Clock clock = Clock::kBinary) {
  auto result = with_blocks(std::move(cascade), {factors, clock}, {});
  if (const auto* why = std::get_if<std::string>(&result)) FAIL(*why);
  return std::get<Cascade>(std::move(result));
}

void require_right(const Cascade& cascade) {
  const auto checked = check_cascade(cascade, {});
  if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
}

TEST_CASE("groups a few swaps a step: levels by hand", "[group_blocks]") {
  // (language, swaps a step, levels): a clock of log₂ m, letters, the block, the swaps.
  const auto levels = [](const std::string& name, std::size_t factors) {
    const Cascade cascade = in_blocks(missing_set_cascade(catalogue_language(name), {}), factors);
    require_right(cascade);
    for (const CascadeLevel& level : cascade.levels) {
      CHECK(largest_step(level) <= factors);
      CHECK_FALSE(level.needs_old_values());
    }
    return cascade.levels.size();
  };
  CHECK(levels("s3-word-problem", 1) == 4);  // m = 2, on three points
  CHECK(levels("mod-3", 1) == 4);
  CHECK(levels("a5-points", 1) == 5);  // m = 4
  CHECK(levels("a5-points", 2) == 4);  // m = 2
  CHECK(levels("a5-points", 4) == 1);  // nothing to do
  CHECK(levels("s6-points", 1) == 5);  // every product of four of its letters is one of four swaps
}

TEST_CASE("every group with a circle for its clock and a ring of letters: three machines", "[group_blocks]") {
  for (const std::string name : {"mod-3", "a5-points", "s5-points", "s6-points"}) {
    CAPTURE(name);
    const Cascade cascade = in_blocks(missing_set_cascade(catalogue_language(name), {}), 1, Clock::kCircle);
    require_right(cascade);
    CHECK(cascade.levels.size() == 3);
    for (std::size_t l = 1; l < 3; ++l) CHECK(largest_step(cascade.levels[l]) == 1);
  }
}

TEST_CASE("a group on more points than it needs acts on fewer", "[group_blocks]") {
  const Cascade cascade = in_blocks(missing_set_cascade(catalogue_language("s4-word-problem"), {}), 2);
  require_right(cascade);
  CHECK(std::get<PointMachine>(cascade.levels.back().machine).points == 4);
}

TEST_CASE("what would need too much is refused with its size", "[group_blocks]") {
  const auto result =
      with_blocks(missing_set_cascade(catalogue_language("a5-points"), {}), {1, Clock::kBinary, 20'000, 10}, {});
  CHECK(std::get<std::string>(result).find("level 1: blocks of 4 letters have") == 0);
}

TEST_CASE("random automata with at most one or two changes a step", "[group_blocks]") {
  EIGENMATA_SEEDED(random, 17);
  for (int i = 0; i < 60; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(4), 2 + random.below(2)));
    const std::size_t factors = 1 + random.below(2);
    CAPTURE(i, minimal.states(), factors);
    for (const auto& decompose : {missing_set_cascade, holonomy_cascade}) {
      Cascade cascade = split_groups_of_kind(decompose(minimal, {}), SeriesKind::kFrattini, {});
      cascade = with_few_factors(
          with_toggles(in_blocks(std::move(cascade), factors, i % 3 == 0 ? Clock::kCircle : Clock::kBinary), {}),
          factors, Counting::kTurn, {});
      require_right(cascade);
      for (const CascadeLevel& level : cascade.levels) {
        REQUIRE(largest_step(level) <= factors);
        REQUIRE_FALSE(level.needs_old_values());
      }
      for (int w = 0; w < 5; ++w) {
        const core::Word word = random_word(random, random.below(30), minimal.letters());
        const auto answers = run_cascade(cascade, word);
        REQUIRE(answers.back() == minimal.accepts(word));
      }
    }
  }
}

}  // namespace
}  // namespace eigenmata::algebra

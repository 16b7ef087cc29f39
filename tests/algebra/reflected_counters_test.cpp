// SPDX-License-Identifier: Apache-2.0
//
// Counters and dihedral groups by one reflection a step: right for all words, two levels for a cyclic or dihedral
// group, and every circle reflects in every step.
#include "eigenmata/algebra/reflected_counters.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/algebra/dihedral_levels.hpp"
#include "eigenmata/algebra/group_blocks.hpp"
#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/missing_set.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"
#include "support/word_problems.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

void require_right(const Cascade& cascade) {
  const auto checked = check_cascade(cascade, {});
  if (!checked.is_yes()) FAIL("level " << checked.witness().level << ": " << checked.witness().what);
}

/// All moves of coordinates beyond 2 are reflections.
bool circles_reflect(const Cascade& cascade) {
  for (const CascadeLevel& level : cascade.levels) {
    const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
    if (machine == nullptr) continue;
    for (const auto& moves : machine->actions) {
      for (std::size_t j = 0; j < moves.size(); ++j) {
        if (machine->moduli[j] > 2 && !moves[j].reflects) return false;
      }
    }
  }
  return true;
}

Transformation rotation(std::size_t m, std::size_t k) {
  std::vector<Point> images;
  for (std::size_t i = 0; i < m; ++i) images.push_back(static_cast<Point>((i + k) % m));
  return Transformation(std::move(images));
}

Transformation mirror(std::size_t m, std::size_t k) {
  std::vector<Point> images;
  for (std::size_t i = 0; i < m; ++i) images.push_back(static_cast<Point>((m + k - i) % m));
  return Transformation(std::move(images));
}

TEST_CASE("addition modulo m is a clock and a reflecting circle", "[reflected_counters]") {
  for (const std::size_t m : {3, 4, 5, 12, 97}) {
    CAPTURE(m);
    const std::vector<Transformation> letters{rotation(m, 0), rotation(m, 1), rotation(m, m / 2), rotation(m, m - 1)};
    const auto cascade = with_reflected_counters(
        split_groups_of_kind(missing_set_cascade(word_problem(letters), {}), SeriesKind::kDerived, {}));
    require_right(cascade);
    REQUIRE(cascade.levels.size() == 2);
    CHECK(circles_reflect(cascade));
    CHECK(std::get<CoordinateMachine>(cascade.levels[1].machine).moduli ==
          std::vector<std::uint32_t>{std::uint32_t(m)});
  }
}

TEST_CASE("dihedral groups are a toggle and a reflecting circle", "[reflected_counters]") {
  for (const std::size_t m : {3, 4, 5, 8, 15}) {
    std::vector<Transformation> all;
    for (std::size_t k = 0; k < m; ++k) {
      all.push_back(rotation(m, k));
      all.push_back(mirror(m, k));
    }
    for (const auto& letters :
         {all, std::vector{rotation(m, 1), mirror(m, 0)}, std::vector{mirror(m, 0), mirror(m, 1)}}) {
      CAPTURE(m, letters.size());
      const Cascade cascade = split_dihedral_groups(missing_set_cascade(word_problem(letters), {}), {});
      require_right(cascade);
      REQUIRE(cascade.levels.size() == 2);
      CHECK(circles_reflect(cascade));
      CHECK(std::get<CoordinateMachine>(cascade.levels[1].machine).moduli ==
            std::vector<std::uint32_t>{std::uint32_t(4 * m)});
      CHECK(cascade.levels[1].values.size() == 2 * m);
    }
  }
}

TEST_CASE("groups that are not dihedral stay", "[reflected_counters]") {
  for (const std::string name : {"q8-word-problem", "a4-word-problem", "mod-6", "f20-word-problem"}) {
    const Cascade cascade = split_dihedral_groups(missing_set_cascade(catalogue_language(name), {}), {});
    CHECK(cascade.levels.size() == 1);
  }
}

TEST_CASE("random automata with counters that reflect", "[reflected_counters]") {
  EIGENMATA_SEEDED(random, 23);
  for (int i = 0; i < 60; ++i) {
    const auto minimal = automata::minimised(random_dfa(random, 2 + random.below(4), 2 + random.below(2)));
    CAPTURE(i, minimal.states());
    const auto kind = i % 2 == 0 ? SeriesKind::kDerived : SeriesKind::kElementary;
    for (const auto& decompose : {missing_set_cascade, holonomy_cascade}) {
      Cascade cascade = split_dihedral_groups(decompose(minimal, {}), {});
      auto split = with_blocks(split_groups_of_kind(std::move(cascade), kind, {}),
                               {1, i % 3 == 0 ? Clock::kBinary : Clock::kCircle}, {});
      cascade = with_toggles(std::get<Cascade>(split), {});
      cascade = with_reflected_counters(with_few_factors(cascade, 1, Counting::kReflect, {}));
      require_right(cascade);
      REQUIRE(circles_reflect(cascade));
      for (int w = 0; w < 5; ++w) {
        const core::Word word = random_word(random, random.below(30), minimal.letters());
        REQUIRE(run_cascade(cascade, word).back() == minimal.accepts(word));
      }
    }
  }
}

}  // namespace
}  // namespace eigenmata::algebra

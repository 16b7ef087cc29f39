// SPDX-License-Identifier: Apache-2.0
//
// Holonomy cascades: each follows its automaton, by the checker and by running it, and has no group but what divides
// the monoid.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "classified.hpp"
#include "eigenmata/algebra/holonomy.hpp"
#include "maps.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

const PointMachine* point_machine(const CascadeLevel& level) { return std::get_if<PointMachine>(&level.machine); }

/// The group that the symbols of a level make on its points.
PermutationGroup group_of(const CascadeLevel& level) {
  const PointMachine* machine = point_machine(level);
  if (machine == nullptr) return {1, {}};
  std::vector<Transformation> permutations;
  for (const auto& action : machine->actions) {
    if (const auto* permutation = std::get_if<Transformation>(&action)) permutations.push_back(*permutation);
  }
  return {machine->points, permutations};
}

std::size_t points_of(const Cascade& cascade) {
  std::size_t points = 0;
  for (const CascadeLevel& level : cascade.levels) {
    const PointMachine* machine = point_machine(level);
    points += machine == nullptr ? level.values.size() : machine->points;
  }
  return points;
}

/// Classes with a group side by side, the others all on the same points.
std::size_t points_needed(const Holonomy& holonomy, LevelOrder order) {
  std::size_t points = 0;
  for (const auto& level : holonomy.classes_by_level(order)) {
    std::size_t own = 0;
    std::size_t shared = 0;
    for (const std::size_t c : level) {
      const HolonomyClass& placed = holonomy.classes()[c];
      if (placed.group.is_trivial()) {
        shared = std::max(shared, placed.tiles.size());
      } else {
        own += placed.tiles.size();
      }
    }
    points += std::max(own, shared);
  }
  return points;
}

void require_agreement(const Cascade& cascade, const Dfa& dfa, const core::Word& word) {
  const std::vector<bool> answers = run_cascade(cascade, word);
  automata::State q = dfa.initial();
  REQUIRE(answers.size() == word.size() + 1);
  REQUIRE(answers[0] == dfa.is_accepting(q));
  for (std::size_t i = 0; i < word.size(); ++i) {
    q = dfa.step(q, word[i]);
    if (answers[i + 1] != dfa.is_accepting(q)) FAIL("wrong after letter " << i);
  }
}

/// The checker, and all words of a length with their prefixes.
Cascade checked_cascade(const Dfa& dfa, std::size_t length) {
  CAPTURE(shown(dfa));
  const Cascade cascade = holonomy_cascade(dfa, {});
  const auto verdict = check_cascade(cascade, {});
  if (verdict.is_no()) FAIL("level " << verdict.witness().level << ": " << verdict.witness().what);
  REQUIRE(verdict.is_yes());
  for_each_word(length, dfa.letters(), [&](const core::Word& word) { require_agreement(cascade, dfa, word); });
  return cascade;
}

/// One letter in three permutes.
Dfa random_automaton(core::Random& random, std::size_t states, std::size_t letters) {
  const Dfa maps = random_dfa(random, states, letters);
  const Dfa permutations = random_permutation_dfa(random, states, letters);
  std::vector<automata::State> next = maps.table();
  for (std::size_t x = 0; x < letters; ++x) {
    if (!random.one_in(3)) continue;
    for (std::size_t q = 0; q < states; ++q) next[q * letters + x] = permutations.table()[q * letters + x];
  }
  return {maps.alphabet(), maps.initial(), maps.accepting(), next};
}

/// Letters that preserve the order of the states, which are numbered at random: an aperiodic automaton.
Dfa random_ordered_automaton(core::Random& random, std::size_t states, std::size_t letters) {
  const std::vector<Point> name = random_permutation(random, states);
  std::vector<automata::State> next(states * letters);
  for (std::size_t x = 0; x < letters; ++x) {
    std::vector<Point> images;
    for (std::size_t q = 0; q < states; ++q) images.push_back(static_cast<Point>(random.below(states)));
    std::sort(images.begin(), images.end());
    for (std::size_t q = 0; q < states; ++q) next[name[q] * letters + x] = automata::state(name[images[q]]);
  }
  const Dfa other = random_dfa(random, states, letters);
  return {other.alphabet(), other.initial(), other.accepting(), std::move(next)};
}

Dfa dfa_of(const std::vector<Transformation>& letters) {
  std::vector<automata::State> next;
  std::vector<bool> accepting;
  for (Point q = 0; q < letters[0].degree(); ++q) {
    for (const Transformation& letter : letters) next.push_back(automata::state(letter.image_of(q)));
    accepting.push_back(q % 3 == 0);
  }
  return {small_alphabet(letters.size()), automata::state(0), std::move(accepting), std::move(next)};
}

TEST_CASE("holonomy cascades of random automata", "[holonomy][cascade]") {
  EIGENMATA_SEEDED(random, 20261);
  int with_group = 0;
  for (int i = 0; i < 400; ++i) {
    CAPTURE(i);
    const Dfa dfa = random_automaton(random, 3 + random.below(6), 1 + random.below(3));
    const Cascade cascade = checked_cascade(dfa, 7);
    const Holonomy holonomy(letter_maps(dfa));
    REQUIRE(cascade.levels.size() == holonomy.levels());
    for (int words = 0; words < 20; ++words) require_agreement(cascade, dfa, random_word(random, 60, dfa.letters()));
    CHECK(points_of(cascade) <=
          std::min(points_needed(holonomy, LevelOrder::kDepth), points_needed(holonomy, LevelOrder::kHeight)));
    if (has_group(cascade)) ++with_group;
    if (holonomy.is_aperiodic()) REQUIRE_FALSE(has_group(cascade));
  }
  CHECK(with_group > 100);
  CHECK(with_group < 400);
}

TEST_CASE("holonomy cascades of aperiodic automata permute nothing", "[holonomy][cascade]") {
  EIGENMATA_SEEDED(random, 20262);
  int unordered = 0;
  std::size_t most_levels = 0;
  for (int i = 0; i < 600; ++i) {
    CAPTURE(i);
    const std::size_t states = 3 + random.below(6);
    const std::size_t letters = 1 + random.below(3);
    const Dfa dfa = i % 3 == 0 ? random_ordered_automaton(random, states, letters)
                               : random_dfa(random, 3 + random.below(4), letters);
    if (ImageOrbit(letter_maps(dfa)).periodic_word()) continue;
    if (i % 3 != 0) ++unordered;
    const Cascade cascade = checked_cascade(dfa, 6);
    REQUIRE_FALSE(has_group(cascade));
    for (const CascadeLevel& level : cascade.levels) REQUIRE(point_machine(level) == nullptr);
    most_levels = std::max(most_levels, cascade.levels.size());
  }
  CHECK(unordered > 20);
  CHECK(most_levels >= 7);
}

TEST_CASE("the groups of a level are those of its classes", "[holonomy][cascade]") {
  EIGENMATA_SEEDED(random, 20263);
  for (int i = 0; i < 200; ++i) {
    CAPTURE(i);
    const Dfa dfa = random_automaton(random, 3 + random.below(5), 2);
    CAPTURE(shown(dfa));
    const Holonomy holonomy(letter_maps(dfa));
    const Cascade cascade = holonomy_cascade(dfa, {});
    const auto fits = [&](LevelOrder order) {
      const auto by_level = holonomy.classes_by_level(order);
      for (std::size_t l = 0; l < by_level.size(); ++l) {
        exact::Integer product = 1;
        for (const std::size_t c : by_level[l]) product *= holonomy.classes()[c].group.order();
        if (product % group_of(cascade.levels[l]).order() != 0) return false;
      }
      return true;
    };
    REQUIRE((fits(LevelOrder::kDepth) || fits(LevelOrder::kHeight)));
  }
}

TEST_CASE("holonomy cascades: all maps on n points", "[holonomy][cascade]") {
  for (std::size_t n = 2; n <= 6; ++n) {
    CAPTURE(n);
    const Cascade cascade = checked_cascade(dfa_of(all_maps(n)), 6);
    REQUIRE(cascade.levels.size() == n - 1);
    for (std::size_t l = 0; l < n - 1; ++l) {
      const PermutationGroup group = group_of(cascade.levels[l]);
      REQUIRE(group.degree() == n - l);
      REQUIRE(group == symmetric_group(n - l));
    }
  }
}

TEST_CASE("holonomy cascades: languages of the catalogue", "[holonomy][cascade]") {
  struct Expected {
    std::string name;
    std::vector<std::size_t> values;  // by level
    bool has_group;
    std::size_t length;
  };
  const std::vector<std::size_t> ipv4{5, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
  for (const Expected& expected : std::vector<Expected>{{"ab-star", {2, 2}, false, 8},
                                                        {"dyck-1-depth-3", {2, 2, 2, 2}, false, 9},
                                                        {"dyck-2-depth-3", {3, 3, 3, 2}, false, 5},
                                                        {"elevator-5", {2, 2, 2, 2}, false, 9},
                                                        {"ipv4", ipv4, false, 3},
                                                        {"arithmetic-mod-5", {4, 5, 2}, true, 4},
                                                        {"a5-with-reset", {5}, true, 6}}) {
    CAPTURE(expected.name);
    const Cascade cascade = checked_cascade(catalogue_language(expected.name), expected.length);
    std::vector<std::size_t> values;
    for (const CascadeLevel& level : cascade.levels) values.push_back(level.values.size());
    CHECK(values == expected.values);
    CHECK(has_group(cascade) == expected.has_group);
  }
}

TEST_CASE("holonomy cascades of large automata with few images", "[holonomy][cascade]") {
  std::vector<Transformation> shift;  // a register of ten bits
  for (Point bit = 0; bit < 2; ++bit) {
    std::vector<Point> images;
    for (Point q = 0; q < 1024; ++q) images.push_back((2 * q + bit) % 1024);
    shift.emplace_back(std::move(images));
  }
  const Cascade cascade = checked_cascade(dfa_of(shift), 11);
  REQUIRE(cascade.levels.size() == 10);
  for (const CascadeLevel& level : cascade.levels) CHECK(level.values.size() == 2);
}

TEST_CASE("a holonomy cascade of one state has no level", "[holonomy][cascade]") {
  const Dfa all = catalogue_language("all-words");
  REQUIRE(all.states() == 1);
  const Cascade cascade = checked_cascade(all, 4);
  CHECK(cascade.levels.empty());
}

TEST_CASE("holonomy cascades: letters that are the identity, states that no word reaches", "[holonomy][cascade]") {
  const Cascade still = checked_cascade(dfa_of({Transformation::identity(4)}), 4);
  CHECK(still.levels.size() == 1);
  CHECK_FALSE(has_group(still));
  checked_cascade(dfa_of({Transformation::identity(3), map_of_digits("122"), map_of_digits("100")}), 6);
  checked_cascade(dfa_of({map_of_digits("0012"), map_of_digits("0132")}), 8);
}

TEST_CASE("holonomy cascades stop at their limits", "[holonomy][cascade]") {
  core::Limits small;
  small.memory_bytes = 1u << 16;
  CHECK_THROWS_AS(holonomy_cascade(dfa_of(all_maps(16)), small), core::LimitReached);
  small.memory_bytes = 1u << 12;
  CHECK_THROWS_AS(holonomy_cascade(dfa_of(all_maps(8)), small), core::LimitReached);
  const std::atomic<bool> stop = true;
  core::Limits interrupted;
  interrupted.interrupted = &stop;
  CHECK_THROWS_AS(holonomy_cascade(dfa_of(all_maps(4)), interrupted), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra

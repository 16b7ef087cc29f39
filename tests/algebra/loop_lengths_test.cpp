// SPDX-License-Identifier: Apache-2.0
//
// What lengths of loops at images say, against what listed elements say.
#include "eigenmata/algebra/loop_lengths.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "classified.hpp"
#include "eigenmata/algebra/subgroups_of_blocks.hpp"
#include "eigenmata/core/error.hpp"
#include "maps.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

TEST_CASE("quasi-aperiodic, and aperiodic in blocks: from images as from elements", "[loops]") {
  EIGENMATA_SEEDED(random, 91);
  std::map<bool, int> quasi;
  std::map<bool, int> only_quasi;
  std::map<std::uint64_t, std::map<bool, int>> blocks;
  const auto examine = [&](const Dfa& dfa) {
    const Classified c(dfa);
    CAPTURE(shown(c.minimal));
    const ImageOrbit images(letter_maps(c.minimal));
    const bool expected = algebra::is_quasi_aperiodic(c.semigroup).is_yes();
    const ImageVerdict verdict = is_quasi_aperiodic(images);
    REQUIRE_FALSE(verdict.is_unknown());
    REQUIRE(verdict.is_yes() == expected);
    if (verdict.is_no()) REQUIRE_FALSE(images.group(verdict.witness()).is_trivial());
    ++quasi[expected];
    if (c.monoid.first_periodic()) ++only_quasi[expected];
    const auto least = least_aperiodic_block(images);
    REQUIRE(least.has_value() == expected);
    if (least) {
      for (std::uint64_t m = 1; m <= *least; ++m) {
        CAPTURE(m);
        REQUIRE(is_aperiodic_in_blocks(c.semigroup, m).is_yes() == (m == *least));
      }
    }
    for (std::uint64_t m = 1; m <= 6; ++m) {
      CAPTURE(m);
      const bool aperiodic = is_aperiodic_in_blocks(c.semigroup, m).is_yes();
      REQUIRE(is_aperiodic_in_blocks(images, m).is_yes() == aperiodic);
      ++blocks[m][aperiodic];
    }
  };
  for (int round = 0; round < 2'000; ++round) examine(random_language(random, 6, 2));
  for (int round = 0; round < 500; ++round) {
    // Every letter goes one step on a cycle of n, and adds some number modulo k: groups that lengths tell apart, or
    // do not.
    const std::size_t n = 1 + random.below(4);
    const std::size_t k = 1 + random.below(6);
    const std::size_t letters = 1 + random.below(2);
    std::vector<std::vector<std::size_t>> next(n * k + 1, std::vector<std::size_t>(letters, n * k));
    for (std::size_t q = 0; q < n; ++q) {
      for (std::size_t x = 0; x < letters; ++x) {
        if (n > 1 && random.one_in(6)) continue;
        const std::size_t sum = random.below(k);
        for (std::size_t r = 0; r < k; ++r) next[q * k + r][x] = ((q + 1) % n) * k + (r + sum) % k;
      }
    }
    const Dfa dfa = automata::minimised(dfa_from_table(small_alphabet(letters), next, {0}));
    if (TransitionMonoid(letter_maps(dfa), {}, 2'000).is_complete()) examine(dfa);
  }
  CHECK(quasi[true] > 200);
  CHECK(quasi[false] > 200);
  CHECK(only_quasi[true] > 100);
  for (std::uint64_t m = 1; m <= 6; ++m) {
    CAPTURE(m);
    CHECK(blocks[m][true] > 200);
    CHECK(blocks[m][false] > 200);
  }
}

TEST_CASE("lengths of loops: a cycle with a sum", "[loops]") {
  // One letter, n points in a cycle: all loops are of lengths divisible by n, and n letters make 1.
  const ImageOrbit six({cycle(6)});
  REQUIRE(six.components() == 1);
  CHECK(loop_lengths(six, 0).loops == 1);
  CHECK(loop_lengths(six, 0).trivial_loops == 6);
  // A letter that does nothing: loops of all lengths make 1.
  const ImageOrbit idle({cycle(6), Transformation::identity(6)});
  CHECK(loop_lengths(idle, 0).loops == 1);
  CHECK(loop_lengths(idle, 0).trivial_loops == 1);
  // Letters that add 1 and 3 modulo 6: two letters of each kind differ by 4, 2 or 0, so lengths are known modulo 2.
  const ImageOrbit odd({cycle(6), cycle(6) * cycle(6) * cycle(6)});
  CHECK(loop_lengths(odd, 0).trivial_loops == 2);
  // Two swaps of all of S_3: words of even length make even permutations.
  const ImageOrbit swaps({Transformation({1, 0, 2}), Transformation({0, 2, 1})});
  CHECK(loop_lengths(swaps, 0).loops == 1);
  CHECK(loop_lengths(swaps, 0).trivial_loops == 2);
  // No loop at all at the set of all points, loops of length 1 at a single one.
  const ImageOrbit constant({Transformation({0, 0, 0})});
  REQUIRE(constant.components() == 2);
  CHECK(loop_lengths(constant, 0).loops == 0);
  CHECK(loop_lengths(constant, 0).trivial_loops == 0);
  CHECK(loop_lengths(constant, 1).trivial_loops == 1);
}

TEST_CASE("lengths of loops keep limits, and blocks have letters", "[loops]") {
  const ImageOrbit images({cycle(40), cycle(40) * cycle(40)});
  core::Limits nothing;
  nothing.memory_bytes = 100;
  CHECK(is_quasi_aperiodic(images, nothing).is_unknown());
  CHECK(is_aperiodic_in_blocks(images, 2, nothing).is_unknown());
  CHECK_THROWS_AS(loop_lengths(images, 0, nothing), core::LimitReached);
  CHECK_THROWS_AS(least_aperiodic_block(images, nothing), core::LimitReached);
  CHECK_THROWS_AS(is_aperiodic_in_blocks(images, 0), core::Error);
}

}  // namespace
}  // namespace eigenmata::algebra

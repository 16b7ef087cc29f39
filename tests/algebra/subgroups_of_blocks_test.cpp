// SPDX-License-Identifier: Apache-2.0
//
// Against the monoid of all words of length m, taken as letters.
#include "eigenmata/algebra/subgroups_of_blocks.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "classified.hpp"
#include "eigenmata/core/error.hpp"
#include "maps.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// The monoid that the words of length m generate.
TransitionMonoid monoid_of_blocks(const Dfa& dfa, std::size_t m) {
  std::set<std::vector<Point>> blocks;
  for_each_word(m, dfa.letters(), [&](const core::Word& word) { blocks.insert(word_map(dfa, word).images()); });
  std::vector<Transformation> generators;
  for (const auto& images : blocks) generators.emplace_back(images);
  return monoid_of(generators);
}

std::vector<Point> fixed_points(const Transformation& e) {
  std::vector<Point> points;
  for (Point x = 0; x < e.degree(); ++x) {
    if (e.image_of(x) == x) points.push_back(x);
  }
  return points;
}

/// What the map does on these points, by their positions.
std::vector<Point> restricted(const Transformation& map, const std::vector<Point>& points) {
  std::vector<Point> images;
  for (const Point x : points) {
    const auto at = std::find(points.begin(), points.end(), map.image_of(x));
    REQUIRE(at != points.end());
    images.push_back(static_cast<Point>(at - points.begin()));
  }
  return images;
}

/// The maximal subgroup of the monoid around an idempotent, element by element.
std::set<std::vector<Point>> maximal_subgroup(const GreenRelations& green, const Transformation& e) {
  std::set<std::vector<Point>> group;
  const std::vector<Point> points = fixed_points(e);
  std::optional<std::size_t> h;
  for (std::size_t m = 0; m < green.monoid().size(); ++m) {
    if (green.monoid().map_of(element(m)) == e) h = green.h_class_of(element(m));
  }
  REQUIRE(h);
  for (std::size_t m = 0; m < green.monoid().size(); ++m) {
    if (green.h_class_of(element(m)) == h) group.insert(restricted(green.monoid().map_of(element(m)), points));
  }
  return group;
}

void require_period_witness(const Dfa& dfa, const PeriodWitness& witness, std::size_t m) {
  REQUIRE(witness.repeat.size() % m == 0);
  REQUIRE_FALSE(witness.repeat.empty());
  std::vector<bool> bits;
  core::Word pumped = witness.prefix;
  for (std::uint64_t k = 0; k < 3 * witness.period; ++k) {
    core::Word word = pumped;
    word.insert(word.end(), witness.suffix.begin(), witness.suffix.end());
    bits.push_back(dfa.accepts(word));
    pumped.insert(pumped.end(), witness.repeat.begin(), witness.repeat.end());
  }
  for (std::size_t shorter = 1; shorter <= witness.period; ++shorter) {
    bool fits = true;
    for (std::size_t k = 0; k + shorter < bits.size(); ++k) fits = fits && bits[k] == bits[k + shorter];
    REQUIRE(fits == (shorter == witness.period));
  }
}

TEST_CASE("groups of blocks are those of the monoid with words of length m as letters", "[blocks]") {
  EIGENMATA_SEEDED(random, 71);
  std::map<std::size_t, int> smaller;  // for each m, groups that lost elements but not all
  std::map<std::size_t, int> lost;
  int periodic = 0;
  int aperiodic = 0;
  for (int round = 0; round < 500; ++round) {
    const Classified c(random_language(random, 5, 2));
    CAPTURE(shown(c.minimal));
    for (std::size_t m = 1; m <= 4; ++m) {
      CAPTURE(m);
      const std::vector<BlockSubgroup> groups = maximal_subgroups_of_blocks(c.semigroup, m);
      const TransitionMonoid blocks = monoid_of_blocks(c.minimal, m);
      const GreenRelations green(blocks);
      std::set<std::size_t> classes;
      std::set<std::size_t> orders{1};
      for (const BlockSubgroup& found : groups) {
        const std::size_t d = c.semigroup.green().d_class_of(found.identity);
        REQUIRE(classes.insert(d).second);
        REQUIRE(c.semigroup.green().is_idempotent(found.identity));
        const Transformation e = c.monoid.map_of(found.identity);
        REQUIRE(found.points == fixed_points(e));
        std::set<std::vector<Point>> elements;
        for (const Transformation& g : found.group.elements(1'000)) elements.insert(g.images());
        REQUIRE(elements == maximal_subgroup(green, e));
        orders.insert(elements.size());
        const std::size_t whole = c.semigroup.green().d_class(d).h_size;
        if (m == 1) REQUIRE(elements.size() == whole);
        if (elements.size() < whole) ++(elements.size() == 1 ? lost[m] : smaller[m]);
        if (elements.size() == 1) {
          REQUIRE(found.witness.empty());
        } else {
          REQUIRE(found.witness.size() % m == 0);
          const Transformation made = word_map(c.minimal, found.witness);
          REQUIRE(made != e);
          REQUIRE(e * made == made);
          REQUIRE(elements.count(restricted(made, found.points)) == 1);
        }
      }
      for (std::size_t d = 0; d < c.semigroup.green().d_classes(); ++d) {
        const DClass& d_class = c.semigroup.green().d_class(d);
        REQUIRE(classes.count(d) == (d_class.is_regular() && d_class.h_size > 1 ? 1 : 0));
      }
      // The same orders, though one D-class may have become several: none beyond those of the representatives.
      std::set<std::size_t> expected{1};
      for (std::size_t d = 0; d < green.d_classes(); ++d) {
        if (green.d_class(d).is_regular()) expected.insert(green.d_class(d).h_size);
      }
      REQUIRE(orders == expected);
      const auto verdict = is_aperiodic_in_blocks(c.semigroup, m);
      REQUIRE(verdict.is_yes() == (expected.size() == 1));
      REQUIRE(verdict.is_no() == (expected.size() > 1));
      if (verdict.is_no()) require_period_witness(c.minimal, verdict.witness(), m);
      ++(verdict.is_no() ? periodic : aperiodic);
    }
  }
  CHECK(periodic > 100);
  CHECK(aperiodic > 100);
  CHECK(lost[1] + smaller[1] == 0);
  for (std::size_t m = 2; m <= 4; ++m) CHECK(lost[m] > 10);
  CHECK(smaller[2] + smaller[3] + smaller[4] > 5);
}

TEST_CASE("parity is counted in blocks of any length, lengths are not in blocks of their period", "[blocks]") {
  const auto orders = [](const Classified& c, std::uint64_t m) {
    std::vector<exact::Integer> found;
    for (const BlockSubgroup& block : maximal_subgroups_of_blocks(c.semigroup, m)) found.push_back(block.group.order());
    return found;
  };
  using Orders = std::vector<exact::Integer>;
  const Classified parity(catalogue_language("parity"));
  for (const std::uint64_t m : {1, 2, 3, 1'000}) CHECK(orders(parity, m) == Orders{2});
  const Classified even_then_a(regex_language("((a|b)(a|b))*a", "ab"));
  CHECK(is_aperiodic_in_blocks(even_then_a.semigroup, 1).is_no());
  CHECK(is_aperiodic_in_blocks(even_then_a.semigroup, 2).is_yes());
  CHECK(is_aperiodic_in_blocks(even_then_a.semigroup, 3).is_no());
  const Classified thirds(catalogue_language("length-mod-3"));
  CHECK(orders(thirds, 1) == Orders{3});
  CHECK(orders(thirds, 2) == Orders{3});
  CHECK(orders(thirds, 3) == Orders{1});
  CHECK(orders(thirds, 3'000'000'000'000) == Orders{1});
  const Classified sixths(regex_language("(a{6})*", "a"));
  CHECK(orders(sixths, 4) == Orders{3});
  CHECK(orders(sixths, 9) == Orders{2});
  CHECK(orders(sixths, 5) == Orders{6});
  CHECK(maximal_subgroups_of_blocks(sixths.semigroup, 4)[0].witness == core::Word(8, core::symbol(0)));
}

TEST_CASE("blocks of 0 letters are refused, and limits are kept", "[blocks]") {
  const Classified parity(catalogue_language("parity"));
  CHECK_THROWS_WITH(maximal_subgroups_of_blocks(parity.semigroup, 0), Catch::Contains("at least one"));
  CHECK_THROWS_WITH(is_aperiodic_in_blocks(parity.semigroup, 0), Catch::Contains("at least one"));
  const std::uint64_t huge = std::uint64_t{1} << 40;
  CHECK(is_aperiodic_in_blocks(parity.semigroup, huge).is_unknown());
  CHECK_THROWS_AS(maximal_subgroups_of_blocks(parity.semigroup, huge), core::LimitReached);

  // Not all of the monoid: a word found with a period, repeated until its length fits.
  core::Limits little;
  little.memory_bytes = 40'000;
  const Dfa m11 = catalogue_language("m11-points");
  const TransitionMonoid part(letter_maps(m11), little);
  const SyntacticSemigroup unknown(m11, part);
  REQUIRE_FALSE(unknown.is_known());
  REQUIRE(unknown.periodic());
  const std::uint64_t period = part.map_of(*unknown.periodic()).period();
  const auto verdict = is_aperiodic_in_blocks(unknown, period + 1);
  REQUIRE(verdict.is_no());
  require_period_witness(m11, verdict.witness(), period + 1);
  CHECK(is_aperiodic_in_blocks(unknown, period * part.word_of(*unknown.periodic()).size()).is_unknown());
}

}  // namespace
}  // namespace eigenmata::algebra

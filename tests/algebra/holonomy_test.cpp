// SPDX-License-Identifier: Apache-2.0
//
// The holonomy decomposition against published tables, against its definition on random maps, and against the
// transition monoid.
#include "eigenmata/algebra/holonomy.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/core/error.hpp"
#include "maps.hpp"
#include "support/languages.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;
using Set = std::set<Point>;

std::string by_depth(const std::vector<Transformation>& generators) {
  return holonomy_table(Holonomy(generators), LevelOrder::kDepth);
}

std::string by_height(const std::vector<Transformation>& generators) {
  return holonomy_table(Holonomy(generators), LevelOrder::kHeight);
}

std::vector<Transformation> letters_of(const std::string& name) { return letter_maps(catalogue_language(name)); }

/// Generators as they are printed in papers, with points 1, 2, …; fixed points at the end may be left out.
std::vector<Transformation> published(std::size_t degree, const std::vector<std::string>& list) {
  std::vector<Transformation> maps;
  for (const std::string& digits : list) {
    std::vector<Point> images = Transformation::identity(degree).images();
    for (std::size_t x = 0; x < digits.size(); ++x) images[x] = static_cast<Point>(digits[x] - '1');
    maps.emplace_back(std::move(images));
  }
  return maps;
}

/// The images, levels, and what is largest on each level: "2, 2, 3".
struct Shape {
  std::size_t sets = 0;
  std::vector<std::size_t> most_tiles;

  friend bool operator==(const Shape&, const Shape&) = default;
};

Shape shape(const std::vector<Transformation>& generators) {
  const Holonomy holonomy(generators);
  Shape result{holonomy.sets(), {}};
  for (const auto& level : holonomy.classes_by_level(LevelOrder::kDepth)) {
    std::size_t most = 0;
    for (const std::size_t c : level) most = std::max(most, holonomy.classes()[c].tiles.size());
    result.most_tiles.push_back(most);
  }
  return result;
}

// n floors; up and down stay where they are at the ends.
std::vector<Transformation> elevator(std::size_t floors) {
  std::vector<Point> up;
  std::vector<Point> down;
  for (std::size_t q = 0; q < floors; ++q) {
    up.push_back(static_cast<Point>(std::min(q + 1, floors - 1)));
    down.push_back(static_cast<Point>(q == 0 ? 0 : q - 1));
  }
  return {Transformation(up), Transformation(down)};
}

std::vector<Transformation> shift_register(std::size_t bits) {
  const std::size_t states = std::size_t{1} << bits;
  std::vector<Transformation> letters;
  for (std::size_t bit = 0; bit < 2; ++bit) {
    std::vector<Point> images;
    for (std::size_t q = 0; q < states; ++q) images.push_back(static_cast<Point>((2 * q + bit) % states));
    letters.emplace_back(std::move(images));
  }
  return letters;
}

// ---------------------------------------------------------------------------------------------- published
// decompositions

TEST_CASE("all maps on n points: symmetric groups one below the other", "[holonomy]") {
  CHECK(by_depth(all_maps(2)) == "(2,C2)");
  CHECK(by_depth(all_maps(3)) == "(3,S3) / (2,C2)");
  CHECK(by_height(all_maps(3)) == "(3,S3) / (2,C2)");
  CHECK(by_depth(all_maps(4)) == "(4,S4) / (3,S3) / (2,C2)");
  CHECK(by_depth(all_maps(6)) == "(6,S6) / (5,S5) / (4,S4) / (3,S3) / (2,C2)");
  CHECK(Holonomy(all_maps(3)).flags() == 6);
  CHECK(Holonomy(all_maps(4)).flags() == 24);
  CHECK(Holonomy(all_maps(4)).sets() == 15);
}

TEST_CASE("a semigroup of 138 elements on six points", "[holonomy]") {  // an example of the GAP package SgpDec
  const auto maps = published(6, {"123111", "444546", "444564", "444455", "444123", "231444"});
  CHECK(monoid_of(maps).size() == 139);
  CHECK(by_depth(maps) == "2 / (4,C3) (3,S3) / (3,C3) (2,C2) / (2,C2) / 2");
  CHECK(by_height(maps) == "2 / (4,C3) / (3,S3) (2,C2) / (3,C3) (2,C2) / 2");
}

TEST_CASE("a monoid of 1,310 elements on six points", "[holonomy]") {
  const auto maps = published(6, {"11", "22", "323", "123355", "124466", "123434", "125656", "123452"});
  CHECK(monoid_of(maps).size() == 1310);
  CHECK(by_depth(maps) == "5 / 4 / 4 3 / (4,C2) 3 / (3,C3) 2 / (2,C2)");
}

TEST_CASE("elevators: intervals, one floor less a level", "[holonomy]") {
  for (std::size_t floors = 2; floors <= 12; ++floors) {
    CAPTURE(floors);
    CHECK(shape(elevator(floors)) == Shape{floors * (floors + 1) / 2, std::vector<std::size_t>(floors - 1, 2)});
  }
}

TEST_CASE("brackets of bounded depth", "[holonomy]") {
  CHECK(shape(letters_of("dyck-1-depth-3")).sets == 15);
  CHECK(shape(letters_of("dyck-1-depth-3")).most_tiles.size() == 4);
  CHECK(shape(letters_of("dyck-1-depth-4")).sets == 21);
  CHECK(shape(letters_of("dyck-1-depth-4")).most_tiles.size() == 5);
  CHECK(shape(letters_of("dyck-2-depth-2")) == Shape{19, {3, 3, 2}});
  CHECK(shape(letters_of("dyck-2-depth-3")) == Shape{42, {3, 3, 3, 2}});
  CHECK(shape(letters_of("dyck-2-depth-4")) == Shape{89, {3, 3, 3, 3, 2}});
}

TEST_CASE("languages of the catalogue", "[holonomy]") {
  const Holonomy ipv4(letters_of("ipv4"));
  CHECK(ipv4.orbit().degree() == 25);
  CHECK(ipv4.sets() == 50);
  CHECK(ipv4.levels() == 16);
  CHECK(ipv4.is_aperiodic());
  const Holonomy arithmetic(letters_of("arithmetic-mod-5"));
  CHECK(arithmetic.orbit().degree() == 19);
  CHECK(arithmetic.sets() == 42);
  CHECK(arithmetic.levels() == 3);
  CHECK_FALSE(arithmetic.is_aperiodic());
  CHECK(by_depth(letters_of("ab-star")) == "2 / 2");
  CHECK(Holonomy(letters_of("ab-star")).sets() == 6);
  CHECK(Holonomy(letters_of("ab-star")).flags() == 4);
}

TEST_CASE("a shift register of ten bits: one bit a level", "[holonomy]") {
  CHECK(shape(shift_register(10)) == Shape{2047, std::vector<std::size_t>(10, 2)});
  CHECK(by_depth(shift_register(4)) == "2 / 2 x2 / 2 x4 / 2 x8");
  CHECK(Holonomy(shift_register(10)).flags() == 1024);
}

// -------------------------------------------------------------------------------------------------------- simple cases

TEST_CASE("a permutation group is one level", "[holonomy]") {
  CHECK(by_depth({cycle(5)}) == "(5,C5)");
  CHECK(by_depth({cycle(5), swap_of_first_two(5)}) == "(5,S5)");
  CHECK(Holonomy({cycle(5)}).sets() == 6);
  CHECK(by_depth({map_of_digits("10342")}) == "(5,C6)");
}

TEST_CASE("the identity alone, and beside others", "[holonomy]") {
  CHECK(by_depth({Transformation::identity(4)}) == "4");
  CHECK(Holonomy({Transformation::identity(4)}).is_aperiodic());
  auto maps = all_maps(4);
  maps.push_back(Transformation::identity(4));
  CHECK(by_depth(maps) == by_depth(all_maps(4)));
}

TEST_CASE("one point: no level", "[holonomy]") {
  const Holonomy point({Transformation::identity(1)});
  CHECK(point.levels() == 0);
  CHECK(point.classes().empty());
  CHECK(point.sets() == 1);
  CHECK(point.flags() == 1);
  CHECK(holonomy_table(point, LevelOrder::kHeight).empty());
}

TEST_CASE("no image of one point", "[holonomy]") {
  // Two points swapped, and one that falls onto them: {0, 1} is the least image.
  const Holonomy holonomy({map_of_digits("100")});
  CHECK(holonomy.sets() == 5);
  CHECK(holonomy_table(holonomy, LevelOrder::kDepth) == "2 / (2,C2)");
  CHECK(holonomy.classes()[0].tiles == std::vector<std::vector<Point>>{{0, 1}, {2}});
  CHECK(holonomy.tile(0, 0) == std::vector<Point>{0, 1});
}

TEST_CASE("there can be more levels than points", "[holonomy]") {
  EIGENMATA_SEEDED(random, 7);
  std::size_t most = 0;
  for (int i = 0; i < 2000; ++i) {
    const Holonomy holonomy(random_maps(random, 5, 3));
    most = std::max(most, holonomy.levels());
  }
  CHECK(most >= 8);
}

// --------------------------------------------------------------------------------------------- against the definition

struct Family {
  std::set<Set> sets;  // 𝓘
  std::vector<Transformation> monoid;
};

Set times(const Set& set, const Transformation& f) {
  Set image;
  for (const Point x : set) image.insert(f.image_of(x));
  return image;
}

bool within(const Set& small, const Set& large) {
  return std::includes(large.begin(), large.end(), small.begin(), small.end());
}

Family family(const std::vector<Transformation>& generators) {
  const TransitionMonoid monoid = monoid_of(generators);
  Family result;
  Set all;
  for (Point x = 0; x < generators[0].degree(); ++x) {
    all.insert(x);
    result.sets.insert({x});
  }
  for (std::size_t i = 0; i < monoid.size(); ++i) {
    result.monoid.push_back(monoid.map_of(element(i)));
    result.sets.insert(times(all, result.monoid.back()));
  }
  return result;
}

bool subduces(const Family& f, const Set& p, const Set& r) {
  return std::any_of(f.monoid.begin(), f.monoid.end(), [&](const Transformation& u) { return within(p, times(r, u)); });
}

std::set<Set> tiles_by_definition(const Family& f, const Set& set) {
  std::set<Set> tiles;
  for (const Set& t : f.sets) {
    if (t == set || !within(t, set)) continue;
    const bool is_maximal = std::none_of(f.sets.begin(), f.sets.end(), [&](const Set& u) {
      return u != t && u != set && within(t, u) && within(u, set);
    });
    if (is_maximal) tiles.insert(t);
  }
  return tiles;
}

void require_definition(const std::vector<Transformation>& generators) {
  const Family f = family(generators);
  const Holonomy holonomy(generators);
  REQUIRE(holonomy.sets() == f.sets.size());
  std::vector<Set> roots;
  for (std::size_t c = 0; c < holonomy.classes().size(); ++c) {
    const HolonomyClass& checked = holonomy.classes()[c];
    for (const std::uint32_t image : holonomy.orbit().images_of(checked.images)) {
      const auto points = holonomy.orbit().points(image);
      std::set<Set> tiles;
      for (std::size_t t = 0; t < checked.tiles.size(); ++t) {
        const auto tile = holonomy.tile(image, t);
        tiles.emplace(tile.begin(), tile.end());
      }
      REQUIRE(tiles == tiles_by_definition(f, Set(points.begin(), points.end())));
    }
    const std::size_t root = holonomy.orbit().images_of(checked.images)[0];
    const auto points = holonomy.orbit().points(root);
    roots.emplace_back(points.begin(), points.end());
    // The group, from all elements that permute the root.
    std::vector<Transformation> permutations;
    for (const Transformation& u : f.monoid) {
      if (times(roots.back(), u) != roots.back()) continue;
      std::vector<Point> places;
      for (const Point x : points) {
        const auto at = std::find(points.begin(), points.end(), u.image_of(x));
        places.push_back(static_cast<Point>(at - points.begin()));
      }
      permutations.push_back(holonomy.on_tiles(c, places));
    }
    REQUIRE(checked.group == PermutationGroup(checked.tiles.size(), permutations));
  }
  // Levels: longest chains.
  for (std::size_t c = 0; c < roots.size(); ++c) {
    std::size_t depth = 0;
    std::size_t height = 0;
    for (std::size_t d = 0; d < roots.size(); ++d) {
      if (d == c) continue;
      const bool is_above = subduces(f, roots[c], roots[d]);
      const bool is_below = subduces(f, roots[d], roots[c]);
      REQUIRE_FALSE((is_above && is_below));
      if (is_above) depth = std::max(depth, holonomy.classes()[d].depth + 1);
      if (is_below) height = std::max(height, holonomy.classes()[d].height + 1);
    }
    REQUIRE(holonomy.classes()[c].depth == depth);
    REQUIRE(holonomy.classes()[c].height == height);
  }
  for (const LevelOrder order : {LevelOrder::kDepth, LevelOrder::kHeight}) {
    for (const auto& level : holonomy.classes_by_level(order)) REQUIRE_FALSE(level.empty());
  }
  const bool is_aperiodic =
      std::none_of(f.monoid.begin(), f.monoid.end(), [](const Transformation& u) { return u.period() > 1; });
  REQUIRE(holonomy.is_aperiodic() == is_aperiodic);
}

TEST_CASE("sets, tiles, groups and levels are what the definition says", "[holonomy]") {
  EIGENMATA_SEEDED(random, 20);
  for (int i = 0; i < 150; ++i) {
    CAPTURE(i);
    require_definition(random_maps(random, 1 + random.below(5), 1 + random.below(3)));
  }
  require_definition(all_maps(4));
  require_definition(elevator(5));
  require_definition({cycle(6)});
  require_definition(published(6, {"123111", "444546", "444564", "444455", "444123", "231444"}));
}

// -------------------------------------------------------------------------------------------------------------- limits

TEST_CASE("holonomy: what is wrong with generators is said", "[holonomy]") {
  CHECK_THROWS_AS(Holonomy({}), core::Error);
  CHECK_THROWS_AS(Holonomy({cycle(3), cycle(4)}), core::Error);
}

TEST_CASE("holonomy stops at its limits", "[holonomy]") {
  core::Limits small;
  small.memory_bytes = 1u << 16;
  CHECK_THROWS_AS(Holonomy(all_maps(16), small), core::LimitReached);
  core::Limits late;
  late.deadline = core::Limits::Clock::now();
  CHECK_THROWS_AS(Holonomy(all_maps(12), late), core::LimitReached);
  const std::atomic<bool> stop = true;
  core::Limits interrupted;
  interrupted.interrupted = &stop;
  CHECK_THROWS_AS(Holonomy(all_maps(4), interrupted), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra

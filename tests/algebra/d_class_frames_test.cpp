// SPDX-License-Identifier: Apache-2.0
//
// D-classes from frames against D-classes of listed elements, and against published counts.
#include "eigenmata/algebra/d_class_frames.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "eigenmata/algebra/green.hpp"
#include "eigenmata/algebra/structure_name.hpp"
#include "eigenmata/core/error.hpp"
#include "maps.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

/// Rank, R-classes, L-classes, size of an H-class, idempotents, name of the maximal subgroups.
using Shape = std::tuple<std::size_t, std::size_t, exact::Integer, exact::Integer, std::uint64_t, std::string>;

std::map<Shape, int> shapes(const GreenRelations& green) {
  std::map<Shape, int> found;
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    const DClass& c = green.d_class(d);
    std::string name;
    if (c.is_regular()) {
      const MaximalSubgroup group = green.maximal_subgroup(green.idempotents_of(d)[0]);
      name = structure_name(PermutationGroup(group.points.size(), group.generators));
    }
    ++found[{c.rank, c.r_classes, c.l_classes, c.h_size, c.idempotents, name}];
  }
  return found;
}

std::map<Shape, int> shapes(const DClassFrames& frames) {
  std::map<Shape, int> found;
  for (std::size_t d = 0; d < frames.d_classes(); ++d) {
    const DClassFrame c = frames.d_class(d);
    const PermutationGroup& group = frames.schutzenberger_group(d);
    REQUIRE(group.order() == c.h_size);
    REQUIRE(group.degree() == c.rank);
    REQUIRE(c.size == c.r_classes * c.l_classes * c.h_size);
    const std::uint64_t idempotents = frames.count_idempotents(d);
    REQUIRE(c.is_regular == (idempotents > 0));
    ++found[{c.rank, c.r_classes, c.l_classes, c.h_size, idempotents, c.is_regular ? structure_name(group) : ""}];
  }
  return found;
}

std::string shown(const std::vector<Transformation>& generators) {
  std::string text;
  for (const Transformation& g : generators) {
    for (const Point y : g.images()) text += std::to_string(y) + " ";
    text += "| ";
  }
  return text;
}

std::uint64_t period_of(const std::vector<Transformation>& generators, const core::Word& word) {
  Transformation map = Transformation::identity(generators[0].degree());
  for (const core::Symbol x : word) map = map * generators[core::index(x)];
  return map.period();
}

struct Seen {
  int irregular = 0;
  int smaller = 0;           // irregular, and the Schützenberger group is not all of the group of the image
  int irregular_groups = 0;  // neither trivial
  int chains = 0;            // groups neither trivial nor symmetric
  int periodic = 0;
  int aperiodic = 0;
};

void require_agreement(const std::vector<Transformation>& generators, Seen& seen) {
  CAPTURE(shown(generators));
  const TransitionMonoid monoid = monoid_of(generators);
  const GreenRelations green(monoid);
  const ImageOrbit images(generators);
  const DClassFrames frames(images);
  REQUIRE(frames.size() == monoid.size());
  REQUIRE(frames.d_classes() == green.d_classes());
  REQUIRE(frames.regular_d_classes() == green.regular_d_classes());
  REQUIRE(frames.r_classes() == green.r_classes());
  REQUIRE(frames.l_classes() == green.l_classes());
  REQUIRE(frames.h_classes() == green.h_classes());
  REQUIRE(frames.count_idempotents() == monoid.count_idempotents());
  REQUIRE(shapes(frames) == shapes(green));
  const DClassFrame first = frames.d_class(0);
  REQUIRE(first.size == green.d_class(green.d_class_of(element(0))).size);
  REQUIRE(first.rank == monoid.degree());

  REQUIRE(images.size_at_least() <= monoid.size());
  REQUIRE(images.size_at_least() >= images.size());
  const auto word = images.periodic_word();
  REQUIRE(word.has_value() == monoid.first_periodic().has_value());
  if (word) REQUIRE(period_of(generators, *word) > 1);
  ++(word ? seen.periodic : seen.aperiodic);
  for (std::size_t d = 0; d < frames.d_classes(); ++d) {
    const DClassFrame c = frames.d_class(d);
    const exact::Integer order = c.h_size;
    if (order > 2 && c.rank == 3 && order < 6) ++seen.chains;
    if (order > 2 && c.rank == 4 && order < 24) ++seen.chains;
    if (c.is_regular) continue;
    ++seen.irregular;
    const std::size_t parts = frames.images().size();
    if (c.l_classes > parts) ++seen.smaller;
    if (order > 1) ++seen.irregular_groups;
  }
}

TEST_CASE("frames agree with listed elements, on random monoids", "[frames]") {
  EIGENMATA_SEEDED(random, 81);
  Seen seen;
  for (int round = 0; round < 1'500; ++round) {
    const std::size_t points = 1 + random.below(5);
    std::vector<Transformation> generators = random_maps(random, points, 1 + random.below(3));
    if (random.one_in(2)) generators.emplace_back(random_permutation(random, points));
    if (random.one_in(4)) generators.emplace_back(random_permutation(random, points));
    require_agreement(generators, seen);
  }
  // A permutation of a part of the points, with maps into that part: groups that are not symmetric, and D-classes
  // without idempotents where only some of them are reached from the left.
  for (int round = 0; round < 1'000; ++round) {
    const std::size_t part = 3 + random.below(2);
    const std::size_t points = part + 2 + random.below(3);
    std::vector<Transformation> generators;
    for (std::size_t i = 0, count = 2 + random.below(2); i < count; ++i) {
      std::vector<Point> images = random_map(random, points).images();
      if (i > 0 || random.one_in(2)) {
        const auto on_part = random_permutation(random, part);
        for (std::size_t x = 0; x < points; ++x) {
          images[x] = x < part ? on_part[x] : static_cast<Point>(random.below(random.one_in(2) ? part : points));
        }
      }
      generators.emplace_back(images);
    }
    if (monoid_of(generators).size() > 3'000) continue;
    require_agreement(generators, seen);
  }
  CHECK(seen.periodic > 200);
  CHECK(seen.aperiodic > 200);
  CHECK(seen.irregular > 500);
  CHECK(seen.irregular_groups > 20);
  CHECK(seen.smaller > 20);
  CHECK(seen.chains > 100);
}

TEST_CASE("frames agree with listed elements where groups are neither small nor symmetric", "[frames][slow]") {
  Seen seen;
  const auto with = [](std::vector<Transformation> generators, const std::vector<std::string>& more) {
    for (const Transformation& g : maps_of_digits(more)) generators.push_back(g);
    return generators;
  };
  // PSL(2, 7) on seven points, the affine group of the field of five, the dihedral group of the hexagon, A_6.
  const auto psl = maps_of_digits({"1234560", "1052436"});
  require_agreement(with(psl, {"0012345"}), seen);
  require_agreement(with(psl, {"0101234", "0123333"}), seen);
  require_agreement(with(maps_of_digits({"12340", "02413"}), {"00123"}), seen);
  require_agreement(with(maps_of_digits({"123450", "054321"}), {"000123", "012301"}), seen);
  require_agreement(with(alternating_group(6).generators(), {"001234"}), seen);
  CHECK(seen.periodic == 5);
  CHECK(seen.chains > 0);
}

TEST_CASE("the example of the header", "[frames]") {
  const ImageOrbit images({Transformation({1, 0, 2}), Transformation({1, 2, 0}), Transformation({0, 0, 2})});
  const DClassFrames t3(images);
  CHECK(t3.size() == 27);
  CHECK(t3.d_classes() == 3);
  CHECK(t3.schutzenberger_group(0).order() == 6);
  CHECK(t3.count_idempotents(0) == 1);
}

TEST_CASE("images of more than 64 points and of no point", "[frames]") {
  Seen seen;
  require_agreement({Transformation({})}, seen);
  require_agreement({Transformation({0}), Transformation({0})}, seen);
  require_agreement({cycle(70)}, seen);
  require_agreement({cycle(65), merge_of_first_two(65) * Transformation(std::vector<Point>(65, 3))}, seen);
  // Pairs of neighbours on a cycle of 66 points are images, other pairs are not.
  std::vector<Point> two_arcs(66, 0);
  for (std::size_t x = 40; x < 66; ++x) two_arcs[x] = 1;
  require_agreement({cycle(66), Transformation(two_arcs)}, seen);
  EIGENMATA_SEEDED(random, 82);
  for (int round = 0; round < 30; ++round) {
    // Small monoids on many points: every point goes where its remainder goes, and the first remainders among these.
    const std::size_t part = 2 + random.below(3);
    std::vector<Transformation> generators;
    for (const Transformation& g : random_maps(random, part, 2)) {
      std::vector<Point> images;
      for (std::size_t x = 0; x < 130; ++x)
        images.push_back(static_cast<Point>(g.image_of(static_cast<Point>(x % part)) + 61));
      for (std::size_t x = 61; x < 61 + part; ++x)
        images[x] = static_cast<Point>(g.image_of(static_cast<Point>(x - 61)) + 61);
      generators.emplace_back(images);
    }
    require_agreement(generators, seen);
  }
}

TEST_CASE("the published semigroups, and one class more of each kind for the identity", "[frames]") {
  const ImageOrbit eight(eight_points());
  const DClassFrames of_eight(eight);
  CHECK(of_eight.size() == 597'369 + 1);
  CHECK(of_eight.count_idempotents() == 8'194 + 1);
  const ImageOrbit nine(nine_points());
  const DClassFrames of_nine(nine);
  CHECK(of_nine.size() == 232'511 + 1);
  CHECK(of_nine.d_classes() == 2'122 + 1);
  CHECK(of_nine.l_classes() == 8'450 + 1);
  CHECK(of_nine.r_classes() == 14'706 + 1);
  const ImageOrbit five(maps_of_digits({"10234", "12340", "00234"}));
  const DClassFrames t5(five);
  CHECK(t5.size() == 3'125);
  CHECK(t5.count_idempotents() == 196);
}

TEST_CASE("all maps on up to ten points: n to the n elements, Bell numbers of R-classes", "[frames]") {
  const std::vector<std::size_t> bell{1, 1, 2, 5, 15, 52, 203, 877, 4'140, 21'147, 115'975};
  // Idempotents of all maps: 1, 3, 10, 41, … (Σ C(n,k) k^{n−k}).
  const std::vector<std::uint64_t> idempotents{1, 1, 3, 10, 41, 196, 1'057, 6'322, 41'393, 293'608, 2'237'921};
  for (std::size_t n = 1; n <= 10; ++n) {
    CAPTURE(n);
    const ImageOrbit images(all_maps(n));
    const DClassFrames full(images);
    exact::Integer size = 1;
    exact::Integer factorial = 1;
    for (std::size_t i = 1; i <= n; ++i) {
      size *= n;
      factorial *= i;
    }
    CHECK(full.size() == size);
    CHECK(full.d_classes() == n);
    CHECK(full.regular_d_classes() == n);
    CHECK(full.r_classes() == bell[n]);
    CHECK(full.l_classes() == power(2, n) - 1);
    CHECK(full.schutzenberger_group(0).order() == factorial);
    CHECK(full.count_idempotents() == idempotents[n]);
  }
}

TEST_CASE("monoids of known size that are not all maps", "[frames]") {
  // Order-preserving maps on n points: C(2n − 1, n). Generators: those that move one point by one.
  const std::vector<std::size_t> order_preserving{1, 1, 3, 10, 35, 126, 462, 1'716, 6'435, 24'310, 92'378};
  for (std::size_t n = 2; n <= 10; ++n) {
    CAPTURE(n);
    std::vector<Transformation> generators;
    for (std::size_t i = 0; i + 1 < n; ++i) {
      for (const bool up : {false, true}) {
        std::vector<Point> images = Transformation::identity(n).images();
        if (up) images[i] = static_cast<Point>(i + 1);
        if (!up) images[i + 1] = static_cast<Point>(i);
        generators.emplace_back(images);
      }
    }
    const ImageOrbit images(generators);
    const DClassFrames frames(images);
    CHECK(frames.size() == order_preserving[n]);
    CHECK_FALSE(images.periodic_word());
    CHECK(frames.d_classes() == n);
  }
  // A group is one D-class.
  const ImageOrbit alternating(alternating_group(9).generators());
  const DClassFrames group(alternating);
  CHECK(group.size() == 181'440);
  CHECK(group.d_classes() == 1);
  CHECK(group.r_classes() == 1);
}

TEST_CASE("frames keep limits and refuse what is no monoid of maps", "[frames]") {
  CHECK_THROWS_AS(ImageOrbit({}), core::Error);
  CHECK_THROWS_WITH(ImageOrbit({cycle(3), cycle(4)}), Catch::Contains("degree 3 and 4"));
  core::Limits little;
  little.memory_bytes = 5'000;
  CHECK_THROWS_AS(ImageOrbit(all_maps(9), little), core::LimitReached);
  const ImageOrbit images(all_maps(9));
  little.memory_bytes = 100'000;
  CHECK_THROWS_AS(DClassFrames(images, little), core::LimitReached);
  std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK_THROWS_AS(ImageOrbit(all_maps(4), stopped), core::LimitReached);
  CHECK_THROWS_AS(DClassFrames(images, stopped), core::LimitReached);
  const DClassFrames frames(images);
  CHECK_THROWS_AS(frames.count_idempotents(stopped), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra

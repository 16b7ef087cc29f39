// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/permutation_group.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/core/error.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

exact::Integer factorial(std::size_t n) {
  exact::Integer result = 1;
  for (std::size_t i = 2; i <= n; ++i) result *= i;
  return result;
}

TEST_CASE("the symmetric and alternating groups have n! and n!/2 elements", "[permutation_group]") {
  for (std::size_t n = 0; n <= 20; ++n) {
    CAPTURE(n);
    CHECK(symmetric_group(n).order() == factorial(n));
    CHECK(alternating_group(n).order() == (n < 2 ? exact::Integer(1) : exact::Integer(factorial(n) / 2)));
  }
  CHECK(symmetric_group(64).order() ==
        exact::Integer("126886932185884164103433389335161480802865516174545192198801894375214704230400000000000000"));
}

TEST_CASE("groups from the books have their orders", "[permutation_group]") {
  CHECK(mathieu_11().order() == 7'920);
  CHECK(mathieu_12().order() == 95'040);
  CHECK(psl2(5).order() == 60);
  CHECK(psl2(7).order() == 168);
  CHECK(psl2(11).order() == 660);
  CHECK(psl2(31).order() == 14'880);
  for (std::size_t n = 1; n <= 30; ++n) CHECK(cyclic_group(n).order() == n);
  for (std::size_t n = 3; n <= 30; ++n) CHECK(dihedral_group(n).order() == 2 * n);
  CHECK(wreath_product(cyclic_group(2), cyclic_group(4)).order() == 16 * 4);
  CHECK(wreath_product(symmetric_group(3), symmetric_group(4)).order() == 6 * 6 * 6 * 6 * 24);
  CHECK(wreath_product(symmetric_group(4), alternating_group(8)).order() == exact::Integer(110'075'314'176) * 20'160);
  // The Rubik cube's corners and edges are one group too large for 64 bits; so is this one: 12! · 2¹² · 8! · 3⁸.
  const PermutationGroup cube_pieces = direct_product(wreath_product(cyclic_group(2), symmetric_group(12)),
                                                      wreath_product(cyclic_group(3), symmetric_group(8)));
  CHECK(cube_pieces.order() == exact::Integer("519024039293878272000"));
}

TEST_CASE("elements, membership and orbits are those of the closure", "[permutation_group]") {
  EIGENMATA_SEEDED(random, 11);
  for (int round = 0; round < 300; ++round) {
    const PermutationGroup g = random_group(random, 6);
    CAPTURE(shown(g));
    std::vector<std::vector<Point>> generators;
    for (const auto& x : g.generators()) generators.push_back(x.images());
    const ElementSet all = closure(g.degree(), generators);
    REQUIRE(g.order() == all.size());
    REQUIRE(elements_of(g) == all);
    for (const auto& x : symmetric_group(g.degree()).elements(720)) {
      REQUIRE(g.contains(x) == (all.count(x.images()) == 1));
    }
    bool commutes = true;
    for (const auto& x : all) {
      for (const auto& y : generators) commutes = commutes && times(x, y) == times(y, x);
    }
    REQUIRE(g.is_abelian() == commutes);
    std::set<std::set<Point>> orbits;
    for (Point x = 0; x < g.degree(); ++x) {
      std::set<Point> orbit;
      for (const auto& y : all) orbit.insert(y[x]);
      orbits.insert(orbit);
      REQUIRE(g.orbit(x) == std::vector<Point>(orbit.begin(), orbit.end()));
    }
    REQUIRE(g.orbits().size() == orbits.size());
    REQUIRE(g.is_transitive() == (orbits.size() == 1));
  }
}

TEST_CASE("strong generators generate the stabilisers of the base", "[permutation_group]") {
  EIGENMATA_SEEDED(random, 12);
  for (int round = 0; round < 100; ++round) {
    const PermutationGroup drawn = random_group(random, 6);
    std::vector<Point> prefix = eigenmata::testing::random_permutation(random, drawn.degree());
    prefix.resize(random.below(drawn.degree() + 1));
    const PermutationGroup g(drawn.degree(), drawn.generators(), prefix);
    CAPTURE(shown(g), prefix);
    REQUIRE(g == drawn);
    const ElementSet all = elements_of(drawn);
    const std::vector<Point> base = g.base();
    REQUIRE(base.size() >= prefix.size());
    REQUIRE(std::equal(prefix.begin(), prefix.end(), base.begin()));
    exact::Integer order = 1;
    for (std::size_t i = base.size() + 1; i-- > 0;) {
      if (i < base.size()) order *= g.basic_orbit_lengths()[i];
      const auto fixes = [&](const std::vector<Point>& x) {
        return std::all_of(base.begin(), base.begin() + i, [&](Point b) { return x[b] == b; });
      };
      ElementSet stabiliser;
      for (const auto& x : all) {
        if (fixes(x)) stabiliser.insert(x);
      }
      REQUIRE(order == stabiliser.size());
      std::vector<std::vector<Point>> generators;
      for (const auto& x : g.strong_generators()) {
        if (fixes(x.images())) generators.push_back(x.images());
      }
      REQUIRE(closure(g.degree(), generators) == stabiliser);
      REQUIRE(elements_of(g.base_stabiliser(i)) == stabiliser);
    }
  }
}

TEST_CASE("the order's prime powers multiply to the order", "[permutation_group]") {
  EIGENMATA_SEEDED(random, 13);
  for (int round = 0; round < 200; ++round) {
    const PermutationGroup g = random_group(random, 12);
    exact::Integer product = 1;
    for (const auto& [p, exponent] : g.order_factors()) {
      for (std::uint64_t d = 2; d < p; ++d) REQUIRE(p % d != 0);
      for (std::uint64_t i = 0; i < exponent; ++i) product *= p;
    }
    CAPTURE(shown(g));
    REQUIRE(product == g.order());
  }
}

TEST_CASE("random elements are uniform", "[permutation_group]") {
  EIGENMATA_SEEDED(random, 14);
  const PermutationGroup g = dihedral_group(6);
  std::map<std::vector<Point>, int> counts;
  for (int i = 0; i < 12'000; ++i) ++counts[g.random_element(random).images()];
  REQUIRE(counts.size() == 12);
  // 1000 expected, standard deviation 30.3.
  for (const auto& [x, count] : counts) {
    CHECK(g.contains(Transformation(x)));
    CHECK(count > 800);
    CHECK(count < 1200);
  }
}

TEST_CASE("groups are equal as sets of permutations", "[permutation_group]") {
  CHECK(psl2(5) != alternating_group(6));
  CHECK(psl2(5).is_subgroup_of(alternating_group(6)));
  CHECK(alternating_group(4) == PermutationGroup(4, {from_cycles(4, {{1, 2, 3}}), from_cycles(4, {{2, 3, 4}})}));
  CHECK(cyclic_group(3) != PermutationGroup(4, {from_cycles(4, {{1, 2, 3}})}));
  CHECK_FALSE(cyclic_group(3).contains(Transformation({0, 0, 0})));
}

TEST_CASE("generators that are no permutations of the points are refused", "[permutation_group]") {
  CHECK_THROWS_WITH(PermutationGroup(3, {Transformation({0, 1, 2}), Transformation({1, 1, 2})}),
                    "generator 1 is not a permutation: its image has 2 of 3 points");
  CHECK_THROWS_WITH(PermutationGroup(3, {Transformation({1, 0})}), "generator 0 acts on 2 points, but the group on 3");
  CHECK_THROWS_AS(PermutationGroup(3, {}, std::vector<Point>{1, 1}), core::Error);
}

TEST_CASE("limits stop the search for strong generators", "[permutation_group]") {
  core::Limits limits;
  limits.memory_bytes = 10'000;
  const auto generators = symmetric_group(30).generators();
  CHECK_THROWS_AS(PermutationGroup(30, generators, limits), core::LimitReached);
  limits = {};
  limits.deadline = core::Limits::Clock::now();
  CHECK_THROWS_AS(PermutationGroup(30, generators, limits), core::LimitReached);
  CHECK_THROWS_WITH(symmetric_group(5).elements(100), "the group has 120 elements, more than the limit of 100");
}

}  // namespace
}  // namespace eigenmata::algebra

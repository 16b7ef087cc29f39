// SPDX-License-Identifier: Apache-2.0
//
// Layers of known groups, cocycles worked out by hand, and the group law over all elements.
#include "eigenmata/algebra/abelian_series.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/algebra/frattini.hpp"
#include "eigenmata/algebra/group_series.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;
using Coordinates = AbelianSeries::Coordinates;
using Moduli = std::vector<std::vector<std::uint32_t>>;

Moduli moduli_of(const std::optional<AbelianSeries>& series) {
  Moduli result;
  REQUIRE(series.has_value());
  for (std::size_t i = 0; i < series->length(); ++i) result.push_back(series->moduli(i));
  return result;
}

Moduli derived(const PermutationGroup& g) { return moduli_of(abelian_series(g, SeriesKind::kDerived)); }
Moduli frattini(const PermutationGroup& g) { return moduli_of(abelian_series(g, SeriesKind::kFrattini)); }

TEST_CASE("the factors of known groups", "[abelian_series]") {
  const auto d4 = dihedral_group(4);
  const auto z4_z2 = direct_product(cyclic_group(4), cyclic_group(2));
  CHECK(derived(cyclic_group(1)) == Moduli{});
  CHECK(derived(symmetric_group(3)) == Moduli{{2}, {3}});
  CHECK(derived(d4) == Moduli{{2, 2}, {2}});
  CHECK(derived(quaternion_group()) == Moduli{{2, 2}, {2}});
  CHECK(derived(alternating_group(4)) == Moduli{{3}, {2, 2}});
  CHECK(derived(symmetric_group(4)) == Moduli{{2}, {3}, {2, 2}});
  CHECK(derived(cyclic_group(8)) == Moduli{{8}});
  CHECK(derived(z4_z2) == Moduli{{4, 2}});
  CHECK(derived(dihedral_group(8)) == Moduli{{2, 2}, {4}});
  CHECK(derived(direct_product(cyclic_group(6), direct_product(cyclic_group(10), cyclic_group(4)))) ==
        Moduli{{60, 2, 2}});
  CHECK(frattini(cyclic_group(1)) == Moduli{});
  CHECK(frattini(d4) == Moduli{{2, 2}, {2}});
  CHECK(frattini(quaternion_group()) == Moduli{{2, 2}, {2}});
  CHECK(frattini(cyclic_group(8)) == Moduli{{2}, {2}, {2}});
  CHECK(frattini(z4_z2) == Moduli{{2, 2}, {2}});
  CHECK(frattini(dihedral_group(8)) == Moduli{{2, 2}, {2}, {2}});
}

TEST_CASE("groups without such a series, and groups too large to list", "[abelian_series]") {
  CHECK_FALSE(abelian_series(symmetric_group(5), SeriesKind::kDerived));
  CHECK_FALSE(abelian_series(symmetric_group(30), SeriesKind::kDerived));
  CHECK_FALSE(abelian_series(symmetric_group(3), SeriesKind::kFrattini));
  CHECK_FALSE(abelian_series(cyclic_group(6), SeriesKind::kFrattini));
  const auto large = wreath_product(symmetric_group(4), cyclic_group(4));
  CHECK_THROWS_AS(abelian_series(large, SeriesKind::kDerived), core::LimitReached);
  CHECK_THROWS_AS(abelian_series(symmetric_group(4), SeriesKind::kDerived, 23), core::LimitReached);
}

/// A series with elements written as lists of images.
struct Written {
  AbelianSeries series;

  Written(const PermutationGroup& g, SeriesKind kind) : series(*abelian_series(g, kind)) {}

  [[nodiscard]] std::uint32_t number(const std::vector<Point>& images) const {
    return series.group().number_of(Transformation(images));
  }
  [[nodiscard]] std::vector<Point> tau(std::size_t i, const Coordinates& c) const {
    return series.group().element(series.representative(i, c)).images();
  }
  [[nodiscard]] Coordinates increment(const std::vector<Point>& x) const { return series.coordinates(0, number(x)); }
  /// The coordinate of κ₀(c, x) in G₁/G₂ = ℤ/m, for all c in the order given.
  [[nodiscard]] std::vector<std::uint32_t> cocycles(const std::vector<Coordinates>& order,
                                                    const std::vector<Point>& x) const {
    std::vector<std::uint32_t> result;
    for (const auto& c : order) result.push_back(series.coordinates(1, series.cocycle(0, c, number(x)))[0]);
    return result;
  }
};

TEST_CASE("cocycles of S3, D4 and Q8 worked out by hand", "[abelian_series]") {
  using List = std::vector<std::uint32_t>;
  const Written s3(symmetric_group(3), SeriesKind::kDerived);
  CHECK(s3.tau(0, {1}) == List{0, 2, 1});
  CHECK(s3.tau(1, {1}) == List{1, 2, 0});
  const std::vector<std::tuple<List, List, List>> rows{{{1, 2, 0}, {0}, {1, 2}},
                                                       {{2, 0, 1}, {0}, {2, 1}},
                                                       {{0, 2, 1}, {1}, {0, 0}},
                                                       {{1, 0, 2}, {1}, {2, 1}},
                                                       {{2, 1, 0}, {1}, {1, 2}}};
  for (const auto& [x, increment, cocycles] : rows) {
    CAPTURE(x);
    CHECK(s3.increment(x) == increment);
    CHECK(s3.cocycles({{0}, {1}}, x) == cocycles);
  }

  const std::vector<Coordinates> pairs{{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  for (const SeriesKind kind : {SeriesKind::kDerived, SeriesKind::kFrattini}) {
    const Written d4(dihedral_group(4), kind);
    CHECK(d4.tau(0, {0, 1}) == List{1, 0, 3, 2});
    CHECK(d4.tau(0, {1, 0}) == List{0, 3, 2, 1});
    CHECK(d4.tau(0, {1, 1}) == List{1, 2, 3, 0});
    CHECK(d4.increment({1, 2, 3, 0}) == List{1, 1});
    CHECK(d4.cocycles(pairs, {1, 2, 3, 0}) == List{0, 1, 0, 1});
    CHECK(d4.increment({0, 3, 2, 1}) == List{1, 0});
    CHECK(d4.cocycles(pairs, {0, 3, 2, 1}) == List{0, 1, 0, 1});

    // 1, i, j, k, −1, −i, −j, −k, multiplied from the right.
    const List i{1, 4, 7, 2, 5, 0, 3, 6};
    const List j{2, 3, 4, 5, 6, 7, 0, 1};
    const Written q8(PermutationGroup(8, {Transformation(i), Transformation(j)}), kind);
    CHECK(q8.tau(0, {1, 0}) == i);
    CHECK(q8.tau(0, {0, 1}) == j);
    CHECK(q8.tau(0, {1, 1}) == times(i, j));
    CHECK(q8.increment(i) == List{1, 0});
    CHECK(q8.cocycles(pairs, i) == List{0, 1, 1, 0});
    CHECK(q8.increment(j) == List{0, 1});
    CHECK(q8.cocycles(pairs, j) == List{0, 1, 0, 1});
  }
}

std::vector<Coordinates> all_coordinates(const std::vector<std::uint32_t>& moduli) {
  std::vector<Coordinates> result{{}};
  for (const std::uint32_t m : moduli) {
    std::vector<Coordinates> longer;
    for (const Coordinates& c : result) {
      for (std::uint32_t e = 0; e < m; ++e) {
        longer.push_back(c);
        longer.back().push_back(e);
      }
    }
    result = std::move(longer);
  }
  return result;
}

Coordinates sum(Coordinates a, const Coordinates& b, const std::vector<std::uint32_t>& moduli) {
  for (std::size_t j = 0; j < a.size(); ++j) a[j] = (a[j] + b[j]) % moduli[j];
  return a;
}

/// The coordinates of an element in all factors.
std::vector<Coordinates> all_coordinates_of(const AbelianSeries& series, std::uint32_t g) {
  std::vector<Coordinates> result;
  for (std::size_t i = 0; i < series.length(); ++i) {
    result.push_back(series.coordinates(i, g));
    g = series.group().product(g, series.group().inverse(series.representative(i, result.back())));
  }
  CHECK(g == 0);
  return result;
}

void check_series(const AbelianSeries& series, core::Random& random) {
  const ListedGroup& group = series.group();
  const auto order = static_cast<std::uint32_t>(group.order());
  std::size_t product = 1;
  for (std::size_t i = 0; i < series.length(); ++i) {
    const auto& moduli = series.moduli(i);
    for (std::size_t j = 0; j < moduli.size(); ++j) {
      REQUIRE(moduli[j] > 1);
      if (j > 0) REQUIRE(moduli[j - 1] % moduli[j] == 0);
      product *= moduli[j];
    }
    const Coordinates zero(moduli.size(), 0);
    REQUIRE(series.representative(i, zero) == 0);
    for (const Coordinates& c : all_coordinates(moduli)) {
      REQUIRE(series.coordinates(i, series.representative(i, c)) == c);
      const auto x = static_cast<std::uint32_t>(random.below(order));
      if (!series.contains(i, x)) continue;
      // G_i is normal, the next group is the kernel of the coordinates, and these add.
      const auto y = static_cast<std::uint32_t>(random.below(order));
      REQUIRE(series.contains(i, group.product(group.product(group.inverse(y), x), y)));
      const bool is_below = i + 1 == series.length() ? x == 0 : series.contains(i + 1, x);
      REQUIRE((series.coordinates(i, x) == zero) == is_below);
      const std::uint32_t moved = group.product(series.representative(i, c), x);
      const Coordinates added = sum(c, series.coordinates(i, x), moduli);
      REQUIRE(series.coordinates(i, moved) == added);
      const std::uint32_t rest = series.cocycle(i, c, x);
      REQUIRE(group.product(rest, series.representative(i, added)) == moved);
      REQUIRE((i + 1 == series.length() ? rest == 0 : series.contains(i + 1, rest)));
    }
  }
  REQUIRE(product == group.order());

  // Counters and cocycles alone follow the group.
  for (int word = 0; word < 20; ++word) {
    std::vector<Coordinates> counters;
    for (std::size_t i = 0; i < series.length(); ++i) counters.emplace_back(series.moduli(i).size(), 0);
    std::uint32_t g = 0;
    for (int t = 0; t < 20; ++t) {
      auto x = static_cast<std::uint32_t>(random.below(order));
      g = group.product(g, x);
      for (std::size_t i = 0; i < series.length(); ++i) {
        const std::uint32_t rest = series.cocycle(i, counters[i], x);
        counters[i] = sum(counters[i], series.coordinates(i, x), series.moduli(i));
        x = rest;
      }
      REQUIRE(x == 0);
      REQUIRE(counters == all_coordinates_of(series, g));
    }
  }
  for (std::uint32_t g = 0; g < order && g < 500; ++g) {
    std::uint32_t back = 0;
    const auto all = all_coordinates_of(series, g);
    for (std::size_t i = 0; i < series.length(); ++i) back = group.product(series.representative(i, all[i]), back);
    REQUIRE(back == g);
  }
}

TEST_CASE("coordinates and cocycles follow the group law", "[abelian_series]") {
  EIGENMATA_SEEDED(random, 61);
  std::size_t solvable = 0;
  std::size_t two_groups = 0;
  for (int round = 0; round < 300; ++round) {
    const PermutationGroup g = random_compound_group(random);
    CAPTURE(shown(g));
    if (g.order() > 3'000) continue;
    const auto complex = abelian_series(g, SeriesKind::kDerived);
    REQUIRE(complex.has_value() == is_solvable(g));
    const auto real = abelian_series(g, SeriesKind::kFrattini);
    REQUIRE(real.has_value() == is_p_group(g, 2));
    if (complex) {
      ++solvable;
      REQUIRE(complex->length() == *derived_length(g));
      check_series(*complex, random);
    }
    if (real && !g.is_trivial()) {
      ++two_groups;
      REQUIRE(real->length() == frattini_length(g));
      for (std::size_t i = 0; i < real->length(); ++i)
        REQUIRE(real->moduli(i) == std::vector<std::uint32_t>(real->moduli(i).size(), 2));
      check_series(*real, random);
    }
  }
  CHECK(solvable > 100);
  CHECK(two_groups > 20);
}

TEST_CASE("the factor of an Abelian group has its invariants as moduli, whatever the generators", "[abelian_series]") {
  EIGENMATA_SEEDED(random, 62);
  for (int round = 0; round < 100; ++round) {
    PermutationGroup g = cyclic_group(1);
    for (std::size_t i = random.below(5); i > 0; --i) g = direct_product(g, cyclic_group(1 + random.below(9)));
    if (g.is_trivial() || g.order() > 2'000) continue;
    CAPTURE(shown(g));
    std::vector<std::uint32_t> invariants;
    for (const auto& n : abelian_invariants(g)) invariants.push_back(static_cast<std::uint32_t>(n));
    REQUIRE(derived(g) == Moduli{invariants});
    auto generators = g.generators();
    std::reverse(generators.begin(), generators.end());
    for (int i = 0; i < 3; ++i) generators.push_back(g.random_element(random));
    const Written a(g, SeriesKind::kDerived);
    const Written b(PermutationGroup(g.degree(), generators), SeriesKind::kDerived);
    for (const Coordinates& c : all_coordinates(invariants)) REQUIRE(a.tau(0, c) == b.tau(0, c));
  }
}

}  // namespace
}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/character_table.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/algebra/group_actions.hpp"
#include "eigenmata/algebra/group_series.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;
using exact::Polynomial;
using exact::Rational;

struct Published {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> classes;  // order of the elements, size
  std::vector<std::vector<std::string>> rows;                    // values in z = e^(2πi/order)
};

std::string shown_value(const CharacterTable& table, std::size_t i, std::size_t k) {
  return exact::to_string(table.value(i, k), "z");
}

/// The rows are those published, in some order, for some order of the columns that keeps orders and sizes.
bool agrees(const CharacterTable& table, const Published& published) {
  std::multiset<std::vector<std::string>> expected(published.rows.begin(), published.rows.end());
  std::vector<std::size_t> column(table.size());
  std::iota(column.begin(), column.end(), std::size_t{0});
  do {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> classes;
    for (const std::size_t k : column) classes.emplace_back(table.classes()[k].element_order, table.classes()[k].size);
    if (classes != published.classes) continue;
    std::multiset<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < table.size(); ++i) {
      std::vector<std::string> row;
      for (const std::size_t k : column) row.push_back(shown_value(table, i, k));
      rows.insert(std::move(row));
    }
    if (rows == expected) return true;
  } while (std::next_permutation(column.begin(), column.end()));
  return false;
}

TEST_CASE("character tables of small groups are those in the books", "[character_table]") {
  SECTION("S3") {
    CHECK(agrees(CharacterTable(ListedGroup(symmetric_group(3))),
                 {{{1, 1}, {2, 3}, {3, 2}}, {{"1", "1", "1"}, {"1", "-1", "1"}, {"2", "0", "-1"}}}));
  }
  SECTION("S4") {
    CHECK(agrees(CharacterTable(ListedGroup(symmetric_group(4))), {{{1, 1}, {2, 3}, {2, 6}, {3, 8}, {4, 6}},
                                                                   {{"1", "1", "1", "1", "1"},
                                                                    {"1", "1", "-1", "1", "-1"},
                                                                    {"2", "2", "0", "-1", "0"},
                                                                    {"3", "-1", "1", "0", "-1"},
                                                                    {"3", "-1", "-1", "0", "1"}}}));
  }
  const Published d4_and_q8_rows{{},
                                 {{"1", "1", "1", "1", "1"},
                                  {"1", "1", "1", "-1", "-1"},
                                  {"1", "1", "-1", "1", "-1"},
                                  {"1", "1", "-1", "-1", "1"},
                                  {"2", "-2", "0", "0", "0"}}};
  SECTION("D4 and Q8 have the same values, not the same indicators") {
    const CharacterTable d4(ListedGroup(dihedral_group(4)));
    const CharacterTable q8{ListedGroup(quaternion_group())};
    CHECK(agrees(d4, {{{1, 1}, {2, 1}, {2, 2}, {2, 2}, {4, 2}}, d4_and_q8_rows.rows}));
    CHECK(agrees(q8, {{{1, 1}, {2, 1}, {4, 2}, {4, 2}, {4, 2}}, d4_and_q8_rows.rows}));
    CHECK(d4.indicator(4) == 1);
    CHECK(q8.indicator(4) == -1);
  }
  SECTION("A5, with the golden ratio") {
    CHECK(agrees(CharacterTable(ListedGroup(alternating_group(5))), {{{1, 1}, {2, 15}, {3, 20}, {5, 12}, {5, 12}},
                                                                     {{"1", "1", "1", "1", "1"},
                                                                      {"3", "-1", "0", "-z^3-z^2", "z^3+z^2+1"},
                                                                      {"3", "-1", "0", "z^3+z^2+1", "-z^3-z^2"},
                                                                      {"4", "0", "1", "-1", "-1"},
                                                                      {"5", "1", "-1", "0", "0"}}}));
  }
  SECTION("SL(2,3)") {
    CHECK(agrees(CharacterTable{ListedGroup(sl2_3())}, {{{1, 1}, {2, 1}, {3, 4}, {3, 4}, {4, 6}, {6, 4}, {6, 4}},
                                                        {{"1", "1", "1", "1", "1", "1", "1"},
                                                         {"1", "1", "z", "-z-1", "1", "z-1", "-z"},
                                                         {"1", "1", "-z-1", "z", "1", "-z", "z-1"},
                                                         {"2", "-2", "-1", "-1", "0", "1", "1"},
                                                         {"2", "-2", "-z", "z+1", "0", "z-1", "-z"},
                                                         {"2", "-2", "z+1", "-z", "0", "-z", "z-1"},
                                                         {"3", "3", "0", "0", "-1", "0", "0"}}}));
  }
  SECTION("PSL(2,7)") {  // [Conway1985, p. 3]
    CHECK(agrees(CharacterTable(ListedGroup(psl2(7))), {{{1, 1}, {2, 21}, {3, 56}, {4, 42}, {7, 24}, {7, 24}},
                                                        {{"1", "1", "1", "1", "1", "1"},
                                                         {"3", "-1", "0", "1", "z^4+z^2+z", "-z^4-z^2-z-1"},
                                                         {"3", "-1", "0", "1", "-z^4-z^2-z-1", "z^4+z^2+z"},
                                                         {"6", "2", "0", "0", "-1", "-1"},
                                                         {"7", "-1", "1", "-1", "0", "0"},
                                                         {"8", "0", "-1", "0", "1", "1"}}}));
  }
}

std::vector<std::pair<std::uint32_t, int>> degrees_and_indicators(const CharacterTable& table) {
  std::vector<std::pair<std::uint32_t, int>> result;
  for (std::size_t i = 0; i < table.size(); ++i) result.emplace_back(table.degree(i), table.indicator(i));
  std::sort(result.begin(), result.end());
  return result;
}

TEST_CASE("degrees and indicators are those in the books", "[character_table]") {
  using List = std::vector<std::pair<std::uint32_t, int>>;
  const auto of = [](const PermutationGroup& g) { return degrees_and_indicators(CharacterTable(ListedGroup(g))); };
  CHECK(of(PermutationGroup(1, {})) == List{{1, 1}});
  CHECK(of(symmetric_group(3)) == List{{1, 1}, {1, 1}, {2, 1}});
  CHECK(of(symmetric_group(4)) == List{{1, 1}, {1, 1}, {2, 1}, {3, 1}, {3, 1}});
  CHECK(of(alternating_group(5)) == List{{1, 1}, {3, 1}, {3, 1}, {4, 1}, {5, 1}});
  CHECK(of(quaternion_group()) == List{{1, 1}, {1, 1}, {1, 1}, {1, 1}, {2, -1}});
  CHECK(of(dihedral_group(4)) == List{{1, 1}, {1, 1}, {1, 1}, {1, 1}, {2, 1}});
  CHECK(of(sl2_3()) == List{{1, 0}, {1, 0}, {1, 1}, {2, -1}, {2, 0}, {2, 0}, {3, 1}});
  CHECK(of(psl2(7)) == List{{1, 1}, {3, 0}, {3, 0}, {6, 1}, {7, 1}, {8, 1}});
  CHECK(of(alternating_group(6)) == List{{1, 1}, {5, 1}, {5, 1}, {8, 1}, {8, 1}, {9, 1}, {10, 1}});
  // [Conway1985, p. 18]
  CHECK(of(mathieu_11()) ==
        List{{1, 1}, {10, 0}, {10, 0}, {10, 1}, {11, 1}, {16, 0}, {16, 0}, {44, 1}, {45, 1}, {55, 1}});
}

/// [character][class]: Σ multiplicity · x^exponent in e-th roots of unity, constant term first.
using Values = std::vector<std::vector<std::vector<Rational>>>;

Values in_roots(const CharacterTable& table, std::uint64_t e) {
  Values values(table.size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t k = 0; k < table.size(); ++k) {
      std::vector<Rational> value(e, Rational(0));
      for (const auto& [exponent, multiplicity] : table.eigenvalues(i, k)) {
        value[exponent * (e / table.classes()[k].element_order)] += multiplicity;
      }
      values[i].push_back(std::move(value));
    }
  }
  return values;
}

/// The irreducible polynomial of e-th roots of unity: the factor of xᵉ − 1 that divides no xᵈ − 1 for d < e.
Polynomial<Rational> cyclotomic(std::uint64_t e) {
  const auto power_less_one = [](std::uint64_t n) {
    std::vector<Rational> coefficients(n + 1, Rational(0));
    coefficients[0] = -1;
    coefficients[n] = 1;
    return Polynomial<Rational>{coefficients};
  };
  for (const auto& [factor, multiplicity] : exact::factors(power_less_one(e))) {
    bool primitive = true;
    for (std::uint64_t d = 1; d < e; ++d) {
      primitive = primitive && exact::greatest_common_divisor(factor, power_less_one(d)).degree() == 0;
    }
    if (primitive) return factor;
  }
  FAIL("no cyclotomic polynomial");
  return {};
}

/// Σ_χ χ(g) χ̄(h), less what it should be, is a multiple of the cyclotomic polynomial.
bool columns_are_orthogonal(const CharacterTable& table, const Values& values, std::uint64_t e) {
  const Polynomial<Rational> phi = cyclotomic(e);
  for (std::size_t k = 0; k < table.size(); ++k) {
    for (std::size_t l = 0; l < table.size(); ++l) {
      std::vector<Rational> sum(e, Rational(0));
      for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t x = 0; x < e; ++x) {
          if (values[i][k][x].is_zero()) continue;
          for (std::size_t y = 0; y < e; ++y) sum[(x + e - y) % e] += values[i][k][x] * values[i][l][y];
        }
      }
      if (k == l) sum[0] -= Rational(table.group_order()) / table.classes()[k].size;
      const auto rest = exact::make_polynomial(exact::RationalArithmetic{}, sum);
      if (!rest.is_zero() && exact::greatest_common_divisor(rest, phi) != phi) return false;
    }
  }
  return true;
}

TEST_CASE("columns are orthogonal in exact arithmetic", "[character_table]") {
  EIGENMATA_SEEDED(random, 1701);
  std::vector<PermutationGroup> groups{symmetric_group(4), alternating_group(5), quaternion_group(), sl2_3(), psl2(7),
                                       cyclic_group(12),   symmetric_group(5)};
  while (groups.size() < 20) {
    PermutationGroup g = random_compound_group(random);
    if (g.order() <= 60) groups.push_back(std::move(g));
  }
  for (const PermutationGroup& g : groups) {
    CAPTURE(shown(g));
    const ListedGroup listed(g);
    const CharacterTable table(listed);
    const std::uint64_t e = listed.exponent();
    Values values = in_roots(table, e);
    CHECK(columns_are_orthogonal(table, values, e));
    if (table.size() == 1) continue;
    values.back().back()[0] += 1;  // the test does see one wrong value
    CHECK_FALSE(columns_are_orthogonal(table, values, e));
  }
}

/// Σ_g a(g) χ(g) / |G| for class functions with integer values.
Rational scalar_product(const CharacterTable& table, std::size_t i, const std::vector<std::int64_t>& a) {
  Rational sum = 0;
  for (std::size_t k = 0; k < table.size(); ++k) {
    const auto value = table.value(i, k);
    REQUIRE(value.coefficients.size() <= 1);  // rational
    if (!value.is_zero()) sum += value.coefficients[0] * Rational(a[k] * std::int64_t{table.classes()[k].size});
  }
  return sum / Rational(table.group_order());
}

TEST_CASE("permutation characters of symmetric groups decompose as they should", "[character_table]") {
  for (std::size_t n = 4; n <= 7; ++n) {
    CAPTURE(n);
    const ListedGroup sn(symmetric_group(n));
    const CharacterTable table(sn);
    std::vector<std::int64_t> on_points;
    std::vector<std::int64_t> on_pairs;
    for (const auto& c : table.classes()) {
      const Transformation g = sn.element(c.representative);
      std::int64_t fixed = 0;
      std::int64_t swapped = 0;
      for (Point x = 0; x < n; ++x) {
        fixed += g.image_of(x) == x ? 1 : 0;
        swapped += g.image_of(x) > x && g.image_of(g.image_of(x)) == x ? 1 : 0;
      }
      on_points.push_back(fixed);
      on_pairs.push_back(fixed * (fixed - 1) / 2 + swapped);
    }
    // 1 + (n−1), and 1 + (n−1) + n(n−3)/2
    std::multiset<std::uint32_t> parts_on_points;
    std::multiset<std::uint32_t> parts_on_pairs;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const Rational points = scalar_product(table, i, on_points);
      const Rational pairs = scalar_product(table, i, on_pairs);
      REQUIRE((points == 0 || points == 1));
      REQUIRE((pairs == 0 || pairs == 1));
      if (points == 1) parts_on_points.insert(table.degree(i));
      if (pairs == 1) parts_on_pairs.insert(table.degree(i));
    }
    const auto m = static_cast<std::uint32_t>(n);
    CHECK(parts_on_points == std::multiset<std::uint32_t>{1, m - 1});
    CHECK(parts_on_pairs == std::multiset<std::uint32_t>{1, m - 1, m * (m - 3) / 2});
  }
}

TEST_CASE("tables of random groups count elements and involutions", "[character_table]") {
  EIGENMATA_SEEDED(random, 1702);
  int groups = 0;
  std::set<std::size_t> orders;
  while (groups < 200) {
    const PermutationGroup g = random_compound_group(random);
    if (g.order() > 2000) continue;
    ++groups;
    CAPTURE(shown(g));
    const ListedGroup listed(g);
    const CharacterTable table(listed);
    orders.insert(listed.order());
    REQUIRE(table.size() == listed.conjugacy_classes().size());
    std::uint64_t squares = 0;
    std::int64_t roots_of_one = 0;  // Frobenius and Schur: how many g have g² = 1
    for (std::size_t i = 0; i < table.size(); ++i) {
      squares += std::uint64_t{table.degree(i)} * table.degree(i);
      roots_of_one += table.indicator(i) * std::int64_t{table.degree(i)};
      REQUIRE(listed.order() % table.degree(i) == 0);
      REQUIRE(table.conjugate(table.conjugate(i)) == i);
    }
    REQUIRE(squares == listed.order());
    std::int64_t expected = 0;
    for (std::uint32_t x = 0; x < listed.order(); ++x) expected += listed.product(x, x) == 0 ? 1 : 0;
    REQUIRE(roots_of_one == expected);
    for (std::size_t k = 0; k < table.size(); ++k) {
      REQUIRE(table.power_class(k, table.classes()[k].element_order + 2) ==
              table.class_of(listed.power(table.classes()[k].representative, 2)));
    }
    // Kernels are normal subgroups, and all of them intersect trivially.
    std::vector<bool> in_all(table.size(), true);
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto kernel = table.kernel(i);
      std::size_t order = 0;
      std::vector<Transformation> members;
      for (std::size_t k = 0; k < table.size(); ++k) {
        in_all[k] = in_all[k] && kernel[k];
        if (!kernel[k]) continue;
        order += table.classes()[k].size;
        members.push_back(listed.element(table.classes()[k].representative));
      }
      REQUIRE(normal_closure(g, members).order() == order);
    }
    REQUIRE(std::count(in_all.begin(), in_all.end(), true) == 1);
    // Minimal normal subgroups by another algorithm.
    std::multiset<std::size_t> minimal_orders;
    for (const auto& n : table.minimal_normal_subgroups()) {
      std::size_t order = 0;
      for (std::size_t k = 0; k < table.size(); ++k) order += n[k] ? table.classes()[k].size : 0;
      minimal_orders.insert(order);
    }
    std::multiset<std::size_t> expected_orders;
    for (const PermutationGroup& n : minimal_normal_subgroups(listed)) {
      expected_orders.insert(static_cast<std::size_t>(n.order()));
    }
    REQUIRE(minimal_orders == expected_orders);
  }
  CHECK(orders.size() > 20);
}

TEST_CASE("eigenvalues of cyclic groups are all the roots of unity", "[character_table]") {
  for (const std::size_t n : {1u, 2u, 3u, 4u, 12u, 30u, 101u}) {
    CAPTURE(n);
    const ListedGroup listed(cyclic_group(n));
    const CharacterTable table(listed);
    std::set<std::uint32_t> exponents;
    for (std::size_t k = 0; k < table.size(); ++k) {
      if (table.classes()[k].element_order != n) continue;
      exponents.clear();
      for (std::size_t i = 0; i < n; ++i) {
        REQUIRE(table.eigenvalues(i, k).size() == 1);
        REQUIRE(table.eigenvalues(i, k)[0].multiplicity == 1);
        exponents.insert(table.eigenvalues(i, k)[0].exponent);
      }
      CHECK(exponents.size() == n);
    }
  }
}

TEST_CASE("groups that are too large or have too many classes have no table", "[character_table]") {
  CHECK_THROWS_WITH(CharacterTable(ListedGroup(symmetric_group(8), 50'000)),
                    "character tables are made for groups of at most 20000 elements, this one has 40320");
  CHECK_THROWS_WITH(CharacterTable(ListedGroup(cyclic_group(601))),
                    "character tables are made for groups of at most 600 conjugacy classes, this one has 601");
}

}  // namespace
}  // namespace eigenmata::algebra

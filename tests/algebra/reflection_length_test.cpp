// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/reflection_length.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <set>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/exact/number_field.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;
using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;
using Histogram = std::map<std::uint32_t, std::uint64_t>;

std::vector<std::uint32_t> all_elements(const ListedGroup& g) {
  std::vector<std::uint32_t> result(g.order());
  std::iota(result.begin(), result.end(), 0u);
  return result;
}

struct Best {
  explicit Best(const PermutationGroup& g)
      : listed(g),
        table(listed),
        shortest(shortest_reflections(table, all_elements(listed))),
        least_degree(least_faithful_representation(table).degree) {
    REQUIRE(is_faithful(table, shortest.representation));
    REQUIRE(is_faithful(table, least_faithful_representation(table)));
  }
  [[nodiscard]] Histogram histogram() const { return rank_histogram(table, shortest.representation); }

  ListedGroup listed;
  CharacterTable table;
  ShortestReflections shortest;
  std::uint32_t least_degree;
};

std::uint32_t k_of(const PermutationGroup& g) { return Best(g).shortest.k; }

TEST_CASE("how many reflections the elements of known groups need", "[reflection_length]") {
  CHECK(k_of(symmetric_group(3)) == 2);
  CHECK(k_of(dihedral_group(4)) == 2);
  CHECK(k_of(alternating_group(4)) == 2);
  CHECK(k_of(symmetric_group(4)) == 2);
  CHECK(k_of(alternating_group(5)) == 2);
  CHECK(k_of(symmetric_group(5)) == 4);
  CHECK(k_of(symmetric_group(6)) == 4);
  CHECK(k_of(alternating_group(6)) == 4);
  CHECK(k_of(psl2(7)) == 6);
  CHECK(k_of(quaternion_group()) == 4);
  CHECK(k_of(sl2_3()) == 4);
  CHECK(k_of(PermutationGroup(1, {})) == 0);
  CHECK(k_of(direct_product(alternating_group(4), alternating_group(4))) == 4);
}

TEST_CASE("symmetric groups need n − 2 reflections if n is even, n − 1 if it is odd", "[reflection_length]") {
  for (std::uint32_t n = 3; n <= 7; ++n) {
    CAPTURE(n);
    const Best best(symmetric_group(n));
    CHECK(best.shortest.k == (n % 2 == 0 ? n - 2 : n - 1));
    CHECK(best.least_degree == n - 1);
    const std::size_t letter = best.shortest.longest_letter;
    CHECK(best.shortest.letter_lengths[letter] == best.shortest.k);
  }
}

TEST_CASE("what the optimal representations do to all elements", "[reflection_length]") {
  CHECK(Best(symmetric_group(4)).histogram() == Histogram{{0, 1}, {2, 23}});
  CHECK(Best(alternating_group(5)).histogram() == Histogram{{0, 1}, {2, 59}});
  CHECK(Best(symmetric_group(6)).histogram() == Histogram{{0, 1}, {2, 100}, {4, 619}});
  CHECK(Best(quaternion_group()).histogram() == Histogram{{0, 1}, {4, 7}});
}

TEST_CASE("swaps are single reflections", "[reflection_length]") {
  for (std::size_t n = 2; n <= 7; ++n) {
    CAPTURE(n);
    const ListedGroup listed(symmetric_group(n));
    const CharacterTable table(listed);
    std::vector<std::uint32_t> swaps;
    for (std::uint32_t x = 0; x < listed.order(); ++x) {
      if (listed.element(x).components() == n - 1) swaps.push_back(x);
    }
    REQUIRE(swaps.size() == n * (n - 1) / 2);
    const auto best = shortest_reflections(table, swaps);
    CHECK(best.k == 1);
    CHECK(best.representation.degree == n - 1);
    CHECK(best.letter_lengths == std::vector<std::uint32_t>(swaps.size(), 1));
  }
}

TEST_CASE("abelian groups need one plane, or one line, for each cyclic factor", "[reflection_length]") {
  CHECK(k_of(cyclic_group(2)) == 1);
  for (std::size_t m = 3; m <= 40; ++m) {
    CAPTURE(m);
    const Best best(cyclic_group(m));
    CHECK(best.shortest.k == 2);
    CHECK(best.least_degree == 2);
  }
  PermutationGroup twos = cyclic_group(2);
  PermutationGroup threes = cyclic_group(3);
  for (std::uint32_t r = 2; r <= 5; ++r) {
    CAPTURE(r);
    twos = direct_product(twos, cyclic_group(2));
    const Best of_twos(twos);
    CHECK(of_twos.shortest.k == r);
    CHECK(of_twos.least_degree == r);
    if (r > 4) continue;
    threes = direct_product(threes, cyclic_group(3));
    const Best of_threes(threes);
    CHECK(of_threes.shortest.k == 2 * r);
    CHECK(of_threes.least_degree == 2 * r);
  }
}

TEST_CASE("with its involutions as letters, k of the four-group and of S4 is 2", "[reflection_length]") {
  for (const PermutationGroup& g : {direct_product(cyclic_group(2), cyclic_group(2)), symmetric_group(4)}) {
    const ListedGroup listed(g);
    std::vector<std::uint32_t> involutions;
    for (std::uint32_t x = 0; x < listed.order(); ++x) {
      if (listed.element_order(x) == 2) involutions.push_back(x);
    }
    CHECK(shortest_reflections(CharacterTable(listed), involutions).k == 2);
  }
}

/// All sets of real irreducible representations: faithful ones with the least k, then the least degree.
std::pair<std::uint32_t, std::uint32_t> by_all_sets(const CharacterTable& table,
                                                    const std::vector<std::uint32_t>& letters) {
  const auto irreducibles = real_irreducibles(table);
  std::set<std::size_t> classes;
  for (const std::uint32_t x : letters) classes.insert(table.class_of(x));
  std::vector<std::set<std::size_t>> kernels;
  for (const RealIrreducible& rho : irreducibles) {
    kernels.emplace_back();
    for (std::size_t k = 0; k < table.size(); ++k) {
      if (reflection_length(table, rho, k) == 0) kernels.back().insert(k);
    }
  }
  std::pair<std::uint32_t, std::uint32_t> best{UINT32_MAX, UINT32_MAX};
  for (std::uint32_t set = 0; set < (1u << irreducibles.size()); ++set) {
    RealRepresentation rho;
    std::set<std::size_t> kernel;
    for (std::size_t k = 0; k < table.size(); ++k) kernel.insert(k);
    for (std::size_t i = 0; i < irreducibles.size(); ++i) {
      if ((set >> i & 1u) == 0) continue;
      rho.parts.push_back(irreducibles[i]);
      rho.degree += irreducibles[i].degree;
      std::erase_if(kernel, [&](std::size_t k) { return kernels[i].count(k) == 0; });
    }
    if (kernel.size() > 1) continue;
    std::uint32_t longest = 0;
    for (const std::size_t k : classes) longest = std::max(longest, reflection_length(table, rho, k));
    best = std::min(best, {longest, rho.degree});
  }
  return best;
}

TEST_CASE("the search finds what trying all sets finds", "[reflection_length]") {
  EIGENMATA_SEEDED(random, 1801);
  std::set<std::uint32_t> found;
  std::size_t sums = 0;
  for (int tried = 0; tried < 120;) {
    PermutationGroup g = random_compound_group(random);
    if (random.one_in(2)) g = direct_product(g, random_group(random, 4));
    if (g.order() < 4 || g.order() > 500) continue;
    const ListedGroup listed(g);
    const CharacterTable table(listed);
    if (real_irreducibles(table).size() > 12) continue;
    ++tried;
    CAPTURE(shown(g));
    std::vector<std::uint32_t> letters = all_elements(listed);
    if (random.one_in(2)) {
      letters.clear();
      for (std::size_t i = random.below(4); i > 0; --i) {
        letters.push_back(static_cast<std::uint32_t>(random.below(listed.order())));
      }
    }
    CAPTURE(letters);
    const auto best = shortest_reflections(table, letters);
    REQUIRE(std::pair{best.k, best.representation.degree} == by_all_sets(table, letters));
    REQUIRE(is_faithful(table, best.representation));
    REQUIRE(best.letter_lengths.size() == letters.size());
    found.insert(best.k);
    sums += best.representation.parts.size() > 1 ? 1 : 0;
  }
  CHECK(found.size() >= 4);
  CHECK(sums > 5);
}

// Matrices that somebody wrote down, against the characters.

/// How many of the matrices a have rank(I − a) = 0, 1, ….
template <class K>
Histogram ranks(const K& k, const std::vector<Matrix<typename K::Scalar>>& group) {
  Histogram histogram;
  for (const auto& a : group) ++histogram[static_cast<std::uint32_t>(rank(k, subtract(k, identity(k, a.rows()), a)))];
  return histogram;
}

template <class K>
std::vector<Matrix<typename K::Scalar>> generated(const K& k,
                                                  const std::vector<Matrix<typename K::Scalar>>& generators) {
  std::vector<Matrix<typename K::Scalar>> group{identity(k, generators[0].rows())};
  const auto equal = [&](const auto& a, const auto& b) {
    return std::equal(a.entries().begin(), a.entries().end(), b.entries().begin(),
                      [&](const auto& x, const auto& y) { return k.equal(x, y); });
  };
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (const auto& g : generators) {
      auto next = multiply(k, group[i], g);
      if (std::none_of(group.begin(), group.end(), [&](const auto& a) { return equal(a, next); })) {
        group.push_back(std::move(next));
      }
    }
  }
  return group;
}

TEST_CASE("ranks of the standard representation of S_n and its twist are those of the matrices",
          "[reflection_length]") {
  for (std::size_t n = 3; n <= 6; ++n) {
    const ListedGroup listed(symmetric_group(n));
    const CharacterTable table(listed);
    const RationalArithmetic q;
    std::set<std::vector<std::uint32_t>> from_characters;  // rank in each class, for all characters of degree n − 1
    for (const RealIrreducible& rho : real_irreducibles(table)) {
      if (rho.degree != n - 1) continue;
      std::vector<std::uint32_t> ranks_of_rho;
      for (std::size_t k = 0; k < table.size(); ++k) ranks_of_rho.push_back(reflection_length(table, rho, k));
      from_characters.insert(ranks_of_rho);
    }
    for (const bool twisted : {false, true}) {
      CAPTURE(n, twisted);
      std::vector<std::uint32_t> expected;
      for (const auto& c : table.classes()) {
        const Transformation g = listed.element(c.representative);
        const bool odd = (n - g.components()) % 2 == 1;
        // e_i − e_(n−1) ↦ e_g(i) − e_g(n−1), in rows.
        Matrix<Rational> a(n - 1, n - 1, Rational(0));
        for (std::size_t i = 0; i + 1 < n; ++i) {
          if (g.image_of(static_cast<Point>(i)) < n - 1) a(i, g.image_of(static_cast<Point>(i))) += 1;
          if (g.image_of(static_cast<Point>(n - 1)) < n - 1) a(i, g.image_of(static_cast<Point>(n - 1))) -= 1;
        }
        if (twisted && odd) a = subtract(q, Matrix<Rational>(n - 1, n - 1, Rational(0)), a);
        expected.push_back(static_cast<std::uint32_t>(rank(q, subtract(q, identity(q, n - 1), a))));
      }
      CHECK(from_characters.count(expected) == 1);
    }
  }
}

TEST_CASE("quaternions: ranks of Q8 and SL(2,3) on ℝ⁴ are those of the matrices", "[reflection_length]") {
  const RationalArithmetic q;
  // Multiplication by a + bi + cj + dk from the left.
  const auto by = [](const Rational& a, const Rational& b, const Rational& c, const Rational& d) {
    return Matrix<Rational>(4, 4, std::vector<Rational>{a, -b, -c, -d, b, a, -d, c, c, d, a, -b, d, -c, b, a});
  };
  const Rational half(1, 2);
  const auto q8 = generated(q, {by(0, 1, 0, 0), by(0, 0, 1, 0)});
  const auto hurwitz = generated(q, {by(0, 1, 0, 0), by(half, half, half, half)});
  REQUIRE(q8.size() == 8);
  REQUIRE(hurwitz.size() == 24);
  const auto of_quaternionic = [](const PermutationGroup& g) {
    const CharacterTable table{ListedGroup(g)};
    for (const RealIrreducible& rho : real_irreducibles(table)) {
      if (rho.indicator == -1) return rank_histogram(table, {{rho}, rho.degree});
    }
    return Histogram{};
  };
  CHECK(ranks(q, q8) == of_quaternionic(quaternion_group()));
  CHECK(ranks(q, hurwitz) == of_quaternionic(sl2_3()));
}

TEST_CASE("rotations of the icosahedron: ranks of A5 on ℝ³ are those of the matrices", "[reflection_length]") {
  const exact::NumberField field({{Rational(-5), Rational(0), Rational(1)}}, 2, 3, "sqrt(5)");
  const auto number = [&](const Rational& a, const Rational& b) {  // a + b·φ, φ = (1 + √5)/2
    return field.from_coefficients({a + b / 2, b / 2});
  };
  const Rational half(1, 2);
  const auto zero = field.zero();
  const auto one = field.one();
  const auto minus = field.from_rational(-1);
  const auto p = number(0, half);      // φ/2
  const auto m = number(0, -half);     // −φ/2
  const auto s = number(-half, half);  // (φ − 1)/2
  const auto h = number(half, 0);
  const auto group = generated(field, {{3, 3, std::vector{h, m, s, p, s, number(-half, 0), s, h, p}},
                                       {3, 3, std::vector{zero, zero, one, one, zero, zero, zero, one, zero}},
                                       {3, 3, std::vector{minus, zero, zero, zero, minus, zero, zero, zero, one}}});
  REQUIRE(group.size() == 60);
  CHECK(ranks(field, group) == Best(alternating_group(5)).histogram());
}

}  // namespace
}  // namespace eigenmata::algebra

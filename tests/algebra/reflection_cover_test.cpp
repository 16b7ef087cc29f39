// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/reflection_cover.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "algebra/permutation_groups.hpp"
#include "eigenmata/algebra/group_actions.hpp"
#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/algebra/reflection_length.hpp"
#include "eigenmata/exact/number_field.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;
using exact::FieldElement;
using exact::Rational;

std::vector<Transformation> involutions(const PermutationGroup& g) {
  std::vector<Transformation> result;
  for (const Transformation& x : g.elements(100'000)) {
    if (x.period() == 2) result.push_back(x);
  }
  return result;
}

std::vector<Transformation> swaps(std::size_t n) {
  std::vector<Transformation> result;
  for (Point i = 1; i <= n; ++i) {
    for (Point j = 1; j < i; ++j) result.push_back(from_cycles(n, {{j, i}}));
  }
  return result;
}

std::multiset<std::string> types(const ReflectionCover& cover) {
  std::multiset<std::string> result;
  for (const auto& component : cover.components) result.insert(to_string(component.type));
  return result;
}

/// The images keep the relations, commute between components, and the words of the letters evaluate to them.
void require_cover(const ReflectionCover& cover, const std::vector<Transformation>& letters) {
  for (const auto& component : cover.components) {
    const auto matrix = coxeter_matrix(component.type);
    REQUIRE(component.images.size() == matrix.size());
    for (std::size_t i = 0; i < matrix.size(); ++i) {
      for (std::size_t j = 0; j < matrix.size(); ++j) {
        REQUIRE(matrix[i][j] % (component.images[i] * component.images[j]).period() == 0);
      }
      for (const auto& other : cover.components) {
        if (&other == &component) continue;
        for (const Transformation& s : other.images) REQUIRE(s * component.images[i] == component.images[i] * s);
      }
    }
  }
  REQUIRE(cover.letters.size() == letters.size());
  for (std::size_t x = 0; x < letters.size(); ++x) {
    const auto& reflection = cover.letters[x];
    if (!reflection) {
      REQUIRE(letters[x].period() == 1);
      continue;
    }
    const auto& images = cover.components.at(reflection->component).images;
    Transformation g = images.at(reflection->simple);
    for (const std::size_t i : reflection->conjugator) g = images.at(i) * g * images.at(i);
    REQUIRE(g == letters[x]);
  }
}

std::multiset<std::string> covering_types(const std::vector<Transformation>& letters) {
  const auto verdict = reflection_cover(letters);
  REQUIRE(verdict.is_yes());
  CHECK(verdict.theorem() == "reflection-cover");
  require_cover(verdict.proof(), letters);
  return types(verdict.proof());
}

using Types = std::multiset<std::string>;

TEST_CASE("S4 and A5 with all their involutions are covered by the cube's and the icosahedron's",
          "[reflection_cover]") {
  CHECK(involutions(symmetric_group(4)).size() == 9);
  CHECK(covering_types(involutions(symmetric_group(4))) == Types{"B3"});
  CHECK(involutions(alternating_group(5)).size() == 15);
  CHECK(covering_types(involutions(alternating_group(5))) == Types{"H3"});
  CHECK(covering_types(involutions(direct_product(cyclic_group(2), cyclic_group(2)))) == Types{"A1", "A1", "A1"});
  CHECK(covering_types(involutions(alternating_group(4))) == Types{"A1", "A1", "A1"});
  CHECK(covering_types(involutions(dihedral_group(12))) == Types{"A1", "I2(12)"});
  CHECK(covering_types(involutions(dihedral_group(5))) == Types{"I2(5)"});
}

TEST_CASE("swaps are reflections", "[reflection_cover]") {
  CHECK(covering_types(swaps(3)) == Types{"I2(3)"});
  for (std::size_t n = 4; n <= 6; ++n) CHECK(covering_types(swaps(n)) == Types{"A" + std::to_string(n - 1)});
}

TEST_CASE("swaps of eight points are reflections", "[reflection_cover][slow]") {
  CHECK(covering_types(swaps(7)) == Types{"A6"});
  CHECK(covering_types(swaps(8)) == Types{"A7"});
}

TEST_CASE("the identity and letters that are written twice change nothing", "[reflection_cover]") {
  std::vector<Transformation> letters = involutions(symmetric_group(4));
  letters.insert(letters.begin(), Transformation::identity(4));
  letters.push_back(letters[3]);
  CHECK(covering_types(letters) == Types{"B3"});
  CHECK(covering_types({}) == Types{});
  CHECK(covering_types({Transformation::identity(3)}) == Types{});
}

TEST_CASE("letters that no reflection group covers", "[reflection_cover]") {
  const auto of_order_3 = reflection_cover({from_cycles(3, {{1, 2}}), from_cycles(3, {{1, 2, 3}})});
  REQUIRE(of_order_3.is_no());
  CHECK(of_order_3.witness() == NotCovered{1});

  // Two classes of involutions of S₅, and nothing but A₄ maps onto it.
  std::vector<Transformation> letters{from_cycles(7, {{6, 7}})};
  for (Transformation& x : involutions(symmetric_group(5))) {
    std::vector<Point> images = x.images();
    images.insert(images.end(), {5, 6});
    letters.emplace_back(std::move(images));
  }
  const auto s5 = reflection_cover(letters);
  REQUIRE(s5.is_no());
  CHECK(s5.witness().size() == letters.size() - 1);
  CHECK(s5.witness().front() == 1);  // the first letter is a component of its own
  CHECK(reflection_cover(involutions(psl2(7))).is_no());
  CHECK(reflection_cover(involutions(alternating_group(6))).is_no());
}

TEST_CASE("a group that is too large is not decided", "[reflection_cover]") {
  const auto verdict = reflection_cover(swaps(9));
  REQUIRE(verdict.is_unknown());
  CHECK(verdict.reason() == "a group of order 362880 has more elements than the limit of 50000");
}

/// Signs and permutations of n coordinates: point 2i is e_i, point 2i+1 is −e_i.
Transformation signed_swap(std::size_t n, std::size_t i, std::size_t j, bool negative) {
  std::vector<Point> images = do_nothing(2 * n);
  for (std::size_t s = 0; s < 2; ++s) {
    images[2 * i + s] = static_cast<Point>(2 * j + (negative ? 1 - s : s));
    images[2 * j + s] = static_cast<Point>(2 * i + (negative ? 1 - s : s));
  }
  return Transformation(std::move(images));
}

/// The reflections of Bₙ: e_i ↦ −e_i, e_i ↔ ±e_j.
std::vector<Transformation> reflections_of_b(std::size_t n) {
  std::vector<Transformation> result;
  for (std::size_t i = 0; i < n; ++i) {
    result.push_back(signed_swap(n, i, i, true));
    for (std::size_t j = 0; j < i; ++j) {
      result.push_back(signed_swap(n, i, j, false));
      result.push_back(signed_swap(n, i, j, true));
    }
  }
  return result;
}

TEST_CASE("images of reflections in any quotient of a reflection group are covered", "[reflection_cover]") {
  EIGENMATA_SEEDED(random, 1901);
  std::set<Types> found;
  for (int covered = 0; covered < 150;) {
    const std::size_t n = 2 + random.below(4);
    std::vector<Transformation> reflections = reflections_of_b(n);
    const PermutationGroup whole(2 * n, reflections);
    std::vector<Transformation> normal;
    for (std::size_t i = random.below(3); i > 0; --i) normal.push_back(whole.random_element(random));
    // Half of the time a central element or a sign pattern, or the quotients are nearly always tiny.
    if (random.one_in(2)) {
      normal.assign(1, Transformation::identity(2 * n));
      for (std::size_t i = 0; i < n; ++i) {
        if (n < 4 || random.one_in(2)) normal[0] = normal[0] * signed_swap(n, i, i, true);
      }
    }
    const PermutationGroup kernel = normal_closure(whole, normal);
    if (whole.order() / kernel.order() > 400) continue;
    ++covered;
    const Quotient q = quotient(whole, kernel);
    std::vector<Transformation> letters;
    for (const Transformation& image : q.group.generators()) {  // of the reflections
      if (random.one_in(3) && letters.size() < 6) letters.push_back(image);
    }
    CAPTURE(n, shown(kernel), letters.size());
    found.insert(covering_types(letters));
  }
  CHECK(found.size() >= 12);
}

/// Every tuple of involutions of the group, for every type up to rank 4: letters are among all conjugates of it?
bool covered_by_brute_force(const std::vector<std::vector<Point>>& letters, const ElementSet& group) {
  std::vector<std::vector<Point>> candidates;
  for (const auto& x : group) {
    if (Transformation(x).period() == 2) candidates.push_back(x);
  }
  std::vector<std::vector<std::vector<std::uint64_t>>> matrices{{{1}}};
  for (std::uint64_t m = 3; m < 60; ++m) matrices.push_back(coxeter_matrix({'I', 2, m}));
  for (const CoxeterType& type : std::vector<CoxeterType>{
           {'A', 3, 0}, {'B', 3, 0}, {'H', 3, 0}, {'A', 4, 0}, {'B', 4, 0}, {'D', 4, 0}, {'F', 4, 0}, {'H', 4, 0}}) {
    matrices.push_back(coxeter_matrix(type));
  }
  std::vector<std::vector<Point>> chosen;
  const auto covers = [&] {
    ElementSet conjugates;
    for (const auto& x : closure(letters[0].size(), chosen)) {
      for (const auto& t : chosen) conjugates.insert(times(times(inverted(x), t), x));
    }
    return std::all_of(letters.begin(), letters.end(), [&](const auto& x) { return conjugates.count(x) == 1; });
  };
  for (const auto& matrix : matrices) {
    const auto extend = [&](const auto& self) -> bool {
      const std::size_t i = chosen.size();
      if (i == matrix.size()) return covers();
      for (const auto& t : candidates) {
        bool fits = true;
        for (std::size_t j = 0; j < i; ++j) {
          fits = fits && matrix[i][j] % Transformation(times(chosen[j], t)).period() == 0;
        }
        if (!fits) continue;
        chosen.push_back(t);
        const bool found = self(self);
        chosen.pop_back();
        if (found) return true;
      }
      return false;
    };
    if (extend(extend)) return true;
  }
  return false;
}

bool connected_by_not_commuting(const std::vector<Transformation>& letters) {
  std::vector<bool> seen(letters.size(), false);
  std::vector<std::size_t> waiting{0};
  seen[0] = true;
  while (!waiting.empty()) {
    const Transformation x = letters[waiting.back()];
    waiting.pop_back();
    for (std::size_t i = 0; i < letters.size(); ++i) {
      if (seen[i] || x * letters[i] == letters[i] * x) continue;
      seen[i] = true;
      waiting.push_back(i);
    }
  }
  return std::find(seen.begin(), seen.end(), false) == seen.end();
}

TEST_CASE("the search agrees with trying all tuples of all involutions", "[reflection_cover][slow]") {
  EIGENMATA_SEEDED(random, 1902);
  int yes = 0;
  int no = 0;
  for (int tried = 0; tried < 150;) {
    const PermutationGroup g = random_compound_group(random);
    if (g.order() >= 2'000) continue;
    const auto all = involutions(g);
    if (all.size() < 2) continue;
    std::vector<Transformation> letters;
    for (std::size_t i = 2 + random.below(8); i > 0; --i) {
      Transformation x = all[random.below(all.size())];
      if (std::find(letters.begin(), letters.end(), x) == letters.end()) letters.push_back(std::move(x));
    }
    if (!connected_by_not_commuting(letters)) continue;
    std::vector<std::vector<Point>> images;
    for (const Transformation& x : letters) images.push_back(x.images());
    const PermutationGroup h(letters[0].degree(), letters);
    if (h.order() >= 120 || h.order() < 12) continue;  // from 120 elements on, rank 5 may be needed
    ++tried;
    CAPTURE(images);
    const auto verdict = reflection_cover(letters);
    REQUIRE_FALSE(verdict.is_unknown());
    REQUIRE(verdict.is_yes() == covered_by_brute_force(images, elements_of(h)));
    if (verdict.is_yes()) require_cover(verdict.proof(), letters);
    ++(verdict.is_yes() ? yes : no);
  }
  CHECK(yes > 10);
  CHECK(no > 10);
}

TEST_CASE("what a representation of the group itself does with single reflections is a cover", "[reflection_cover]") {
  EIGENMATA_SEEDED(random, 1903);
  int single = 0;
  for (int round = 0; round < 400; ++round) {
    const PermutationGroup g = random_compound_group(random);
    if (g.order() > 500 || g.is_trivial()) continue;
    const ListedGroup listed(g);
    const CharacterTable table(listed);
    std::vector<std::uint32_t> numbers;
    std::vector<Transformation> letters;
    for (std::uint32_t x = 0; x < listed.order(); ++x) {
      if (listed.element_order(x) != 2 || !random.one_in(3) || numbers.size() == 6) continue;
      numbers.push_back(x);
      letters.push_back(listed.element(x));
    }
    CAPTURE(shown(g), numbers);
    if (shortest_reflections(table, numbers).k != 1) continue;
    ++single;
    REQUIRE(reflection_cover(letters).is_yes());
  }
  CHECK(single > 50);
}

TEST_CASE("Coxeter matrices have the determinants of the books", "[reflection_cover]") {
  // det(2 δ_ij − 2 cos(π/m_ij)) [Humphreys1990, 2.4], and positive definite: all leading minors are positive.
  const exact::NumberField field({{Rational(-5), Rational(0), Rational(1)}}, 2, 3, "sqrt(5)");
  const exact::NumberField roots_of_2({{Rational(-2), Rational(0), Rational(1)}}, 1, 2, "sqrt(2)");
  const auto determinants = [&](const CoxeterType& type) {
    const exact::NumberField& k = type.family == 'H' ? field : roots_of_2;
    const auto m = coxeter_matrix(type);
    std::vector<FieldElement> minors;
    for (std::size_t n = 1; n <= m.size(); ++n) {
      exact::Matrix<FieldElement> gram(n, n, k.zero());
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
          if (m[i][j] == 1) gram(i, j) = k.from_rational(2);
          if (m[i][j] == 3) gram(i, j) = k.from_rational(-1);
          if (m[i][j] == 4) gram(i, j) = k.from_coefficients({0, -1});
          if (m[i][j] == 5) gram(i, j) = k.from_coefficients({Rational(-1, 2), Rational(-1, 2)});
        }
      }
      const auto polynomial = characteristic_polynomial(k, gram);  // the constant term is (−1)ⁿ det
      const FieldElement& constant = polynomial.coefficients[0];
      minors.push_back(n % 2 == 0 ? constant : k.subtract(k.zero(), constant));
      CHECK(k.sign(minors.back()) == 1);
    }
    return k.format(minors.back());
  };
  for (std::size_t n = 3; n <= 7; ++n) {
    CAPTURE(n);
    CHECK(determinants({'A', n, 0}) == std::to_string(n + 1));
    CHECK(determinants({'B', n, 0}) == "2");
    if (n > 3) CHECK(determinants({'D', n, 0}) == "4");
  }
  CHECK(determinants({'F', 4, 0}) == "1");
  CHECK(determinants({'H', 3, 0}) == "3-sqrt(5)");
  CHECK(determinants({'H', 4, 0}) == "7/2-3/2*sqrt(5)");
}

}  // namespace
}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/stability.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/random.hpp"

namespace eigenmata::exact {
namespace {

const RationalArithmetic kQ;

Polynomial<Rational> product_of(const std::vector<Polynomial<Rational>>& parts) {
  Polynomial<Rational> p = make_polynomial(kQ, {3});
  for (const auto& part : parts) p = multiply(kQ, p, part);
  return p;
}

/// Factors of degrees 1 and 2 with zeros that are known: a real one, or a ± b·i.
struct Known {
  Polynomial<Rational> p;
  bool left = true, inside = true;
};
Known random_product(core::Random& random) {
  Known known{make_polynomial(kQ, {Rational(random.between(1, 4))})};
  const std::size_t count = random.below(5);
  for (std::size_t i = 0; i < count; ++i) {
    // Mostly stable, otherwise products almost never are.
    const Rational a(random.between(random.one_in(6) ? -5 : -4, random.one_in(6) ? 5 : -1), 5);
    const Rational b(random.between(0, 4), random.one_in(6) ? 4 : 9);
    known.left = known.left && a < 0;
    if (random.one_in(2)) {
      known.p = multiply(kQ, known.p, make_polynomial(kQ, {-a, 1}));
      known.inside = known.inside && a * a < 1;
    } else {
      known.p = multiply(kQ, known.p, make_polynomial(kQ, {a * a + b * b, -2 * a, 1}));
      known.inside = known.inside && a * a + b * b < 1;
    }
  }
  return known;
}

TEST_CASE("zeros that are known are found where they are", "[stability]") {
  core::Random random(5);
  int left = 0, inside = 0;
  for (int i = 0; i < 3000; ++i) {
    const Known known = random_product(random);
    INFO(to_string(known.p));
    CHECK(zeros_in_left_half_plane(known.p) == known.left);
    CHECK(zeros_in_unit_disc(known.p) == known.inside);
    const std::vector<Rational> k = reflection_coefficients(known.p);  // without balls
    CHECK((k.size() == known.p.degree() && (k.empty() || abs(k.back()) < 1)) == known.inside);
    left += known.left ? 1 : 0;
    inside += known.inside ? 1 : 0;
  }
  CHECK(left > 500);
  CHECK(left < 2900);
  CHECK(inside > 500);
  CHECK(inside < 2900);
}

TEST_CASE("the half plane and the disc are the same question", "[stability]") {
  // z = (1 + s)/(1 − s) takes the half plane to the disc: (1 − s)^n·p((1 + s)/(1 − s)). Random coefficients: nothing is
  // known but that both have to agree.
  core::Random random(6);
  const auto plus = make_polynomial(kQ, {1, 1}), minus = make_polynomial(kQ, {1, -1});
  int stable = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::size_t degree = 1 + random.below(6);
    std::vector<Rational> c;
    for (std::size_t j = 0; j < degree; ++j) c.emplace_back(random.between(-6, 6), 6 + 4 * (degree - j));
    c.emplace_back(1);
    const auto p = make_polynomial(kQ, c);
    Polynomial<Rational> image;
    for (std::size_t j = 0; j <= degree; ++j) {
      std::vector<Polynomial<Rational>> parts{make_polynomial(kQ, {c[j]})};
      for (std::size_t l = 0; l < degree; ++l) parts.push_back(l < j ? plus : minus);
      image = add(kQ, image, product_of(parts));
    }
    // A zero at z = −1 goes to infinity: the degree says so.
    const bool inside = !image.is_zero() && image.degree() == degree && zeros_in_left_half_plane(image);
    INFO(to_string(p));
    CHECK(zeros_in_unit_disc(p) == inside);
    stable += inside ? 1 : 0;
  }
  CHECK(stable > 200);
  CHECK(stable < 1950);
}

TEST_CASE("zeros on the boundary are not inside", "[stability]") {
  CHECK_FALSE(zeros_in_unit_disc(make_polynomial(kQ, {-1, 1})));
  CHECK_FALSE(zeros_in_unit_disc(make_polynomial(kQ, {1, 0, 1})));
  CHECK_FALSE(zeros_in_unit_disc(make_polynomial(kQ, {1, Rational(6, 5), 1})));  // a pair of modulus 1
  CHECK_FALSE(zeros_in_left_half_plane(make_polynomial(kQ, {0, 1})));
  CHECK_FALSE(zeros_in_left_half_plane(make_polynomial(kQ, {4, 0, 1})));
  CHECK_FALSE(zeros_in_left_half_plane(make_polynomial(kQ, {4, 4, 1, 1})));  // (s² + 4)(s + 1)
  CHECK(zeros_in_unit_disc(make_polynomial(kQ, {0, 0, 0, 1})));
}

TEST_CASE("constants have no zeros, and the zero polynomial has too many", "[stability]") {
  CHECK(zeros_in_unit_disc(make_polynomial(kQ, {-7})));
  CHECK(zeros_in_left_half_plane(make_polynomial(kQ, {-7})));
  CHECK_THROWS_AS(zeros_in_unit_disc({}), core::Error);
  CHECK_THROWS_AS(zeros_in_left_half_plane({}), core::Error);
  CHECK_THROWS_AS(largest_modulus({}, 1), core::Error);
}

TEST_CASE("the largest modulus lies between two neighbours", "[stability]") {
  const Rational width(1, 1000);
  const auto p = product_of({make_polynomial(kQ, {5, 2, 1}), make_polynomial(kQ, {2, 1})});  // √5
  CHECK(largest_modulus(p, width) == std::pair{Rational(2236, 1000), Rational(2237, 1000)});
  CHECK(largest_modulus(make_polynomial(kQ, {Rational(1, 2), 1}), Rational(1, 4)) ==
        std::pair{Rational(1, 2), Rational(3, 4)});
  CHECK(largest_modulus(make_polynomial(kQ, {0, 1}), width) == std::pair{Rational(0), width});
}

}  // namespace
}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/complex_ball.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_rational;

TEST_CASE("complex balls contain what Gaussian rationals say", "[complex_ball]") {
  EIGENMATA_SEEDED(random, 1);
  const ComplexBallArithmetic k{64};
  for (int round = 0; round < 200; ++round) {
    const Rational a = random_rational(random, 1000), b = random_rational(random, 1000);
    const Rational c = random_rational(random, 1000), d = random_rational(random, 1000);
    INFO(a << " " << b << " " << c << " " << d);
    const ComplexBall x(Ball(a, 64), Ball(b, 64)), y(Ball(c, 64), Ball(d, 64));
    const ComplexBall product = k.multiply(x, y);
    CHECK(product.real().contains(a * c - b * d));
    CHECK(product.imaginary().contains(a * d + b * c));
    CHECK(k.add(x, y).real().contains(a + c));
    CHECK(k.subtract(x, y).imaginary().contains(b - d));
    const Rational norm = c * c + d * d;
    if (norm == 0) continue;
    const ComplexBall quotient = k.divide(x, y);
    CHECK(quotient.real().contains((a * c + b * d) / norm));
    CHECK(quotient.imaginary().contains((b * c - a * d) / norm));
    CHECK(x.conjugate().imaginary().contains(-b));
    const Ball modulus = x.modulus(64);
    CHECK(multiply(modulus, modulus, 64).contains(a * a + b * b));
  }
  CHECK_THROWS_AS(k.divide(k.one(), k.zero()), std::domain_error);
}

TEST_CASE("roots of unity return to one, and the exponential agrees with them", "[complex_ball]") {
  const ComplexBallArithmetic k{128};
  for (int m = 1; m <= 24; ++m) {
    const ComplexBall root = root_of_unity(Rational(1, m), 128);
    ComplexBall power = k.one();
    for (int i = 0; i < m; ++i) {
      CHECK((i == 0 || !k.subtract(power, k.one()).contains_zero()));
      power = k.multiply(power, root);
    }
    CHECK(k.subtract(power, k.one()).contains_zero());
    CHECK(power.real().is_narrower_than(100));
    const ComplexBall angle({}, multiply(pi(128), Ball(Rational(2, m), 128), 128));
    CHECK(exponential(angle, 128).overlaps(root));
  }
  CHECK(k.sign(root_of_unity(Rational(1, 2), 128)) == -1);
  CHECK(k.sign(root_of_unity(Rational(1, 4), 128)) == std::nullopt);
}

}  // namespace
}  // namespace eigenmata::exact

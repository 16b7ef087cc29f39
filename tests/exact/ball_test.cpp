// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/ball.hpp"

#include <catch2/catch.hpp>

#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_rational;

/// Whoever needs a ball of a given radius: centre ± 2^exponent.
Ball around(const Rational& centre, long exponent) {
  Ball ball(centre, 200);
  mag_set_ui_2exp_si(arb_radref(ball.raw()), 1, exponent);
  return ball;
}

Rational power_of_two(long exponent) {
  const Integer power = Integer(1) << static_cast<unsigned>(std::abs(exponent));
  return exponent < 0 ? Rational(Integer(1), power) : Rational(power);
}

/// What came of a computation exactly, and its enclosure.
struct Both {
  Rational exact;
  Ball ball;
};

TEST_CASE("whatever is computed with balls contains the exact result", "[ball]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t undecided = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<Both> values;
    for (int i = 0; i < 4; ++i) {
      const Rational value = random_rational(random, random.one_in(2) ? 5 : 1'000'000'000);
      values.push_back({value, Ball(value, 2 + random.below(60))});
    }
    for (int step = 0; step < 12; ++step) {
      const Both a = values[random.below(values.size())];
      const Both b = values[random.below(values.size())];
      const std::size_t bits = 2 + random.below(60);
      switch (random.below(4)) {
        case 0:
          values.push_back({a.exact + b.exact, add(a.ball, b.ball, bits)});
          break;
        case 1:
          values.push_back({a.exact - b.exact, subtract(a.ball, b.ball, bits)});
          break;
        case 2:
          values.push_back({a.exact * b.exact, multiply(a.ball, b.ball, bits)});
          break;
        default:
          if (b.exact.is_zero()) continue;
          values.push_back({a.exact / b.exact, divide(a.ball, b.ball, bits)});
      }
      const Both& result = values.back();
      CAPTURE(a.exact, b.exact, result.exact, result.ball.to_string(), bits);
      REQUIRE(result.ball.contains(result.exact));
      // A decided sign is the right one.
      if (const auto sign = result.ball.sign()) {
        REQUIRE(*sign == result.exact.sign());
      } else {
        ++undecided;
      }
    }
  }
  CHECK(undecided > 10);
}

TEST_CASE("a ball around a rational is as narrow as its precision", "[ball]") {
  EIGENMATA_SEEDED(random, 2);
  for (int round = 0; round < 500; ++round) {
    const auto bits = static_cast<long>(2 + random.below(200));
    const Rational value = random_rational(random, INT64_C(1) << 62);
    if (value.is_zero()) continue;
    CAPTURE(value, bits);
    const Ball ball(value, static_cast<std::size_t>(bits));
    REQUIRE(ball.contains(value));
    const Rational apart = abs(value) * power_of_two(2 - bits);
    REQUIRE_FALSE(ball.contains(value + apart));
    REQUIRE_FALSE(ball.contains(value - apart));
    REQUIRE(ball.sign() == value.sign());
  }
  CHECK(Ball(Rational(3, 8), 2).is_narrower_than(1'000'000));  // exact
  CHECK_FALSE(Ball(Rational(1, 3), 2).is_narrower_than(1'000'000));
}

TEST_CASE("a ball contains its ends and nothing beyond", "[ball]") {
  const Ball ball = around(Rational(5, 4), -3);
  const Rational step = power_of_two(-100);
  CHECK(ball.contains(Rational(9, 8)));
  CHECK(ball.contains(Rational(11, 8)));
  CHECK_FALSE(ball.contains(Rational(9, 8) - step));
  CHECK_FALSE(ball.contains(Rational(11, 8) + step));
  CHECK_FALSE(ball.contains(0));
}

TEST_CASE("a ball is narrower than its radius says", "[ball]") {
  for (const long exponent : {-100L, -10L, -1L, 0L, 1L, 40L}) {
    CAPTURE(exponent);
    const Ball ball = around(Rational(1, 3), exponent);
    CHECK(ball.is_narrower_than(-exponent - 1));
    CHECK(ball.is_narrower_than(-exponent));
    CHECK_FALSE(ball.is_narrower_than(-exponent + 1));
  }
  CHECK_FALSE(divide(Ball(1, 64), Ball(), 64).is_narrower_than(-1000));
}

TEST_CASE("a sign is told only if all points have it", "[ball]") {
  CHECK(Ball().sign() == 0);
  CHECK(Ball(0, 64).sign() == 0);
  CHECK(Ball(Rational(1, 1'000'000), 2).sign() == 1);
  CHECK(Ball(Rational(-1, 1'000'000), 2).sign() == -1);
  CHECK(around(Rational(1, 2), -2).sign() == 1);
  CHECK(around(Rational(-1, 2), -2).sign() == -1);
  CHECK_FALSE(around(0, -500).sign().has_value());
  CHECK_FALSE(around(Rational(1, 2), 0).sign().has_value());
  CHECK_FALSE(around(Rational(-1, 2), 0).sign().has_value());
  // 0 is one of the ends.
  CHECK_FALSE(around(Rational(1, 2), -1).sign().has_value());
  CHECK_FALSE(around(Rational(-1, 2), -1).sign().has_value());
  // 1/3 − 1/3 is 0, but its ball cannot know.
  const Ball third(Rational(1, 3), 64);
  CHECK_FALSE(subtract(third, third, 64).sign().has_value());
  CHECK_FALSE(subtract(third, third, 64).is_narrower_than(200));
}

TEST_CASE("balls overlap if they have a point in common", "[ball]") {
  const auto overlap = [](const Ball& a, const Ball& b) {
    CHECK(a.overlaps(b) == b.overlaps(a));
    return a.overlaps(b);
  };
  CHECK(overlap(Ball(1, 64), Ball(1, 8)));
  CHECK_FALSE(overlap(Ball(1, 64), Ball(Rational(1) + power_of_two(-60), 64)));
  CHECK(overlap(around(0, 0), around(Rational(3, 2), -1)));  // [−1, 1] and [1, 2]
  CHECK_FALSE(overlap(around(0, 0), around(Rational(13, 8), -1)));
  CHECK(overlap(around(0, 10), Ball(17, 64)));
  CHECK(overlap(Ball(Rational(1, 3), 10), Ball(Rational(1, 3), 300)));
}

TEST_CASE("dividing by a ball that contains 0 gives a ball that is not finite", "[ball]") {
  for (const Ball& divisor : {Ball(), around(0, -50), around(Rational(1, 2), 0), around(1, 0)}) {
    CAPTURE(divisor.to_string());
    for (const Rational& dividend : {Rational(1), Rational(0), Rational(-5, 3)}) {
      const Ball quotient = divide(Ball(dividend, 64), divisor, 64);
      CHECK_FALSE(quotient.is_finite());
      CHECK_FALSE(quotient.sign().has_value());
      CHECK(quotient.contains(12345));
      CHECK_FALSE(multiply(quotient, Ball(), 64).is_narrower_than(0));
    }
  }
  CHECK(divide(Ball(1, 64), around(1, -1), 64).is_finite());
}

TEST_CASE("the square root encloses the number whose square it is", "[ball]") {
  EIGENMATA_SEEDED(random, 3);
  for (int round = 0; round < 500; ++round) {
    const Rational value = random_rational(random, 1'000'000);
    const std::size_t bits = 2 + random.below(120);
    CAPTURE(value, bits);
    const Ball root = square_root(Ball(value * value, bits), bits);
    REQUIRE(root.contains(abs(value)));
    if (!value.is_zero()) REQUIRE_FALSE(root.contains(-abs(value)));
  }
  const Ball root = square_root(Ball(2, 100), 100);
  CHECK(root.is_narrower_than(97));
  // 1.41421356237309504880 < √2 < 1.41421356237309504881
  const Rational below(Integer("141421356237309504880"), pow(Integer(10), 20u));
  CHECK(subtract(root, Ball(below, 100), 100).sign() == 1);
  CHECK(subtract(root, Ball(below + Rational(Integer(1), pow(Integer(10), 20u)), 100), 100).sign() == -1);
  CHECK_FALSE(subtract(multiply(root, root, 100), Ball(2, 100), 100).sign().has_value());
  CHECK_FALSE(square_root(Ball(-1, 64), 64).is_finite());
  CHECK_FALSE(square_root(around(0, -10), 64).is_finite());
  CHECK(square_root(Ball(), 64).sign() == 0);
}

TEST_CASE("midpoints are rounded to double, and balls are printed with their radius", "[ball]") {
  CHECK(Ball(Rational(-3, 8), 64).approximate_midpoint() == -0.375);
  CHECK(Ball(Rational(1, 3), 200).approximate_midpoint() == 1.0 / 3.0);
  CHECK(Ball(Rational(2, 3), 200).approximate_midpoint() == 2.0 / 3.0);
  CHECK(around(5, 3).approximate_midpoint() == 5);
  CHECK(Ball().to_string() == "0");
  CHECK(Ball(Rational(1, 3), 64).to_string(6) == "[0.333333 +/- 3.34e-7]");
  CHECK(Ball(Rational(-1, 3), 64).to_string(3) == "[-0.333 +/- 3.34e-4]");
  CHECK(Ball(Rational(1, 4), 64).to_string(6) == "0.250000");
  CHECK(around(0, 0).to_string(3) == "[+/- 1.01]");
}

TEST_CASE("a copy is a ball of its own", "[ball]") {
  Ball a(Rational(1, 3), 64);
  Ball copy(a);
  a = Ball(7, 64);
  CHECK(copy.contains(Rational(1, 3)));
  CHECK_FALSE(copy.contains(7));
  const Ball& alias = a;
  a = alias;
  CHECK(a.contains(7));
  const Ball moved(std::move(a));
  CHECK(moved.contains(7));
  a = copy;
  CHECK(a.contains(Rational(1, 3)));
  copy = Ball();
  CHECK(a.contains(Rational(1, 3)));
}

}  // namespace
}  // namespace eigenmata::exact

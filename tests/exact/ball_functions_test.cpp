// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/ball_functions.hpp"

#include <catch2/catch.hpp>

namespace eigenmata::exact {
namespace {

TEST_CASE("the functions of real balls are inverse to each other where they should be", "[ball]") {
  for (int i = 1; i <= 40; ++i) {
    const Rational a(i, 7);
    const Ball x(a, 200);
    CHECK(logarithm(exponential(x, 200), 200).contains(a));
    CHECK(exponential(logarithm(x, 200), 200).is_narrower_than(150));
    CHECK(absolute(Ball(-a, 200)).contains(a));
    // tanh x = (e^2x - 1)/(e^2x + 1)
    const Ball e = exponential(multiply(x, Ball(2, 200), 200), 200);
    const Ball tanh = divide(subtract(e, Ball(1, 200), 200), add(e, Ball(1, 200), 200), 200);
    CHECK(tanh.overlaps(hyperbolic_tangent(x, 200)));
  }
  CHECK_FALSE(logarithm(Ball(0, 64), 64).is_finite());
  // 355/113 − 3·10⁻⁷ < π < 355/113
  CHECK(subtract(pi(200), Ball(Rational(355, 113), 200), 200).sign() == -1);
  CHECK(subtract(pi(200), Ball(Rational(355, 113) - Rational(3, 10'000'000), 200), 200).sign() == 1);
}

}  // namespace
}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/complex_ball_matrix.hpp"

#include <catch2/catch.hpp>

namespace eigenmata::exact {
namespace {

const ComplexBallArithmetic kBalls{128};

Matrix<ComplexBall> integers(std::size_t size, const std::vector<int>& entries) {
  std::vector<ComplexBall> result;
  for (const int value : entries) result.push_back(kBalls.from_rational(value));
  return {size, size, std::move(result)};
}

bool contains(const ComplexBall& z, const Rational& re, const Rational& im) {
  return z.real().contains(re) && z.imaginary().contains(im);
}

TEST_CASE("eigensystems of complex balls", "[complex-ball-matrix]") {
  const auto rotation = integers(2, {0, -1, 1, 0});
  const auto eigen = enclosed_eigensystem(rotation, 128);
  REQUIRE(eigen.has_value());
  const std::size_t up = eigen->values[0].imaginary().sign() == 1 ? 0 : 1;
  CHECK(contains(eigen->values[up], 0, 1));
  CHECK(contains(eigen->values[1 - up], 0, -1));
  const auto product = multiply(kBalls, eigen->left, eigen->right);
  const auto diagonal = multiply(eigen->left, multiply(rotation, eigen->right, 128), 128);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) {
      CHECK(contains(product(i, j), i == j ? 1 : 0, 0));
      CHECK(diagonal(i, j).overlaps(i == j ? eigen->values[i] : ComplexBall()));
    }
  }
  // A Jordan block, and an eigenvalue twice: not to be told apart.
  CHECK_FALSE(enclosed_eigensystem(integers(2, {1, 1, 0, 1}), 128).has_value());
  CHECK_FALSE(enclosed_eigensystem(integers(3, {2, 0, 0, 0, 2, 0, 0, 0, 1}), 128).has_value());
}

TEST_CASE("linear systems, products and exponentials of complex balls", "[complex-ball-matrix]") {
  const auto a = integers(3, {2, 1, 0, 1, 3, 1, 0, 1, 4}), b = integers(3, {1, 2, 3, 4, 5, 6, 7, 8, 10});
  const auto x = solve(a, b, 128);
  REQUIRE(x.has_value());
  const auto back = multiply(a, *x, 128), slow = multiply(kBalls, a, *x);
  for (std::size_t i = 0; i < 9; ++i) {
    CHECK(back.entries()[i].overlaps(b.entries()[i]));
    CHECK(back.entries()[i].overlaps(slow.entries()[i]));
  }
  CHECK_FALSE(solve(integers(2, {1, 2, 2, 4}), integers(2, {1, 0, 0, 1}), 128).has_value());
  const auto e = exponential(integers(3, {0, 1, 2, 0, 0, 3, 0, 0, 0}), 128);  // I + n + n²/2
  CHECK(contains(e(0, 1), 1, 0));
  CHECK(contains(e(0, 2), Rational(7, 2), 0));
  CHECK(contains(e(2, 0), 0, 0));
}

}  // namespace
}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/legendre.hpp"

#include <catch2/catch.hpp>

namespace eigenmata::ssm {
namespace {

using exact::Rational;

TEST_CASE("the first Legendre polynomials are the known ones", "[legendre]") {
  const auto p = legendre_polynomials(5);
  CHECK(exact::to_string(p[0], "t") == "1");
  CHECK(exact::to_string(p[1], "t") == "t");
  CHECK(exact::to_string(p[2], "t") == "3/2*t^2-1/2");
  CHECK(exact::to_string(p[3], "t") == "5/2*t^3-3/2*t");
  CHECK(exact::to_string(p[4], "t") == "35/8*t^4-15/4*t^2+3/8");
}

TEST_CASE("integrals and derivatives are inverse to each other", "[legendre]") {
  const exact::RationalArithmetic q;
  for (const auto& p : legendre_polynomials(12)) {
    for (int b = -3; b <= 3; ++b) {
      CHECK(integral(derivative(p), Rational(1, 2), b) ==
            exact::evaluate(q, p, Rational(b)) - exact::evaluate(q, p, Rational(1, 2)));
    }
  }
}

}  // namespace
}  // namespace eigenmata::ssm

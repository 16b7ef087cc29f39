// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/hippo.hpp"
#include "eigenmata/ssm/transfer_function.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/error.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/hippo_fourier.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/legs_schemes.hpp"
#include "eigenmata/ssm/projection.hpp"
#include "eigenmata/ssm/resolvent.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Matrix;
using exact::Polynomial;
using exact::Rational;

Matrix<Rational> integers(std::size_t size, const std::vector<int>& entries) {
  return {size, size, std::vector<Rational>(entries.begin(), entries.end())};
}

TEST_CASE("the derived matrices are the known ones", "[hippo]") {
  CHECK(legt(4).a == integers(4, {-1, 1, -1, 1, -3, -3, 3, -3, -5, -5, -5, 5, -7, -7, -7, -7}));
  CHECK(legs(4).a == integers(4, {-1, 0, 0, 0, -3, -2, 0, 0, -5, -5, -3, 0, -7, -7, -7, -4}));
  CHECK(legs(4).b == std::vector<Rational>{1, 3, 5, 7});
  CHECK(legt(1, Rational(1, 2)).a(0, 0) == -2);
  CHECK_THROWS_AS(legs(0), core::Error);
  CHECK_THROWS_AS(legt(4, 0), core::Error);
  CHECK_THROWS_AS(lmu(4, -1), core::Error);
  CHECK_THROWS_AS(generalised_lagt(4, -1, 1), core::Error);
  CHECK_THROWS_AS(legt_form(0), core::Error);
  CHECK_THROWS_AS(fout(2, 0, 1, 64), core::Error);
}

TEST_CASE("characteristic polynomials of LegT", "[hippo]") {
  const exact::RationalArithmetic q;
  const auto text = [&](std::size_t n) {
    return exact::to_string(exact::characteristic_polynomial(q, legt(n).a), "s");
  };
  CHECK(text(3) == "s^3+9*s^2+36*s+60");
  CHECK(text(5) == "s^5+25*s^4+300*s^3+2100*s^2+8400*s+15120");
  CHECK(text(6) == "s^6+36*s^5+630*s^4+6720*s^3+45360*s^2+181440*s+332640");
  CHECK(text(8) == "s^8+64*s^7+2016*s^6+40320*s^5+554400*s^4+5322240*s^3+34594560*s^2+138378240*s+259459200");
}

TEST_CASE("two characteristic polynomials give what the recursion gives", "[resolvent]") {
  const exact::RationalArithmetic q;
  for (std::size_t n = 1; n <= 6; ++n) {
    const auto system = legt(n, Rational(2, 3));
    std::vector<Rational> c;
    for (std::size_t i = 0; i < n; ++i) c.emplace_back(static_cast<int>(3 * i) - 4, i + 1);
    const Resolvent h = resolvent(system, c);
    const auto f = transfer_function(q, StateSpace<Rational>{system, c});
    REQUIRE(h.denominator.degree() == n);
    for (std::size_t i = 0; i < n; ++i) {
      CHECK(h.denominator.coefficients[i] == f.a[n - 1 - i]);
      CHECK((i < h.numerator.coefficients.size() ? h.numerator.coefficients[i] : Rational(0)) == f.b[n - 1 - i]);
    }
  }
}

TEST_CASE("projection and reconstruction", "[projection]") {
  const exact::RationalArithmetic q;
  const PiecewisePolynomial cubic{{0, Rational(1, 3), 1}, {{{1, -2, 0, Rational(5, 7)}}, {{1, -2, 0, Rational(5, 7)}}}};
  const auto c = legendre_coefficients(cubic, 6);
  CHECK(reconstructed(c) == cubic.pieces[0]);
  CHECK(c[4] == 0);
  CHECK(squared_norm(c) == squared_norm(cubic));
  CHECK(legendre_coefficients(piecewise_constant({1, 2, -1, 3}), 5) ==
        std::vector<Rational>{Rational(5, 4), Rational(9, 16), Rational(45, 32), Rational(441, 256),
                              Rational(-405, 512)});
  CHECK_THROWS_AS(piecewise_constant({}), core::Error);
  const auto p = shifted_legendre(8);
  for (std::size_t n = 0; n < 8; ++n) {
    CHECK(exact::evaluate(q, p[n], Rational(1)) == 1);
    CHECK(exact::evaluate(q, p[n], Rational(0)) == (n % 2 == 0 ? 1 : -1));
  }
}

TEST_CASE("LegS: powers, steps and schemes", "[legs]") {
  CHECK(legs_power(4, Rational(1, 2)) ==
        Matrix<Rational>(4, 4,
                         {Rational(1, 2), 0, 0, 0, Rational(-3, 4), Rational(1, 4), 0, 0, 0, Rational(-5, 8),
                          Rational(1, 8), 0, Rational(7, 16), Rational(7, 16), Rational(-7, 16), Rational(1, 16)}));
  CHECK(legs_eigenvectors(4) == integers(4, {1, 0, 0, 0, -3, 3, 0, 0, 5, -15, 5, 0, -7, 42, -35, 7}));
  CHECK_THROWS_AS(legs_step(4, 0, 1), core::Error);
  CHECK_THROWS_AS(legs_step(4, 2, 1), core::Error);
  CHECK_THROWS_AS(legs_power(0, 1), core::Error);
  const std::vector<Rational> u{1, 2, -1, 3};
  CHECK(legs_scheme_run(LegsScheme::kExact, 5, u) == legendre_coefficients(piecewise_constant(u), 5));
  CHECK(legs_scheme_run(LegsScheme::kBilinearAsPrinted, 5, u) ==
        std::vector<Rational>{Rational(32, 21), Rational(22, 35), Rational(394, 231), Rational(304, 55),
                              Rational(7472, 1001)});
  CHECK(legs_scheme_run(LegsScheme::kBilinearAtEnd, 5, u) ==
        std::vector<Rational>{Rational(11, 9), Rational(8, 15), Rational(872, 693), Rational(1261, 495),
                              Rational(263, 91)});
  CHECK(legs_scheme_run(LegsScheme::kBilinearCorrected, 5, u) ==
        std::vector<Rational>{Rational(241, 189), Rational(181, 315), Rational(541, 297), Rational(6596, 1485),
                              Rational(2300, 429)});
  CHECK(legs_scheme_run(LegsScheme::kBilinearAsPrinted, 5, std::vector<Rational>(6, Rational(1))) ==
        std::vector<Rational>{Rational(827, 715), Rational(-207, 5005), Rational(-2383, 15015), Rational(163, 660),
                              Rational(-19203, 340340)});
  CHECK_THROWS_AS(legs_scheme_step(LegsScheme::kExact, 0, {1}, 1), core::Error);
  CHECK_THROWS_AS(legs_scheme_step(LegsScheme::kForwardEuler, 0, {1}, 1), core::Error);
  CHECK_THROWS_AS(legs_scheme_step(LegsScheme::kBackwardEuler, 0, {}, 1), core::Error);
  CHECK_THROWS_AS(legs_scheme_run(LegsScheme::kExact, 5, {}), core::Error);
}

TEST_CASE("a step that cannot be inverted is refused", "[discretise]") {
  CHECK_THROWS_AS(generalised_bilinear({integers(1, {2}), {1}}, Rational(1, 2), 1), core::Error);
  CHECK_THROWS_AS(bilinear({{0, 0, Rational(0)}, {}}, 1), core::Error);
}

TEST_CASE("a state of size 0 and a window that is none are refused", "[hippo]") {
  CHECK_THROWS_WITH(legt(0), Catch::Contains("size 0"));
  CHECK_THROWS_WITH(lmu(0), Catch::Contains("size 0"));
  CHECK_THROWS_WITH(legs(0), Catch::Contains("size 0"));
  CHECK_THROWS_WITH(lagt(0), Catch::Contains("size 0"));
  CHECK_THROWS_WITH(legt_form(0), Catch::Contains("size 0"));
  CHECK_THROWS_WITH(lmu_form(0), Catch::Contains("size 0"));
  CHECK_THROWS_WITH(legs_form(0), Catch::Contains("size 0"));
  CHECK_THROWS_WITH(lagt_form(0), Catch::Contains("size 0"));
  for (const exact::Rational& window : {exact::Rational(0), exact::Rational(-1, 2)}) {
    CHECK_THROWS_WITH(legt(3, window), Catch::Contains("has to be positive"));
    CHECK_THROWS_WITH(lmu(3, window), Catch::Contains("has to be positive"));
    CHECK_THROWS_WITH(legt_form(3, window), Catch::Contains("has to be positive"));
    CHECK_THROWS_WITH(fout(3, window, 1, 64), Catch::Contains("has to be positive"));
  }
  CHECK_THROWS_AS(laguerre_basis(3, -1), core::Error);
}

}  // namespace
}  // namespace eigenmata::ssm

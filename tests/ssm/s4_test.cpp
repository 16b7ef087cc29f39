// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/s4.hpp"
#include "eigenmata/ssm/transfer_function.hpp"

#include <catch2/catch.hpp>
#include <complex>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/complex_ball_matrix.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/native_field.hpp"
#include "eigenmata/ssm/s4_spectrum.hpp"
#include "eigenmata/ssm/s4d.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Rational;

const exact::RationalArithmetic kQ;

TEST_CASE("kernels of LegS for N = 2 and 3", "[s4]") {
  const auto two = bilinear(legs_form(2), 1);
  CHECK(two.a == Matrix<Rational>(2, 2, {Rational(1, 3), 0, -1, 0}));
  CHECK(two.b == std::vector<Rational>{Rational(2, 3), 1});
  CHECK(kernel(kQ, StateSpace<Rational>{two, {1, 1}}, 3) ==
        std::vector<Rational>{Rational(5, 3), Rational(-4, 9), Rational(-4, 27)});
  const auto three = bilinear(legs_form(3), Rational(1, 2));
  CHECK(three.a == Matrix<Rational>(3, 3,
                                    {Rational(3, 5), 0, 0, Rational(-4, 5), Rational(1, 3), 0, Rational(-4, 7),
                                     Rational(-20, 21), Rational(1, 7)}));
  CHECK(kernel(kQ, StateSpace<Rational>{three, {1, 1, 1}}, 5).back() ==
        Rational(exact::Integer("256636862"), exact::Integer("4254271875")));
  CHECK(power(two.a, 0) == exact::identity(kQ, 2));
  CHECK(power(two.a, 3) == exact::multiply(kQ, two.a, exact::multiply(kQ, two.a, two.a)));
  CHECK_THROWS_AS(legs_normal_form(0), core::Error);
  CHECK_THROWS_AS(woodbury_value(legs_normal_form(2), {1, 3}, {1, 1}, 1, -1), core::Error);
}

TEST_CASE("Cauchy sums agree in doubles, balls and over the rationals", "[s4]") {
  const std::size_t bits = 128;
  const exact::ComplexBallArithmetic k{bits};
  const std::vector<Rational> c{1, Rational(-2, 3), 3, Rational(1, 5), 2};
  std::vector<ComplexBall> row;
  for (const Rational& value : c) row.push_back(k.from_rational(value));
  const auto form = legs_cauchy_form(5, row, bits);
  CauchyForm<std::complex<double>> native;
  const auto convert = [](const std::vector<ComplexBall>& from) {
    std::vector<std::complex<double>> to;
    for (const auto& z : from) to.emplace_back(z.real().approximate_midpoint(), z.imaginary().approximate_midpoint());
    return to;
  };
  native.lambda = convert(form.lambda);
  native.b = convert(form.b);
  native.c = convert(form.c);
  native.p = convert(form.p);
  native.q = convert(form.q);
  for (const Rational& z : {Rational(1, 3), Rational(-1, 2), Rational(1)}) {
    const Rational exact_value = woodbury_value(legs_normal_form(5), legs_form(5).b, c, Rational(1, 4), z);
    const ComplexBall ball = cauchy_value(k, form, k.from_rational(8), k.from_rational(z));
    CHECK(ball.real().contains(exact_value));
    CHECK(ball.imaginary().contains(0));
    const auto value = cauchy_value(NativeField<std::complex<double>>(), native, {8.0}, {z.convert_to<double>()});
    CHECK(value.real() == Approx(exact_value.convert_to<double>()).epsilon(1e-12));
  }
}

TEST_CASE("the spectrum of LegS's normal part in closed form is what Arb encloses", "[s4]") {
  const std::size_t bits = 128;
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{12}}) {
    const exact::ComplexBallArithmetic k{bits};
    const auto form = legs_normal_form(size);
    exact::Matrix<ComplexBall> normal(size, size, ComplexBall());
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) normal(i, j) = k.from_rational(form.normal(i, j));
    }
    const auto eigen = exact::enclosed_eigensystem(normal, 256);
    REQUIRE(eigen);
    const auto closed = legs_cauchy_form(size, std::vector<ComplexBall>(size), bits);
    REQUIRE(closed.lambda.size() == size);
    for (const ComplexBall& lambda : closed.lambda) {
      std::size_t meets = 0;
      for (const ComplexBall& other : eigen->values) meets += lambda.overlaps(other) ? 1 : 0;
      CHECK(meets == 1);
    }
  }
  CHECK_THROWS_AS(legs_imaginary_parts_by_phase(0, 64), core::Error);
}

TEST_CASE("the skew part of LegS", "[s4]") {
  CHECK(exact::to_string(legs_skew_polynomial(5), "x") == "x^5+115/2*x^3+1689/16*x");
  CHECK(legs_imaginary_parts(1, 64).empty());
  const auto two = legs_imaginary_parts(2, 64);  // √3/2
  REQUIRE(two.size() == 1);
  CHECK(exact::multiply(two[0], two[0], 64).contains(Rational(3, 4)));
  CHECK_THROWS_AS(legs_skew_polynomial(0), core::Error);
  CHECK_THROWS_AS(s4d_eigenvalues(S4dSpectrum::kInverse, 3, 64), core::Error);
  CHECK_THROWS_AS(s4d_eigenvalues(S4dSpectrum::kLegs, 0, 64), core::Error);
  CHECK(s4d_eigenvalues(S4dSpectrum::kReal, 6, 64).at(2).real().contains(-3));
}

}  // namespace
}  // namespace eigenmata::ssm

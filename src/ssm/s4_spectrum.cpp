// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/s4_spectrum.hpp"

#include <acb.h>
#include <arb_fmpz_poly.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/s4.hpp"

namespace eigenmata::ssm {

using exact::Ball;
using exact::Rational;

exact::Polynomial<Rational> legs_skew_polynomial(std::size_t size) {
  auto skew = legs_normal_form(size).normal;
  for (std::size_t i = 0; i < size; ++i) skew(i, i) += Rational(1, 2);
  return exact::characteristic_polynomial(exact::RationalArithmetic(), skew);
}

std::vector<Ball> legs_imaginary_parts(std::size_t size, std::size_t bits) {
  // h(w) with x^{N mod 2} h(x²), at w = −v: its roots v = y² are positive.
  const auto p = legs_skew_polynomial(size);
  exact::Integer denominator = 1;
  for (const Rational& c : p.coefficients)
    denominator = lcm(denominator, exact::Integer(boost::multiprecision::denominator(c)));
  fmpz_poly_t poly;
  fmpz_poly_init(poly);
  fmpz_t coefficient;
  fmpz_init(coefficient);
  const std::size_t degree = size / 2;
  for (std::size_t i = 0; i <= degree; ++i) {
    const exact::Integer value =
        boost::multiprecision::numerator(Rational(p.coefficients[size % 2 + 2 * i] * Rational(denominator)));
    fmpz_set_mpz(coefficient, value.backend().data());
    if (i % 2 == 1) fmpz_neg(coefficient, coefficient);
    fmpz_poly_set_coeff_fmpz(poly, static_cast<slong>(i), coefficient);
  }
  acb_ptr roots = _acb_vec_init(static_cast<slong>(degree));
  arb_fmpz_poly_complex_roots(roots, poly, 0, static_cast<slong>(bits));
  std::vector<Ball> parts(degree);
  bool are_real = true;
  for (std::size_t i = 0; i < degree; ++i) {
    // Roots known to be real have imaginary part 0 exactly.
    are_real = are_real && arb_is_zero(acb_imagref(roots + i)) != 0 && arb_is_positive(acb_realref(roots + i)) != 0;
    arb_sqrt(parts[i].raw(), acb_realref(roots + i), static_cast<slong>(bits));
  }
  _acb_vec_clear(roots, static_cast<slong>(degree));
  fmpz_clear(coefficient);
  fmpz_poly_clear(poly);
  if (!are_real) throw std::logic_error("an eigenvalue of a skew matrix is not imaginary");
  std::sort(parts.begin(), parts.end(), [](const Ball& a, const Ball& b) { return arb_gt(a.raw(), b.raw()) != 0; });
  return parts;
}

namespace {

/// 2 Σ arctan(a_n t), t = 1/y: concave, rises from 0 to Nπ.
Ball phase(std::size_t size, const Ball& t, std::size_t bits) {
  Ball sum, term;
  for (std::size_t n = 0; n < size; ++n) {
    arb_mul_ui(term.raw(), t.raw(), 2 * n + 1, static_cast<slong>(bits));
    arb_mul_2exp_si(term.raw(), term.raw(), -1);
    arb_atan(term.raw(), term.raw(), static_cast<slong>(bits));
    arb_add(sum.raw(), sum.raw(), term.raw(), static_cast<slong>(bits));
  }
  arb_mul_2exp_si(sum.raw(), sum.raw(), 1);
  return sum;
}

/// In doubles, by Newton's method from the left, where a concave function is below its tangent: no step goes too far.
double rough_root(std::size_t size, double wanted) {
  double t = wanted / (static_cast<double>(size) * static_cast<double>(size));
  for (int step = 0; step < 200; ++step) {
    double value = -wanted, slope = 0;
    for (std::size_t n = 0; n < size; ++n) {
      const double a = static_cast<double>(n) + 0.5;
      value += 2 * std::atan(a * t);
      slope += 2 * a / (1 + a * a * t * t);
    }
    const double next = t - value / slope;
    if (!(std::abs(next - t) > 1e-15 * t)) break;
    t = next;
  }
  return t;
}

}  // namespace

std::vector<Ball> legs_imaginary_parts_by_phase(std::size_t size, std::size_t bits) {
  require_state(size);
  // Sums of N terms lose log₂ N bits, and the division by the slope a few more.
  const auto guard = static_cast<std::size_t>(std::log2(static_cast<double>(size))) + 16;
  const std::size_t working = bits + 2 * guard;
  const auto precision = static_cast<slong>(working);
  std::vector<Ball> parts;
  for (std::size_t j = 0; 2 * j + 1 < size; ++j) {
    const Ball wanted = exact::multiply(exact::pi(working), Ball(2 * j + 1, working), working);
    Ball t(Rational(rough_root(size, std::numbers::pi * static_cast<double>(2 * j + 1))), working);
    for (std::size_t right = 45; right < working; right *= 2) {
      Ball slope, term;  // Σ 2a/(1 + a² t²)
      for (std::size_t n = 0; n < size; ++n) {
        arb_mul_ui(term.raw(), t.raw(), 2 * n + 1, precision);
        arb_mul_2exp_si(term.raw(), term.raw(), -1);
        arb_sqr(term.raw(), term.raw(), precision);
        arb_add_ui(term.raw(), term.raw(), 1, precision);
        arb_ui_div(term.raw(), 2 * n + 1, term.raw(), precision);
        arb_add(slope.raw(), slope.raw(), term.raw(), precision);
      }
      const Ball defect = exact::subtract(phase(size, t, working), wanted, working);
      t = exact::subtract(t, exact::divide(defect, slope, working), working);
      arb_get_mid_arb(t.raw(), t.raw());
    }
    // Certified: the phase is below on one side and above on the other, and it rises.
    Ball width = t;
    arb_mul_2exp_si(width.raw(), width.raw(), -static_cast<slong>(bits + guard));
    const auto side = [&](const Ball& at) { return exact::subtract(phase(size, at, working), wanted, working).sign(); };
    if (side(exact::subtract(t, width, working)) != -1 || side(exact::add(t, width, working)) != 1) {
      throw core::LimitReached(core::LimitReached::Kind::kSize,
                               "balls of " + std::to_string(bits) + " bits do not separate the eigenvalues");
    }
    arb_add_error(t.raw(), width.raw());
    parts.push_back(exact::divide(Ball(1, bits), t, bits));
  }
  return parts;
}

std::vector<exact::ComplexBall> legs_skew_eigenvector(std::size_t size, const Ball& y, std::size_t bits) {
  const exact::ComplexBallArithmetic k{bits};
  std::vector<exact::ComplexBall> v;
  exact::ComplexBall w = k.one();
  for (std::size_t n = 0; n < size; ++n) {
    const Ball a(Rational(2 * n + 1, 2), bits);
    const exact::ComplexBall plus(a, y), minus(exact::subtract(Ball(), a, bits), y);
    const exact::ComplexBall root(exact::square_root(Ball(Rational(2 * n + 1), bits), bits));
    v.push_back(k.divide(k.multiply(root, w), k.add(plus, plus)));
    w = k.divide(k.multiply(w, minus), plus);
  }
  return v;
}

}  // namespace eigenmata::ssm

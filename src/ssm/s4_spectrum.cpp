// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/s4_spectrum.hpp"

#include <acb.h>
#include <arb_fmpz_poly.h>

#include <algorithm>
#include <stdexcept>

#include "eigenmata/exact/complex_ball.hpp"
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

}  // namespace eigenmata::ssm

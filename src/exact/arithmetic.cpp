// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/arithmetic.hpp"

#include <gmp.h>
#include <mpfr.h>

#include <stdexcept>

namespace eigenmata::exact {
namespace {

[[noreturn]] void division_by_zero() { throw std::domain_error("division by zero"); }

using MpfrOperation = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

/// Boost's operators would read and write its default precision, one variable for all threads.
Real rounded(MpfrOperation operation, const Real& a, const Real& b, unsigned digits) {
  Real result(0, digits);
  operation(result.backend().data(), a.backend().data(), b.backend().data(), MPFR_RNDN);
  return result;
}

bool is_integer(const Rational& x) {
  const mpz_srcptr denominator = mpq_denref(x.backend().data());
  return mpz_size(denominator) == 1 && mpz_getlimbn(denominator, 0) == 1;
}

mpz_ptr numerator_of(Rational& x) { return mpq_numref(x.backend().data()); }
mpz_srcptr numerator_of(const Rational& x) { return mpq_numref(x.backend().data()); }

}  // namespace

Rational RationalArithmetic::divide(const Rational& a, const Rational& b) const {
  if (b.is_zero()) division_by_zero();
  return a / b;
}

void RationalArithmetic::add_product(Rational& sum, const Rational& a, const Rational& b) const {
  if (is_integer(sum) && is_integer(a) && is_integer(b)) {
    mpz_addmul(numerator_of(sum), numerator_of(a), numerator_of(b));
  } else {
    sum += a * b;
  }
}

void RationalArithmetic::subtract_product(Rational& sum, const Rational& a, const Rational& b) const {
  if (is_integer(sum) && is_integer(a) && is_integer(b)) {
    mpz_submul(numerator_of(sum), numerator_of(a), numerator_of(b));
  } else {
    sum -= a * b;
  }
}

Real ApproximateRealArithmetic::add(const Real& a, const Real& b) const { return rounded(mpfr_add, a, b, digits); }

Real ApproximateRealArithmetic::subtract(const Real& a, const Real& b) const { return rounded(mpfr_sub, a, b, digits); }

Real ApproximateRealArithmetic::multiply(const Real& a, const Real& b) const { return rounded(mpfr_mul, a, b, digits); }

Real ApproximateRealArithmetic::divide(const Real& a, const Real& b) const {
  if (b.is_zero()) division_by_zero();
  return rounded(mpfr_div, a, b, digits);
}

std::optional<int> ApproximateRealArithmetic::sign(const Real& a) const {
  if (mpfr_nan_p(a.backend().data()) != 0) return std::nullopt;
  return a.sign();
}

Ball BallArithmetic::divide(const Ball& a, const Ball& b) const {
  if (b.sign() == 0) division_by_zero();
  return exact::divide(a, b, bits);
}

}  // namespace eigenmata::exact

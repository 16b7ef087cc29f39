// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/arithmetic.hpp"

#include <stdexcept>

namespace eigenmata::exact {
namespace {

[[noreturn]] void division_by_zero() { throw std::domain_error("division by zero"); }

}  // namespace

Rational RationalArithmetic::divide(const Rational& a, const Rational& b) const {
  if (b.is_zero()) division_by_zero();
  return a / b;
}

Real ApproximateRealArithmetic::divide(const Real& a, const Real& b) const {
  if (b.is_zero()) division_by_zero();
  return a / b;
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

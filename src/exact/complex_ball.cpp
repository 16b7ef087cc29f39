// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/complex_ball.hpp"

#include "eigenmata/exact/arithmetic.hpp"
#include "flint_convert.hpp"

namespace eigenmata::exact {

static_assert(Field<ComplexBallArithmetic>);

Ball ComplexBall::real() const {
  Ball result;
  acb_get_real(result.raw(), ball_);
  return result;
}

Ball ComplexBall::imaginary() const {
  Ball result;
  acb_get_imag(result.raw(), ball_);
  return result;
}

Ball ComplexBall::modulus(std::size_t bits) const {
  Ball result;
  acb_abs(result.raw(), ball_, static_cast<slong>(bits));
  return result;
}

ComplexBall ComplexBall::conjugate() const {
  ComplexBall result;
  acb_conj(result.raw(), ball_);
  return result;
}

std::string ComplexBall::to_string(std::size_t digits) const {
  return real().to_string(digits) + " + " + imaginary().to_string(digits) + "*i";
}

ComplexBall ComplexBallArithmetic::add(const ComplexBall& a, const ComplexBall& b) const {
  ComplexBall result;
  acb_add(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

ComplexBall ComplexBallArithmetic::subtract(const ComplexBall& a, const ComplexBall& b) const {
  ComplexBall result;
  acb_sub(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

ComplexBall ComplexBallArithmetic::multiply(const ComplexBall& a, const ComplexBall& b) const {
  ComplexBall result;
  acb_mul(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

ComplexBall ComplexBallArithmetic::divide(const ComplexBall& a, const ComplexBall& b) const {
  if (is_zero(b)) throw std::domain_error("division by zero");
  ComplexBall result;
  acb_div(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

std::optional<int> ComplexBallArithmetic::sign(const ComplexBall& a) const {
  if (acb_is_real(a.raw()) == 0) return std::nullopt;
  return a.real().sign();
}

ComplexBall exponential(const ComplexBall& a, std::size_t bits) {
  ComplexBall result;
  acb_exp(result.raw(), a.raw(), static_cast<slong>(bits));
  return result;
}

ComplexBall root_of_unity(const Rational& a, std::size_t bits) {
  const flint::Fmpq doubled(a * 2);
  arb_t sine, cosine;
  arb_init(sine);
  arb_init(cosine);
  arb_sin_cos_pi_fmpq(sine, cosine, doubled.value, static_cast<slong>(bits));
  ComplexBall result;
  acb_set_arb_arb(result.raw(), cosine, sine);
  arb_clear(sine);
  arb_clear(cosine);
  return result;
}

}  // namespace eigenmata::exact

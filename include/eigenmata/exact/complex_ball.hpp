// SPDX-License-Identifier: Apache-2.0
//
// Complex balls: a rectangle given by a ball for the real and one for the imaginary part (Arb's acb [Johansson2017]).
// Every operation returns a rectangle that contains all results for all points of its operands.
#pragma once

#include <acb.h>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

#include "eigenmata/exact/ball.hpp"

namespace eigenmata::exact {

class ComplexBall {
 public:
  ComplexBall() { acb_init(ball_); }
  explicit ComplexBall(const Ball& real, const Ball& imaginary = {}) {
    acb_init(ball_);
    acb_set_arb_arb(ball_, real.raw(), imaginary.raw());
  }
  ComplexBall(const ComplexBall& other) {
    acb_init(ball_);
    acb_set(ball_, other.ball_);
  }
  ComplexBall(ComplexBall&& other) noexcept {
    acb_init(ball_);
    acb_swap(ball_, other.ball_);
  }
  ComplexBall& operator=(const ComplexBall& other) {
    acb_set(ball_, other.ball_);
    return *this;
  }
  ComplexBall& operator=(ComplexBall&& other) noexcept {
    acb_swap(ball_, other.ball_);
    return *this;
  }
  ~ComplexBall() { acb_clear(ball_); }

  [[nodiscard]] Ball real() const;
  [[nodiscard]] Ball imaginary() const;
  /// |z|.
  [[nodiscard]] Ball modulus(std::size_t bits) const;
  [[nodiscard]] ComplexBall conjugate() const;
  [[nodiscard]] bool contains_zero() const { return acb_contains_zero(ball_) != 0; }
  [[nodiscard]] bool overlaps(const ComplexBall& other) const { return acb_overlaps(ball_, other.ball_) != 0; }
  [[nodiscard]] bool is_finite() const { return acb_is_finite(ball_) != 0; }
  /// "[0.5 +/- 1e-40] + [0.25 +/- 2e-41]*i" with `digits` digits.
  [[nodiscard]] std::string to_string(std::size_t digits = 15) const;

  [[nodiscard]] acb_ptr raw() { return ball_; }
  [[nodiscard]] acb_srcptr raw() const { return ball_; }

 private:
  acb_t ball_;
};

/// Complex balls of a fixed number of bits.
struct ComplexBallArithmetic {
  using Scalar = ComplexBall;
  static constexpr bool kExact = false;
  std::size_t bits = 128;

  [[nodiscard]] ComplexBall zero() const { return {}; }
  [[nodiscard]] ComplexBall one() const { return ComplexBall(Ball(1, bits)); }
  [[nodiscard]] ComplexBall from_rational(const Rational& a) const { return ComplexBall(Ball(a, bits)); }
  [[nodiscard]] ComplexBall add(const ComplexBall& a, const ComplexBall& b) const;
  [[nodiscard]] ComplexBall subtract(const ComplexBall& a, const ComplexBall& b) const;
  [[nodiscard]] ComplexBall multiply(const ComplexBall& a, const ComplexBall& b) const;
  /// Throws `std::domain_error` for a divisor that is exactly zero; one that only contains 0 gives what is not finite.
  [[nodiscard]] ComplexBall divide(const ComplexBall& a, const ComplexBall& b) const;
  /// Certainly zero.
  [[nodiscard]] bool is_zero(const ComplexBall& a) const { return acb_is_zero(a.raw()) != 0; }
  /// Nothing unless the number is known to be real and of one sign.
  [[nodiscard]] std::optional<int> sign(const ComplexBall& a) const;
  [[nodiscard]] std::string format(const ComplexBall& a) const { return a.to_string(); }
};

[[nodiscard]] ComplexBall exponential(const ComplexBall& a, std::size_t bits);
/// exp(2πi·a).
[[nodiscard]] ComplexBall root_of_unity(const Rational& a, std::size_t bits);

}  // namespace eigenmata::exact

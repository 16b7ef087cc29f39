// SPDX-License-Identifier: Apache-2.0
//
// Real balls: a midpoint and a radius that together enclose the exact value (Arb [Johansson2017]). Every operation
// returns a ball that contains all results for all points of its operands.
#pragma once

#include <arb.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact {

class Ball {
 public:
  Ball() { arb_init(ball_); }
  /// Encloses a rational, with `bits` ≥ 2 bits of precision.
  Ball(const Rational& value, std::size_t bits);
  Ball(const Ball& other) {
    arb_init(ball_);
    arb_set(ball_, other.ball_);
  }
  Ball(Ball&& other) noexcept {
    arb_init(ball_);
    arb_swap(ball_, other.ball_);
  }
  Ball& operator=(const Ball& other) {
    arb_set(ball_, other.ball_);
    return *this;
  }
  Ball& operator=(Ball&& other) noexcept {
    arb_swap(ball_, other.ball_);
    return *this;
  }
  ~Ball() { arb_clear(ball_); }

  [[nodiscard]] bool contains(const Rational& value) const;
  [[nodiscard]] bool overlaps(const Ball& other) const { return arb_overlaps(ball_, other.ball_) != 0; }
  [[nodiscard]] bool is_finite() const { return arb_is_finite(ball_) != 0; }
  /// −1, 0 or 1 if every point of the ball has that sign; nothing if the ball does not decide it.
  [[nodiscard]] std::optional<int> sign() const;
  /// Radius at most 2^−bits.
  [[nodiscard]] bool is_narrower_than(long bits) const;
  /// Multiples of 2^−bits that enclose the ball, which has to be finite.
  [[nodiscard]] std::pair<Rational, Rational> dyadic_ends(std::size_t bits) const;
  /// The midpoint, rounded to double.
  [[nodiscard]] double approximate_midpoint() const;
  /// "[0.333333 +/- 4.5e-7]" with `digits` digits.
  [[nodiscard]] std::string to_string(std::size_t digits = 15) const;

  [[nodiscard]] arb_ptr raw() { return ball_; }
  [[nodiscard]] arb_srcptr raw() const { return ball_; }

 private:
  arb_t ball_;
};

/// Operations at a precision of `bits`. Dividing by a ball that contains 0 gives a ball that is not finite.
[[nodiscard]] Ball add(const Ball& a, const Ball& b, std::size_t bits);
[[nodiscard]] Ball subtract(const Ball& a, const Ball& b, std::size_t bits);
[[nodiscard]] Ball multiply(const Ball& a, const Ball& b, std::size_t bits);
[[nodiscard]] Ball divide(const Ball& a, const Ball& b, std::size_t bits);
[[nodiscard]] Ball square_root(const Ball& a, std::size_t bits);

}  // namespace eigenmata::exact

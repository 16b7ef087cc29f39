// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/ball.hpp"

#include "flint_convert.hpp"

namespace eigenmata::exact {

Ball::Ball(const Rational& value, std::size_t bits) {
  arb_init(ball_);
  const flint::Fmpq q(value);
  arb_set_fmpq(ball_, q.value, static_cast<slong>(bits));
}

bool Ball::contains(const Rational& value) const {
  const flint::Fmpq q(value);
  return arb_contains_fmpq(ball_, q.value) != 0;
}

std::optional<int> Ball::sign() const {
  if (arb_is_zero(ball_) != 0) return 0;
  if (arb_is_positive(ball_) != 0) return 1;
  if (arb_is_negative(ball_) != 0) return -1;
  return std::nullopt;
}

bool Ball::is_narrower_than(long bits) const { return is_finite() && mag_cmp_2exp_si(arb_radref(ball_), -bits) <= 0; }

double Ball::approximate_midpoint() const { return arf_get_d(arb_midref(ball_), ARF_RND_NEAR); }

std::string Ball::to_string(std::size_t digits) const {
  char* raw = arb_get_str(ball_, static_cast<slong>(digits), 0);
  std::string text = raw;
  flint_free(raw);
  return text;
}

std::pair<Rational, Rational> Ball::dyadic_ends(std::size_t bits) const {
  arf_t low, high;
  arf_init(low);
  arf_init(high);
  arb_get_interval_arf(low, high, ball_, static_cast<slong>(bits + 64));
  flint::Fmpz scaled;
  const auto rounded = [&](arf_t end, arf_rnd_t direction) {
    arf_mul_2exp_si(end, end, static_cast<slong>(bits));
    arf_get_fmpz(scaled.value, end, direction);
    return Rational(flint::to_integer(scaled.value)) / Rational(Integer(1) << bits);
  };
  std::pair<Rational, Rational> result{rounded(low, ARF_RND_FLOOR), rounded(high, ARF_RND_CEIL)};
  arf_clear(low);
  arf_clear(high);
  return result;
}

Ball add(const Ball& a, const Ball& b, std::size_t bits) {
  Ball result;
  arb_add(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

Ball subtract(const Ball& a, const Ball& b, std::size_t bits) {
  Ball result;
  arb_sub(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

Ball multiply(const Ball& a, const Ball& b, std::size_t bits) {
  Ball result;
  arb_mul(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

Ball divide(const Ball& a, const Ball& b, std::size_t bits) {
  Ball result;
  arb_div(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

Ball square_root(const Ball& a, std::size_t bits) {
  Ball result;
  arb_sqrt(result.raw(), a.raw(), static_cast<slong>(bits));
  return result;
}

}  // namespace eigenmata::exact

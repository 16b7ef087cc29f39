// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/stability.hpp"

#include <algorithm>
#include <optional>

#include "eigenmata/core/error.hpp"

namespace eigenmata::exact {
namespace {

const RationalArithmetic kQ;

void require_zeros_that_can_be_counted(const Polynomial<Rational>& p) {
  if (p.is_zero()) throw core::Error("every number is a zero of the zero polynomial: its stability is no question");
}

}  // namespace

std::vector<Rational> routh_column(const Polynomial<Rational>& p) {
  require_zeros_that_can_be_counted(p);
  std::vector<Rational> above, row;  // coefficients of every other power, from the highest down
  for (std::size_t i = 0; i <= p.degree(); ++i) (i % 2 == 0 ? above : row).push_back(p.coefficients[p.degree() - i]);
  std::vector<Rational> column{above[0]};
  while (!row.empty()) {
    column.push_back(row[0]);
    if (row[0].is_zero()) break;
    const Rational factor = above[0] / row[0];
    std::vector<Rational> next;
    for (std::size_t i = 1; i < above.size(); ++i) {
      next.push_back(above[i]);
      if (i < row.size()) kQ.subtract_product(next.back(), factor, row[i]);
    }
    above = std::move(row);
    row = std::move(next);
  }
  return column;
}

bool zeros_in_left_half_plane(const Polynomial<Rational>& p) {
  const std::vector<Rational> column = routh_column(p);
  return std::all_of(column.begin(), column.end(), [&](const Rational& a) { return a.sign() == column[0].sign(); });
}

std::vector<Rational> reflection_coefficients(const Polynomial<Rational>& p) {
  require_zeros_that_can_be_counted(p);
  std::vector<Rational> monic;
  for (const Rational& c : p.coefficients) monic.push_back(c / p.coefficients.back());
  std::vector<Rational> reflections;
  while (monic.size() > 1) {
    const Rational k = monic[0];
    reflections.push_back(k);
    if (k >= 1 || k <= -1) break;
    const Rational scale = 1 / (1 - k * k);
    std::vector<Rational> next;
    for (std::size_t i = 1; i < monic.size(); ++i) next.push_back(scale * (monic[i] - k * monic[monic.size() - 1 - i]));
    monic = std::move(next);
  }
  return reflections;
}

namespace {

/// The recursion in balls: nothing if one of them does not decide whether |k| < 1.
std::optional<bool> zeros_in_unit_disc_by_balls(const Polynomial<Rational>& p, std::size_t bits) {
  const BallArithmetic k{bits};
  std::vector<Ball> monic;
  for (const Rational& c : p.coefficients) monic.push_back(k.from_rational(c / p.coefficients.back()));
  while (monic.size() > 1) {
    const Ball rest = k.subtract(k.one(), k.multiply(monic[0], monic[0]));
    const std::optional<int> sign = rest.sign();
    if (!sign || *sign == 0) return std::nullopt;
    if (*sign < 0) return false;
    std::vector<Ball> next;
    for (std::size_t i = 1; i < monic.size(); ++i)
      next.push_back(k.divide(k.subtract(monic[i], k.multiply(monic[0], monic[monic.size() - 1 - i])), rest));
    monic = std::move(next);
  }
  return true;
}

}  // namespace

bool zeros_in_unit_disc(const Polynomial<Rational>& p) {
  require_zeros_that_can_be_counted(p);
  // Fractions grow to as many digits as the degree is high; most of the time far fewer decide.
  if (const std::optional<bool> answer = zeros_in_unit_disc_by_balls(p, 256)) return *answer;
  const std::vector<Rational> k = reflection_coefficients(p);
  return k.size() == p.degree() && (k.empty() || (k.back() < 1 && k.back() > -1));
}

Polynomial<Rational> with_scaled_argument(const Polynomial<Rational>& p, const Rational& factor) {
  std::vector<Rational> scaled;
  Rational power = 1;
  for (const Rational& c : p.coefficients) {
    scaled.push_back(c * power);
    power *= factor;
  }
  return make_polynomial(kQ, std::move(scaled));
}

std::pair<Rational, Rational> largest_modulus(const Polynomial<Rational>& p, const Rational& width) {
  require_zeros_that_can_be_counted(p);
  const auto all_below = [&](const Integer& steps) {
    return zeros_in_unit_disc(with_scaled_argument(p, width * Rational(steps)));
  };
  Integer low = 0, high = 1;
  while (!all_below(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const Integer middle = (low + high) / 2;
    (all_below(middle) ? high : low) = middle;
  }
  return {width * Rational(low), width * Rational(high)};
}

}  // namespace eigenmata::exact

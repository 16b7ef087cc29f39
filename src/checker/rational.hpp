// SPDX-License-Identifier: Apache-2.0
//
// Rational numbers of any size, cheap when they are small.
//
// A number is *small* if numerator and denominator are below 2^31 in magnitude; then products of two of them
// fit 63 bits and no operation below can overflow before it is reduced. All others are GMP rationals. Which
// of the two forms a number has is decided by its value alone, so equal numbers have equal forms.
#pragma once

#include <gmpxx.h>

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace eigenmata::checker {

class Rational {
 public:
  /// Zero.
  Rational() = default;
  explicit Rational(std::int32_t value);
  explicit Rational(mpq_class value);

  Rational(const Rational& other);
  Rational(Rational&& other) noexcept = default;
  Rational& operator=(const Rational& other);
  Rational& operator=(Rational&& other) noexcept = default;
  ~Rational() = default;

  /// Reads the canonical form `42` or `-63/625`: lowest terms, denominator above 1, no leading zeros, no sign
  /// but
  /// `-`, at most kMaxDigits digits above and below the bar. Nothing if the text is anything else.
  static std::optional<Rational> parse(std::string_view text);

  [[nodiscard]] bool is_zero() const { return !big_ && numerator_ == 0; }
  [[nodiscard]] mpq_class value() const;
  /// The canonical form; of a number with very many digits only how many.
  [[nodiscard]] std::string shown() const;

  Rational& operator+=(const Rational& other);
  Rational& operator-=(const Rational& other);
  Rational& operator*=(const Rational& other);
  /// Needs other ≠ 0.
  Rational& operator/=(const Rational& other);

  friend Rational operator+(Rational a, const Rational& b) { return a += b; }
  friend Rational operator-(Rational a, const Rational& b) { return a -= b; }
  friend Rational operator*(Rational a, const Rational& b) { return a *= b; }
  friend Rational operator/(Rational a, const Rational& b) { return a /= b; }

  friend bool operator==(const Rational& a, const Rational& b);
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

 private:
  /// Sets n/d, d > 0, after reduction.
  void set_quotient(std::int64_t n, std::int64_t d);
  void set_big(mpq_class value);

  std::int32_t numerator_ = 0;
  std::int32_t denominator_ = 1;
  std::unique_ptr<mpq_class> big_;
};

/// Reads `[a,b]`, two canonical numbers with a ≤ b and no blanks.
std::optional<std::pair<Rational, Rational>> parse_interval(std::string_view text);

}  // namespace eigenmata::checker

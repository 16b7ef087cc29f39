// SPDX-License-Identifier: Apache-2.0
#include "checker/rational.hpp"

#include <cstdlib>
#include <limits>
#include <numeric>
#include <utility>

#include "checker/limits.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

constexpr std::int32_t kSmall = std::numeric_limits<std::int32_t>::max();

bool is_small(std::int64_t n) { return n <= kSmall && n >= -kSmall; }

static_assert(std::numeric_limits<long>::max() >= std::numeric_limits<std::int64_t>::max(),
              "GMP takes machine integers as long, which must hold 64 bits");

/// Digits only, no leading zero, at least one and not too many.
bool is_natural(std::string_view text) {
  if (text.empty() || text.size() > kMaxDigits || (text.size() > 1 && text[0] == '0')) return false;
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::int32_t small_natural(std::string_view digits) {
  std::int32_t value = 0;
  for (const char digit : digits) value = 10 * value + (digit - '0');
  return value;
}

}  // namespace

Rational::Rational(std::int32_t value) { set_quotient(value, 1); }

Rational::Rational(mpq_class value) { set_big(std::move(value)); }

Rational::Rational(const Rational& other)
    : numerator_(other.numerator_),
      denominator_(other.denominator_),
      big_(other.big_ ? std::make_unique<mpq_class>(*other.big_) : nullptr) {}

Rational& Rational::operator=(const Rational& other) {
  if (this != &other) *this = Rational(other);
  return *this;
}

std::optional<Rational> Rational::parse(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  const std::string_view magnitude = text.substr(negative ? 1 : 0);
  const std::size_t bar = magnitude.find('/');
  const bool fraction = bar != std::string_view::npos;
  const std::string_view above = magnitude.substr(0, bar);
  const std::string_view below = fraction ? magnitude.substr(bar + 1) : std::string_view("1");
  if (!is_natural(above) || !is_natural(below)) return std::nullopt;
  if (negative && above == "0") return std::nullopt;
  if (fraction && (below == "0" || below == "1")) return std::nullopt;

  constexpr std::size_t kSafeDigits = 9;
  if (above.size() <= kSafeDigits && below.size() <= kSafeDigits) {
    const std::int32_t n = small_natural(above);
    const std::int32_t d = small_natural(below);
    if (std::gcd(n, d) != 1) return std::nullopt;
    Rational result;
    result.numerator_ = negative ? -n : n;
    result.denominator_ = d;
    return result;
  }
  mpq_class value(mpz_class(std::string(above), 10), mpz_class(std::string(below), 10));
  if (gcd(value.get_num(), value.get_den()) != 1) return std::nullopt;
  if (negative) value = -value;
  return Rational(std::move(value));
}

mpq_class Rational::value() const {
  if (big_) return *big_;
  return mpq_class(static_cast<long>(numerator_), static_cast<unsigned long>(denominator_));
}

std::string Rational::shown() const {
  constexpr std::size_t kShown = 80;
  const mpq_class number = value();
  const std::size_t digits = mpz_sizeinbase(number.get_num_mpz_t(), 10) + mpz_sizeinbase(number.get_den_mpz_t(), 10);
  if (digits <= kShown) return number.get_str();
  return std::string("(a ") + (number < 0 ? "negative" : "positive") + " number of about " + std::to_string(digits) +
         " digits)";
}

void Rational::set_quotient(std::int64_t n, std::int64_t d) {
  if (d != 1) {
    const std::int64_t common = std::gcd(n, d);
    n /= common;
    d /= common;
  }
  if (!is_small(n) || !is_small(d)) {
    set_big(mpq_class(mpz_class(static_cast<long>(n)), mpz_class(static_cast<long>(d))));
    return;
  }
  numerator_ = static_cast<std::int32_t>(n);
  denominator_ = static_cast<std::int32_t>(d);
  big_.reset();
}

void Rational::set_big(mpq_class value) {
  const mpz_class& n = value.get_num();
  const mpz_class& d = value.get_den();
  if (mpz_cmpabs_ui(n.get_mpz_t(), kSmall) <= 0 && mpz_cmpabs_ui(d.get_mpz_t(), kSmall) <= 0) {
    numerator_ = static_cast<std::int32_t>(n.get_si());
    denominator_ = static_cast<std::int32_t>(d.get_si());
    big_.reset();
    return;
  }
  numerator_ = 0;
  denominator_ = 1;
  big_ = std::make_unique<mpq_class>(std::move(value));
}

Rational& Rational::operator+=(const Rational& other) {
  if (big_ || other.big_) {
    set_big(value() + other.value());
  } else {
    const std::int64_t n1 = numerator_, d1 = denominator_, n2 = other.numerator_, d2 = other.denominator_;
    set_quotient(n1 * d2 + n2 * d1, d1 * d2);
  }
  return *this;
}

Rational& Rational::operator-=(const Rational& other) {
  if (big_ || other.big_) {
    set_big(value() - other.value());
  } else {
    const std::int64_t n1 = numerator_, d1 = denominator_, n2 = other.numerator_, d2 = other.denominator_;
    set_quotient(n1 * d2 - n2 * d1, d1 * d2);
  }
  return *this;
}

Rational& Rational::operator*=(const Rational& other) {
  if (big_ || other.big_) {
    set_big(value() * other.value());
  } else {
    const std::int64_t n1 = numerator_, d1 = denominator_, n2 = other.numerator_, d2 = other.denominator_;
    set_quotient(n1 * n2, d1 * d2);
  }
  return *this;
}

Rational& Rational::operator/=(const Rational& other) {
  if (big_ || other.big_) {
    set_big(value() / other.value());
  } else {
    const std::int64_t n1 = numerator_, d1 = denominator_, n2 = other.numerator_, d2 = other.denominator_;
    set_quotient(n2 < 0 ? -n1 * d2 : n1 * d2, d1 * std::abs(n2));
  }
  return *this;
}

bool operator==(const Rational& a, const Rational& b) {
  if (a.big_ || b.big_) return a.big_ && b.big_ && *a.big_ == *b.big_;
  return a.numerator_ == b.numerator_ && a.denominator_ == b.denominator_;
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  if (a.big_ || b.big_) return cmp(a.value(), b.value()) <=> 0;
  const std::int64_t n1 = a.numerator_, d1 = a.denominator_, n2 = b.numerator_, d2 = b.denominator_;
  return n1 * d2 <=> n2 * d1;
}

std::optional<std::pair<Rational, Rational>> parse_interval(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (text.size() < 2 || text.front() != '[' || text.back() != ']' || comma == std::string_view::npos) {
    return std::nullopt;
  }
  std::optional<Rational> low = Rational::parse(text.substr(1, comma - 1));
  std::optional<Rational> high = Rational::parse(text.substr(comma + 1, text.size() - comma - 2));
  if (!low || !high || *low > *high) return std::nullopt;
  return std::pair(*std::move(low), *std::move(high));
}

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
#include "checker/number.hpp"

#include <numeric>
#include <utility>

namespace eigenmata::checker {

Number::Number(const Number& other)
    : rational_(other.rational_), other_(other.other_ ? std::make_unique<Irrational>(*other.other_) : nullptr) {}

Number& Number::operator=(const Number& other) {
  if (this != &other) *this = Number(other);
  return *this;
}

std::optional<Number> Number::parse(std::string_view text, const FieldPointer& field) {
  if (std::optional<Rational> rational = Rational::parse(text)) return Number(*std::move(rational));
  if (!field) return std::nullopt;
  std::optional<Residue> residue = field->parse(text);
  if (!residue || residue->numerators.size() < 2) return std::nullopt;
  if (!field->is_cyclotomic()) (void)field->sign(*residue);  // shows that it is not 0
  Number result;
  result.set(field, *std::move(residue));
  return result;
}

std::string Number::shown() const { return other_ ? other_->field->shown(other_->residue) : rational_.shown(); }

Residue Number::residue() const {
  if (other_) return other_->residue;
  if (rational_.is_zero()) return {};
  const mpq_class value = rational_.value();
  return {{value.get_num()}, value.get_den()};
}

bool Number::is_root_of_unity(std::uint32_t p, std::uint32_t q) const {
  if (!other_) return (p == 0 && *this == Number(1)) || (2ULL * p == q && *this == Number(-1));
  const std::uint64_t m = other_->field->order();
  if (m == 0) return false;
  const std::uint32_t common = std::gcd(p, q);
  p /= common;
  q /= common;
  // e(p/q) is a power of e(1/2m), the number of which is even, or m less for e(p/q + 1/2) = −e(p/q) with m odd.
  if (2 * m % q != 0) return false;
  std::uint64_t twice = p * (2 * m / q) % (2 * m);
  bool is_negative = false;
  if (twice % 2 != 0) {
    if (m % 2 == 0) return false;
    twice = (twice + m) % (2 * m);
    is_negative = true;
  }
  Number generator;
  generator.set(other_->field, {{0, 1}, 1});
  Number power(is_negative ? -1 : 1);
  for (std::uint64_t i = 0; i < twice / 2; ++i) power *= generator;
  return power == *this;
}

void Number::set(const FieldPointer& field, Residue value) {
  if (value.numerators.size() > 1) {
    rational_ = Rational();
    if (other_) {
      other_->residue = std::move(value);
    } else {
      other_ = std::make_unique<Irrational>(Irrational{field, std::move(value)});
    }
    return;
  }
  rational_ = value.numerators.empty() ? Rational() : Rational(mpq_class(value.numerators[0], value.denominator));
  other_.reset();
}

void Number::add(const Number& other, int sign) {
  const FieldPointer field = field_with(other);
  const Residue a = residue();
  const Residue b = other.residue();
  Residue sum;
  sum.denominator = lcm(a.denominator, b.denominator);
  const mpz_class a_scale = sum.denominator / a.denominator;
  const mpz_class b_scale = sum.denominator / b.denominator * sign;
  sum.numerators.resize(std::max(a.numerators.size(), b.numerators.size()));
  for (std::size_t i = 0; i < a.numerators.size(); ++i) sum.numerators[i] = a.numerators[i] * a_scale;
  for (std::size_t i = 0; i < b.numerators.size(); ++i) sum.numerators[i] += b.numerators[i] * b_scale;
  reduce(sum);
  set(field, std::move(sum));
}

Number& Number::operator+=(const Number& other) {
  if (other_ || other.other_) {
    add(other, 1);
  } else {
    rational_ += other.rational_;
  }
  return *this;
}

Number& Number::operator-=(const Number& other) {
  if (other_ || other.other_) {
    add(other, -1);
  } else {
    rational_ -= other.rational_;
  }
  return *this;
}

Number& Number::operator*=(const Number& other) {
  if (other_ || other.other_) {
    const FieldPointer field = field_with(other);
    set(field, field->multiply(residue(), other.residue()));
  } else {
    rational_ *= other.rational_;
  }
  return *this;
}

Number& Number::operator/=(const Number& other) {
  if (other_ || other.other_) {
    const FieldPointer field = field_with(other);
    set(field, field->multiply(residue(), field->inverse(other.residue())));
  } else {
    rational_ /= other.rational_;
  }
  return *this;
}

bool Number::is_real() const {
  if (!other_ || !other_->field->is_cyclotomic()) return true;
  return other_->field->conjugate(other_->residue) == other_->residue;
}

std::optional<bool> Number::is_in_unit_disc() const {
  if (!other_ || !other_->field->is_cyclotomic()) return Number(-1) <= *this && *this <= Number(1);
  Number square;
  square.set(other_->field, other_->field->multiply(other_->residue, other_->field->conjugate(other_->residue)));
  if (!square.is_rational()) return std::nullopt;
  return square <= Number(1);
}

std::strong_ordering Number::listed_order(const Number& a, const Number& b) {
  const bool has_order =
      (!a.other_ || !a.other_->field->is_cyclotomic()) && (!b.other_ || !b.other_->field->is_cyclotomic());
  if (has_order) return a <=> b;
  const Residue x = a.residue();
  const Residue y = b.residue();
  if (const auto sizes = x.numerators.size() <=> y.numerators.size(); sizes != 0) return sizes;
  if (const int order = cmp(x.denominator, y.denominator); order != 0) return order <=> 0;
  for (std::size_t i = 0; i < x.numerators.size(); ++i) {
    if (const int order = cmp(x.numerators[i], y.numerators[i]); order != 0) return order <=> 0;
  }
  return std::strong_ordering::equal;
}

bool operator==(const Number& a, const Number& b) {
  if (a.other_ || b.other_) return a.other_ && b.other_ && a.other_->residue == b.other_->residue;
  return a.rational_ == b.rational_;
}

std::strong_ordering operator<=>(const Number& a, const Number& b) {
  if (!a.other_ && !b.other_) return a.rational_ <=> b.rational_;
  if (a == b) return std::strong_ordering::equal;
  const Number difference = a - b;
  if (!difference.other_) return difference.rational_ <=> Rational();
  return difference.other_->field->sign(difference.other_->residue) <=> 0;
}

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// The numbers of a network: rational, or of its number field.
//
// A number that is rational is held as a rational, whatever the field; so a number has one form, and certificates over
// ℚ cost what they would without fields. Numbers of different fields must not meet, except to be compared for
// equality by readers that have compared the fields.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "checker/number_field.hpp"
#include "checker/rational.hpp"

namespace eigenmata::checker {

class Number {
 public:
  /// Zero.
  Number() = default;
  explicit Number(std::int32_t value) : rational_(value) {}
  Number(Rational value) noexcept
      : rational_(std::move(value)) {}  // NOLINT(google-explicit-constructor): a rational is one
  Number(const Number& other);
  Number(Number&& other) noexcept = default;
  Number& operator=(const Number& other);
  Number& operator=(Number&& other) noexcept = default;
  ~Number() = default;

  /// Reads a rational, or if there is a field one of its numbers, in canonical form. Nothing if the text is anything
  /// else. Throws ReducibleField for a number that is 0, or may be, without being written as 0.
  static std::optional<Number> parse(std::string_view text, const FieldPointer& field);

  [[nodiscard]] bool is_zero() const { return !other_ && rational_.is_zero(); }
  [[nodiscard]] bool is_rational() const { return !other_; }
  /// Needs a rational number.
  [[nodiscard]] mpq_class value() const { return rational_.value(); }
  /// The canonical form; of a number with very many digits only part of it.
  [[nodiscard]] std::string shown() const;

  Number& operator+=(const Number& other);
  Number& operator-=(const Number& other);
  Number& operator*=(const Number& other);
  /// Needs other ≠ 0. Throws ReducibleField.
  Number& operator/=(const Number& other);

  friend Number operator+(Number a, const Number& b) { return a += b; }
  friend Number operator-(Number a, const Number& b) { return a -= b; }
  friend Number operator*(Number a, const Number& b) { return a *= b; }
  friend Number operator/(Number a, const Number& b) { return a /= b; }

  /// Is it its own conjugate?
  [[nodiscard]] bool is_real() const;
  /// Is |a| ≤ 1? Nothing if it is not decided: of cyclotomic numbers it is for those with rational |a|².
  [[nodiscard]] std::optional<bool> is_in_unit_disc() const;
  /// Is it e(p/q) = exp(2πi p/q)? Needs 0 ≤ p < q. Numbers of fields that are not cyclotomic are none but 1 and −1.
  [[nodiscard]] bool is_root_of_unity(std::uint32_t p, std::uint32_t q) const;
  /// Some total order, the same for the same numbers; of real numbers their order.
  static std::strong_ordering listed_order(const Number& a, const Number& b);

  friend bool operator==(const Number& a, const Number& b);
  /// The order of the real numbers. Throws ReducibleField; Unordered for cyclotomic numbers whose difference is not
  /// rational.
  friend std::strong_ordering operator<=>(const Number& a, const Number& b);

 private:
  /// A number that is not rational, or may not be: some power of the generator occurs.
  struct Irrational {
    FieldPointer field;
    Residue residue;
  };

  [[nodiscard]] Residue residue() const;
  [[nodiscard]] const FieldPointer& field_with(const Number& other) const {
    return other_ ? other_->field : other.other_->field;
  }
  void add(const Number& other, int sign);
  void set(const FieldPointer& field, Residue value);

  Rational rational_;  // 0 if the number is not held here
  std::unique_ptr<Irrational> other_;
};

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// Fixed point and integers as an arithmetic context: every sum and every product of a step wraps around, or rounds and
// saturates, one by one, sums left to right. Numbers are in units of the format's last bit.
//
// Integers take parameters as they are or not at all: a network with 1/2 in it is not a network of integers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/precision/fixed_point.hpp"

namespace eigenmata::precision {

class FixedArithmetic {
 public:
  using Scalar = std::int64_t;
  static constexpr bool kExact = false;
  static constexpr bool kFactorsAreScaled = true;

  explicit FixedArithmetic(const FixedFormat& format) : fixed_(format) {}

  [[nodiscard]] const FixedFormat& number_format() const { return fixed_.format(); }

  [[nodiscard]] Scalar parameter(const exact::Rational& a) const { return fixed_.from_rational(a); }
  [[nodiscard]] Scalar state_number(const exact::Rational& a) const { return parameter(a); }
  /// The smallest number that is not below `a`; one beyond the range if there is none.
  [[nodiscard]] Scalar threshold(const exact::Rational& a) const;
  /// Integers: is it no integer, or beyond a range that does not wrap?
  [[nodiscard]] bool refuses(const exact::Rational& a) const {
    return number_format().fraction_bits == 0 && !fixed_.holds(a);
  }
  [[nodiscard]] static bool normalises_keys() { return false; }
  [[nodiscard]] static bool forms_matrices() { return false; }

  [[nodiscard]] int bits() const { return number_format().bits(); }
  [[nodiscard]] std::uint64_t pack(Scalar a) const { return fixed_.code(a); }
  [[nodiscard]] Scalar unpack(std::uint64_t code) const { return fixed_.number(code); }

  [[nodiscard]] Scalar zero() const { return 0; }
  [[nodiscard]] Scalar one() const { return fixed_.from_rational(1); }
  [[nodiscard]] Scalar from_rational(const exact::Rational& a) const { return parameter(a); }
  [[nodiscard]] Scalar add(Scalar a, Scalar b) const { return fixed_.add(a, b); }
  [[nodiscard]] Scalar subtract(Scalar a, Scalar b) const { return fixed_.subtract(a, b); }
  [[nodiscard]] Scalar multiply(Scalar a, Scalar b) const { return fixed_.multiply(a, b); }
  /// There are no infinities, and sums of zeros are zero.
  [[nodiscard]] bool is_zero(Scalar a) const { return a == 0; }
  [[nodiscard]] std::optional<int> sign(Scalar a) const { return compare(a, 0); }
  [[nodiscard]] std::string format(Scalar a) const { return exact::to_string(fixed_.to_rational(a)); }

  [[nodiscard]] std::optional<int> compare(Scalar a, Scalar b) const { return a < b ? -1 : a > b ? 1 : 0; }
  [[nodiscard]] bool equal(Scalar a, Scalar b) const { return a == b; }
  [[nodiscard]] std::size_t hash(Scalar a) const { return static_cast<std::size_t>(a); }

 private:
  FixedPoint fixed_;
};

}  // namespace eigenmata::precision

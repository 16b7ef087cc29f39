// SPDX-License-Identifier: Apache-2.0
//
// Fixed point and integers: numbers are the multiples of 2^−fraction_bits in a range that a number of bits can hold,
// signed (two's complement) or not. Beyond the range they wrap around, or stop at its ends.
#pragma once

#include <cstdint>
#include <string>

#include "eigenmata/exact/rational.hpp"
#include "eigenmata/precision/float_format.hpp"

namespace eigenmata::precision {

struct FixedFormat {
  int integer_bits = 0;
  int fraction_bits = 0;
  bool is_signed = false;
  bool wraps = false;

  static constexpr int kMostBits = 62;

  /// Modulo 2^bits, from 0 on: uint8 and its relatives.
  [[nodiscard]] static FixedFormat unsigned_integer(int bits) { return {bits, 0, false, true}; }
  /// Modulo 2^bits, from −2^(bits − 1) on: two's complement, as hardware has it.
  [[nodiscard]] static FixedFormat wrapping_integer(int bits) { return {bits - 1, 0, true, true}; }
  /// Saturating, from −2^(bits − 1) to 2^(bits − 1) − 1.
  [[nodiscard]] static FixedFormat saturating_integer(int bits) { return {bits - 1, 0, true, false}; }
  /// Qm.n: saturating, a sign, m integer and n fraction bits.
  [[nodiscard]] static FixedFormat fixed(int integer_bits, int fraction_bits) {
    return {integer_bits, fraction_bits, true, false};
  }

  /// Of a number, the sign counted: at most kMostBits.
  [[nodiscard]] int bits() const { return integer_bits + fraction_bits + (is_signed ? 1 : 0); }
  /// The ends of the range, in units of the last bit.
  [[nodiscard]] std::int64_t lowest() const { return is_signed ? -(std::int64_t{1} << (bits() - 1)) : 0; }
  [[nodiscard]] std::int64_t highest() const { return (std::int64_t{1} << (bits() - (is_signed ? 1 : 0))) - 1; }

  friend bool operator==(const FixedFormat&, const FixedFormat&) = default;
};

/// Arithmetic on numbers of a format, given in units of the last bit. Sums are exact before they wrap or saturate;
/// products are rounded first.
class FixedPoint {
 public:
  using Number = std::int64_t;

  explicit FixedPoint(const FixedFormat& format, Rounding rounding = Rounding::kNearestEven);

  [[nodiscard]] const FixedFormat& format() const { return format_; }
  [[nodiscard]] Rounding rounding() const { return rounding_; }

  [[nodiscard]] Number add(Number a, Number b) const { return fitted(Double{a} + b); }
  [[nodiscard]] Number subtract(Number a, Number b) const { return fitted(Double{a} - b); }
  [[nodiscard]] Number multiply(Number a, Number b) const { return fitted(scaled(Double{a} * b)); }
  /// a·b + c, rounded once.
  [[nodiscard]] Number fused_multiply_add(Number a, Number b, Number c) const {
    return fitted(scaled(Double{a} * b + (Double{c} << format_.fraction_bits)));
  }

  /// Rounded, then wrapped or saturated.
  [[nodiscard]] Number from_rational(const exact::Rational& a) const;
  [[nodiscard]] exact::Rational to_rational(Number a) const;
  /// Is the rational a number of the format, or, where it wraps, equal to one modulo the size of the range?
  [[nodiscard]] bool holds(const exact::Rational& a) const;

  /// The bits, as an unsigned number, and back.
  [[nodiscard]] std::uint64_t code(Number a) const { return static_cast<std::uint64_t>(a) & mask_; }
  [[nodiscard]] Number number(std::uint64_t code) const {
    return format_.is_signed && (code >> (format_.bits() - 1)) != 0 ? static_cast<Number>(code | ~mask_)
                                                                    : static_cast<Number>(code);
  }

 private:
  __extension__ using Double = __int128;

  /// x / 2^fraction_bits, rounded.
  [[nodiscard]] Double scaled(Double x) const;
  [[nodiscard]] Number fitted(Double x) const {
    if (format_.wraps) return number(static_cast<std::uint64_t>(x) & mask_);
    return x < format_.lowest() ? format_.lowest() : x > format_.highest() ? format_.highest() : static_cast<Number>(x);
  }

  FixedFormat format_;
  Rounding rounding_;
  std::uint64_t mask_;
};

}  // namespace eigenmata::precision

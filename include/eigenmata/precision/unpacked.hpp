// SPDX-License-Identifier: Apache-2.0
//
// The integer core that all soft arithmetic goes through: one kind of number wide enough for what comes between
// unpacking and packing,
//
//   ± significand · 2^exponent,    significand an integer of up to 127 bits.
//
// Sums, products and fused products of numbers with up to 53 significant bits are computed exactly here, or, where bits
// would fall off the end, rounded to odd: what is lost is recorded by setting the last bit. Rounding to odd at a
// precision of p + 2 or more and then to a precision of p, in any of our ways, is the same as rounding once
// [BoldoMelquiond2008]; here at least 70 bits stand against at most 53. So `pack` rounds once, and correctly, and there
// is only this one place where anything is rounded.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <utility>

#include "eigenmata/exact/rational.hpp"
#include "eigenmata/precision/float_format.hpp"

namespace eigenmata::precision {

__extension__ using Wide = unsigned __int128;

/// An operand, or a result before it is rounded.
struct Unpacked {
  enum class Kind { kZero, kFinite, kInfinity, kNan };
  Kind kind = Kind::kZero;
  bool negative = false;
  /// Of a zero: the sum of two numbers that cancel. Its sign depends on the rounding.
  bool cancelled = false;
  Wide significand = 0;  ///< not 0 if finite
  int exponent = 0;
};

/// The number of a code. Exact. Bits above the format's are an error (asserted).
[[nodiscard]] Unpacked unpack(const FloatFormat& format, std::uint64_t code);

/// A rational: exact if numerator and denominator allow it, else rounded to odd at 70 bits or more.
[[nodiscard]] Unpacked unpack(const exact::Rational& value);

/// The code of the number rounded to the format. A NaN or infinity that the format does not have: infinity becomes NaN,
/// or the largest number where the format saturates or has no NaN; NaN where there is none becomes +0.
[[nodiscard]] std::uint64_t pack(const FloatFormat& format, Rounding rounding, const Unpacked& value);

/// The largest code at or below and the smallest at or above: what stochastic rounding chooses from. They are the same
/// if the number is one of the format.
[[nodiscard]] std::pair<std::uint64_t, std::uint64_t> neighbours(const FloatFormat& format, const Unpacked& value);

/// The rational number. Nothing for infinities and NaN.
[[nodiscard]] std::optional<exact::Rational> rational_value(const Unpacked& value);

// Operands of up to 53 significant bits (64 for products); results as described above.
[[nodiscard]] Unpacked negated(Unpacked a);
[[nodiscard]] Unpacked sum(const Unpacked& a, const Unpacked& b);
[[nodiscard]] Unpacked product(const Unpacked& a, const Unpacked& b);
/// a·b + c.
[[nodiscard]] Unpacked fused(const Unpacked& a, const Unpacked& b, const Unpacked& c);
[[nodiscard]] Unpacked quotient(const Unpacked& a, const Unpacked& b);
[[nodiscard]] Unpacked square_root(const Unpacked& a);

/// As numbers: −0 equals +0, and NaN is unordered.
[[nodiscard]] std::partial_ordering compare(const Unpacked& a, const Unpacked& b);

}  // namespace eigenmata::precision

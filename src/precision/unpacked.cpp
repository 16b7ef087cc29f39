// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/unpacked.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace eigenmata::precision {
namespace {

using Kind = Unpacked::Kind;

/// Bit length of what sums line up: one bit is left for the carry, and one for the sign of nothing.
constexpr int kAligned = 126;

int bit_length(Wide x) {
  const auto high = static_cast<std::uint64_t>(x >> 64);
  return static_cast<int>(high != 0 ? 64 + std::bit_width(high) : std::bit_width(static_cast<std::uint64_t>(x)));
}

/// x / 2^shift, rounded to odd.
Wide shifted_to_odd(Wide x, int shift) {
  if (shift == 0) return x;
  if (shift >= 128) return x != 0 ? 1 : 0;
  const Wide kept = x >> shift;
  return (kept << shift) != x ? kept | 1 : kept;
}

Unpacked finite(bool negative, Wide significand, int exponent) {
  return {Kind::kFinite, negative, false, significand, exponent};
}
Unpacked zero(bool negative) { return {Kind::kZero, negative, false, 0, 0}; }
Unpacked infinity(bool negative) { return {Kind::kInfinity, negative, false, 0, 0}; }
Unpacked nan() { return {Kind::kNan, false, false, 0, 0}; }

/// The significand moved up to `kAligned` bits.
Unpacked aligned(Unpacked a) {
  const int shift = kAligned - bit_length(a.significand);
  assert(shift >= 0);
  a.significand <<= shift;
  a.exponent -= shift;
  return a;
}

/// Is the magnitude rounded away from zero? `rest` is what is cut off, in units of which `half` is one half.
bool rounds_away(Rounding rounding, bool negative, bool odd, Wide rest, Wide half) {
  switch (rounding) {
    case Rounding::kNearestEven:
      return rest > half || (rest == half && odd);
    case Rounding::kNearestAway:
      return rest >= half;
    case Rounding::kTowardZero:
      return false;
    case Rounding::kUp:
      return !negative && rest != 0;
    case Rounding::kDown:
      break;
  }
  return negative && rest != 0;
}

std::uint64_t packed_zero(const FloatFormat& format, bool negative) {
  return negative && format.specials != Specials::kNegativeZeroIsNan ? format.sign_bit() : 0;
}

std::uint64_t packed_nan(const FloatFormat& format) { return format.has_nan() ? format.nan() : 0; }

std::uint64_t packed_infinity(const FloatFormat& format, bool negative) {
  const std::uint64_t sign = negative ? format.sign_bit() : 0;
  if (format.saturates || !format.has_nan()) return sign | format.largest();
  return format.has_infinity() ? sign | format.infinity() : format.nan();
}

std::uint64_t overflowed(const FloatFormat& format, Rounding rounding, bool negative) {
  const bool stays_finite = rounding == Rounding::kTowardZero || (rounding == Rounding::kUp && negative) ||
                            (rounding == Rounding::kDown && !negative);
  if (stays_finite) return (negative ? format.sign_bit() : 0) | format.largest();
  return packed_infinity(format, negative);
}

/// ⌊√x⌋, digit by digit.
std::uint64_t integer_square_root(Wide x) {
  Wide root = 0;
  Wide bit = Wide{1} << 126;
  while (bit > x) bit >>= 2;
  for (; bit != 0; bit >>= 2) {
    if (x >= root + bit) {
      x -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
  }
  return static_cast<std::uint64_t>(root);
}

Wide to_wide(const exact::Integer& value) {
  const exact::Integer low_mask = (exact::Integer(1) << 64) - 1;
  const exact::Integer low = value & low_mask;
  const exact::Integer high = value >> 64;
  return Wide{high.convert_to<std::uint64_t>()} << 64 | low.convert_to<std::uint64_t>();
}

exact::Integer to_integer(Wide value) {
  return (exact::Integer(static_cast<std::uint64_t>(value >> 64)) << 64) +
         exact::Integer(static_cast<std::uint64_t>(value));
}

int bit_length(const exact::Integer& value) { return value.is_zero() ? 0 : static_cast<int>(msb(value)) + 1; }

}  // namespace

Unpacked unpack(const FloatFormat& format, std::uint64_t code) {
  assert(format.bits() == 64 || code >> format.bits() == 0);
  const bool negative = (code & format.sign_bit()) != 0;
  const std::uint64_t magnitude = code & (format.sign_bit() - 1);
  if (negative && magnitude == 0 && format.specials == Specials::kNegativeZeroIsNan) return nan();
  if (magnitude > format.largest())
    return format.has_infinity() && magnitude == format.infinity() ? infinity(negative) : nan();
  const auto field = static_cast<int>(magnitude >> format.fraction_bits);
  const std::uint64_t leading = std::uint64_t{1} << format.fraction_bits;
  const std::uint64_t fraction = magnitude & (leading - 1);
  if (field == 0) {
    if (fraction == 0 || !format.subnormals) return zero(negative);
    return finite(negative, fraction, format.lowest_exponent() - format.fraction_bits);
  }
  return finite(negative, leading | fraction, field - format.bias - format.fraction_bits);
}

Unpacked unpack(const exact::Rational& value) {
  constexpr int kBits = 70;
  if (value.is_zero()) return zero(false);
  const exact::Integer numerator = abs(exact::Integer(boost::multiprecision::numerator(value)));
  const exact::Integer denominator = boost::multiprecision::denominator(value);
  // The quotient gets kBits or kBits + 1 bits.
  const int shift = kBits + bit_length(denominator) - bit_length(numerator);
  const exact::Integer scaled = shift > 0 ? exact::Integer(numerator << shift) : numerator;
  const exact::Integer divisor = shift < 0 ? exact::Integer(denominator << -shift) : denominator;
  exact::Integer quotient;
  exact::Integer remainder;
  divide_qr(scaled, divisor, quotient, remainder);
  Wide significand = to_wide(quotient);
  if (!remainder.is_zero()) significand |= 1;
  return finite(value.sign() < 0, significand, -shift);
}

std::uint64_t pack(const FloatFormat& format, Rounding rounding, const Unpacked& value) {
  switch (value.kind) {
    case Kind::kZero:
      return packed_zero(format, value.cancelled ? rounding == Rounding::kDown : value.negative);
    case Kind::kInfinity:
      return packed_infinity(format, value.negative);
    case Kind::kNan:
      return packed_nan(format);
    case Kind::kFinite:
      break;
  }
  // The value lies in [2^highest, 2^(highest + 1)); the last bit that the format keeps is worth 2^last.
  const int highest = value.exponent + bit_length(value.significand) - 1;
  const int smallest = format.lowest_exponent() - format.fraction_bits;
  const int full = highest - format.fraction_bits;
  int last = format.subnormals ? std::max(full, smallest) : full;
  const int shift = last - value.exponent;
  Wide kept = 0;
  if (shift <= 0) {
    kept = value.significand << -shift;
  } else {
    // Cut off at 127 bits at most, so that one half can be written; more cut off is less than a half of something.
    const int cut = std::min(shift, 127);
    const Wide wide = shift > cut ? 1 : value.significand;
    kept = wide >> cut;
    const Wide rest = wide - (kept << cut);
    if (rounds_away(rounding, value.negative, (kept & 1) != 0, rest, Wide{1} << (cut - 1))) ++kept;
  }
  const Wide leading = Wide{1} << format.fraction_bits;
  if (kept == leading << 1) {
    kept = leading;
    ++last;
  }
  if (kept < leading) {  // zero or subnormal
    if (kept == 0) return packed_zero(format, value.negative);
    return (value.negative ? format.sign_bit() : 0) | static_cast<std::uint64_t>(kept);
  }
  const int field = last + format.fraction_bits + format.bias;
  if (field < 1) return packed_zero(format, value.negative);  // flushed
  if (field >= 1 << format.exponent_bits) return overflowed(format, rounding, value.negative);
  const std::uint64_t magnitude =
      static_cast<std::uint64_t>(field) << format.fraction_bits | static_cast<std::uint64_t>(kept - leading);
  if (magnitude > format.largest()) return overflowed(format, rounding, value.negative);
  return (value.negative ? format.sign_bit() : 0) | magnitude;
}

std::pair<std::uint64_t, std::uint64_t> neighbours(const FloatFormat& format, const Unpacked& value) {
  return {pack(format, Rounding::kDown, value), pack(format, Rounding::kUp, value)};
}

std::optional<exact::Rational> rational_value(const Unpacked& value) {
  if (value.kind == Kind::kZero) return exact::Rational(0);
  if (value.kind != Kind::kFinite) return std::nullopt;
  exact::Integer numerator = to_integer(value.significand);
  if (value.negative) numerator = -numerator;
  if (value.exponent >= 0) return exact::Rational(exact::Integer(numerator << value.exponent));
  return exact::Rational(numerator, exact::Integer(1) << -value.exponent);
}

Unpacked negated(Unpacked a) {
  a.negative = !a.negative;
  return a;
}

Unpacked sum(const Unpacked& a, const Unpacked& b) {
  if (a.kind == Kind::kNan || b.kind == Kind::kNan) return nan();
  if (a.kind == Kind::kInfinity || b.kind == Kind::kInfinity) {
    if (a.kind == b.kind && a.negative != b.negative) return nan();
    return a.kind == Kind::kInfinity ? a : b;
  }
  if (a.kind == Kind::kZero && b.kind == Kind::kZero) {
    if (a.negative == b.negative && !a.cancelled && !b.cancelled) return a;
    Unpacked result = zero(false);
    result.cancelled = true;
    return result;
  }
  if (a.kind == Kind::kZero) return b;
  if (b.kind == Kind::kZero) return a;
  Unpacked large = aligned(a);
  Unpacked small = aligned(b);
  if (large.exponent < small.exponent || (large.exponent == small.exponent && large.significand < small.significand)) {
    std::swap(large, small);
  }
  small.significand = shifted_to_odd(small.significand, std::min(large.exponent - small.exponent, 128));
  if (large.negative == small.negative)
    return finite(large.negative, large.significand + small.significand, large.exponent);
  const Wide difference = large.significand - small.significand;
  if (difference != 0) return finite(large.negative, difference, large.exponent);
  Unpacked result = zero(false);
  result.cancelled = true;
  return result;
}

Unpacked product(const Unpacked& a, const Unpacked& b) {
  const bool negative = a.negative != b.negative;
  if (a.kind == Kind::kNan || b.kind == Kind::kNan) return nan();
  if (a.kind == Kind::kInfinity || b.kind == Kind::kInfinity)
    return a.kind == Kind::kZero || b.kind == Kind::kZero ? nan() : infinity(negative);
  if (a.kind == Kind::kZero || b.kind == Kind::kZero) return zero(negative);
  assert(a.significand >> 64 == 0 && b.significand >> 63 == 0);
  return finite(negative, a.significand * b.significand, a.exponent + b.exponent);
}

Unpacked fused(const Unpacked& a, const Unpacked& b, const Unpacked& c) { return sum(product(a, b), c); }

Unpacked quotient(const Unpacked& a, const Unpacked& b) {
  const bool negative = a.negative != b.negative;
  if (a.kind == Kind::kNan || b.kind == Kind::kNan) return nan();
  if (a.kind == Kind::kInfinity) return b.kind == Kind::kInfinity ? nan() : infinity(negative);
  if (b.kind == Kind::kInfinity) return zero(negative);
  if (b.kind == Kind::kZero) return a.kind == Kind::kZero ? nan() : infinity(negative);
  if (a.kind == Kind::kZero) return zero(negative);
  const Unpacked high = aligned(a);  // 126 bits over at most 53: the quotient has 73 or more
  Wide significand = high.significand / b.significand;
  if (significand * b.significand != high.significand) significand |= 1;
  return finite(negative, significand, high.exponent - b.exponent);
}

Unpacked square_root(const Unpacked& a) {
  if (a.kind == Kind::kNan || a.kind == Kind::kZero) return a;
  if (a.negative) return nan();
  if (a.kind == Kind::kInfinity) return a;
  Unpacked high = aligned(a);  // 126 or 125 bits: the root has 63
  if (high.exponent % 2 != 0) {
    high.significand = shifted_to_odd(high.significand, 1);
    ++high.exponent;
  }
  Wide root = integer_square_root(high.significand);
  if (root * root != high.significand) root |= 1;
  return finite(false, root, high.exponent / 2);
}

std::partial_ordering compare(const Unpacked& a, const Unpacked& b) {
  if (a.kind == Kind::kNan || b.kind == Kind::kNan) return std::partial_ordering::unordered;
  const auto sign = [](const Unpacked& x) { return x.kind == Kind::kZero ? 0 : x.negative ? -1 : 1; };
  if (sign(a) != sign(b) || sign(a) == 0) return sign(a) <=> sign(b);
  const auto magnitude = [](const Unpacked& x, const Unpacked& y) -> std::partial_ordering {
    if (x.kind == Kind::kInfinity || y.kind == Kind::kInfinity)
      return (x.kind == Kind::kInfinity) <=> (y.kind == Kind::kInfinity);
    const Unpacked p = aligned(x);
    const Unpacked q = aligned(y);
    if (p.exponent != q.exponent) return p.exponent <=> q.exponent;
    return p.significand == q.significand  ? std::partial_ordering::equivalent
           : p.significand < q.significand ? std::partial_ordering::less
                                           : std::partial_ordering::greater;
  };
  return a.negative ? magnitude(b, a) : magnitude(a, b);
}

}  // namespace eigenmata::precision

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/fixed_point.hpp"

#include <cassert>

namespace eigenmata::precision {
namespace {

using exact::Integer;

/// Is ⌊x⌋ rounded up to ⌊x⌋ + 1? `twice` compares 2·(x − ⌊x⌋) with 1.
bool rounds_up(Rounding rounding, bool is_exact, int twice, bool negative, bool odd) {
  if (is_exact) return false;
  switch (rounding) {
    case Rounding::kNearestEven:
      return twice > 0 || (twice == 0 && odd);
    case Rounding::kNearestAway:
      return twice > 0 || (twice == 0 && !negative);
    case Rounding::kTowardZero:
      return negative;
    case Rounding::kUp:
      return true;
    case Rounding::kDown:
      break;
  }
  return false;
}

/// ⌊a⌋.
Integer floor_of(const exact::Rational& a) {
  const Integer numerator = boost::multiprecision::numerator(a);
  const Integer denominator = boost::multiprecision::denominator(a);
  Integer quotient;
  Integer remainder;
  divide_qr(numerator, denominator, quotient, remainder);  // toward zero
  if (remainder < 0) --quotient;
  return quotient;
}

Integer power_of_two(int exponent) { return Integer(1) << exponent; }

}  // namespace

FixedPoint::FixedPoint(const FixedFormat& format, Rounding rounding)
    : format_(format), rounding_(rounding), mask_((std::uint64_t{1} << format.bits()) - 1) {
  assert(format.integer_bits >= 0 && format.fraction_bits >= 0 && format.bits() >= 1);
  assert(format.bits() <= FixedFormat::kMostBits);
}

FixedPoint::Double FixedPoint::scaled(Double x) const {
  if (format_.fraction_bits == 0) return x;
  const Double whole = x >> format_.fraction_bits;  // floor
  const Double rest = x - (whole << format_.fraction_bits);
  const Double half = Double{1} << (format_.fraction_bits - 1);
  const int twice = rest < half ? -1 : rest > half ? 1 : 0;
  return whole + (rounds_up(rounding_, rest == 0, twice, x < 0, (whole & 1) != 0) ? 1 : 0);
}

FixedPoint::Number FixedPoint::from_rational(const exact::Rational& a) const {
  const exact::Rational units = a * power_of_two(format_.fraction_bits);
  Integer whole = floor_of(units);
  const exact::Rational twice = 2 * (units - whole) - 1;
  if (rounds_up(rounding_, units == whole, twice.sign(), a.sign() < 0, bit_test(Integer(abs(whole)), 0))) ++whole;
  if (format_.wraps) {
    Integer reduced = whole % power_of_two(format_.bits());
    if (reduced < 0) reduced += power_of_two(format_.bits());
    return number(reduced.convert_to<std::uint64_t>());
  }
  if (whole < format_.lowest()) return format_.lowest();
  if (whole > format_.highest()) return format_.highest();
  return whole.convert_to<std::int64_t>();
}

exact::Rational FixedPoint::to_rational(Number a) const {
  return exact::Rational(Integer(a), power_of_two(format_.fraction_bits));
}

bool FixedPoint::holds(const exact::Rational& a) const {
  const exact::Rational difference = a - to_rational(from_rational(a));
  if (!format_.wraps) return difference.is_zero();
  const exact::Rational turns = difference * power_of_two(format_.fraction_bits) / power_of_two(format_.bits());
  return boost::multiprecision::denominator(turns) == 1;
}

}  // namespace eigenmata::precision

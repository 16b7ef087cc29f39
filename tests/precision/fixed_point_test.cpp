// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/fixed_point.hpp"

#include <catch2/catch.hpp>

namespace eigenmata::precision {
namespace {

using exact::Integer;
using exact::Rational;

/// By the definition alone: the multiple of 2^−f that the rounding chooses, looked for around the number.
Rational rounded(const FixedFormat& format, Rounding rounding, const Rational& x) {
  const Rational unit(1, Integer(1) << format.fraction_bits);
  const Rational units = x / unit;
  Integer low = boost::multiprecision::numerator(units) / boost::multiprecision::denominator(units) - 2;
  while (Rational(low + 1) <= units) ++low;
  const Rational below = low * unit;
  if (below == x) return x;
  const Rational above = below + unit;
  const Rational middle = (below + above) / 2;
  switch (rounding) {
    case Rounding::kUp:
      return above;
    case Rounding::kDown:
      return below;
    case Rounding::kTowardZero:
      return x > 0 ? below : above;
    case Rounding::kNearestAway:
      if (x == middle) return x > 0 ? above : below;
      break;
    case Rounding::kNearestEven:
      if (x == middle) return low % 2 == 0 ? below : above;
      break;
  }
  return x < middle ? below : above;
}

Rational fitted(const FixedFormat& format, Rational x) {
  const Rational unit(1, Integer(1) << format.fraction_bits);
  const Rational lowest = format.lowest() * unit;
  const Rational highest = format.highest() * unit;
  if (format.wraps) {
    const Rational size = highest - lowest + unit;
    while (x < lowest) x += size;
    while (x > highest) x -= size;
    return x;
  }
  return x < lowest ? lowest : x > highest ? highest : x;
}

TEST_CASE("small formats, all operands, by the definition", "[fixed_point]") {
  for (const FixedFormat& format :
       {FixedFormat::unsigned_integer(5), FixedFormat::saturating_integer(5), FixedFormat::fixed(2, 3),
        FixedFormat::fixed(0, 4), FixedFormat{2, 3, true, true}, FixedFormat{2, 2, false, false}}) {
    for (const Rounding rounding : kAllRoundings) {
      const FixedPoint fixed(format, rounding);
      for (auto a = format.lowest(); a <= format.highest(); ++a) {
        if (fixed.number(fixed.code(a)) != a || fixed.code(a) >> format.bits() != 0) FAIL("code of " << a);
        if (fixed.from_rational(fixed.to_rational(a)) != a) FAIL("rational of " << a);
        for (auto b = format.lowest(); b <= format.highest(); ++b) {
          const Rational x = fixed.to_rational(a), y = fixed.to_rational(b);
          const auto same = [&](const char* operation, std::int64_t ours, const Rational& exact) {
            const Rational expected = fitted(format, rounded(format, rounding, exact));
            if (fixed.to_rational(ours) == expected) return;
            CAPTURE(operation, a, b, ours, exact::to_string(expected), to_string(rounding), format.bits());
            FAIL("wrong");
          };
          same("sum", fixed.add(a, b), x + y);
          same("difference", fixed.subtract(a, b), x - y);
          same("product", fixed.multiply(a, b), x * y);
          same("fused", fixed.fused_multiply_add(a, b, a), x * y + x);
          same("rational", fixed.from_rational(x * y / 3), x * y / 3);
        }
      }
    }
  }
}

TEST_CASE("int8 and uint8 are the hardware's, 62 bits do not overflow", "[fixed_point]") {
  const FixedPoint byte(FixedFormat::unsigned_integer(8));
  const FixedPoint two_s_complement(FixedFormat::wrapping_integer(8));
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      if (byte.add(a, b) != static_cast<std::uint8_t>(a + b) || byte.multiply(a, b) != static_cast<std::uint8_t>(a * b))
        FAIL(a << ", " << b);
      const auto x = static_cast<std::int8_t>(a);
      const auto y = static_cast<std::int8_t>(b);
      if (two_s_complement.add(x, y) != static_cast<std::int8_t>(x + y) ||
          two_s_complement.multiply(x, y) != static_cast<std::int8_t>(x * y))
        FAIL(int{x} << ", " << int{y});
    }
  }
  CHECK(two_s_complement.from_rational(200) == -56);
  CHECK(byte.from_rational(-1) == 255);
  CHECK(byte.from_rational(-513) == 255);
  const FixedPoint wide(FixedFormat::unsigned_integer(62));
  CHECK(wide.multiply(wide.from_rational(-1), wide.from_rational(-1)) == 1);
  const FixedPoint long_fraction(FixedFormat::fixed(1, 60));
  const auto largest = long_fraction.format().highest();
  CHECK(long_fraction.multiply(largest, largest) == largest);
  CHECK(long_fraction.fused_multiply_add(largest, -largest, -largest) == long_fraction.format().lowest());
}

TEST_CASE("which rationals a format holds", "[fixed_point]") {
  const FixedPoint byte(FixedFormat::unsigned_integer(8));
  CHECK(byte.holds(255));
  CHECK(byte.holds(-1));  // 255 modulo 256
  CHECK(byte.holds(256));
  CHECK_FALSE(byte.holds(Rational(1, 2)));
  const FixedPoint saturating(FixedFormat::saturating_integer(8));
  CHECK(saturating.holds(-128));
  CHECK_FALSE(saturating.holds(128));
  const FixedPoint q(FixedFormat::fixed(2, 2));
  CHECK(q.holds(Rational(15, 4)));
  CHECK_FALSE(q.holds(Rational(1, 8)));
  CHECK_FALSE(q.holds(4));
}

}  // namespace
}  // namespace eigenmata::precision

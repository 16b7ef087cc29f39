// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/soft_float.hpp"

#include <catch2/catch.hpp>
#include <cstring>

#include "precision/mpfr_float.hpp"
#include "precision/operations.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::precision {
namespace {

using testing::MpfrFloat;
using testing::name_of;
using testing::same_double;

/// A disagreement stops the test and shows its operands.
void compare(const std::string& where, const char* operation, double a, double b, double c, double ours,
             double theirs) {
  if (same_double(ours, theirs)) return;
  INFO(where << ": " << operation << " of " << a << ", " << b << ", " << c);
  CAPTURE(ours, theirs);
  FAIL("differs from MPFR");
}

TEST_CASE("the formats have the numbers that their standards say", "[float_format]") {
  const auto value = [](const FloatFormat& format, std::uint64_t code) { return SoftFloat(format).to_double(code); };
  CHECK(value(kE4m3, kE4m3.largest()) == 448);
  CHECK(value(kE4m3Ieee, kE4m3Ieee.largest()) == 240);
  CHECK(value(kE4m3Fnuz, kE4m3Fnuz.largest()) == 240);
  CHECK(value(kE5m2, kE5m2.largest()) == 57344);
  CHECK(value(kE3m2, kE3m2.largest()) == 28);
  CHECK(value(kE2m3, kE2m3.largest()) == 7.5);
  CHECK(value(kE2m1, kE2m1.largest()) == 6);
  CHECK(value(kFp16, kFp16.largest()) == 65504);
  CHECK(value(kBf16, kBf16.largest()) == 0x1.FEp127);
  CHECK(value(kF32, kF32.largest()) == static_cast<double>(std::numeric_limits<float>::max()));
  CHECK(value(kF64, kF64.largest()) == std::numeric_limits<double>::max());
  CHECK(value(kE4m3, 1) == 0x1p-9);
  CHECK(value(kE5m2, 1) == 0x1p-16);
  CHECK(value(kE3m2, 1) == 0x1p-4);
  CHECK(value(kE2m3, 1) == 0x1p-3);
  CHECK(value(kE2m1, 1) == 0.5);
  CHECK(value(kFp16, 1) == 0x1p-24);
  CHECK(value(kE4m3Fnuz, 1) == 0x1p-10);
  // The sixteen numbers of fp4 [OCPMX, table 5].
  const double fp4[] = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
  for (std::uint64_t code = 0; code < 8; ++code) {
    CHECK(value(kE2m1, code) == fp4[code]);
    CHECK(value(kE2m1, code | 8) == -fp4[code]);
  }
  CHECK(std::isnan(value(kE4m3, 0x7F)));
  CHECK(std::isnan(value(kE4m3, 0xFF)));
  CHECK(std::isinf(value(kE4m3Ieee, 0x78)));
  CHECK(std::isnan(value(kE4m3Ieee, 0x79)));
  CHECK(std::isinf(value(kE5m2, 0xFC)));
  CHECK(std::isnan(value(kE4m3Fnuz, 0x80)));
  CHECK(find_float_format("e4m3") != nullptr);
  CHECK(find_float_format("fp8") == nullptr);
  CHECK_THROWS_WITH(float_format("fp8", {"--semantics"}),
                    Catch::Matchers::Contains("'fp8' is no float format; expected f64, f32, ") &&
                        Catch::Matchers::EndsWith("e2m3 or e2m1"));
}

TEST_CASE("codes of up to 16 bits become doubles and back", "[soft_float]") {
  for (const FloatFormat& format : float_formats()) {
    if (format.bits() > 19) continue;
    const SoftFloat soft(format);
    for (std::uint64_t code = 0; code < std::uint64_t{1} << format.bits(); ++code) {
      const std::uint64_t back = soft.from_double(soft.to_double(code));
      if (soft.is_nan(code)) {
        if (back != format.nan()) FAIL(format.name << ": NaN " << code << " became " << back);
      } else if (back != code) {
        FAIL(format.name << ": " << code << " became " << back);
      }
    }
  }
}

TEST_CASE("every format of at most 8 bits: all sums, products and quotients, every rounding, against MPFR",
          "[soft_float][slow]") {
  for (const FloatFormat& format : testing::formats_and_variants(8)) {
    for (const Rounding rounding : kAllRoundings) {
      // Variants with the usual rounding, and all roundings of the formats themselves.
      const bool variant = format.saturates || !format.subnormals;
      if (variant && rounding != Rounding::kNearestEven && rounding != Rounding::kUp) continue;
      const SoftFloat soft(format, rounding);
      MpfrFloat mpfr(format, rounding, soft.to_double(format.largest()));
      const std::string where = name_of(format, rounding);
      const std::uint64_t codes = std::uint64_t{1} << format.bits();
      std::vector<double> value;
      for (std::uint64_t a = 0; a < codes; ++a) value.push_back(soft.to_double(a));
      for (std::uint64_t a = 0; a < codes; ++a) {
        compare(where, "square root", value[a], 0, 0, soft.to_double(soft.square_root(a)), mpfr.square_root(value[a]));
        for (std::uint64_t b = 0; b < codes; ++b) {
          if (a <= b) {
            compare(where, "sum", value[a], value[b], 0, soft.to_double(soft.add(a, b)), mpfr.add(value[a], value[b]));
            compare(where, "product", value[a], value[b], 0, soft.to_double(soft.multiply(a, b)),
                    mpfr.multiply(value[a], value[b]));
            if (soft.add(a, b) != soft.add(b, a) || soft.multiply(a, b) != soft.multiply(b, a))
              FAIL(where << ": not commutative at " << value[a] << ", " << value[b]);
          }
          compare(where, "quotient", value[a], value[b], 0, soft.to_double(soft.divide(a, b)),
                  mpfr.divide(value[a], value[b]));
          const auto order = soft.compare(a, b);
          const bool right = (order < 0) == (value[a] < value[b]) && (order > 0) == (value[a] > value[b]) &&
                             (order == 0) == (value[a] == value[b]);
          if (!right) FAIL(where << ": compares " << value[a] << " with " << value[b] << " wrongly");
        }
      }
    }
  }
}

TEST_CASE("fused a·b + c in formats of at most 6 bits, all operands, and of 8 bits sampled, against MPFR",
          "[soft_float][slow]") {
  const std::uint64_t seed = testing::seed_or(20);
  core::Random random(seed);
  INFO("seed " << seed);
  for (const FloatFormat& format : testing::formats_and_variants(8)) {
    for (const Rounding rounding : kAllRoundings) {
      const bool variant = format.saturates || !format.subnormals;
      if (variant && rounding != Rounding::kNearestEven) continue;
      const SoftFloat soft(format, rounding);
      MpfrFloat mpfr(format, rounding, soft.to_double(format.largest()));
      const auto check = [&](std::uint64_t a, std::uint64_t b, std::uint64_t c) {
        const double x = soft.to_double(a), y = soft.to_double(b), z = soft.to_double(c);
        compare(name_of(format, rounding), "fused", x, y, z, soft.to_double(soft.fused_multiply_add(a, b, c)),
                mpfr.fused_multiply_add(x, y, z));
      };
      const std::uint64_t codes = std::uint64_t{1} << format.bits();
      if (format.bits() <= 6 && rounding == Rounding::kNearestEven && !variant) {
        for (std::uint64_t a = 0; a < codes; ++a)
          for (std::uint64_t b = 0; b <= a; ++b)
            for (std::uint64_t c = 0; c < codes; ++c) check(a, b, c);
      } else {
        for (int i = 0; i < 20'000; ++i) check(random.below(codes), random.below(codes), random.below(codes));
      }
    }
  }
}

TEST_CASE("fused a·b + c in formats of 8 bits, all operands, against MPFR", "[.extreme]") {
  for (const FloatFormat& format : float_formats()) {
    if (format.bits() != 8) continue;
    const SoftFloat soft(format);
    MpfrFloat mpfr(format, Rounding::kNearestEven, soft.to_double(format.largest()));
    for (std::uint64_t a = 0; a < 256; ++a)
      for (std::uint64_t b = 0; b <= a; ++b)
        for (std::uint64_t c = 0; c < 256; ++c) {
          const double x = soft.to_double(a), y = soft.to_double(b), z = soft.to_double(c);
          compare(name_of(format, Rounding::kNearestEven), "fused", x, y, z,
                  soft.to_double(soft.fused_multiply_add(a, b, c)), mpfr.fused_multiply_add(x, y, z));
        }
  }
}

/// A code whose exponent is near that of others: random codes have sums without a rounding that matters.
std::uint64_t random_code(const FloatFormat& format, core::Random& random) {
  const std::uint64_t code = random.next() & ((format.sign_bit() << 1) - 1);
  if (random.one_in(3)) return code;
  const std::uint64_t middle = static_cast<std::uint64_t>(format.bias) + random.below(7);
  const std::uint64_t fraction = code & ((std::uint64_t{1} << format.fraction_bits) - 1);
  const std::uint64_t field = random.one_in(8) ? random.below(3) : middle - 3;
  return (code & format.sign_bit()) | field << format.fraction_bits | fraction;
}

void compare_random_operations(const FloatFormat& format, Rounding rounding, std::uint64_t seed, int trials) {
  core::Random random(seed);
  INFO("seed " << seed);
  const SoftFloat soft(format, rounding);
  MpfrFloat mpfr(format, rounding, soft.to_double(format.largest()));
  const std::string where = name_of(format, rounding);
  for (int i = 0; i < trials; ++i) {
    const std::uint64_t a = random_code(format, random), b = random_code(format, random),
                        c = random_code(format, random);
    const double x = soft.to_double(a), y = soft.to_double(b), z = soft.to_double(c);
    switch (i % 4) {
      case 0:
        compare(where, "sum", x, y, 0, soft.to_double(soft.add(a, b)), mpfr.add(x, y));
        break;
      case 1:
        compare(where, "product", x, y, 0, soft.to_double(soft.multiply(a, b)), mpfr.multiply(x, y));
        break;
      case 2:
        compare(where, "quotient", x, y, 0, soft.to_double(soft.divide(a, b)), mpfr.divide(x, y));
        break;
      default:
        compare(where, "fused", x, y, z, soft.to_double(soft.fused_multiply_add(a, b, c)),
                mpfr.fused_multiply_add(x, y, z));
    }
  }
}

TEST_CASE("wider formats: random operands against MPFR", "[soft_float][slow]") {
  const std::uint64_t seed = testing::seed_or(21);
  for (const FloatFormat& format : {kBf16, kFp16}) {
    compare_random_operations(format, Rounding::kNearestEven, seed, 1'000'000);
    for (const Rounding rounding : kAllRoundings) compare_random_operations(format, rounding, seed + 1, 100'000);
  }
  for (const FloatFormat& format : testing::formats_and_variants(32, 16)) {
    for (const Rounding rounding : kAllRoundings) compare_random_operations(format, rounding, seed + 2, 10'000);
  }
}

TEST_CASE("16-bit formats: a hundred million random pairs against MPFR", "[.extreme]") {
  for (const FloatFormat& format : {kBf16, kFp16})
    compare_random_operations(format, Rounding::kNearestEven, testing::seed_or(22), 100'000'000);
}

TEST_CASE("16-bit formats: all square roots, and all conversions to and from", "[soft_float][slow]") {
  for (const FloatFormat& from : {kBf16, kFp16}) {
    const SoftFloat soft(from);
    MpfrFloat root(from, Rounding::kNearestEven, soft.to_double(from.largest()));
    for (std::uint64_t a = 0; a < 65536; ++a) {
      const double x = soft.to_double(a);
      compare(std::string(from.name), "square root", x, 0, 0, soft.to_double(soft.square_root(a)), root.square_root(x));
    }
    for (const FloatFormat& to : testing::formats_and_variants(32)) {
      for (const Rounding rounding : kAllRoundings) {
        const bool variant = to.saturates || !to.subnormals;
        if ((variant || to.bits() > 16) && rounding != Rounding::kNearestEven) continue;
        const SoftFloat target(to, rounding);
        MpfrFloat mpfr(to, rounding, target.to_double(to.largest()));
        for (std::uint64_t a = 0; a < 65536; ++a) {
          const double x = soft.to_double(a);
          compare(name_of(to, rounding), "conversion", x, 0, 0, target.to_double(target.convert(from, a)),
                  mpfr.convert(x));
        }
      }
    }
  }
}

template <class Float>
Float hardware(std::uint64_t code) {
  if constexpr (sizeof(Float) == 4) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(code));
  } else {
    return std::bit_cast<double>(code);
  }
}

template <class Float>
void compare_with_hardware(const FloatFormat& format, std::uint64_t seed, int trials) {
  core::Random random(seed);
  INFO("seed " << seed);
  const SoftFloat soft(format);
  for (int i = 0; i < trials; ++i) {
    const std::uint64_t a = random_code(format, random), b = random_code(format, random),
                        c = random_code(format, random);
    const auto x = hardware<Float>(a), y = hardware<Float>(b), z = hardware<Float>(c);
    const auto same = [&](const char* operation, std::uint64_t ours, Float theirs) {
      if (!same_double(hardware<Float>(ours), theirs)) {
        CAPTURE(operation, x, y, z, hardware<Float>(ours), theirs);
        FAIL("differs from the hardware");
      }
    };
    same("sum", soft.add(a, b), x + y);
    same("difference", soft.subtract(a, b), x - y);
    same("product", soft.multiply(a, b), x * y);
    same("quotient", soft.divide(a, b), x / y);
    same("square root", soft.square_root(a), std::sqrt(x));
    same("fused", soft.fused_multiply_add(a, b, c), std::fma(x, y, z));
    if (soft.compare(a, b) != (x <=> y)) FAIL("compares " << x << " with " << y << " wrongly");
  }
}

TEST_CASE("f32 and f64 against the hardware", "[soft_float]") {
  compare_with_hardware<float>(kF32, testing::seed_or(23), 300'000);
  compare_with_hardware<double>(kF64, testing::seed_or(24), 300'000);
  // Conversions, random doubles to float.
  core::Random random(testing::seed_or(25));
  const SoftFloat f32(kF32);
  for (int i = 0; i < 300'000; ++i) {
    const double x = std::bit_cast<double>(random_code(kF64, random));
    if (!same_double(static_cast<double>(static_cast<float>(x)), f32.to_double(f32.from_double(x))))
      FAIL("conversion of " << x);
  }
}

TEST_CASE("rationals are rounded once", "[soft_float]") {
  using exact::Rational;
  const SoftFloat bf16(kBf16);
  CHECK(bf16.to_double(bf16.from_rational(Rational(1, 3))) == 0.333984375);
  CHECK(bf16.to_double(bf16.from_rational(Rational(-2, 3))) == -0.66796875);
  CHECK(bf16.to_double(bf16.from_rational(Rational(257, 256))) == 1);                           // a tie
  CHECK(bf16.to_double(bf16.from_rational(Rational("32896000001/32768000000"))) == 1.0078125);  // just above one
  CHECK(bf16.to_rational(bf16.from_rational(Rational(5, 4))) == Rational(5, 4));
  CHECK(bf16.to_rational(kBf16.infinity()) == std::nullopt);
  // Against MPFR, which rounds quotients of integers itself.
  core::Random random(testing::seed_or(26));
  for (const FloatFormat& format : testing::formats_and_variants(32)) {
    const SoftFloat soft(format);
    MpfrFloat mpfr(format, Rounding::kNearestEven, soft.to_double(format.largest()));
    for (int i = 0; i < 5000; ++i) {
      const auto p = random.between(-100'000, 100'000);
      const auto q = random.between(1, 1'000'000);
      compare(name_of(format, Rounding::kNearestEven), "rational", static_cast<double>(p), static_cast<double>(q), 0,
              soft.to_double(soft.from_rational(Rational(p, q))),
              mpfr.divide(static_cast<double>(p), static_cast<double>(q)));
    }
  }
}

TEST_CASE("stochastic rounding chooses between the neighbours of what is not a number of the format", "[soft_float]") {
  const SoftFloat e4m3(kE4m3);
  const auto number = [&](std::uint64_t code) { return e4m3.to_double(code); };
  const auto one = e4m3.from_rational(1);
  const auto choice = e4m3.add_either_way(one, e4m3.from_rational(exact::Rational(1, 32)));
  CHECK(number(choice.first) == 1);
  CHECK(number(choice.second) == 1.125);
  for (std::uint64_t a = 0; a < 256; ++a) {
    for (std::uint64_t b = 0; b < 256; ++b) {
      if (e4m3.is_nan(a) || e4m3.is_nan(b)) continue;
      const auto [low, high] = e4m3.add_either_way(a, b);
      const double exact = number(a) + number(b);
      if (number(low) == exact || number(high) == exact) {
        if (number(low) != number(high)) FAIL("two choices for " << exact);
      } else if (std::abs(exact) <= 448 && !(number(low) < exact && exact < number(high))) {
        FAIL("not around " << exact);
      }
    }
  }
}

}  // namespace
}  // namespace eigenmata::precision

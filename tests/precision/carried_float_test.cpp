// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/carried_float.hpp"

#include <catch2/catch.hpp>

#include "precision/operations.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::precision {
namespace {

using testing::name_of;
using testing::same_double;

void same(const std::string& where, const char* operation, double a, double b, double c, double carried, double soft) {
  if (same_double(carried, soft)) return;
  INFO(where << ": " << operation << " of " << a << ", " << b << ", " << c);
  CAPTURE(carried, soft);
  FAIL("differs from the integer core");
}

TEST_CASE("codes and carried numbers are the same thing", "[carried_float]") {
  for (const FloatFormat& format : testing::formats_and_variants(19)) {
    const SoftFloat soft(format);
    const CarriedFloat carried(format, Rounding::kNearestEven, format.precision());
    for (std::uint64_t code = 0; code < std::uint64_t{1} << format.bits(); ++code) {
      same(std::string(format.name), "code", static_cast<double>(code), 0, 0, carried.number(code),
           soft.to_double(code));
      const std::uint64_t back = carried.code(carried.number(code));
      const std::uint64_t expected = soft.from_double(soft.to_double(code));
      if (back != expected) FAIL(format.name << ": " << code << " came back as " << back << ", not " << expected);
    }
  }
}

TEST_CASE("all sums and products of formats of at most 8 bits", "[carried_float]") {
  for (const FloatFormat& format : testing::formats_and_variants(8)) {
    for (const Rounding rounding : {Rounding::kNearestEven, Rounding::kNearestAway, Rounding::kDown}) {
      const SoftFloat soft(format, rounding);
      const CarriedFloat carried(format, rounding, format.precision());
      const std::string where = name_of(format, rounding);
      for (std::uint64_t a = 0; a < std::uint64_t{1} << format.bits(); ++a) {
        for (std::uint64_t b = 0; b <= a; ++b) {
          const double x = carried.number(a), y = carried.number(b);
          same(where, "sum", x, y, 0, carried.add(x, y), soft.to_double(soft.add(a, b)));
          same(where, "product", x, y, 0, carried.multiply(x, y), soft.to_double(soft.multiply(a, b)));
        }
      }
    }
  }
}

/// Operands of one format, results in another: where rounding twice goes wrong first.
void compare_mixed(const FloatFormat& from, const FloatFormat& to, Rounding rounding, std::uint64_t seed, int trials) {
  core::Random random(seed);
  INFO("seed " << seed);
  const SoftFloat source(from), target(to, rounding);
  const CarriedFloat carried(to, rounding, from.precision());
  const std::string where = std::string(from.name) + " to " + name_of(to, rounding);
  const auto unpacked = [&](std::uint64_t code) { return unpack(from, code); };
  const auto packed = [&](const Unpacked& x) { return target.to_double(pack(to, rounding, x)); };
  // Exponents close together, or just so far apart that the smaller operand decides a tie.
  const auto draw = [&]() {
    const std::uint64_t code = random.next() & ((from.sign_bit() << 1) - 1);
    if (random.one_in(4)) return code;
    std::uint64_t fraction = code & ((std::uint64_t{1} << from.fraction_bits) - 1);
    if (random.one_in(2)) fraction &= fraction << (from.fraction_bits / 2);  // many zeros at its end
    const int far = random.one_in(2) ? 4 : 40;
    const int field = from.bias + static_cast<int>(random.between(-far, far));
    const int most = (1 << from.exponent_bits) - 2;
    return (code & from.sign_bit()) | static_cast<std::uint64_t>(std::clamp(field, 0, most)) << from.fraction_bits |
           fraction;
  };
  for (int i = 0; i < trials; ++i) {
    const std::uint64_t a = draw(), b = draw(), c = draw();
    const double x = source.to_double(a), y = source.to_double(b), z = source.to_double(c);
    same(where, "sum", x, y, 0, carried.add(x, y), packed(sum(unpacked(a), unpacked(b))));
    same(where, "difference", x, y, 0, carried.subtract(x, y), packed(sum(unpacked(a), negated(unpacked(b)))));
    same(where, "product", x, y, 0, carried.multiply(x, y), packed(product(unpacked(a), unpacked(b))));
    same(where, "fused", x, y, z, carried.fused_multiply_add(x, y, z),
         packed(fused(unpacked(a), unpacked(b), unpacked(c))));
    same(where, "rounding", x, 0, 0, carried.round(x), packed(unpacked(a)));
  }
}

TEST_CASE("operands of one format rounded to another", "[carried_float][slow]") {
  const std::uint64_t seed = testing::seed_or(31);
  for (const FloatFormat& from : {kF32, kBf16, kFp16, kE4m3}) {
    for (const FloatFormat& to : testing::formats_and_variants(64)) {
      for (const Rounding rounding : kAllRoundings) {
        if (!to.subnormals && rounding != Rounding::kNearestEven) continue;
        compare_mixed(from, to, rounding, seed, 3'000);
      }
    }
  }
  for (const FloatFormat& to : {kF64, kF32, kBf16}) compare_mixed(kF64, to, Rounding::kNearestEven, seed + 1, 20'000);
  compare_mixed(kF64, kF64, Rounding::kUp, seed + 2, 20'000);
  for (const FloatFormat& format : {kBf16, kFp16, kF32})
    compare_mixed(format, format, Rounding::kNearestEven, seed + 3, 300'000);
}

TEST_CASE("sixteen bits: a hundred million mixed operations", "[.extreme]") {
  const std::uint64_t seed = testing::seed_or(32);
  for (const FloatFormat& format : {kBf16, kFp16})
    compare_mixed(format, format, Rounding::kNearestEven, seed, 50'000'000);
}

TEST_CASE("rounding twice would be seen", "[carried_float]") {
  // 1 + 2^-8 is a tie in bf16; with 2^-60 more it is not, but f64 alone would forget that.
  const CarriedFloat bf16(kBf16, Rounding::kNearestEven, kF32.precision());
  CHECK(bf16.add(1 + 0x1p-8, 0x1p-60) == 1.0078125);
  CHECK(bf16.round((1 + 0x1p-8) + 0x1p-60) == 1);
  CHECK(bf16.fused_multiply_add(1 + 0x1p-8, 1, -0x1p-60) == 1);
}

}  // namespace
}  // namespace eigenmata::precision

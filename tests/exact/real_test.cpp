// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/real.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using namespace std::string_literals;

const core::Place kHere{"here"};

/// The number as it is, without rounding.
Rational exactly(const Real& x) {
  Rational result;
  mpfr_get_q(result.backend().data(), x.backend().data());
  return result;
}

mpfr_prec_t bits_of(const Real& x) { return mpfr_get_prec(x.backend().data()); }

Real next_above(Real x) {
  mpfr_nextabove(x.backend().data());
  return x;
}

Real next_below(Real x) {
  mpfr_nextbelow(x.backend().data());
  return x;
}

/// The last bit of the significand.
bool is_even(const Real& x) {
  mpz_t significand;
  mpz_init(significand);
  mpfr_get_z_2exp(significand, x.backend().data());
  const bool even = mpz_even_p(significand) != 0;
  mpz_clear(significand);
  return even;
}

bool same_bits(const Real& a, const Real& b) {
  return bits_of(a) == bits_of(b) && mpfr_equal_p(a.backend().data(), b.backend().data()) != 0 &&
         mpfr_signbit(a.backend().data()) == mpfr_signbit(b.backend().data());
}

/// A rational of very different sizes.
Rational random_value(core::Random& random) {
  Rational value = testing::random_rational(random, INT64_C(1) << random.below(62));
  const auto shift = static_cast<unsigned>(random.below(400));
  return random.one_in(2) ? Rational(value * (Integer(1) << shift)) : Rational(value / (Integer(1) << shift));
}

TEST_CASE("a rational is rounded to a nearest number, on a tie to the even one", "[real]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 2000; ++round) {
    const auto digits = static_cast<unsigned>(1 + random.below(60));
    const Rational value = random_value(random);
    if (value.is_zero()) continue;
    CAPTURE(value, digits);
    const Real x = approximate_real(value, digits);
    const Rational error = abs(exactly(x) - value);
    REQUIRE(error <= abs(exactly(next_above(x)) - value));
    REQUIRE(error <= abs(exactly(next_below(x)) - value));

    const Real above = next_above(x);
    const Real middle = approximate_real((exactly(x) + exactly(above)) / 2, digits);
    REQUIRE(is_even(x) != is_even(above));
    REQUIRE(same_bits(middle, is_even(x) ? x : above));
  }
}

TEST_CASE("the precision is enough to tell decimal numbers of that many digits apart", "[real]") {
  for (unsigned digits = 1; digits <= 2000; ++digits) {
    const Real x = approximate_real(1, digits);
    if (static_cast<double>(bits_of(x)) < digits * std::log2(10.0) + 1) FAIL(digits);
    if (x.precision() != digits) FAIL(digits);  // as Boost tells it
    if (bits_of(Real(x + x)) != bits_of(x)) FAIL(digits);
  }
}

TEST_CASE("an operation on two named numbers gives the larger of their precisions", "[real]") {
  const unsigned before = Real::default_precision();
  for (const unsigned low : {1u, 5u, 19u, 20u, 30u}) {
    for (const unsigned high : {30u, 77u, 300u}) {
      CAPTURE(low, high);
      const Real a = approximate_real(Rational(1, 3), low);
      const Real b = approximate_real(Rational(1, 7), high);
      const Real sum = a + b;
      const Real quotient = b / a;
      CHECK(bits_of(sum) == bits_of(b));
      CHECK(same_bits(sum, approximate_real(exactly(a) + exactly(b), high)));
      CHECK(bits_of(quotient) == bits_of(b));
      CHECK(same_bits(quotient, approximate_real(exactly(b) / exactly(a), high)));
    }
  }
  CHECK(Real::default_precision() == before);
}

TEST_CASE("reals are printed in scientific notation with as few characters as it has", "[real]") {
  const auto shown = [](const Rational& value) { return to_string(approximate_real(value, 30)); };
  CHECK(shown(0) == "0");
  CHECK(shown(1) == "1");
  CHECK(shown(-7) == "-7");
  CHECK(shown(10) == "1e1");
  CHECK(shown(-1250) == "-1.25e3");
  CHECK(shown(Rational(1, 2)) == "5e-1");
  CHECK(shown(Rational(-5, 4096)) == "-1.220703125e-3");
  CHECK(shown(Rational(Integer(1) << 40)) == "1.099511627776e12");
  const Real zero = approximate_real(0, 30);
  CHECK(to_string(Real(-zero)) == "-0");
  CHECK(to_string(Real(1 / zero)) == "inf");
  CHECK(to_string(Real(-1 / zero)) == "-inf");
  CHECK(to_string(Real(zero / zero)) == "nan");
}

TEST_CASE("printing and reading a real gives the same bits", "[real]") {
  EIGENMATA_SEEDED(random, 2);
  for (int round = 0; round < 3000; ++round) {
    const auto digits = static_cast<unsigned>(1 + random.below(round % 10 == 0 ? 400 : 50));
    const Real x = approximate_real(random_value(random), digits);
    const std::string text = to_string(x);
    CAPTURE(text, digits);
    REQUIRE(same_bits(parse_approximate_real(text, digits, kHere), x));
  }
  CHECK(same_bits(parse_approximate_real("-0", 5, kHere), Real(-approximate_real(0, 5))));
}

TEST_CASE("a decimal text is rounded as the rational that it is", "[real]") {
  EIGENMATA_SEEDED(random, 3);
  for (int round = 0; round < 2000; ++round) {
    std::string text = random.one_in(2) ? "-" : "";
    Integer significand = 0;
    const auto digit = [&] {
      const auto d = static_cast<int>(random.below(10));
      significand = significand * 10 + d;
      text += static_cast<char>('0' + d);
    };
    for (std::uint64_t i = random.below(20); i <= 20; ++i) digit();
    std::int64_t exponent = 0;
    if (random.one_in(2)) {
      text += ".";
      for (std::uint64_t i = random.below(20); i <= 20; ++i, --exponent) digit();
    }
    if (random.one_in(2)) {
      const std::int64_t written = random.between(-200, 200);
      text += "e" + std::to_string(written);
      exponent += written;
    }
    const Integer power = pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
    Rational value = exponent < 0 ? Rational(significand, power) : Rational(significand * power);
    if (text[0] == '-') value = -value;
    const auto digits = static_cast<unsigned>(1 + random.below(60));
    CAPTURE(text, digits);
    const Real read = parse_approximate_real(text, digits, kHere);
    REQUIRE(bits_of(read) == bits_of(approximate_real(0, digits)));
    REQUIRE(read == approximate_real(value, digits));
  }
}

TEST_CASE("only plain decimal numbers are read", "[real]") {
  for (const std::string& text :
       {""s,    "-"s,     "+1"s,    "--1"s,   "1."s,           ".5"s,       "-.5"s, "1.e5"s, "1e"s,
        "1e-"s, "1e+5"s,  "1E5"s,   "e5"s,    " 1"s,           "1 "s,       "1\n"s, "1\0"s,  "nan"s,
        "NaN"s, "@NaN@"s, "inf"s,   "-inf"s,  "@Inf@"s,        "0x1p3"s,    "1p3"s, "1/2"s,  "1,5"s,
        "1_0"s, "1.2.3"s, "1e5e5"s, "1e5.0"s, "1e1234567890"s, "infinity"s, "1-"s}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parse_approximate_real(text, 20, kHere), core::Error);
  }
  CHECK_THROWS_WITH(parse_approximate_real("1,5", 20, kHere),
                    "here: '1,5' is no decimal number; expected one like -1.25e-3");
  CHECK(parse_approximate_real("007.50", 20, kHere) == approximate_real(Rational(15, 2), 20));
}

TEST_CASE("a decimal text that overflows or underflows is refused", "[real]") {
  for (const char* text : {"1e400000000", "-9.9e999999999", "1e-400000000", "-0.01e-999999999"}) {
    CAPTURE(text);
    CHECK_THROWS_WITH(parse_approximate_real(text, 20, kHere),
                      "here: '"s + text + "' is out of range; the largest exponents are about ±300000000");
  }
  CHECK(parse_approximate_real("1e300000000", 20, kHere) > 1);
  CHECK(parse_approximate_real("-1e-300000000", 20, kHere) < 0);
  CHECK(parse_approximate_real("0.00e999999999", 20, kHere).is_zero());
}

}  // namespace
}  // namespace eigenmata::exact

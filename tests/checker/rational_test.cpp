// SPDX-License-Identifier: Apache-2.0
#include "checker/rational.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace eigenmata::checker {
namespace {

mpq_class quotient(const mpz_class& n, const mpz_class& d) {
  mpq_class value(n, d);
  value.canonicalize();
  return value;
}

/// Numbers around the places where the small form ends, and a few at random.
std::vector<mpq_class> operands() {
  std::mt19937_64 random(20240613);
  std::vector<mpz_class> parts;
  const mpz_class edge("2147483647");
  for (const mpz_class& centre :
       {mpz_class(0), edge, mpz_class(edge * 2), mpz_class(edge * edge), mpz_class("46341")}) {
    for (int d = -2; d <= 2; ++d) parts.emplace_back(centre + d);
  }
  for (int bits = 3; bits < 64; bits += 10) parts.emplace_back(static_cast<long>(random() >> (64 - bits)));
  std::vector<mpq_class> numbers;
  for (const mpz_class& n : parts) {
    for (const mpz_class& d : parts) {
      if (d <= 0) continue;
      numbers.push_back(quotient(n, d));
      numbers.push_back(quotient(-n, d));
    }
  }
  std::shuffle(numbers.begin(), numbers.end(), random);
  numbers.resize(200);
  return numbers;
}

TEST_CASE("small and large numbers compute as GMP does", "[checker][rational]") {
  const std::vector<mpq_class> numbers = operands();
  for (const mpq_class& a : numbers) {
    const Rational x(a);
    REQUIRE(x.value() == a);
    REQUIRE(Rational::parse(a.get_str()) == x);
    REQUIRE(x.is_zero() == (a == 0));
    for (const mpq_class& b : numbers) {
      const Rational y(b);
      CAPTURE(a.get_str(), b.get_str());
      // Equality of the results includes that the form, small or large, is the one of the value.
      REQUIRE(x + y == Rational(a + b));
      REQUIRE(x - y == Rational(a - b));
      REQUIRE(x * y == Rational(a * b));
      if (b != 0) REQUIRE(x / y == Rational(a / b));
      REQUIRE((x == y) == (a == b));
      REQUIRE((x < y) == (a < b));
      REQUIRE((x <= y) == (a <= b));
    }
  }
}

TEST_CASE("a number may be its own operand", "[checker][rational]") {
  for (const char* text : {"3/7", "-123456789012345678901234567891/7"}) {
    Rational x = Rational::parse(text).value();
    const Rational y = x;
    CHECK((x += x) == y + y);
    CHECK((x -= x).is_zero());
    x = y;
    CHECK((x /= x) == Rational(1));
    x = y;
    const Rational& self = x;
    x = self;
    CHECK(x == y);
  }
}

TEST_CASE("only canonical texts are numbers", "[checker][rational]") {
  for (const char* good : {"0", "1", "-1", "42", "-63/625", "1/2", "123456789012345678901234567891/7", "999999999",
                           "1/1000000000", "2147483648/2147483647"}) {
    CHECK(Rational::parse(good).value().value().get_str() == good);
  }
  for (const char* bad : {"",
                          "-",
                          "+1",
                          "-0",
                          "00",
                          "01",
                          "1/1",
                          "0/1",
                          "0/2",
                          "2/4",
                          "1/0",
                          "1/-2",
                          "-1/-2",
                          "--1",
                          "1/02",
                          "1/",
                          "/2",
                          " 1",
                          "1 ",
                          "1.5",
                          "1e9",
                          "0x1",
                          "nan",
                          "inf",
                          "1/2/3",
                          "2000000000000/4",
                          "6/4000000000000",
                          "1\xC2\xA0",
                          "\xD9\xA1"}) {
    CHECK_FALSE(Rational::parse(bad));
  }
  CHECK_FALSE(Rational::parse(std::string_view("1\0", 2)));
}

TEST_CASE("numbers have at most a million digits", "[checker][rational]") {
  const std::string most(1'000'000, '7');
  CHECK(Rational::parse(most));
  CHECK(Rational::parse("-" + most));
  CHECK_FALSE(Rational::parse(most + "7"));
  CHECK_FALSE(Rational::parse("1/" + most + "7"));
  CHECK(Rational::parse(most).value().shown().size() < 100);
}

}  // namespace
}  // namespace eigenmata::checker

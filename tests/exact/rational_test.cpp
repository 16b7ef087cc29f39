// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/rational.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <regex>
#include <set>

#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using namespace std::string_literals;

const core::Place kHere{"here", 3, 4};

/// The number's text, or "refused".
std::string integer_read(std::string_view text) {
  try {
    return to_string(parse_integer(text, kHere));
  } catch (const core::Error& error) {
    CHECK(error.place() == kHere);
    return "refused";
  }
}

std::string rational_read(std::string_view text) {
  try {
    return to_string(parse_rational(text, kHere));
  } catch (const core::Error& error) {
    CHECK(error.place() == kHere);
    return "refused";
  }
}

/// The head of the header in other words.
bool is_canonical_by_the_grammar(const std::string& text, bool with_denominator) {
  static const std::regex kNumber("(-?)(0|[1-9][0-9]*)(?:/([1-9][0-9]*))?");
  std::smatch parts;
  if (!std::regex_match(text, parts, kNumber)) return false;
  const long numerator = std::stol(parts[2]);
  if (numerator == 0 && parts[1].length() > 0) return false;
  if (!parts[3].matched) return true;
  const long denominator = std::stol(parts[3]);
  return with_denominator && denominator >= 2 && std::gcd(numerator, denominator) == 1;
}

/// Up to 600 bits, so several limbs, short ones included.
Integer random_integer(core::Random& random) {
  Integer value = 0;
  const std::uint64_t limbs = random.below(10);
  for (std::uint64_t i = 0; i < limbs; ++i) value = (value << 64) + random.next();
  value >>= static_cast<unsigned>(random.below(64));
  return random.one_in(2) ? value : Integer(-value);
}

TEST_CASE("integers have one text", "[rational]") {
  for (const char* text :
       {"0", "7", "-7", "10", "-100", "18446744073709551616", "-340282366920938463463374607431768211456"})
    CHECK(integer_read(text) == text);
  for (const std::string& text :
       {""s,    "-"s,  "+3"s,  "-0"s,  "00"s,  "007"s, "-01"s, " 3"s,   "3 "s,  "3\n"s, "0x1"s,
        "1.5"s, "1."s, "1e3"s, "NaN"s, "nan"s, "inf"s, "--1"s, "1-"s,   "1_0"s, "1'0"s, "\0"s,
        "1\0"s, "١"s,  "３"s,  "−1"s,  "1/1"s, "4/2"s, "x"s,   "0b11"s, "-x"s,  "1,0"s}) {
    CAPTURE(text);
    CHECK(integer_read(text) == "refused");
  }
}

TEST_CASE("rationals have one text", "[rational]") {
  for (const char* text : {"0", "42", "-63/625", "1/2", "-1/3", "7/10", "1/18446744073709551616"})
    CHECK(rational_read(text) == text);
  for (const std::string& text : {""s,      "-"s,    "/"s,    "1/"s,   "/2"s,   "1/0"s,   "0/0"s, "-1/0"s,   " 3"s,
                                  "3 "s,    "+3"s,   "-0"s,   "0/1"s,  "0/5"s,  "3/1"s,   "4/6"s, "-4/6"s,   "1/-2"s,
                                  "1/+2"s,  "1/02"s, "01/2"s, "1 /2"s, "1/ 2"s, "1/2 "s,  "0x1"s, "1/0x2"s,  "1.5"s,
                                  "1/2.0"s, "1e3"s,  "NaN"s,  "inf"s,  "1//2"s, "1/2/3"s, "--1"s, "-1/2\0"s, "1/−2"s}) {
    CAPTURE(text);
    CHECK(rational_read(text) == "refused");
  }
}

TEST_CASE("all texts up to length five are read as the grammar says", "[rational]") {
  const std::string characters = "0124-/ ";
  int accepted = 0;
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string text = texts[i];
    const bool integer = is_canonical_by_the_grammar(text, false);
    const bool rational = is_canonical_by_the_grammar(text, true);
    if (integer_read(text) != (integer ? text : "refused") || rational_read(text) != (rational ? text : "refused")) {
      FAIL("'" << text << "'");
    }
    accepted += rational ? 1 : 0;
    if (text.size() == 5) continue;
    for (const char c : characters) texts.push_back(text + c);
  }
  CHECK(accepted > 1000);
}

TEST_CASE("what is refused is said, with what would be right", "[rational]") {
  CHECK_THROWS_WITH(parse_integer("1.5", kHere), "here:3:4: '1.5' is no integer; expected digits like 42 or -7");
  CHECK_THROWS_WITH(parse_rational("x", kHere), "here:3:4: 'x' is no rational number; expected one like 42 or -63/625");
  CHECK_THROWS_WITH(parse_rational("1/0", kHere), "here:3:4: '1/0' has the denominator 0");
  CHECK_THROWS_WITH(parse_rational("-4/6", kHere), "here:3:4: '-4/6' is not in lowest terms; write '-2/3'");
  CHECK_THROWS_WITH(parse_rational("6/3", kHere), "here:3:4: '6/3' is not in lowest terms; write '2'");
  CHECK_THROWS_WITH(parse_rational("0/3", kHere), "here:3:4: '0/3' is not in lowest terms; write '0'");
}

TEST_CASE("a million digits are read, and not one more", "[rational]") {
  const std::string longest(1'000'000, '7');
  // 77…7 = 7 · (10^n − 1) / 9
  CHECK(parse_integer(longest, kHere) * 9 == 7 * (pow(Integer(10), 1'000'000u) - 1));
  CHECK(parse_rational(longest, kHere) == Rational(parse_integer(longest, kHere)));
  CHECK(parse_integer("-" + longest, kHere) == -parse_integer(longest, kHere));
  CHECK_THROWS_WITH(parse_integer(longest + "7", kHere),
                    "here:3:4: a number of 1000001 digits; at most 1000000 are read");
  CHECK(rational_read("-" + longest.substr(1) + "/2") == "-" + longest.substr(1) + "/2");
  CHECK_THROWS_WITH(parse_rational("-" + longest + "/2", kHere),
                    "here:3:4: a number of 1000001 digits; at most 1000000 are read");
}

TEST_CASE("small rationals are printed in lowest terms", "[rational]") {
  for (long p = -50; p <= 50; ++p) {
    for (long q = 1; q <= 50; ++q) {
      const long divisor = std::gcd(p, q);
      std::string expected = std::to_string(p / divisor);
      if (q != divisor) expected += "/" + std::to_string(q / divisor);
      if (to_string(Rational(p, q)) == expected && to_string(Rational(Integer(-p), Integer(-q))) == expected) continue;
      FAIL(p << "/" << q);
    }
  }
}

TEST_CASE("printing and reading are inverse to each other", "[rational]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 2000; ++round) {
    const Integer numerator = random_integer(random);
    const Integer denominator = abs(random_integer(random)) + 1;
    const Rational value(numerator, denominator);
    const std::string text = to_string(value);
    CAPTURE(text);
    REQUIRE(parse_integer(to_string(numerator), kHere) == numerator);
    REQUIRE(parse_rational(text, kHere) == value);
    // The digits mean what they say: by decimal arithmetic, not by GMP's own reading.
    Integer digits = 0;
    for (const char c : to_string(denominator)) digits = digits * 10 + (c - '0');
    REQUIRE(digits == denominator);
  }
}

TEST_CASE("equal numbers have equal hashes, and the hashes of small numbers differ", "[rational]") {
  EIGENMATA_SEEDED(random, 2);
  for (int round = 0; round < 500; ++round) {
    const Rational a(random_integer(random), abs(random_integer(random)) + 1);
    const Rational b(random_integer(random), abs(random_integer(random)) + 1);
    // The same number by another way: with other room in its limbs.
    REQUIRE(hash_value(Rational(a + b - b)) == hash_value(a));
    REQUIRE((hash_value(a) == hash_value(Rational(-a))) == a.is_zero());
  }
  std::set<Rational> numbers;
  std::set<std::size_t> hashes;
  for (long p = -200; p <= 200; ++p) {
    for (long q = 1; q <= 200; ++q) {
      numbers.insert(Rational(p, q));
      hashes.insert(hash_value(Rational(p, q)));
    }
  }
  CHECK(hashes.size() == numbers.size());
}

}  // namespace
}  // namespace eigenmata::exact

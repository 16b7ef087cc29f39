// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/polynomial.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_rational;
using P = Polynomial<Rational>;

const RationalArithmetic kRationals;
const core::Place kHere{"here"};

P polynomial(std::vector<Rational> coefficients) { return make_polynomial(kRationals, std::move(coefficients)); }

/// The zero polynomial once in a while, gaps often.
P random_polynomial(core::Random& random, std::size_t most_coefficients) {
  std::vector<Rational> coefficients;
  for (std::size_t i = random.below(most_coefficients + 1); i > 0; --i) {
    coefficients.push_back(random.one_in(3) ? Rational(0) : random_rational(random, 9));
  }
  return polynomial(coefficients);
}

P times(const P& a, const P& b) { return multiply(kRationals, a, b); }
P plus(const P& a, const P& b) { return add(kRationals, a, b); }

/// a modulo b by schoolbook division.
P remainder_by_hand(P a, const P& b) {
  while (!a.is_zero() && a.degree() >= b.degree()) {
    std::vector<Rational> quotient(a.degree() - b.degree() + 1, Rational(0));
    quotient.back() = -a.coefficients.back() / b.coefficients.back();
    a = plus(a, times(polynomial(quotient), b));
  }
  return a;
}

P monic_by_hand(const P& p) { return p.is_zero() ? p : times(p, polynomial({Rational(1 / p.coefficients.back())})); }

P euclid_by_hand(P a, P b) {
  while (!b.is_zero()) {
    P rest = remainder_by_hand(a, b);
    a = std::exchange(b, monic_by_hand(rest));
  }
  return monic_by_hand(a);
}

TEST_CASE("leading zeros are dropped, others kept", "[polynomial]") {
  CHECK(polynomial({}).is_zero());
  CHECK(polynomial({0, 0, 0}).is_zero());
  CHECK(polynomial({0, 0, 5, 0}).coefficients == std::vector<Rational>{0, 0, 5});
  CHECK(polynomial({0, 0, 5, 0}).degree() == 2);
  CHECK(polynomial({3}).degree() == 0);
}

TEST_CASE("polynomials are a commutative ring", "[polynomial]") {
  EIGENMATA_SEEDED(random, 1);
  const P zero;
  const P one = polynomial({1});
  for (int round = 0; round < 500; ++round) {
    const P a = random_polynomial(random, 6);
    const P b = random_polynomial(random, 6);
    const P c = random_polynomial(random, 6);
    CAPTURE(to_string(a), to_string(b), to_string(c));
    REQUIRE(plus(a, b) == plus(b, a));
    REQUIRE(plus(plus(a, b), c) == plus(a, plus(b, c)));
    REQUIRE(plus(a, zero) == a);
    REQUIRE(plus(a, times(a, polynomial({-1}))) == zero);  // the sum's leading zeros are gone
    REQUIRE(times(a, b) == times(b, a));
    REQUIRE(times(times(a, b), c) == times(a, times(b, c)));
    REQUIRE(times(a, one) == a);
    REQUIRE(times(a, zero) == zero);
    REQUIRE(times(a, plus(b, c)) == plus(times(a, b), times(a, c)));
    if (!a.is_zero() && !b.is_zero()) REQUIRE(times(a, b).degree() == a.degree() + b.degree());
  }
}

TEST_CASE("evaluation is the sum of the terms, and respects sums and products", "[polynomial]") {
  EIGENMATA_SEEDED(random, 2);
  for (int round = 0; round < 500; ++round) {
    const P a = random_polynomial(random, 6);
    const P b = random_polynomial(random, 6);
    const Rational x = random_rational(random, 5);
    CAPTURE(to_string(a), to_string(b), x);
    Rational expected = 0;
    Rational power = 1;
    for (const Rational& c : a.coefficients) {
      expected += c * power;
      power *= x;
    }
    REQUIRE(evaluate(kRationals, a, x) == expected);
    REQUIRE(evaluate(kRationals, plus(a, b), x) == expected + evaluate(kRationals, b, x));
    REQUIRE(evaluate(kRationals, times(a, b), x) == expected * evaluate(kRationals, b, x));
  }
  CHECK(evaluate(kRationals, P{}, 5) == 0);
}

TEST_CASE("the greatest common divisor is Euclid's", "[polynomial]") {
  EIGENMATA_SEEDED(random, 3);
  std::size_t with_degree = 0;
  for (int round = 0; round < 500; ++round) {
    const P common = random_polynomial(random, 4);
    const P a = times(common, random_polynomial(random, 5));
    const P b = times(common, random_polynomial(random, 5));
    CAPTURE(to_string(a), to_string(b));
    const P divisor = greatest_common_divisor(a, b);
    REQUIRE(divisor == euclid_by_hand(a, b));
    if (divisor.is_zero()) continue;
    REQUIRE(divisor.coefficients.back() == 1);
    REQUIRE(remainder_by_hand(a, divisor).is_zero());
    REQUIRE(remainder_by_hand(b, divisor).is_zero());
    with_degree += divisor.degree() > 0 ? 1 : 0;
  }
  CHECK(with_degree > 100);
  CHECK(greatest_common_divisor({}, {}).is_zero());
  CHECK(greatest_common_divisor({}, polynomial({2, 4})) == polynomial({Rational(1, 2), 1}));
  CHECK(greatest_common_divisor(polynomial({6}), polynomial({4})) == polynomial({1}));
}

TEST_CASE("known polynomials have their known factors", "[polynomial]") {
  const auto shown = [](const char* text) {
    std::map<std::string, std::size_t> result;
    for (const auto& [factor, multiplicity] : factors(parse_polynomial(text, "x", kHere))) {
      CHECK(result.emplace(to_string(factor), multiplicity).second);
    }
    return result;
  };
  using Shown = std::map<std::string, std::size_t>;
  CHECK(shown("7").empty());
  CHECK(shown("-1/2").empty());
  CHECK(shown("x") == Shown{{"x", 1}});
  CHECK(shown("3*x^5") == Shown{{"x", 5}});
  CHECK(shown("-2*x+1") == Shown{{"x-1/2", 1}});
  CHECK(shown("x^4+4") == Shown{{"x^2+2*x+2", 1}, {"x^2-2*x+2", 1}});  // Sophie Germain
  CHECK(shown("x^4+1") == Shown{{"x^4+1", 1}});                        // reducible modulo every prime
  CHECK(shown("x^4-10*x^2+1") == Shown{{"x^4-10*x^2+1", 1}});          // √2+√3
  CHECK(shown("x^6-1") == Shown{{"x-1", 1}, {"x+1", 1}, {"x^2+x+1", 1}, {"x^2-x+1", 1}});
  CHECK(shown("4*x^4-4*x^2+1") == Shown{{"x^2-1/2", 2}});
  CHECK(shown("x^3-3/2*x^2+3/4*x-1/8") == Shown{{"x-1/2", 3}});
}

TEST_CASE("a product of irreducible polynomials falls into them again", "[polynomial]") {
  EIGENMATA_SEEDED(random, 4);
  for (int round = 0; round < 100; ++round) {
    // Irreducible by Eisenstein at 2: monic, the other coefficients even, the constant term not divisible by 4.
    std::map<std::string, std::size_t> expected;
    P product = polynomial({random_rational(random, 20)});
    if (product.is_zero()) product = polynomial({Rational(5, 3)});
    for (std::size_t i = random.below(4); i > 0; --i) {
      std::vector<Rational> coefficients{4 * random.between(-5, 5) + 2};
      for (std::size_t j = random.below(4); j > 0; --j) coefficients.emplace_back(2 * random.between(-5, 5));
      coefficients.emplace_back(1);
      const P irreducible = polynomial(coefficients);
      const std::size_t multiplicity = 1 + random.below(3);
      expected[to_string(irreducible)] += multiplicity;
      for (std::size_t j = 0; j < multiplicity; ++j) product = times(product, irreducible);
    }
    CAPTURE(to_string(product));
    std::map<std::string, std::size_t> found;
    for (const auto& [factor, multiplicity] : factors(product)) found[to_string(factor)] += multiplicity;
    REQUIRE(found == expected);
  }
}

TEST_CASE("polynomials are printed with the highest power first", "[polynomial]") {
  CHECK(to_string(P{}) == "0");
  CHECK(to_string(polynomial({-1})) == "-1");
  CHECK(to_string(polynomial({5, Rational(-1, 2), 0, 1})) == "x^3-1/2*x+5");
  CHECK(to_string(polynomial({0, 1, -1})) == "-x^2+x");
  CHECK(to_string(polynomial({1, -1}), "sqrt(5)") == "-sqrt(5)+1");
  CHECK(to_string(polynomial({0, 0, Rational(7, 3)}), "t") == "7/3*t^2");
}

TEST_CASE("what is printed can be read", "[polynomial]") {
  EIGENMATA_SEEDED(random, 5);
  for (int round = 0; round < 1000; ++round) {
    const P p = random_polynomial(random, 8);
    const char* variable = round % 2 == 0 ? "x" : "lambda";
    const std::string text = to_string(p, variable);
    CAPTURE(text);
    REQUIRE(parse_polynomial(text, variable, kHere) == p);
  }
  const P largest = parse_polynomial("x^10000+1", "x", kHere);
  CHECK(largest.degree() == 10'000);
  CHECK(evaluate(kRationals, largest, -1) == 2);
  CHECK_THROWS_AS(parse_polynomial("x^10001+1", "x", kHere), core::Error);
}

TEST_CASE("whatever short text is read is printed the same", "[polynomial]") {
  const std::string characters = "x^*-+201/";
  std::size_t accepted = 0;
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string text = texts[i];
    try {
      const P p = parse_polynomial(text, "x", kHere);
      if (to_string(p) != text) FAIL("'" << text << "' is read as " << to_string(p));
      if (!p.is_zero() && p.coefficients.back().is_zero()) FAIL("'" << text << "' has a leading zero");
      ++accepted;
    } catch (const core::Error& error) {
      CHECK(error.place() == kHere);
    }
    if (text.size() == 5) continue;
    for (const char c : characters) texts.push_back(text + c);
  }
  CHECK(accepted > 500);
}

TEST_CASE("what is wrong with a polynomial is said", "[polynomial]") {
  const auto read = [](const char* text) { return parse_polynomial(text, "x", kHere); };
  CHECK_THROWS_WITH(read(""), "here: an empty polynomial");
  CHECK_THROWS_WITH(read("x+x^2"), "here: the powers of 'x+x^2' do not decrease");
  CHECK_THROWS_WITH(read("x+x"), "here: the powers of 'x+x' do not decrease");
  CHECK_THROWS_WITH(read("x^2+0*x"), "here: a term with the coefficient 0 in 'x^2+0*x'");
  CHECK_THROWS_WITH(read("x+0"), "here: a term with the coefficient 0 in 'x+0'");
  CHECK_THROWS_WITH(read("1*x"), "here: the coefficient 1 is not written, in '1*x'");
  CHECK_THROWS_WITH(read("2x"), "here: expected '*' before the variable in '2x'");
  CHECK_THROWS_WITH(read("x^1"), "here: expected a power like ^2 after the variable, found '^1'");
  CHECK_THROWS_WITH(read("y"), "here: 'y' is no rational number; expected one like 42 or -63/625");
  CHECK_THROWS_WITH(read("2/4*x"), "here: '2/4' is not in lowest terms; write '1/2'");
}

TEST_CASE("terms are read as documented", "[polynomial]") {
  const auto read = [](const char* text) {
    const Term term = parse_term(text, "x", kHere);
    return to_string(term.coefficient) + " at " + std::to_string(term.power);
  };
  CHECK(read("3/4") == "3/4 at 0");
  CHECK(read("x") == "1 at 1");
  CHECK(read("-x^2") == "-1 at 2");
  CHECK(read("5*x^3") == "5 at 3");
  CHECK(read("-5/2*x") == "-5/2 at 1");
  for (const char* text :
       {"", "+x", "-", "x^", "x^0", "x^02", "x^-1", "xx", "*x", "-*x", "-1*x", "x*2", " x", "x ", "--x"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(read(text), core::Error);
  }
}

}  // namespace
}  // namespace eigenmata::exact

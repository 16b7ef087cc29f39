// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/number_field.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "eigenmata/exact/algebraic.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_rational;

const RationalArithmetic kRationals;
const core::Place kHere{"here"};

NumberField field(std::string_view polynomial, const Rational& low, const Rational& high, const std::string& name) {
  return NumberField(parse_polynomial(polynomial, "x", kHere), low, high, name, kHere);
}

/// Fields of every shape that the arithmetic treats in its own way: degree two and more, monic or not, with rational
/// coefficients, the other root, several real roots.
std::vector<NumberField> some_fields() {
  return {field("x^2-5", 2, 3, "sqrt(5)"),        field("x^2-5", -3, -2, "b"),
          field("x^2-x-1", 0, 2, "phi"),          field("x^2-1/2", 0, 1, "sqrt(1/2)"),
          field("6*x^2-2*x-5", -1, 0, "c"),       field("x^3-x-1", 1, 2, "a"),
          field("3*x^3-x-1", 0, 1, "a"),          field("x^3-3*x+1", 0, 1, "m"),
          field("x^3-3*x+1", -2, -1, "m"),        field("x^4-10*x^2+1", 3, 4, "x"),
          field("1/7*x^5-1/7*x-3/7", 0, 2, "r2"), field("x^12-2", 1, 2, "a")};
}

FieldElement random_element(core::Random& random, const NumberField& k) {
  std::vector<Rational> coefficients;
  for (std::size_t i = random.below(k.degree() + 1); i > 0; --i) {
    coefficients.push_back(random.one_in(4) ? Rational(0) : random_rational(random, 12));
  }
  return k.from_coefficients(coefficients);
}

/// α among all algebraic numbers, found without the field's help.
Algebraic root_of(const NumberField& k) {
  for (const Algebraic& root : roots(k.polynomial())) {
    if (!root.is_real()) continue;
    const Ball value = root.enclosure(100).first;
    const Ball low(k.low(), 100);
    const Ball high(k.high(), 100);
    if (subtract(value, low, 100).sign() == 1 && subtract(high, value, 100).sign() == 1) return root;
  }
  FAIL("no root");
  return {};
}

/// The product by schoolbook multiplication and division.
std::vector<Rational> product_by_hand(const NumberField& k, const FieldElement& a, const FieldElement& b) {
  const auto x = a.coefficients();
  const auto y = b.coefficients();
  std::vector<Rational> product(2 * k.degree() - 1, Rational(0));
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t j = 0; j < y.size(); ++j) product[i + j] += x[i] * y[j];
  }
  const auto& p = k.polynomial().coefficients;
  for (; product.size() > k.degree(); product.pop_back()) {
    const Rational factor = product.back() / p.back();
    for (std::size_t i = 0; i < p.size(); ++i) product[product.size() - p.size() + i] -= factor * p[i];
  }
  return product;
}

TEST_CASE("number fields are fields", "[number_field]") {
  for (const NumberField& k : some_fields()) {
    EIGENMATA_SEEDED(random, 1);
    CAPTURE(to_string(k.polynomial()));
    for (int round = 0; round < 60; ++round) {
      const FieldElement a = random_element(random, k);
      const FieldElement b = random_element(random, k);
      const FieldElement c = random_element(random, k);
      CAPTURE(k.format(a), k.format(b), k.format(c));
      REQUIRE(k.equal(k.add(a, b), k.add(b, a)));
      REQUIRE(k.equal(k.add(k.add(a, b), c), k.add(a, k.add(b, c))));
      REQUIRE(k.equal(k.multiply(a, b), k.multiply(b, a)));
      REQUIRE(k.equal(k.multiply(k.multiply(a, b), c), k.multiply(a, k.multiply(b, c))));
      REQUIRE(k.equal(k.multiply(a, k.add(b, c)), k.add(k.multiply(a, b), k.multiply(a, c))));
      REQUIRE(k.equal(k.add(a, k.zero()), a));
      REQUIRE(k.equal(k.multiply(a, k.one()), a));
      REQUIRE(k.is_zero(k.subtract(a, a)));
      REQUIRE(k.multiply(a, b).coefficients() == product_by_hand(k, a, b));
      REQUIRE(k.hash(k.subtract(k.add(a, b), b)) == k.hash(a));
      REQUIRE(k.is_zero(a) == (a.coefficients() == std::vector<Rational>(k.degree(), Rational(0))));
      if (k.is_zero(b)) continue;
      const FieldElement quotient = k.divide(a, b);
      REQUIRE(product_by_hand(k, quotient, b) == a.coefficients());
      REQUIRE(k.equal(k.multiply(k.divide(k.one(), b), b), k.one()));
    }
    CHECK_THROWS_AS(k.divide(k.one(), k.zero()), std::domain_error);
    CHECK(k.is_zero(evaluate(k, Polynomial<FieldElement>{[&] {
                               std::vector<FieldElement> coefficients;
                               for (const Rational& c : k.polynomial().coefficients)
                                 coefficients.push_back(k.from_rational(c));
                               return coefficients;
                             }()},
                             k.generator())));
  }
}

TEST_CASE("elements are the algebraic numbers that they stand for", "[number_field]") {
  for (const NumberField& k : some_fields()) {
    if (k.degree() > 5) continue;
    EIGENMATA_SEEDED(random, 2);
    CAPTURE(to_string(k.polynomial()), to_string(k.low()));
    const Algebraic alpha = root_of(k);
    const auto as_algebraic = [&](const FieldElement& a) {
      Algebraic value;
      const auto coefficients = a.coefficients();
      for (std::size_t i = coefficients.size(); i-- > 0;) value = value * alpha + Algebraic(coefficients[i]);
      return value;
    };
    REQUIRE(as_algebraic(k.generator()) == alpha);
    for (int round = 0; round < 8; ++round) {
      const FieldElement a = random_element(random, k);
      const FieldElement b = random_element(random, k);
      CAPTURE(k.format(a), k.format(b));
      const Algebraic x = as_algebraic(a);
      const Algebraic y = as_algebraic(b);
      REQUIRE(as_algebraic(k.add(a, b)) == x + y);
      REQUIRE(as_algebraic(k.multiply(a, b)) == x * y);
      if (!y.is_zero()) REQUIRE(as_algebraic(k.divide(a, b)) == x / y);
      REQUIRE(k.sign(a) == x.sign_of_real_part());
      REQUIRE(k.sign(k.subtract(a, b)) == (x - y).sign_of_real_part());
      REQUIRE(k.enclosure(a, 200).overlaps(x.enclosure(200).first));
      REQUIRE(k.enclosure(a, 200).is_narrower_than(150));
    }
  }
}

TEST_CASE("the interval chooses the root, and with it the order", "[number_field]") {
  // x³ − 3x + 1 has the roots 2cos(2π/9), 2cos(4π/9), −2cos(π/9): 1.53…, 0.34…, −1.87…
  const NumberField large = field("x^3-3*x+1", 1, 2, "m");
  const NumberField middle = field("x^3-3*x+1", 0, 1, "m");
  const NumberField small = field("x^3-3*x+1", -2, -1, "m");
  for (const auto& [k, value] : std::vector<std::pair<NumberField, Rational>>{
           {large, {153, 100}}, {middle, {34, 100}}, {small, Rational(-188, 100)}}) {
    CHECK(k.sign(k.subtract(k.generator(), k.from_rational(value))) == 1);
    CHECK(k.sign(k.subtract(k.generator(), k.from_rational(value + Rational(1, 100)))) == -1);
  }
  CHECK_FALSE(large == middle);
  CHECK(large == field("x^3-3*x+1", Rational(3, 2), 5, "m"));  // the interval may differ
  CHECK_FALSE(large == field("x^3-3*x+1", 1, 2, "n"));
  CHECK_FALSE(large == field("x^3-x-1", 1, 2, "m"));
  CHECK(large.low() == 1);
  CHECK(large.high() == 2);
  CHECK(large.generator_name() == "m");
  CHECK(large.degree() == 3);
}

TEST_CASE("signs are decided however small the number", "[number_field]") {
  // φ·F(n) − F(n+1) = −(−1/φ)^n: at n = 2000 about 10^−418.
  const NumberField k = field("x^2-x-1", 1, 2, "phi");
  Integer f = 1;
  Integer next = 1;
  for (int n = 1; n <= 2000; ++n) {
    if (n % 50 < 2) {
      const FieldElement x = k.from_coefficients({Rational(-next), Rational(f)});
      if (k.sign(x) != (n % 2 == 0 ? -1 : 1)) FAIL(n);
    }
    next += f;
    f = next - f;
  }
  CHECK(k.sign(k.zero()) == 0);
  CHECK(k.sign(k.subtract(k.multiply(k.generator(), k.generator()), k.add(k.generator(), k.one()))) == 0);
}

TEST_CASE("elements have one text", "[number_field]") {
  const NumberField k = field("x^2-5", 2, 3, "sqrt(5)");
  const auto shown = [&](const std::vector<Rational>& c) { return k.format(k.from_coefficients(c)); };
  CHECK(shown({}) == "0");
  CHECK(shown({Rational(1, 2), Rational(1, 2)}) == "1/2+1/2*sqrt(5)");
  CHECK(shown({0, -1}) == "-sqrt(5)");
  CHECK(shown({-3, 1}) == "-3+sqrt(5)");
  CHECK(shown({2, Rational(-7, 3)}) == "2-7/3*sqrt(5)");
  const NumberField cubic = field("x^3-x-1", 1, 2, "a");
  CHECK(cubic.format(cubic.from_coefficients({0, 1, -1})) == "a-a^2");
  CHECK(cubic.format(cubic.from_coefficients({1, 0, 5})) == "1+5*a^2");

  for (const NumberField& any : some_fields()) {
    EIGENMATA_SEEDED(random, 3);
    for (int round = 0; round < 60; ++round) {
      const FieldElement x = random_element(random, any);
      CAPTURE(any.format(x));
      REQUIRE(any.equal(any.parse(any.format(x), kHere), x));
    }
  }
  for (const char* text : {"",
                           "a",
                           "+1",
                           "1.5",
                           "2/4",
                           "0+sqrt(5)",
                           "1+0*sqrt(5)",
                           "1*sqrt(5)",
                           "sqrt(5)+1",
                           "1+1",
                           "sqrt(5)^2",
                           "sqrt(5)+sqrt(5)",
                           "sqrt(7)",
                           "sqrt(5",
                           "1+-sqrt(5)",
                           "--sqrt(5)",
                           "1 + sqrt(5)",
                           "+sqrt(5)",
                           "sqrt(5)*2",
                           "1+",
                           "-",
                           "sqrt(5)sqrt(5)"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(k.parse(text, kHere), core::Error);
  }
  CHECK_THROWS_WITH(cubic.parse("a^3", kHere), "here: 'a^3' has a power of the generator beyond 2");
  CHECK_THROWS_WITH(cubic.parse("a+1", kHere),
                    "here: 'a+1' is not the canonical text of a number in this field; expected one like '1+a'");
}

TEST_CASE("short texts in a small alphabet are read only if they are printed", "[number_field]") {
  const NumberField k = field("x^3-x-1", 1, 2, "a");
  const std::string characters = "a^*-+20/";
  std::size_t accepted = 0;
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string text = texts[i];
    try {
      if (k.format(k.parse(text, kHere)) != text) FAIL("'" << text << "'");
      ++accepted;
    } catch (const core::Error&) {
    }
    if (text.size() == 5) continue;
    for (const char c : characters) texts.push_back(text + c);
  }
  CHECK(accepted > 80);
}

TEST_CASE("what does not define a field is refused with the reason", "[number_field]") {
  CHECK_THROWS_WITH(field("0", 0, 1, "a"), "here: 0 does not define a field; the degree has to be 2 to 64");
  CHECK_THROWS_WITH(field("x-2", 0, 3, "a"), "here: x-2 does not define a field; the degree has to be 2 to 64");
  CHECK_THROWS_AS(field("x^65-2", 0, 2, "a"), core::Error);
  CHECK(field("x^64-2", 0, 2, "a").degree() == 64);
  CHECK_THROWS_WITH(field("x^2-4", 0, 3, "a"),
                    Catch::StartsWith("here: x^2-4 is not irreducible; it is divisible by x"));
  CHECK_THROWS_WITH(field("x^4-4*x^2+4", 0, 3, "a"), "here: x^4-4*x^2+4 is not irreducible; it is divisible by x^2-2");
  CHECK_THROWS_WITH(field("x^2-2", -2, 2, "a"),
                    "here: x^2-2 has 2 real roots in [-2, 2]; the interval has to hold exactly one");
  CHECK_THROWS_WITH(field("x^2-2", 2, 3, "a"),
                    "here: x^2-2 has 0 real roots in [2, 3]; the interval has to hold exactly one");
  CHECK_THROWS_AS(field("x^2-2", 2, 1, "a"), core::Error);
  CHECK_THROWS_AS(field("x^2+2", -5, 5, "a"), core::Error);
  for (const char* name :
       {"", "2a", "a b", "a+b", "a*", "-a", "sqrt(3)", "sqrt(2", "sqrt(2) ", "sqrt(4/2)", "é", "a^2"}) {
    CAPTURE(name);
    CHECK_THROWS_WITH(field("x^2-2", 1, 2, name), Catch::Contains("cannot name the generator"));
  }
  CHECK_THROWS_AS(field("x^2-2", -2, -1, "sqrt(2)"), core::Error);  // the negative root
  CHECK_THROWS_AS(field("2*x^2-4", 1, 2, "sqrt(2)"), core::Error);  // not x² − d
  CHECK_THROWS_AS(field("x^2-x-1", 1, 2, "sqrt(1)"), core::Error);
  CHECK_NOTHROW(field("2*x^2-4", 1, 2, "Root2"));
}

TEST_CASE("elements can be copied, moved between fields, and outlive their field", "[number_field]") {
  const auto made = [] { return field("x^3-x-1", 1, 2, "a").from_coefficients({1, 2, 3}); };
  const FieldElement orphan = made();
  CHECK(orphan.coefficients() == std::vector<Rational>{1, 2, 3});

  const NumberField two = field("x^2-2", 1, 2, "sqrt(2)");
  const NumberField five = field("x^5-x-1", 1, 2, "a");
  FieldElement x = two.from_coefficients({Rational(1, 3), 7});
  const FieldElement copy = x;
  x = five.generator();  // an element of another field takes its place
  CHECK(x.coefficients() == std::vector<Rational>{0, 1, 0, 0, 0});
  CHECK(copy.coefficients() == std::vector<Rational>{Rational(1, 3), 7});
  x = copy;
  CHECK(two.equal(x, copy));
  const FieldElement& alias = x;
  x = alias;
  CHECK(two.equal(x, copy));
  FieldElement moved(std::move(x));
  CHECK(two.equal(moved, copy));
  std::vector<FieldElement> many(3, five.one());
  std::swap(many[0], moved);
  CHECK(two.equal(many[0], copy));
  CHECK(five.equal(moved, five.one()));
}

}  // namespace
}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
//
// Numbers of real number fields: reading, arithmetic against floating point of 400 bits, order, and fields that are
// none.
#include "checker/number_field.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "checker/number.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

FieldPointer field(const char* polynomial, const char* low, const char* high, const char* generator) {
  std::string fault;
  FieldPointer result = NumberField::make(polynomial, low, high, generator, fault);
  INFO(fault);
  REQUIRE(result);
  return result;
}

Number number(const std::string& text, const FieldPointer& field) {
  CAPTURE(text);
  const std::optional<Number> result = Number::parse(text, field);
  REQUIRE(result);
  REQUIRE(result->shown() == text);
  return *result;
}

TEST_CASE("the golden ratio", "[checker][number-field]") {
  const FieldPointer k = field("x^2-5", "2", "3", "sqrt(5)");
  const Number phi = number("1/2+1/2*sqrt(5)", k);
  CHECK((phi * phi).shown() == "3/2+1/2*sqrt(5)");
  CHECK(phi * phi == phi + Number(Rational(1)));
  CHECK((Number(Rational(1)) / phi).shown() == "-1/2+1/2*sqrt(5)");
  CHECK((phi - phi).is_zero());
  CHECK((phi * phi - phi) == Number(Rational(1)));
  CHECK((phi * phi - phi).is_rational());
  CHECK(phi > *Rational::parse("1618033988749/1000000000000"));
  CHECK(phi < *Rational::parse("1618033988751/1000000000000"));
  // Convergents come closer than any enclosure of few bits.
  mpz_class a = 1, b = 1;
  for (int i = 0; i < 1'000; ++i) {
    const Number convergent = Rational(mpq_class(b, a));
    CHECK((i % 2 == 0 ? convergent < phi : phi < convergent));
    std::swap(a, b);
    b += a;
  }
}

TEST_CASE("canonical texts only", "[checker][number-field]") {
  const FieldPointer k = field("x^3-2", "1", "2", "c");
  for (const char* text : {"0", "1", "-1/2", "c", "-c", "1+c", "1-c^2", "1/2*c", "-3/2*c^2", "1+c-c^2", "c+c^2"}) {
    number(text, k);
  }
  for (const char* text :
       {"",    "+c", "c+1", "1+1", "c^1", "c^3",  "1*c", "0*c", "c+c", "2/4*c", "c^02",  "1+-c", "1--c", "cc",
        "c*2", "1+", "-",   "c^",  "2c",  "1 +c", "x",   "0+c", "1e5", "C",     "c^2+c", "--c",  "c^-2"}) {
    CAPTURE(text);
    CHECK_FALSE(Number::parse(text, k));
  }
  CHECK_FALSE(Number::parse("c", nullptr));
}

TEST_CASE("texts that name no field say why", "[checker][number-field]") {
  struct Case {
    const char* polynomial;
    const char* low;
    const char* high;
    const char* generator;
    const char* message;
  };
  for (const Case& c :
       {Case{"x-2", "1", "3", "c", "degree 2 to 64"}, Case{"5", "1", "3", "c", "degree 2 to 64"},
        Case{"-5+x^2", "2", "3", "c", "polynomial"}, Case{"x^65-2", "1", "2", "c", "degree 2 to 64"},
        Case{"x^2-5", "3", "4", "c", "has 0 real roots"}, Case{"x^2-5", "-3", "3", "c", "has 2 real roots"},
        Case{"x^2+1", "-3", "3", "c", "has 0 real roots"}, Case{"x^2-5", "3", "2", "c", "the lesser first"},
        Case{"x^2-4", "2", "3", "c", "rational root"}, Case{"x^2-4", "1", "3", "c", "rational root"},
        Case{"x^3-x", "-1/3", "1/2", "c", "rational root"}, Case{"x^2-2*x+1", "0", "3", "c", "multiple root"},
        Case{"x^2-5", "2", "3", "sqrt(2)", "cannot name"}, Case{"x^2-5", "-3", "-2", "sqrt(5)", "cannot name"},
        Case{"x^2-5", "2", "3", "1c", "cannot name"}, Case{"x^2-5", "2", "3", "a-b", "cannot name"},
        Case{"x^2-5", "2", "3/0", "c", "exact numbers"}}) {
    CAPTURE(c.polynomial, c.low, c.high, c.generator);
    std::string fault;
    CHECK_FALSE(NumberField::make(c.polynomial, c.low, c.high, c.generator, fault));
    CHECK_THAT(fault, Catch::Contains(c.message));
  }
  CHECK(field("x^2-5/2", "1", "2", "sqrt(5/2)")->degree() == 2);
  CHECK(field("-2*x^2+10", "2", "3", "c")->degree() == 2);
}

TEST_CASE("a polynomial that is not irreducible cannot be used to prove anything false", "[checker][number-field]") {
  // (x² − 2)(x² − 3), at √2: x² − 2 is a residue other than 0 that stands for 0.
  const FieldPointer k = field("x^4-5*x^2+6", "7/5", "3/2", "c");
  const Number c = number("c", k);
  CHECK_THROWS_AS(Number::parse("-2+c^2", k), ReducibleField);
  CHECK_THROWS_AS(c * c > Number(Rational(2)), ReducibleField);
  CHECK_THROWS_AS(Number(Rational(1)) / (c * c - Number(Rational(2))), ReducibleField);
  // A residue that stands for another number than 0 but divides the polynomial has no inverse; its sign is known.
  CHECK(c * c < Number(Rational(3)));
  CHECK_THROWS_AS(Number(Rational(1)) / (c * c - Number(Rational(3))), ReducibleField);
}

/// The value at a root, in floating point.
mpf_class approximate(const Residue& a, const mpf_class& root) {
  mpf_class value(0, 400);
  for (std::size_t i = a.numerators.size(); i-- > 0;) value = value * root + mpf_class(a.numerators[i], 400);
  return value / mpf_class(a.denominator, 400);
}

TEST_CASE("field operations agree with floating point", "[checker][number-field]") {
  struct Sample {
    FieldPointer field;
    mpf_class root;
  };
  std::vector<Sample> samples;
  samples.push_back({field("x^2-5", "2", "3", "sqrt(5)"), sqrt(mpf_class(5, 400))});
  // √2 + √3, and the root of 2x³ − 3/2 by Newton's method.
  samples.push_back({field("x^4-10*x^2+1", "3", "4", "c"), sqrt(mpf_class(2, 400)) + sqrt(mpf_class(3, 400))});
  mpf_class cube(0.9, 400);
  for (int i = 0; i < 12; ++i) cube -= (cube * cube * cube - 0.75) / (3 * cube * cube);
  samples.push_back({field("2*x^3-3/2", "0", "1", "r"), cube});
  std::mt19937 random(7);
  for (const Sample& sample : samples) {
    const auto residue = [&] {
      Residue a;
      for (std::size_t i = 0; i < sample.field->degree(); ++i)
        a.numerators.emplace_back(static_cast<int>(random() % 41) - 20);
      a.denominator = 1 + random() % 12;
      reduce(a);
      return a;
    };
    for (int round = 0; round < 200; ++round) {
      const Residue a = residue();
      const Residue b = residue();
      const auto close = [](const mpf_class& x, const mpf_class& y) { return abs(x - y) < mpf_class("1e-80", 400); };
      REQUIRE(close(approximate(sample.field->multiply(a, b), sample.root),
                    approximate(a, sample.root) * approximate(b, sample.root)));
      REQUIRE(sample.field->sign(a) == sgn(approximate(a, sample.root)));
      if (a.numerators.empty()) continue;
      REQUIRE(close(approximate(sample.field->inverse(a), sample.root) * approximate(a, sample.root), 1));
      REQUIRE(sample.field->multiply(a, sample.field->inverse(a)) == Residue{{1}, 1});
    }
  }
}

// A rotation of the icosahedron, of order 5, as two reflections.
constexpr const char* kFifth = R"(eigenmata-certificate 1
kind points
numbers field x^2-5 2 3 sqrt(5)
class householder[-1,1]:2
letters 1
letter "a"
automaton 5 initial 0
accepting 0
next 1
next 2
next 3
next 4
next 0
network 1 empty-word accept
layer 3 inputs 1 outputs 2
start 0:1
map householder 2
factor 2 | 1:1
factor 2 | 0:1 1:-1/2-1/2*sqrt(5) 2:1/2-1/2*sqrt(5)
offset
decoder affine shared
readout 0:1 | 0 | 99/100 | 0 1
accept 1
points 5
point start state 0
at 0:1
step 1
)";

TEST_CASE("certificates over number fields", "[checker][number-field]") {
  // The points, by the checker's own arithmetic; the fifth step returns, or the polynomial relation would be wrong.
  std::string text = kFifth;
  const FieldPointer k = field("x^2-5", "2", "3", "sqrt(5)");
  const std::vector<Number> w = {number("1", k), number("-1/2-1/2*sqrt(5)", k), number("1/2-1/2*sqrt(5)", k)};
  std::vector<Number> h = {Rational(1), Number(), Number()};
  const auto step = [&] {
    h[1] = Number() - h[1];
    const Number scale =
        Rational(2) * (h[0] * w[0] + h[1] * w[1] + h[2] * w[2]) / (w[0] * w[0] + w[1] * w[1] + w[2] * w[2]);
    for (std::size_t i = 0; i < 3; ++i) h[i] -= scale * w[i];
  };
  for (int p = 1; p < 5; ++p) {
    step();
    text += "point from " + std::to_string(p - 1) + " 0 state " + std::to_string(p) + "\nat";
    for (std::size_t i = 0; i < 3; ++i) {
      if (!h[i].is_zero()) text += " " + std::to_string(i) + ":" + h[i].shown();
    }
    text += "\nstep " + std::to_string((p + 1) % 5) + "\n";
  }
  step();
  REQUIRE(h == std::vector<Number>{Rational(1), Number(), Number()});
  text += "end\n";
  const Outcome good = outcome_of(text);
  INFO(good.message);
  CHECK(good.code == 0);

  const auto changed = [&](const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return outcome_of(text.substr(0, at) + to + text.substr(at + from.size()));
  };
  CHECK(changed("field x^2-5 2 3 sqrt(5)", "rational").code == 2);
  CHECK(changed("field x^2-5 2 3 sqrt(5)", "field x^2-5 2 3").code == 2);
  CHECK(changed("field x^2-5 2 3 sqrt(5)", "field x^2-5 2 3 sqrt(6)").code == 2);
  CHECK(changed("field x^2-5 2 3 sqrt(5)", "field x^2-5 2 3 sqrt(5) 1").code == 2);
  CHECK(changed("field x^2-5 2 3 sqrt(5)", "field x^2-5 3 4 sqrt(5)").code == 2);
  // Another root, or another field, has other orbits.
  CHECK(changed("field x^2-5 2 3 sqrt(5)", "field x^2-6 2 3 sqrt(6)").code == 2);
  CHECK(changed("1:-1/2-1/2*sqrt(5)", "1:-1/2+1/2*sqrt(5)").rule == 3);
  CHECK(changed("1:-1/2-1/2*sqrt(5)", "1:-1/2-1/3*sqrt(5)").rule == 3);
  CHECK(changed("householder[-1,1]:2", "householder[-1,1]:1").rule == 7);
  CHECK(changed("| 99/100 |", "| 1/2*sqrt(5) |").rule == 5);
  CHECK(changed("| 99/100 |", "| -2+1/2*sqrt(5) |").rule == 5);
  CHECK(changed("| 99/100 |", "| 1/5+1/4*sqrt(5) |").code == 0);
  CHECK(changed("accept\nlayer", "reject\nlayer").rule == 6);
  // The same numbers with the generator called otherwise.
  std::string renamed = text;
  for (std::size_t at = 0; (at = renamed.find("sqrt(5)", at)) != std::string::npos;) renamed.replace(at, 7, "q");
  CHECK(outcome_of(renamed).code == 0);
}

}  // namespace
}  // namespace eigenmata::checker

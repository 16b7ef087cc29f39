// SPDX-License-Identifier: Apache-2.0
//
// The texts of algebraic numbers.
#include <catch2/catch.hpp>

#include "eigenmata/exact/algebraic.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_rational;

const core::Place kHere{"here", 2, 5};

Algebraic number(const Rational& value) { return Algebraic(value); }
Algebraic root_of(const Rational& value) { return square_root(Algebraic(value)); }
Algebraic parsed(std::string_view text) { return parse_algebraic(text, kHere); }

void check_round_trip(const Algebraic& x) {
  const std::string text = to_string(x);
  CAPTURE(text);
  const Algebraic back = parsed(text);
  REQUIRE(back == x);
  REQUIRE(back.hash() == x.hash());
  REQUIRE(to_string(back) == text);
}

TEST_CASE("known numbers have known texts", "[algebraic]") {
  CHECK(to_string(Algebraic()) == "0");
  CHECK(to_string(number(Rational(-2, 3))) == "-2/3");
  CHECK(to_string((number(1) + root_of(5)) / number(2)) == "1/2+1/2*sqrt(5)");
  CHECK(to_string((number(1) - root_of(5)) / number(2)) == "1/2-1/2*sqrt(5)");
  CHECK(to_string(root_of(-3)) == "sqrt(-3)");
  CHECK(to_string(number(0) - root_of(-3)) == "-sqrt(-3)");
  CHECK(to_string(number(2) - root_of(2)) == "2-sqrt(2)");
  CHECK(to_string(root_of(8)) == "2*sqrt(2)");
  CHECK(to_string(root_of(Rational(1, 2))) == "1/2*sqrt(2)");
  CHECK(to_string(root_of(Rational(-12, 25))) == "2/5*sqrt(-3)");
  CHECK(to_string(root_of_unity(2, 3)) == "-1/2-1/2*sqrt(-3)");
  CHECK(to_string(root_of_unity(1, 4)) == "sqrt(-1)");
  CHECK(to_string(root_of(2) + root_of(3)) == "root(x^4-10*x^2+1,0)");
  CHECK(to_string(root_of(2) - root_of(3)) == "root(x^4-10*x^2+1,2)");
  CHECK(to_string(root_of_unity(1, 5)) == "root(x^4+x^3+x^2+x+1,0)");
  CHECK(to_string(root_of_unity(4, 5)) == "root(x^4+x^3+x^2+x+1,1)");
}

TEST_CASE("known texts are known numbers", "[algebraic]") {
  const Algebraic golden = parsed("1/2+1/2*sqrt(5)");
  CHECK(golden * golden == golden + number(1));
  CHECK(golden.sign_of_real_part() == 1);
  CHECK(parsed("-sqrt(2)").sign_of_real_part() == -1);
  CHECK(parsed("sqrt(-3)").sign_of_imaginary_part() == 1);
  CHECK(parsed("-7/2").as_rational() == Rational(-7, 2));
  const Algebraic real = parsed("root(x^5-x-1,0)");  // the only real root, 1.1673…
  CHECK(real.is_real());
  CHECK((real - number(Rational(11673, 10000))).sign_of_real_part() == 1);
  CHECK((real - number(Rational(11674, 10000))).sign_of_real_part() == -1);
  CHECK(real * real * real * real * real == real + number(1));
  CHECK(parsed("root(x^5-x-1,1)").sign_of_imaginary_part() == 1);
  CHECK(parsed("root(x^5-x-1,2)") == parsed("root(x^5-x-1,1)").conjugate());
}

TEST_CASE("printing and reading are inverse to each other on algebraic numbers", "[algebraic]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 300; ++round) {
    const Rational radicand = random.one_in(2) ? Rational(random.between(-50, 50)) : random_rational(random, 100'000);
    check_round_trip(number(random_rational(random, 20)) + number(random_rational(random, 20)) * root_of(radicand));
  }
  for (int round = 0; round < 40; ++round) {
    std::vector<Rational> coefficients;
    for (std::uint64_t i = 3 + random.below(4); i > 0; --i) coefficients.push_back(random_rational(random, 5));
    coefficients.emplace_back(1);
    for (const Algebraic& root : roots({coefficients})) check_round_trip(root);
  }
}

TEST_CASE("numbers of degree two whose radicand is hard to factor are printed as roots", "[algebraic]") {
  const Integer prime = 100'003;  // the first beyond trial division
  CHECK(to_string(root_of(Rational(2 * prime * prime))) == "100003*sqrt(2)");
  CHECK(to_string(root_of(Rational(prime))) == "sqrt(100003)");
  const Integer next = 100'019;  // 100003 · 100019 is left undivided, and squarefree because below 10^15
  CHECK(to_string(root_of(Rational(prime * next))) == "sqrt(10002200057)");
  const Integer large = prime * prime * prime;  // above 10^15: could hide a square, as it does
  CHECK(to_string(root_of(Rational(large))) == "root(x^2-1000090002700027,0)");
  for (const Integer& radicand : {Integer(2 * prime * prime), Integer(prime * next), large, Integer(-large)}) {
    check_round_trip(root_of(Rational(radicand)));
    check_round_trip(number(Rational(1, 3)) - root_of(Rational(radicand)));
  }
  CHECK_THROWS_WITH(parsed("100003*sqrt(100003)"), Catch::Contains("write 'root(x^2-1000090002700027,0)'"));
}

TEST_CASE("every other text is refused", "[algebraic]") {
  for (const char* text : {"",
                           " ",
                           "x",
                           "+1",
                           "1.5",
                           "1/0",
                           "2/4",
                           "i",
                           "sqrt",
                           "sqrt(",
                           "sqrt()",
                           "sqrt(2",
                           "sqrt(2))",
                           "sqrt(x)",
                           "sqrt(+2)",
                           "sqrt( 2)",
                           "sqrt(02)",
                           "sqrt(1/2)",
                           "sqrt(0)",
                           "sqrt(1)",
                           "sqrt(4)",
                           "sqrt(8)",
                           "sqrt(-4)",
                           "+sqrt(2)",
                           "--sqrt(2)",
                           "1*sqrt(2)",
                           "-1*sqrt(2)",
                           "0*sqrt(2)",
                           "0+sqrt(2)",
                           "2sqrt(2)",
                           "*sqrt(2)",
                           "1+*sqrt(2)",
                           "1+-sqrt(2)",
                           "1+-2*sqrt(2)",
                           "2/4*sqrt(2)",
                           "sqrt(2)+1",
                           "sqrt(2)*2",
                           "sqrt(2)+sqrt(3)",
                           "sqrt(2)*sqrt(3)",
                           "1 +sqrt(2)",
                           "root",
                           "root(",
                           "root()",
                           "root(,)",
                           "root(,0)",
                           "root(0,0)",
                           "root(5,0)",
                           "root(x,0)",
                           "root(2*x-1,0)",
                           "root(x^2-2,0)",
                           "root(x^5-x-1)",
                           "root(x^5-x-1,)",
                           "root(x^5-x-1,5)",
                           "root(x^5-x-1,-1)",
                           "root(x^5-x-1,00)",
                           "root(x^5-x-1, 0)",
                           "root(x^5-x-1,0",
                           "root(x^5-x-1,0)+1",
                           "root(-x^5+x+1,0)",
                           "root(2*x^5-2*x-2,0)",
                           "root(1/2*x^5-1/2*x-1/2,0)",
                           "root(x^6-x^2-x,0)",
                           "root(x^10-2*x^6-2*x^5+x^2+2*x+1,0)",
                           "root(x^201-2,0)",
                           "2*root(x^5-x-1,0)"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(parsed(text), core::Error);
  }
}

TEST_CASE("messages about algebraic numbers say what is wrong and what would be right", "[algebraic]") {
  CHECK_THROWS_WITH(parsed("sqrt(8)"), "here:2:5: 'sqrt(8)' is not the canonical text; write '2*sqrt(2)'");
  CHECK_THROWS_WITH(parsed("sqrt(9)"), "here:2:5: 'sqrt(9)' is not the canonical text; write '3'");
  CHECK_THROWS_WITH(parsed("root(x^2-2,1)"), "here:2:5: 'root(x^2-2,1)' is not the canonical text; write '-sqrt(2)'");
  CHECK_THROWS_WITH(parsed("1+sqrt(2)+1"),
                    "here:2:5: '1+sqrt(2)+1' is no algebraic number; expected one like 1/2+1/2*sqrt(5)");
  CHECK_THROWS_WITH(parsed("root(x^5-x-1,5)"), "here:2:5: the position of a root is a number from 0 to 4");
  CHECK_THROWS_WITH(parsed("root(7,0)"), "here:2:5: a root needs a polynomial of degree 1 to 200");
  CHECK_THROWS_WITH(parsed("root(x^5-x-1)"), "here:2:5: expected root(polynomial,position)");
}

}  // namespace
}  // namespace eigenmata::exact

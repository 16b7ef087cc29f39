// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/square_root_extension.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "support/property.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

const RationalArithmetic kRationals{};

NumberField cubic() { return {parse_polynomial("x^3-3*x+1", "x", {"field"}), Rational(1), Rational(2), "c"}; }
NumberField root5() { return {parse_polynomial("x^2-5", "x", {"field"}), Rational(2), Rational(3), "sqrt(5)"}; }

FieldElement random_element(const NumberField& k, core::Random& random) {
  std::vector<Rational> coefficients;
  for (std::size_t i = 0; i < k.degree(); ++i) coefficients.push_back(testing::random_rational(random, 5));
  return k.from_coefficients(coefficients);
}

TEST_CASE("rational squares", "[square-root]") {
  CHECK(square_root_in(kRationals, Rational(9, 4)) == Rational(3, 2));
  CHECK_FALSE(square_root_in(kRationals, Rational(2)));
  CHECK_FALSE(square_root_in(kRationals, Rational(1, 3)));
  const auto half = adjoin_square_root(kRationals, Rational(45, 8));
  REQUIRE(half);
  CHECK(half->field.generator_name() == "sqrt(10)");
  CHECK(half->field.format(half->root) == "3/4*sqrt(10)");
  CHECK(half->field.format(half->embed(Rational(2, 3))) == "2/3");
}

TEST_CASE("squares in a field have their positive roots there", "[square-root]") {
  EIGENMATA_SEEDED(random, 411);
  for (const NumberField& k : {root5(), cubic()}) {
    for (int round = 0; round < 40; ++round) {
      const FieldElement x = random_element(k, random);
      if (k.is_zero(x)) continue;
      CAPTURE(k.format(x));
      const auto root = square_root_in(k, k.multiply(x, x));
      REQUIRE(root);
      REQUIRE(k.sign(*root) == 1);
      REQUIRE(k.equal(k.multiply(*root, *root), k.multiply(x, x)));
    }
  }
  const NumberField k = root5();
  CHECK_FALSE(square_root_in(k, k.from_rational(2)));
  CHECK(k.format(*square_root_in(k, k.from_rational(5))) == "sqrt(5)");
  CHECK(k.format(*square_root_in(k, k.parse("3/2+1/2*sqrt(5)", {"x"}))) == "1/2+1/2*sqrt(5)");
  CHECK_FALSE(square_root_in(k, k.parse("1/2+1/2*sqrt(5)", {"x"})));
}

TEST_CASE("a field with a root adjoined holds the field", "[square-root]") {
  EIGENMATA_SEEDED(random, 412);
  for (const NumberField& k : {root5(), cubic()}) {
    int extended = 0;
    for (int round = 0; round < 25; ++round) {
      const FieldElement a = random_element(k, random);
      if (k.sign(a) != 1 || square_root_in(k, a)) continue;
      CAPTURE(k.format(a));
      const auto larger = adjoin_square_root(k, a);
      REQUIRE(larger);
      ++extended;
      const NumberField& l = larger->field;
      REQUIRE(l.degree() == 2 * k.degree());
      REQUIRE(l.sign(larger->root) == 1);
      REQUIRE(l.equal(l.multiply(larger->root, larger->root), larger->embed(a)));
      // Embedding keeps products, and the value of the real number.
      const FieldElement x = random_element(k, random);
      REQUIRE(l.equal(larger->embed(k.multiply(x, a)), l.multiply(larger->embed(x), larger->embed(a))));
      REQUIRE(k.enclosure(x, 100).overlaps(l.enclosure(larger->embed(x), 100)));
      REQUIRE(square_root_in(l, larger->embed(a)).has_value());
    }
    CHECK(extended > 5);
  }
}

}  // namespace
}  // namespace eigenmata::exact

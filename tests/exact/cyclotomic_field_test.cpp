// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/cyclotomic_field.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

const core::Place kHere{"here"};

FieldElement random_element(core::Random& random, const CyclotomicField& k) {
  FieldElement result = k.zero();
  for (std::size_t i = random.below(6); i > 0; --i) {
    const auto c = k.from_rational(testing::random_rational(random, 12));
    result = k.add(result, k.multiply(c, k.power_of_generator(random.below(k.order()))));
  }
  return result;
}

TEST_CASE("cyclotomic fields: degrees and the order of the generator", "[cyclotomic-field]") {
  for (std::uint64_t m = 3; m <= 60; ++m) {
    const CyclotomicField k(m);
    std::size_t units = 0;
    for (std::uint64_t t = 1; t <= m; ++t) units += std::gcd(t, m) == 1 ? 1 : 0;
    CHECK(k.degree() == units);
    auto power = k.one();
    auto sum = k.zero();
    for (std::uint64_t i = 1; i <= m; ++i) {
      sum = k.add(sum, power);
      power = k.multiply(power, k.power_of_generator(1));
      CHECK(k.equal(power, k.one()) == (i == m));
    }
    CHECK(k.is_zero(sum));
  }
  for (const std::uint64_t m : {0, 1, 2, 2001}) CHECK_THROWS_AS(CyclotomicField(m), core::Error);
}

TEST_CASE("cyclotomic fields: a field, with texts that come back", "[cyclotomic-field]") {
  auto random = core::Random(testing::seed_or(1));
  CAPTURE(testing::seed_or(1));
  for (const std::uint64_t m : {3, 4, 5, 8, 12, 15, 30, 101}) {
    const CyclotomicField k(m);
    for (int i = 0; i < 40; ++i) {
      const auto a = random_element(random, k);
      const auto b = random_element(random, k);
      const auto c = random_element(random, k);
      CHECK(k.equal(k.multiply(a, k.add(b, c)), k.add(k.multiply(a, b), k.multiply(a, c))));
      CHECK(k.equal(k.conjugate(k.multiply(a, b)), k.multiply(k.conjugate(a), k.conjugate(b))));
      CHECK(k.equal(k.conjugate(k.conjugate(a)), a));
      if (!k.is_zero(a)) CHECK(k.equal(k.multiply(k.divide(b, a), a), b));
      CHECK(k.equal(k.parse(k.format(a), kHere), a));
      CHECK(k.hash(k.parse(k.format(a), kHere)) == k.hash(a));
    }
  }
}

TEST_CASE("cyclotomic fields: signs of rational numbers only", "[cyclotomic-field]") {
  const CyclotomicField k(8);
  CHECK(k.sign(k.from_rational(Rational(-1, 3))) == -1);
  CHECK(k.sign(k.zero()) == 0);
  CHECK(k.sign(k.power_of_generator(4)) == -1);
  CHECK_FALSE(k.sign(k.power_of_generator(2)));
  CHECK_FALSE(k.sign(k.add(k.power_of_generator(1), k.power_of_generator(7))));  // √2, real
}

TEST_CASE("cyclotomic fields: roots of unity, moduli and angles", "[cyclotomic-field]") {
  for (const std::uint64_t m : {3, 4, 5, 6, 8, 9, 12}) {
    const CyclotomicField k(m);
    const std::uint64_t roots = m % 2 == 1 ? 2 * m : m;
    for (std::uint64_t i = 0; i < roots; ++i) {
      const Rational angle = Rational(i) / Rational(roots);
      const auto root = k.root_of_unity(angle);
      REQUIRE(root);
      const auto scaled = k.multiply(k.from_rational(Rational(2, 3)), *root);
      const auto polar = k.polar(scaled);
      REQUIRE(polar);
      CHECK(polar->modulus == Rational(2, 3));
      CHECK(polar->angle == angle);
      CHECK(k.squared_modulus(scaled) == Rational(4, 9));
      CHECK(is_in_unit_disc(k, *root) == true);
      CHECK(is_in_unit_disc(k, k.multiply(k.from_rational(Rational(9, 8)), *root)) == false);
    }
    CHECK_FALSE(k.root_of_unity(Rational(1, 7)));
    CHECK(k.equal(*k.root_of_unity(Rational(-1, 2)), k.from_rational(-1)));
  }
  const CyclotomicField k(8);
  const auto root_two = k.add(k.power_of_generator(1), k.power_of_generator(7));
  CHECK_FALSE(k.polar(root_two));
  CHECK(is_in_unit_disc(k, root_two) == false);
  CHECK_FALSE(is_in_unit_disc(k, k.add(k.one(), root_two)).has_value());
}

TEST_CASE("cyclotomic fields: texts that are refused", "[cyclotomic-field]") {
  const CyclotomicField k(5);
  CHECK(k.format(k.power_of_generator(4)) == "-1-z-z^2-z^3");
  for (const char* text : {"z^4", "z^1", "1*z", "z+1", "", "e(1/5)", "z z", "0+z", "1/2*w"})
    CHECK_THROWS_AS(k.parse(text, kHere), core::Error);
}

}  // namespace
}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/real_cyclotomic.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

namespace eigenmata::exact {
namespace {

/// In floating point, for comparison.
double approximate(const RootSum& sum) {
  double value = 0;
  for (const auto& [exponent, coefficient] : sum.terms) {
    value += static_cast<double>(coefficient) *
             std::cos(2 * M_PI * static_cast<double>(exponent) / static_cast<double>(sum.order));
  }
  return value;
}

/// Every number of the field is the one asked for.
void require_values(const GeneratedField& field, const std::vector<RootSum>& numbers) {
  REQUIRE(field.values.size() == numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double expected = approximate(numbers[i]);
    double found = 0;
    if (const auto* k = std::get_if<NumberField>(&field.field)) {
      found = k->enclosure(field.value(*k, i), 200).approximate_midpoint();
    } else {
      found = static_cast<double>(field.value(RationalArithmetic{}, i));
    }
    CAPTURE(i, expected, found);
    REQUIRE(std::abs(expected - found) < 1e-9);
  }
}

std::size_t degree(const GeneratedField& field) {
  const auto* k = std::get_if<NumberField>(&field.field);
  return k == nullptr ? 1 : k->degree();
}

std::size_t totient(std::size_t m) {
  std::size_t count = 0;
  for (std::size_t t = 1; t <= m; ++t) count += std::gcd(t, m) == 1 ? 1 : 0;
  return count;
}

TEST_CASE("fields of cosines have half the degree of the cyclotomic field", "[real-cyclotomic]") {
  for (std::uint64_t m = 3; m <= 66; ++m) {
    CAPTURE(m);
    const std::vector<RootSum> cosine{twice_cosine(1, m)};
    const auto field = field_of(cosine);
    REQUIRE(field);
    CHECK(degree(*field) == totient(m) / 2);
    require_values(*field, cosine);
    // With the sine: the real subfield for lcm(4, m).
    const std::vector<RootSum> both{twice_cosine(1, m), twice_sine(1, m), twice_cosine(2, m)};
    const std::uint64_t order = std::lcm(std::uint64_t{4}, m);
    const auto larger = field_of(both);
    if (totient(order) / 2 > 64) {
      CHECK_FALSE(larger);
      continue;
    }
    REQUIRE(larger);
    CHECK(degree(*larger) == std::max<std::size_t>(1, totient(order) / 2));
    require_values(*larger, both);
  }
  CHECK_FALSE(field_of({twice_cosine(1, 131)}));
}

TEST_CASE("quadratic fields have square roots of squarefree integers as generators", "[real-cyclotomic]") {
  const auto generator = [](const std::vector<RootSum>& numbers) {
    const auto field = field_of(numbers);
    REQUIRE(field);
    require_values(*field, numbers);
    return std::get<NumberField>(field->field).generator_name();
  };
  CHECK(generator({twice_cosine(1, 5)}) == "sqrt(5)");
  CHECK(generator({twice_cosine(2, 5), twice_cosine(1, 10)}) == "sqrt(5)");
  CHECK(generator({twice_cosine(1, 8)}) == "sqrt(2)");
  CHECK(generator({twice_sine(1, 3)}) == "sqrt(3)");
  CHECK(generator({twice_cosine(1, 12)}) == "sqrt(3)");
}

TEST_CASE("several numbers generate one field", "[real-cyclotomic]") {
  const std::vector<RootSum> numbers{twice_cosine(1, 5), twice_cosine(1, 8), twice_cosine(1, 3), twice_cosine(1, 7)};
  const auto field = field_of(numbers);
  REQUIRE(field);
  CHECK(degree(*field) == 12);
  require_values(*field, numbers);
  const auto& k = std::get<NumberField>(field->field);
  const FieldElement root2 = field->value(k, 1);
  CHECK(k.equal(k.multiply(root2, root2), k.from_rational(2)));
  CHECK(k.equal(field->value(k, 2), k.from_rational(-1)));
}

TEST_CASE("rational numbers generate no field", "[real-cyclotomic]") {
  const auto field = field_of({twice_cosine(1, 3), twice_sine(1, 12), {1, {{0, Rational(5, 7)}}}});
  REQUIRE(field);
  CHECK(std::holds_alternative<RationalArithmetic>(field->field));
  CHECK(field->values == std::vector<std::vector<Rational>>{{-1}, {1}, {Rational(5, 7)}});
  CHECK(degree(*field_of({})) == 1);
}

}  // namespace
}  // namespace eigenmata::exact

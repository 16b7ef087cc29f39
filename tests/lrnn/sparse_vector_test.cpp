// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/sparse_vector.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "eigenmata/exact/number_field.hpp"
#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

std::vector<Rational> random_coordinates(core::Random& random, std::size_t n) {
  std::vector<Rational> values;
  for (std::size_t i = 0; i < n; ++i)
    values.push_back(random.one_in(2) ? Rational(0) : testing::random_rational(random, 9));
  return values;
}

TEST_CASE("coordinates that are zero are dropped, and come back as zeros", "[sparse_vector]") {
  const auto v = sparse(kRationals, std::vector<Rational>{0, Rational(1, 2), 0, -3});
  REQUIRE(v.dimension() == 4);
  REQUIRE(v.entries().size() == 2);
  CHECK(v.entries()[0].index == 1);
  CHECK(v.entries()[1].index == 3);
  CHECK(coordinates(kRationals, v) == std::vector<Rational>{0, Rational(1, 2), 0, -3});
  CHECK_FALSE(v.is_zero());
  CHECK(sparse(kRationals, std::vector<Rational>{0, 0}).is_zero());
  CHECK(SparseVector<Rational>().dimension() == 0);
  CHECK(SparseVector<Rational>(5).is_zero());
}

TEST_CASE("coordinates and sparse are inverse to each other", "[sparse_vector]") {
  EIGENMATA_SEEDED(random, 31);
  for (int round = 0; round < 300; ++round) {
    const auto values = random_coordinates(random, random.below(12));
    REQUIRE(coordinates(kRationals, sparse(kRationals, values)) == values);
  }
}

TEST_CASE("a unit vector has one entry", "[sparse_vector]") {
  CHECK(coordinates(kRationals, unit_vector(kRationals, 3, 1)) == std::vector<Rational>{0, 1, 0});
}

TEST_CASE("the dot product is the sum over all coordinates, whichever vector stands first", "[sparse_vector]") {
  EIGENMATA_SEEDED(random, 32);
  for (int round = 0; round < 500; ++round) {
    const std::size_t n = random.below(20);
    const auto a = random_coordinates(random, n);
    auto b = random_coordinates(random, n);
    if (random.one_in(3)) {  // a lonely entry against many, the case of the binary search
      for (std::size_t i = 0; i < n; ++i) b[i] = i == n / 2 ? Rational(7, 3) : Rational(0);
    }
    Rational sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
    CAPTURE(Catch::Detail::stringify(a.size()));
    REQUIRE(dot(kRationals, sparse(kRationals, a), sparse(kRationals, b)) == sum);
    REQUIRE(dot(kRationals, sparse(kRationals, b), sparse(kRationals, a)) == sum);
  }
}

TEST_CASE("vectors are equal iff dimension and coordinates are, and equal ones hash alike", "[sparse_vector]") {
  EIGENMATA_SEEDED(random, 33);
  for (int round = 0; round < 500; ++round) {
    const auto a = random_coordinates(random, 1 + random.below(4));
    const auto b = random.one_in(2) ? a : random_coordinates(random, a.size());
    const auto x = sparse(kRationals, a);
    const auto y = sparse(kRationals, b);
    REQUIRE(equal(kRationals, x, y) == (a == b));
    if (a == b) REQUIRE(hash(kRationals, x) == hash(kRationals, y));
  }
  CHECK_FALSE(equal(kRationals, SparseVector<Rational>(2), SparseVector<Rational>(3)));
  // Same values at other places.
  CHECK_FALSE(equal(kRationals, unit_vector(kRationals, 3, 0), unit_vector(kRationals, 3, 1)));
}

TEST_CASE("an element of a number field has one form, whatever way it was computed", "[sparse_vector]") {
  const exact::NumberField k = testing::field_of_sqrt5();
  const auto root = k.generator();
  const auto a = sparse(k, std::vector<exact::FieldElement>{k.from_rational(5), k.zero(), k.subtract(root, root)});
  const auto b = sparse(k, std::vector<exact::FieldElement>{k.multiply(root, root), k.zero(), k.zero()});
  CHECK(equal(k, a, b));
  CHECK(hash(k, a) == hash(k, b));
  CHECK(a.entries().size() == 1);
}

TEST_CASE("mapping keeps places and dimension", "[sparse_vector]") {
  const auto v = sparse(kRationals, std::vector<Rational>{0, 2, 0, Rational(1, 3)});
  const auto doubled = mapped(v, [](const Rational& x) { return Rational(2 * x); });
  CHECK(coordinates(kRationals, doubled) == std::vector<Rational>{0, 4, 0, Rational(2, 3)});
}

}  // namespace
}  // namespace eigenmata::lrnn

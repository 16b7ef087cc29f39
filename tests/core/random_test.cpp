// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/random.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <vector>

#include "support/random_objects.hpp"

namespace eigenmata::core {
namespace {

/// Chi-square of counts against the uniform distribution, in standard deviations above its mean (degrees of
/// freedom f: mean f, variance 2f). Beyond 6 a fair generator comes by chance less than once in a million.
double excess_of_chi_square(const std::vector<std::uint64_t>& counts) {
  double total = 0;
  for (const auto count : counts) total += static_cast<double>(count);
  const double expected = total / static_cast<double>(counts.size());
  double chi_square = 0;
  for (const auto count : counts) chi_square += std::pow(static_cast<double>(count) - expected, 2) / expected;
  const double freedom = static_cast<double>(counts.size()) - 1;
  return (chi_square - freedom) / std::sqrt(2 * freedom);
}

TEST_CASE("the numbers are those of SplitMix64", "[random]") {
  // The first outputs for the seed 1234567 of Sebastiano Vigna's reference implementation (splitmix64.c).
  Random random(1234567);
  CHECK(random.next() == 6457827717110365317u);
  CHECK(random.next() == 3203168211198807973u);
  CHECK(random.next() == 9817491932198370423u);
  CHECK(random.next() == 4593380528125082431u);
  CHECK(random.next() == 16408922859458223821u);
}

TEST_CASE("numbers below a bound are below it, and each comes equally often", "[random]") {
  EIGENMATA_SEEDED(random, 3);
  for (const std::uint64_t bound : {2u, 3u, 6u, 7u, 10u, 64u, 100u}) {
    CAPTURE(bound);
    std::vector<std::uint64_t> counts(bound, 0);
    for (int i = 0; i < 100'000; ++i) {
      const std::uint64_t value = random.below(bound);
      if (value >= bound) FAIL("value " << value);
      ++counts[value];
    }
    CHECK(excess_of_chi_square(counts) < 6);
  }
  for (int i = 0; i < 100; ++i) CHECK(random.below(1) == 0);
}

TEST_CASE("a bound that does not divide 2^64 brings no bias", "[random]") {
  // With bound b = 3·2^62 and no rejection the values below 2^62 would come twice as often as the others:
  // half of all values would lie in the first third.
  EIGENMATA_SEEDED(random, 4);
  const std::uint64_t third = std::uint64_t{1} << 62;
  std::vector<std::uint64_t> counts(3, 0);
  for (int i = 0; i < 100'000; ++i) ++counts.at(random.below(3 * third) / third);
  CHECK(excess_of_chi_square(counts) < 6);
}

TEST_CASE("numbers between two ends reach both, also at the ends of the type", "[random]") {
  EIGENMATA_SEEDED(random, 5);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.between(-2, 3));
  CHECK(seen == std::set<std::int64_t>{-2, -1, 0, 1, 2, 3});
  CHECK(random.between(7, 7) == 7);
  CHECK(random.between(INT64_MIN, INT64_MIN) == INT64_MIN);

  int negative = 0;
  for (int i = 0; i < 1000; ++i) {
    CHECK(random.between(INT64_MIN, 0) <= 0);
    CHECK(random.between(-1, INT64_MAX) >= -1);
    negative += random.between(INT64_MIN, INT64_MAX) < 0 ? 1 : 0;
  }
  CHECK(std::abs(negative - 500) < 95);  // six standard deviations
}

TEST_CASE("one in n comes about every n-th time", "[random]") {
  EIGENMATA_SEEDED(random, 6);
  int hits = 0;
  for (int i = 0; i < 100'000; ++i) hits += random.one_in(10) ? 1 : 0;
  CHECK(std::abs(hits - 10'000) < 570);  // six standard deviations
  CHECK(random.one_in(1));
}

}  // namespace
}  // namespace eigenmata::core

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/format_groups.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/algebra/green.hpp"
#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::verification {
namespace {

using algebra::Transformation;
using algebra::TransitionMonoid;
using precision::FloatFormat;
using precision::Rounding;

/// Seven numbers, −3/2 … 3/2: so few that the monoid of all letters can be listed. 1/2 · 1/2 is rounded.
constexpr FloatFormat kTiny{"tiny", 1, 1, 1, precision::Specials::kNone};

/// The orders of all groups, by listing the monoid: nothing here knows of monotone maps.
std::set<std::size_t> group_orders(const std::vector<Transformation>& letters) {
  const TransitionMonoid monoid(letters, {});
  REQUIRE(monoid.is_complete());
  const algebra::GreenRelations green(monoid);
  std::set<std::size_t> orders;
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    const auto idempotents = green.idempotents_of(d);
    if (!idempotents.empty()) orders.insert(green.maximal_subgroup(idempotents[0]).order);
  }
  return orders;
}

TEST_CASE("all letters of the smallest format together, by brute force", "[format_groups]") {
  for (const Rounding rounding : precision::kAllRoundings) {
    CAPTURE(to_string(rounding));
    CHECK(group_orders(scalar_letters(kTiny, rounding, false)) == std::set<std::size_t>{1});
    CHECK(group_orders(scalar_letters(kTiny, rounding, true)) == std::set<std::size_t>{1, 2});
    const auto found = scalar_groups(kTiny, rounding, {});
    CHECK(found.numbers == 7);
    CHECK(found.letters == 49);
    CHECK(found.largest_group() == 2);
  }
}

/// Each `stride`-th pair of different letters of e2m1.
void check_pairs(std::size_t stride) {
  auto letters = scalar_letters(precision::kE2m1, Rounding::kNearestEven, true);
  REQUIRE(letters.size() == 225);
  std::sort(letters.begin(), letters.end(), [](const auto& a, const auto& b) { return a.images() < b.images(); });
  letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
  std::size_t pair = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    for (std::size_t j = i + 1; j < letters.size(); ++j) {
      if (++pair % stride != 0) continue;
      const TransitionMonoid monoid({letters[i], letters[j]}, {});
      REQUIRE(monoid.is_complete());
      for (const std::uint64_t period : monoid.periods()) {
        CAPTURE(letters[i].images(), letters[j].images());
        REQUIRE(period <= 2);
      }
    }
  }
}

TEST_CASE("pairs of letters of fp4 generate no element of another order than 1 and 2", "[format_groups]") {
  check_pairs(37);
}

TEST_CASE("pairs of letters of fp4, all of them", "[format_groups][.extreme]") { check_pairs(1); }

TEST_CASE("every letter of every small format is monotone or antitone", "[format_groups]") {
  for (const FloatFormat& format : precision::float_formats()) {
    if (format.bits() > 8) continue;
    CAPTURE(format.name);
    const auto found = scalar_groups(format, Rounding::kNearestEven, {});
    CHECK(found.exhaustive);
    CHECK_FALSE(found.neither);
    CHECK(found.monotone + found.antitone == found.letters);
    CHECK(found.periods == std::set<std::uint64_t>{1});
    CHECK(found.signed_periods == std::set<std::uint64_t>{1, 2});
    CHECK(found.sure_periods == std::set<std::uint64_t>{1, 2});
    CHECK(found.largest_group() == 2);
  }
  // Finite numbers without −0, squared; and infinities are numbers of the chain.
  const auto e5m2 = scalar_groups(precision::kE5m2, Rounding::kNearestEven, {});
  CHECK(e5m2.numbers == 2 * 123 + 1 + 2);
  CHECK(e5m2.letters == 247 * 247);
}

TEST_CASE("every rounding of fp4 and fp6 is monotone, so its letters are", "[format_groups]") {
  for (const FloatFormat& format : {precision::kE2m1, precision::kE2m3, precision::kE3m2}) {
    for (const Rounding rounding : precision::kAllRoundings) {
      CAPTURE(format.name, to_string(rounding));
      CHECK_FALSE(scalar_groups(format, rounding, {}).neither);
    }
  }
}

TEST_CASE("a complex scalar adds periods that no order allows", "[format_groups]") {
  const auto search = search_periods(PeriodStructure::kDiagonalComplex, precision::kE2m1, {});
  CHECK(search.orbits.contains(5));
}

TEST_CASE("integers modulo 2^N: groups of 2^(2N − 1) elements", "[format_groups]") {
  for (int bits = 1; bits <= 4; ++bits) {
    CAPTURE(bits);
    const auto found = wrap_around_groups(bits, {});
    CHECK(found.monoid == std::size_t{1} << (2 * bits));
    CHECK(found.largest_group == std::size_t{1} << (2 * bits - 1));
    // x + 1 has the longest period.
    CHECK(*found.periods.rbegin() == std::uint64_t{1} << bits);
    for (const std::uint64_t period : found.periods) CHECK((period & (period - 1)) == 0);
  }
}

TEST_CASE("groups of a format: out of time is said", "[format_groups]") {
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now();
  const auto found = scalar_groups(precision::kE2m3, Rounding::kNearestEven, limits);
  CHECK_FALSE(found.exhaustive);
  CHECK_FALSE(found.stopped_by.empty());
  CHECK_FALSE(found.largest_group());
}

}  // namespace
}  // namespace eigenmata::verification

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/period_search.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

namespace eigenmata::verification {
namespace {

using precision::FloatFormat;
using precision::SoftFloat;

std::set<std::size_t> periods(const PeriodSearch& search) {
  std::set<std::size_t> result;
  for (const auto& [period, orbit] : search.orbits) result.insert(period);
  return result;
}

TEST_CASE("a real scalar layer has periods 1 and 2 only, in every small format", "[period_search]") {
  for (const FloatFormat& format : precision::float_formats()) {
    if (format.bits() > 8) continue;
    CAPTURE(format.name);
    const auto search = search_periods(PeriodStructure::kDiagonalReal, format, {});
    CHECK(search.exhaustive);
    CHECK(periods(search) == std::set<std::size_t>{1, 2});
    for (const auto& [period, orbit] : search.orbits) CHECK(is_orbit(PeriodStructure::kDiagonalReal, format, orbit));
    // Period 2 needs a < 0.
    CHECK(search.orbits.at(2).parameters[0] < 0);
  }
}

TEST_CASE("rounded scalar maps are monotone: this is why", "[period_search]") {
  // So whatever monoid they generate has trivial groups if all a ≥ 0, and groups of order at most 2 otherwise: a power
  // of a monotone bijection of a finite chain is the identity only if the bijection is.
  for (const FloatFormat& format : precision::float_formats()) {
    if (format.bits() > 6 && format != precision::kE4m3) continue;
    for (const auto rounding : precision::kAllRoundings) {
      const SoftFloat soft(format, rounding);
      std::vector<std::pair<double, std::uint64_t>> ordered;
      for (std::uint64_t code = 0; code < std::uint64_t{1} << format.bits(); ++code) {
        if (std::isfinite(soft.to_double(code))) ordered.emplace_back(soft.to_double(code), code);
      }
      std::sort(ordered.begin(), ordered.end());
      const std::size_t stride = format.bits() > 6 ? 7 : 1;
      for (std::size_t i = 0; i < ordered.size(); i += stride) {
        for (std::size_t j = 0; j < ordered.size(); j += stride) {
          const auto [a, a_code] = ordered[i];
          double last = NAN;
          for (const auto& [h, h_code] : ordered) {
            const double next = soft.to_double(soft.add(soft.multiply(a_code, h_code), ordered[j].second));
            if (std::isnan(next)) continue;  // overflow of a format without infinity
            if (!std::isnan(last) && (a >= 0 ? next < last : next > last)) {
              CAPTURE(format.name, a, ordered[j].first, h);
              FAIL("not monotone");
            }
            last = next;
          }
        }
      }
    }
  }
}

/// Searches, and compares with the periods in proofs/numeric-semantics.md.
void check_complex_periods(const FloatFormat& format, const std::set<std::size_t>& expected) {
  CAPTURE(format.name);
  const auto search = search_periods(PeriodStructure::kDiagonalComplex, format, {});
  CHECK(search.exhaustive);
  CHECK(periods(search) == expected);
  for (const auto& [period, orbit] : search.orbits) {
    CHECK(orbit.states.size() == period);
    CHECK(is_orbit(PeriodStructure::kDiagonalComplex, format, orbit));
  }
}

TEST_CASE("complex scalars of fp4 and fp6: which periods there are", "[period_search]") {
  check_complex_periods(precision::kE2m1, {1, 2, 4, 5, 7, 8, 10, 14, 20, 28});
  check_complex_periods(precision::kE2m3,
                        {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 16, 18, 19, 20, 21, 22,
                         23, 24, 25, 26, 28, 32, 36, 38, 40, 42, 44, 46, 48, 50, 52, 76, 84, 92, 100});
  check_complex_periods(precision::kE3m2, {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16,
                                           18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48, 52, 56, 60});
  const auto search = search_periods(PeriodStructure::kDiagonalComplex, precision::kE2m1, {});
  CHECK(search.parameters == 15 * 8);
  CHECK(search.states == 225);
  auto broken = search.orbits.at(4);
  broken.states[1][0] += 1;
  CHECK_FALSE(is_orbit(PeriodStructure::kDiagonalComplex, precision::kE2m1, broken));
}

TEST_CASE("pairs of Householder factors: which periods there are", "[period_search]") {
  const auto pairs = [](const FloatFormat& format) {
    auto search = search_periods(PeriodStructure::kHouseholderPair, format, {});
    for (const auto& [period, orbit] : search.orbits) {
      CAPTURE(format.name, period);
      CHECK(orbit.states.size() == period);
      CHECK(is_orbit(PeriodStructure::kHouseholderPair, format, orbit));
      for (std::size_t f = 0; f < 6; f += 3) {
        const double beta = orbit.parameters[f] * (orbit.parameters[f + 1] * orbit.parameters[f + 1] +
                                                   orbit.parameters[f + 2] * orbit.parameters[f + 2]);
        CHECK((0 <= beta && beta <= 2));
      }
    }
    return search;
  };
  const auto fp4 = pairs(precision::kE2m1);
  CHECK(fp4.exhaustive);
  CHECK(periods(fp4) == std::set<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14});
  const auto fp6 = pairs(precision::kE3m2);
  CHECK_FALSE(fp6.exhaustive);
  CHECK(fp6.stopped_by.empty());
  CHECK(periods(fp6) == std::set<std::size_t>{1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 16, 22, 26});
  auto broken = fp4.orbits.at(3);
  broken.parameters[0] *= 2;
  CHECK_FALSE(is_orbit(PeriodStructure::kHouseholderPair, precision::kE2m1, broken));
}

TEST_CASE("pairs of factors in fp4, gone through by the soft arithmetic", "[period_search]") {
  const SoftFloat soft(precision::kE2m1);
  std::vector<std::uint64_t> numbers;  // −0 left out
  for (std::uint64_t code = 0; code < 16; ++code) {
    if (code == 0 || soft.to_double(code) != 0) numbers.push_back(code);
  }
  using State = std::pair<std::uint64_t, std::uint64_t>;
  using Map = std::map<State, State>;
  const auto settled = [&](std::uint64_t code) { return soft.to_double(code) == 0 ? 0 : code; };
  std::set<Map> factors;
  for (const auto s : numbers) {
    for (const auto v : numbers) {
      for (const auto w : numbers) {
        const double a = soft.to_double(v), b = soft.to_double(w), beta = soft.to_double(s) * (a * a + b * b);
        if (beta < 0 || beta > 2) continue;
        Map map;
        for (const auto x : numbers) {
          for (const auto y : numbers) {
            const auto along = soft.multiply(s, soft.add(soft.multiply(v, x), soft.multiply(w, y)));
            map[{x, y}] = {settled(soft.subtract(x, soft.multiply(v, along))),
                           settled(soft.subtract(y, soft.multiply(w, along)))};
          }
        }
        factors.insert(map);
      }
    }
  }
  std::set<std::size_t> found;
  for (const Map& first : factors) {
    for (const Map& second : factors) {
      std::set<State> done;
      for (const auto& entry : first) {
        State at = entry.first;
        std::map<State, std::size_t> seen;
        while (done.insert(at).second) {
          seen.emplace(at, seen.size());
          at = second.at(first.at(at));
        }
        if (seen.count(at) != 0) found.insert(seen.size() - seen.at(at));
      }
    }
  }
  const auto search = search_periods(PeriodStructure::kHouseholderPair, precision::kE2m1, {});
  CHECK(factors.size() * factors.size() == search.parameters);
  CHECK(found == periods(search));
}

TEST_CASE("bf16 has counters modulo 2, 3, 5 and 11 near the unit circle", "[period_search]") {
  for (const std::size_t m : {2, 3, 5, 11}) {
    CAPTURE(m);
    const auto search = search_near_circle(precision::kBf16, m, {});
    REQUIRE(search.orbits.count(m) == 1);
    CHECK_FALSE(search.exhaustive);
    CHECK(is_orbit(PeriodStructure::kDiagonalComplex, precision::kBf16, search.orbits.at(m)));
  }
}

TEST_CASE("complex scalars of fp8: which periods there are", "[.extreme]") {
  check_complex_periods(precision::kE4m3,
                        {1,  2,  3,  4,   5,   6,   7,   8,   9,   10,  12,  13,  14,  15,  16,  17,  18,  19, 20,
                         21, 23, 24, 25,  26,  27,  28,  29,  30,  31,  32,  33,  34,  36,  37,  38,  40,  42, 45,
                         46, 47, 48, 50,  52,  54,  56,  58,  60,  62,  64,  66,  68,  72,  74,  76,  84,  88, 90,
                         92, 94, 96, 100, 104, 108, 112, 116, 120, 124, 128, 132, 136, 148, 160, 176, 180, 188});
  check_complex_periods(precision::kE5m2, {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 20,
                                           22, 23, 24, 26, 28, 30, 32, 34, 36, 44, 46, 48, 52, 56, 60, 64, 68, 92});
}

TEST_CASE("a limit stops the search", "[period_search]") {
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now();
  const auto search = search_periods(PeriodStructure::kDiagonalComplex, precision::kE4m3, limits);
  CHECK_FALSE(search.exhaustive);
  CHECK(search.stopped_by == "the time limit was reached");
}

TEST_CASE("a search in parts, joined, is the search", "[period_search]") {
  const auto same = [](const PeriodSearch& a, const PeriodSearch& b) {
    CHECK(a.parameters == b.parameters);
    CHECK(a.states == b.states);
    CHECK(a.exhaustive == b.exhaustive);
    REQUIRE(periods(a) == periods(b));
    for (const auto& [period, orbit] : a.orbits) {
      CHECK(orbit.parameters == b.orbits.at(period).parameters);
      CHECK(orbit.states == b.orbits.at(period).states);
    }
  };
  const auto in_parts = [](std::size_t count, const auto& search) {
    std::vector<PeriodSearch> parts;
    for (std::size_t i = 0; i < count; ++i) parts.push_back(search(SearchPart{i, count}));
    return joined(std::move(parts));
  };
  for (const auto structure :
       {PeriodStructure::kDiagonalReal, PeriodStructure::kDiagonalComplex, PeriodStructure::kHouseholderPair}) {
    const auto search = [&](SearchPart part) { return search_periods(structure, precision::kE2m1, {}, part); };
    // Some parts of the last are empty.
    for (const std::size_t count : {2, 3, 7, 40}) same(in_parts(count, search), search({}));
  }
  const auto pairs = [&](SearchPart part) {
    return search_periods(PeriodStructure::kHouseholderPair, precision::kE3m2, {}, part);
  };
  same(in_parts(5, pairs), pairs({}));
  // Near the circle the first orbit ends a search, and so it does that of its part.
  const auto whole = search_near_circle(precision::kBf16, 3, {});
  const auto part = search_near_circle(precision::kBf16, 3, {}, {0, 1});
  same(whole, part);
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < 25; ++i) {
    const auto one = search_near_circle(precision::kBf16, 3, {}, {i, 25});
    CHECK(one.parameters == 1);
    ++before;
    if (one.orbits.empty()) continue;
    CHECK(one.orbits.at(3).states == whole.orbits.at(3).states);
    break;
  }
  CHECK(before == whole.parameters);
}

}  // namespace
}  // namespace eigenmata::verification

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/diagonal_scan.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/simulation/lane_stepper.hpp"
#include "support/networks.hpp"

namespace eigenmata::simulation {
namespace {

template <class T>
T number(core::Random& random) {
  return static_cast<T>(random.between(-1000, 1000)) / 997;
}
template <class T>
void fill(core::Random& random, std::vector<T>& to) {
  for (T& a : to) a = number<T>(random);
}
template <class T>
void fill(core::Random& random, std::vector<std::complex<T>>& to) {
  for (auto& a : to) a = {number<T>(random), number<T>(random)};
}

template <class T>
void compare(core::Random& random) {
  const std::size_t channels = 1 + random.below(random.one_in(3) ? 60 : 9);
  const std::size_t steps = random.below(50);
  const std::size_t threads = 1 + random.below(3);
  const std::size_t segments = 1 + random.below(6);
  std::vector<std::complex<T>> a(channels), x(steps * channels), state(channels);
  std::vector<T> gates(steps * channels), y(gates.size()), reals(channels);
  fill(random, a);
  fill(random, x);
  fill(random, state);
  fill(random, gates);
  fill(random, y);
  fill(random, reals);
  auto x1 = x, s1 = state, x2 = x, s2 = state;
  auto y1 = y, r1 = reals;
  scan_diagonal_by_reference<T>(a, x1, s1);
  scan_diagonal_in_segments_by_reference<T>(a, x2, s2, segments);
  scan_gated_by_reference<T>(gates, y1, r1);
  const auto targets = lane_targets();
  for (std::size_t target = 0; target < targets.size(); ++target) {
    CAPTURE(targets[target], channels, steps, threads, segments, sizeof(T));
    use_lane_target(target);
    auto x3 = x, s3 = state;
    scan_diagonal<T>(a, x3, s3, threads, {});
    CHECK((x3 == x1 && s3 == s1));
    x3 = x;
    s3 = state;
    scan_diagonal_in_segments<T>(a, x3, s3, segments, threads, {});
    CHECK((x3 == x2 && s3 == s2));
    auto y3 = y, r3 = reals;
    scan_gated<T>(gates, y3, r3, threads, {});
    CHECK((y3 == y1 && r3 == r1));
  }
  use_lane_target(std::nullopt);
}

TEST_CASE("scans: long ones change between one thread and several, and no number", "[diagonal_scan]") {
  // Longer than the pieces that are timed, 2^20 numbers each, and with shares of whole lines for three threads.
  constexpr std::size_t kChannels = 52, kSteps = 52'000;
  const std::uint64_t seed = testing::seed_or(88);
  core::Random random(seed);
  CAPTURE(seed);
  const auto number = [&] { return static_cast<float>(random.between(-1000, 1000)) / 1024; };
  std::vector<std::complex<float>> a(kChannels), x(kChannels * kSteps), h(kChannels);
  for (auto& z : a) z = std::complex<float>(number(), number()) * 0.7f;
  for (auto& z : x) z = {number(), number()};
  auto expected = x;
  auto end = h;
  scan_diagonal_by_reference<float>(a, expected, end);
  scan_diagonal<float>(a, x, h, 3, {});
  CHECK(x == expected);
  CHECK(h == end);
  std::vector<float> gates(2 * kChannels * kSteps), y(gates.size()), g(2 * kChannels);
  for (float& z : gates) z = number();
  for (float& z : y) z = number();
  auto expected_y = y, expected_g = g;
  scan_gated_by_reference<float>(gates, expected_y, expected_g);
  scan_gated<float>(gates, y, g, 3, {});
  CHECK(y == expected_y);
  CHECK(g == expected_g);
}

TEST_CASE("scans: lanes, threads and reference agree bit for bit", "[diagonal_scan]") {
  const std::uint64_t seed = testing::seed_or(85);
  core::Random random(seed);
  for (int i = 0; i < 100; ++i) {
    CAPTURE(seed, i);
    random.one_in(3) ? compare<double>(random) : compare<float>(random);
  }
}

TEST_CASE("scans: segments are the recurrence, up to rounding", "[diagonal_scan]") {
  const std::uint64_t seed = testing::seed_or(86);
  core::Random random(seed);
  for (int i = 0; i < 20; ++i) {
    CAPTURE(seed, i);
    const std::size_t channels = 1 + random.below(4), steps = 1 + random.below(30);
    std::vector<std::complex<double>> a(channels), x(steps * channels), state(channels);
    fill(random, a);
    fill(random, x);
    fill(random, state);
    // h_t = a^{t+1} h_{-1} + Σ_s a^{t-s} x_s, term by term.
    std::vector<std::complex<long double>> expected(x.size());
    for (std::size_t j = 0; j < x.size(); ++j) {
      const std::size_t c = j % channels;
      const std::complex<long double> factor(a[c]);
      std::complex<long double> power = 1;
      for (std::size_t s = j / channels + 1; s-- > 0; power *= factor)
        expected[j] += power * std::complex<long double>(x[s * channels + c]);
      expected[j] += power * std::complex<long double>(state[c]);
    }
    auto y = x, h = state;
    scan_diagonal<double>(a, y, h, 1, {});
    scan_diagonal_in_segments<double>(a, x, state, 3, 2, {});
    for (std::size_t j = 0; j < x.size(); ++j) {
      // |a| < √2 + 1/400: what each of the steps rounds grows by at most this much.
      const double bound = 1e-15 * static_cast<double>(steps * steps) * std::pow(1.42, steps + 1);
      CHECK(std::abs(std::complex<long double>(x[j]) - expected[j]) <= bound);
      CHECK(std::abs(std::complex<long double>(y[j]) - expected[j]) <= bound);
    }
  }
}

TEST_CASE("scans: a turn by a right angle", "[diagonal_scan]") {
  const std::vector<std::complex<float>> a = {{0, 1}};
  std::vector<std::complex<float>> x = {0, 0, 1, 0}, state = {1};
  scan_diagonal<float>(a, x, state, 1, {});
  CHECK(x == std::vector<std::complex<float>>{{0, 1}, -1, {1, -1}, {1, 1}});
  CHECK(state[0] == x[3]);
}

TEST_CASE("scans: sizes are looked at", "[diagonal_scan]") {
  std::vector<std::complex<float>> a(2), x(6), state(2);
  std::vector<float> gates(6), y(6), h(2);
  scan_diagonal<float>(a, x, state, 1, {});
  CHECK_THROWS_AS(scan_diagonal<float>(a, x, state, 0, {}), core::Error);
  CHECK_THROWS_AS(scan_diagonal<float>(a, std::span(x).first(5), state, 1, {}), core::Error);
  CHECK_THROWS_AS(scan_diagonal<float>(a, x, std::span(state).first(1), 1, {}), core::Error);
  CHECK_THROWS_AS(scan_diagonal<float>({}, x, {}, 1, {}), core::Error);
  CHECK_THROWS_AS(scan_diagonal_in_segments<float>(a, x, state, 0, 1, {}), core::Error);
  CHECK_THROWS_AS(scan_gated<float>(std::span(gates).first(4), y, h, 1, {}), core::Error);
}

}  // namespace
}  // namespace eigenmata::simulation

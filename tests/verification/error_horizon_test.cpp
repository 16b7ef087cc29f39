// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/error_horizon.hpp"

#include <catch2/catch.hpp>
#include <iostream>

#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "support/delta_networks.hpp"
#include "support/float_networks.hpp"
#include "support/networks.hpp"

namespace eigenmata::verification {
namespace {

using exact::Rational;
using precision::FloatArithmetic;

const exact::RationalArithmetic kRationals{};

FloatArithmetic arithmetic(const std::string& format, const std::string& plan) {
  return testing::in_floats(precision::float_format(format, {"test"}), plan);
}

/// a swaps two coordinates, b does nothing. Keys of unit length are (1, −1)/√2, which no format has.
lrnn::RationalNetwork swaps() {
  return testing::one_layer({1, 0}, {testing::reflection_map(2, {1, -1}), testing::reflection_map(0, {1, 1})}, {1, 0},
                            Rational(1, 2), true, true);
}

/// Runs exact and rounded side by side over all words of at most `length` letters; the shortest that differs.
template <class Exact, class Rounded>
std::optional<std::size_t> first_difference(const Exact& exact, const Rounded& rounded, std::size_t length) {
  struct Pair {
    decltype(exact.start()) h;
    decltype(rounded.start()) g;
  };
  auto work = exact.make_workspace();
  auto other_work = rounded.make_workspace();
  std::vector<Pair> level{{exact.start(), rounded.start()}};
  for (std::size_t t = 1; t <= length; ++t) {
    std::vector<Pair> next;
    for (const Pair& pair : level) {
      for (std::size_t x = 0; x < exact.network().alphabet.size(); ++x) {
        Pair to = pair;
        if (exact.step(to.h, core::symbol(x), work) != rounded.step(to.g, core::symbol(x), other_work)) return t;
        next.push_back(std::move(to));
      }
    }
    level = std::move(next);
  }
  return std::nullopt;
}

TEST_CASE("no word within the horizon is answered in another way", "[error_horizon]") {
  EIGENMATA_SEEDED(random, 511);
  std::size_t bounded = 0;
  std::size_t letters = 0;
  for (int i = 0; i < 100; ++i) {
    const auto network = random.one_in(2) ? testing::random_delta_network(random, 1 + random.below(2), 1)
                                          : testing::random_network(kRationals, random, {});
    for (const auto& [format, plan] : std::vector<std::pair<std::string, std::string>>{{"bf16", "all-same"},
                                                                                       {"fp16", "pytorch-loop"},
                                                                                       {"e4m3", "fla-recurrent"},
                                                                                       {"bf16", "fla-recurrent"},
                                                                                       {"f64", "all-same"}}) {
      CAPTURE(i, format, plan);
      const FloatArithmetic k = arithmetic(format, plan);
      core::Limits limits;
      limits.deadline = core::Limits::Clock::now() + std::chrono::milliseconds(20);
      const ErrorHorizon horizon = error_horizon(k, network, limits);
      if (!horizon.length || network.layers.empty()) continue;
      const auto rounded = lrnn::rounded_network(k, kRationals, network, {});
      const lrnn::Runner exact(kRationals, network);
      const lrnn::Runner<FloatArithmetic> other(k, rounded.network);
      const std::size_t longest = network.alphabet.size() == 1 ? 100 : 7;
      const auto found = first_difference(exact, other, std::min(*horizon.length, longest));
      if (found) FAIL("they differ after " << *found << " letters, not after " << *horizon.length);
      ++bounded;
      if (*horizon.length > 0) ++letters;
    }
  }
  std::cout << "horizons: " << bounded << ", above 0: " << letters << '\n';
  CHECK(letters > 30);
}

TEST_CASE("the horizon of a swap grows with the precision, and stays before its failure", "[error_horizon]") {
  const auto network = swaps();
  const auto horizon = [&](const std::string& format, const std::string& plan) {
    const ErrorHorizon found = error_horizon(arithmetic(format, plan), network, {});
    CAPTURE(format, found.why_not);
    REQUIRE(found.length);
    std::cout << "a swap in " << format << ',' << plan << ": " << *found.length << " letters\n";
    return *found.length;
  };
  const std::size_t bf16 = horizon("bf16", "fla-recurrent");
  const std::size_t fp16 = horizon("fp16", "fla-recurrent");
  const std::size_t f32 = horizon("f32", "fla-recurrent");
  const std::size_t f64 = horizon("f64", "fla-recurrent");
  CHECK(bf16 >= 100);
  CHECK(fp16 == bf16);  // 1/sqrt(2) has four zeros behind its eighth bit
  CHECK(f32 > 100'000);
  CHECK(f64 > 10'000 * f32);
  // As in chunk_test.cpp and numeric_check_test.cpp: in bf16 the state drifts towards (1/2, 1/2).
  const FloatArithmetic k = arithmetic("bf16", "fla-recurrent");
  const auto rounded = lrnn::rounded_network(k, kRationals, network, {});
  const lrnn::Runner<FloatArithmetic> runner(k, rounded.network);
  const lrnn::Runner exact(kRationals, network);
  auto states = runner.start();
  auto right = exact.start();
  auto work = runner.make_workspace();
  auto exact_work = exact.make_workspace();
  std::size_t t = 0;
  while (t < 100'000 && runner.step(states, core::symbol(0), work) == exact.step(right, core::symbol(0), exact_work))
    ++t;
  std::cout << "it fails after " << t + 1 << '\n';
  CHECK(t >= bf16);
}

TEST_CASE("what has no bound says why", "[error_horizon]") {
  const auto why = [](const FloatArithmetic& k, const lrnn::RationalNetwork& network) {
    const ErrorHorizon horizon = error_horizon(k, network, {});
    CHECK_FALSE(horizon.length);
    return horizon.why_not;
  };
  const auto swap = swaps();
  CHECK(why(arithmetic("bf16", "fla-chunk:2"), swap) == "the plan computes in chunks");
  const auto decays = testing::one_layer({1}, {testing::scalar_map(Rational(-7, 8))}, {1}, 0, true, true);
  CHECK(why(arithmetic("bf16", "all-same"), decays).find("the exact states are") == 0);
  const auto on_threshold = testing::one_layer({1}, {testing::scalar_map(-1)}, {1}, 1, true, true);
  CHECK(why(arithmetic("bf16", "all-same"), on_threshold).find("on a threshold") != std::string::npos);
  // 65504 is the largest number: nothing near it is surely below.
  const auto large =
      testing::one_layer({65504, 0},
                         {lrnn::AffineMap<Rational>{lrnn::Dense<Rational>{exact::Matrix<Rational>(2, 2, {-1, 0, 0, 1})},
                                                    lrnn::SparseVector<Rational>(2)}},
                         {0, 1}, 1, true, true);
  CHECK(why(arithmetic("fp16", "all-same"), large).find("overflow") != std::string::npos);
  const auto wide =
      testing::one_layer(std::vector<Rational>(300, 1),
                         {{lrnn::Diagonal<Rational>{std::vector<Rational>(300, 1)}, lrnn::SparseVector<Rational>(300)}},
                         std::vector<Rational>(300, 1), 0, true, true);
  CHECK(why(arithmetic("f32", "all-same"), wide) == "a layer of more than 256 dimensions");
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now();
  const ErrorHorizon late = error_horizon(arithmetic("bf16", "all-same"), swap, limits);
  CHECK_FALSE(late.length);
  CHECK(late.why_not.find("time limit") != std::string::npos);
}

TEST_CASE("matrices of larger norm with a finite semigroup", "[error_horizon]") {
  // Order 3 in integers: of norm above 1, but its powers do not grow.
  const auto turn = testing::one_layer(
      {1, 0},
      {lrnn::AffineMap<Rational>{lrnn::Dense<Rational>{exact::Matrix<Rational>(2, 2, {0, -1, 1, -1})},
                                 lrnn::SparseVector<Rational>(2)}},
      {1, 0}, Rational(1, 2), true, true);
  const ErrorHorizon horizon = error_horizon(arithmetic("f32", "all-same"), turn, {});
  REQUIRE(horizon.length);
  CHECK_FALSE(horizon.layers[0].grows_by_step);
  CHECK(horizon.layers[0].growth > 1);
  CHECK(*horizon.length > 50'000);
}

}  // namespace
}  // namespace eigenmata::verification

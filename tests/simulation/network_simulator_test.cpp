// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/network_simulator.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/error.hpp"
#include "eigenmata/simulation/lane_stepper.hpp"
#include "rounded_networks.hpp"

namespace eigenmata::simulation {
namespace {

using precision::FloatArithmetic;
using Method = SimulatorOptions::Method;

template <class T>
void compare(const T& k, const lrnn::RationalNetwork& network, const PackedWords& words) {
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  const lrnn::Runner<T> runner(k, rounded.network);
  for (const Method method : {Method::kAutomatic, Method::kArithmetic, Method::kTable}) {
    for (const std::size_t threads : {1, 3}) {
      for (const std::size_t bytes : {std::size_t{1} << 24, std::size_t{1} << 15}) {
        NetworkSimulator simulator(network_stepper(k, rounded.network), {method, threads, bytes});
        CAPTURE(static_cast<int>(method), threads, bytes, simulator.description());
        std::vector<Answer> answers;
        std::vector<std::uint64_t> finals;
        const auto report = simulator.run(words, answers, &finals, {});
        CHECK(report.letters == words.letters.size());
        for (std::size_t i = 0; i < words.size(); ++i) {
          Outcome expected = expected_outcome(runner, words.word(i));
          expected.codes.resize(simulator.coordinates());  // 0 without an answer
          const auto from = finals.begin() + static_cast<std::ptrdiff_t>(i * simulator.coordinates());
          const Outcome found{answers[i], {from, from + static_cast<std::ptrdiff_t>(simulator.coordinates())}};
          REQUIRE(found == expected);
        }
      }
    }
  }
}

TEST_CASE("whatever runs, on however many threads, the answers and states are the reference's", "[network_simulator]") {
  const std::uint64_t seed = testing::seed_or(79);
  core::Random random(seed);
  for (int i = 0; i < 4; ++i) {
    CAPTURE(seed, i);
    NetworkShape shape;
    shape.layers = 1 + random.below(2);
    shape.letters = 1 + random.below(4);
    shape.dimension = 1 + random.below(3);
    const auto network = NetworkMaker(random, shape).make();
    const auto words = random_words(random, 700, 40, shape.letters);
    compare(FloatArithmetic(precision::named_plan("all-same", precision::kE4m3, {"plan"})), network, words);
    compare(FloatArithmetic(precision::named_plan("all-same", precision::kF32, {"plan"})), network, words);
    compare(FloatArithmetic(precision::named_plan("pytorch-loop", precision::kE4m3Fnuz, {"plan"})), network, words);
    compare(precision::FixedArithmetic(precision::FixedFormat::fixed(3, 4)), network, words);
  }
}

TEST_CASE("no words, a letter too many, a plan in chunks, a passed deadline", "[network_simulator]") {
  core::Random random(5);
  const auto network = NetworkMaker(random, {}).make();
  const FloatArithmetic k(precision::named_plan("all-same", precision::kF32, {"plan"}));
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  NetworkSimulator simulator(network_stepper(k, rounded.network));
  PackedWords words;
  std::vector<Answer> answers;
  CHECK(simulator.run(words, answers, nullptr, {}).letters == 0);
  CHECK(answers.empty());
  words.append({core::symbol(1), core::symbol(2)});
  CHECK_THROWS_AS(simulator.run(words, answers, nullptr, {}), core::Error);
  const FloatArithmetic chunks(precision::named_plan("fla-chunk", precision::kF32, {"plan"}));
  CHECK_THROWS_AS(network_stepper(chunks, rounded.network), core::Error);
  PackedWords one;
  one.append({core::symbol(1)});
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now() - std::chrono::seconds(1);
  CHECK_THROWS_AS(simulator.run(one, answers, nullptr, limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::simulation

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/network_simulator.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/error.hpp"
#include "eigenmata/simulation/lane_stepper.hpp"
#include "rounded_networks.hpp"
#include "support/delta_networks.hpp"

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

/// What the exact network says.
Answer exact_answer(const lrnn::Runner<exact::RationalArithmetic>& runner, std::span<const std::uint8_t> word) {
  auto work = runner.make_workspace();
  auto states = runner.start();
  bool accepts = runner.network().accepts_empty_word;
  for (const std::uint8_t letter : word) accepts = *runner.step(states, core::symbol(letter), work);
  return accepts ? Answer::kAccept : Answer::kReject;
}

TEST_CASE("plans in chunks: the answers of exact numbers in f64, and the same numbers however they are run",
          "[network_simulator]") {
  EIGENMATA_SEEDED(random, 83);
  constexpr std::size_t kLetters = 2;
  std::size_t different = 0;
  for (int i = 0; i < 12; ++i) {
    const auto network = testing::random_delta_network(random, kLetters, 1 + random.below(2));
    const exact::RationalArithmetic exact;
    const auto few = random_words(random, 60, 7, kLetters);
    for (const std::string plan : {"fla-chunk:1", "fla-chunk:3", "fla-chunk"}) {
      CAPTURE(i, plan);
      const FloatArithmetic f64(precision::named_plan(plan, precision::kF64, {"plan"}));
      NetworkSimulator simulator(network_stepper(f64, lrnn::rounded_network(f64, exact, network, {})));
      std::vector<Answer> answers;
      simulator.run(few, answers, nullptr, {});
      const lrnn::Runner<exact::RationalArithmetic> runner(exact, network);
      for (std::size_t w = 0; w < few.size(); ++w) REQUIRE(answers[w] == exact_answer(runner, few.word(w)));
    }
    const auto words = random_words(random, 100, 30, kLetters);
    std::vector<std::vector<std::uint64_t>> of_chunks;
    for (const std::string plan : {"fla-chunk:1", "fla-chunk:4", "fla-chunk:9"}) {
      CAPTURE(i, plan);
      const FloatArithmetic e4m3(precision::named_plan(plan, precision::kE4m3, {"plan"}));
      const auto rounded = lrnn::rounded_network(e4m3, exact, network, {});
      // Letter by letter, each from a packed state.
      const auto stepper = network_stepper(e4m3, rounded);
      std::vector<Answer> expected;
      std::vector<std::uint64_t> codes(words.size() * stepper->coordinates());
      for (std::size_t w = 0; w < words.size(); ++w) {
        std::vector<BatchStepper::Word> state(stepper->state_words());
        stepper->start(state.data());
        Answer answer = network.accepts_empty_word ? Answer::kAccept : Answer::kReject;
        for (const std::uint8_t letter : words.word(w)) {
          if (answer != Answer::kNone) stepper->step(state.data(), &letter, 1, state.data(), &answer);
        }
        expected.push_back(answer);
        if (answer != Answer::kNone) stepper->codes(state.data(), codes.data() + w * stepper->coordinates());
      }
      for (const Method method : {Method::kAutomatic, Method::kArithmetic, Method::kTable}) {
        for (const std::size_t threads : {1, 3}) {
          NetworkSimulator simulator(network_stepper(e4m3, rounded), {method, threads});
          std::vector<Answer> answers;
          std::vector<std::uint64_t> finals;
          simulator.run(words, answers, &finals, {});
          REQUIRE(answers == expected);
          REQUIRE(finals == codes);
        }
      }
      of_chunks.push_back(codes);
    }
    // At a boundary of both, the numbers of letters by themselves and of chunks of four.
    const std::size_t n = of_chunks[0].size() / words.size();
    for (std::size_t w = 0; w < words.size(); ++w) {
      const auto at = static_cast<std::ptrdiff_t>(w * n);
      const auto end = static_cast<std::ptrdiff_t>((w + 1) * n);
      if (words.word(w).size() % 4 != 0) continue;
      if (!std::equal(of_chunks[0].begin() + at, of_chunks[0].begin() + end, of_chunks[1].begin() + at)) ++different;
    }
  }
  CHECK(different > 10);  // the length of chunks is part of the plan
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

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/lazy_states.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/simulation/lane_stepper.hpp"
#include "eigenmata/simulation/reference_stepper.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "rounded_networks.hpp"
#include "support/float_networks.hpp"

namespace eigenmata::simulation {
namespace {

using precision::FloatArithmetic;
using testing::one_layer;
using testing::scalar_map;

std::vector<std::size_t> all_of(const PackedWords& words) {
  std::vector<std::size_t> which;
  for (std::size_t i = 0; i < words.size(); ++i) which.push_back(i);
  return which;
}

/// By breadth-first search with the definition, through at most that many numeric states.
bool has_word_without_answer(const FloatArithmetic& k, const lrnn::Runner<FloatArithmetic>& runner, std::size_t letters,
                             std::size_t states) {
  auto work = runner.make_workspace();
  std::set<std::vector<std::uint64_t>> known;
  std::vector<lrnn::JointState<double>> open;
  const auto meet = [&](const lrnn::JointState<double>& state) {
    std::vector<std::uint64_t> codes;
    for (const auto& h : state) {
      for (const double x : lrnn::coordinates(k, h)) codes.push_back(k.pack(x));
    }
    if (known.insert(codes).second) open.push_back(state);
  };
  meet(runner.start());
  for (std::size_t i = 0; i < open.size(); ++i) {
    REQUIRE(open.size() <= states);
    for (std::size_t x = 0; x < letters; ++x) {
      auto state = open[i];
      if (!runner.step(state, core::symbol(x), work)) return true;
      meet(state);
    }
  }
  return false;
}

TEST_CASE("the table says what the stepper says, and closes into the automaton that the check finds", "[lazy_states]") {
  const std::uint64_t seed = testing::seed_or(73);
  core::Random random(seed);
  std::size_t closed = 0;
  std::size_t answering = 0;
  std::size_t silent = 0;
  for (int i = 0; i < 60; ++i) {
    CAPTURE(seed, i);
    NetworkShape shape;
    shape.layers = 1 + random.below(2);
    shape.letters = 1 + random.below(4);
    shape.dimension = 1 + random.below(2);
    shape.tables = random.one_in(3);
    const auto network = NetworkMaker(random, shape).make();
    const precision::FloatFormat formats[] = {precision::kE4m3, precision::kE5m2, precision::kE2m1, precision::kBf16};
    const FloatArithmetic k(precision::named_plan("all-same", formats[random.below(4)], {"plan"}));
    const auto rounded = rounded_if_possible(k, network);
    if (!rounded) continue;
    const lrnn::Runner<FloatArithmetic> runner(k, rounded->network);
    const auto words = random_words(random, 2000, 30, shape.letters);
    LazyStates table(lane_stepper(k, rounded->network), std::size_t{1} << 24);
    std::vector<Answer> answers(words.size());
    std::vector<LazyStates::Word> finals(words.size() * table.stepper().state_words());
    const auto which = all_of(words);
    const std::size_t done = table.run(words, which, answers.data(), finals.data());
    for (std::size_t w = 0; w < done; ++w) {
      const Outcome expected = expected_outcome(runner, words.word(w));
      REQUIRE(answers[w] == expected.answer);
      if (answers[w] == Answer::kNone) continue;
      std::vector<std::uint64_t> codes(table.stepper().coordinates());
      table.stepper().codes(finals.data() + w * table.stepper().state_words(), codes.data());
      REQUIRE(codes == expected.codes);
    }
    const auto automaton = table.automaton(rounded->network.alphabet, {});
    REQUIRE(automaton.has_value() == table.is_closed());
    if (!automaton) continue;
    ++closed;
    // A closed table has a step without an answer just if some word has none.
    if (table.answers_always()) {
      ++answering;
      for (const Answer answer : answers) REQUIRE(answer != Answer::kNone);
    } else {
      ++silent;
      REQUIRE(has_word_without_answer(k, runner, rounded->network.alphabet.size(), table.states()));
    }
    REQUIRE(*automaton == verification::recognised_language(k, rounded->network, {}));
  }
  CHECK(closed > 10);
  CHECK(answering > 0);
  CHECK(silent > 0);
}

TEST_CASE("parity by -1 closes after two letters", "[lazy_states]") {
  const FloatArithmetic k(precision::named_plan("all-same", precision::kF32, {"plan"}));
  const auto network = one_layer({1}, {scalar_map(-1), scalar_map(1)}, {1}, 0, true, true);
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  LazyStates table(lane_stepper(k, rounded.network), 1 << 20);
  PackedWords words;
  words.append({core::symbol(0), core::symbol(1)});
  words.append({});
  words.append({core::symbol(1)});
  words.append({core::symbol(0), core::symbol(0), core::symbol(0)});
  std::vector<Answer> answers(4);
  CHECK(table.run(words, all_of(words), answers.data(), nullptr) == 4);
  CHECK(answers == std::vector{Answer::kReject, Answer::kAccept, Answer::kAccept, Answer::kReject});
  CHECK(table.states() == 2);
  CHECK(table.is_closed());
  CHECK(table.computed() == 4);
  CHECK(table.steps() == 6);
}

TEST_CASE("a full table stops, and what it has run is right", "[lazy_states]") {
  // Every word of a's has a state of its own: h <- h + 1.
  const FloatArithmetic k(precision::named_plan("all-same", precision::kF64, {"plan"}));
  const auto network = one_layer({0}, {scalar_map(1, 1), scalar_map(1)}, {1}, 100, true, true);
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  PackedWords words;
  for (std::size_t i = 0; i < 3000; ++i) words.append(core::Word(i, core::symbol(0)));
  LazyStates table(lane_stepper(k, rounded.network), 100'000);
  std::vector<Answer> answers(words.size(), Answer::kNone);
  const std::size_t done = table.run(words, all_of(words), answers.data(), nullptr);
  CHECK(table.is_full());
  CHECK(done < words.size());
  CHECK(done > 100);
  CHECK(table.bytes() <= 100'000);
  for (std::size_t i = 0; i < done; ++i) CHECK((answers[i] == Answer::kAccept) == (i == 0 || i >= 100));
  // One long word in which no state comes twice: given up before memory is.
  PackedWords one;
  one.append(core::Word(20'000, core::symbol(0)));
  LazyStates patient(lane_stepper(k, rounded.network), std::size_t{1} << 30);
  CHECK(patient.run(one, all_of(one), answers.data(), nullptr) == 0);
  CHECK_FALSE(patient.is_full());
  CHECK(patient.computed() < 5'000);
}

}  // namespace
}  // namespace eigenmata::simulation

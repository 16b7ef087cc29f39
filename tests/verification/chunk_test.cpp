// SPDX-License-Identifier: Apache-2.0
//
// Networks computed in chunks. That the two programs compute the same numbers: tests/agreement/numeric_test.cpp.
#include <catch2/catch.hpp>
#include <map>

#include "eigenmata/verification/numeric_check.hpp"
#include "support/delta_networks.hpp"
#include "support/float_networks.hpp"
#include "support/languages.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using exact::Rational;
using testing::in_floats;
using testing::one_layer;
using testing::reflection_map;

const exact::RationalArithmetic kExact;

/// Words of at most `length` letters that the exact network accepts, as a tree.
Dfa exact_answers(const lrnn::RationalNetwork& network, std::size_t length) {
  const lrnn::Runner<exact::RationalArithmetic> runner(kExact, network);
  const std::size_t letters = network.alphabet.size();
  auto work = runner.make_workspace();
  struct Node {
    lrnn::JointState<Rational> state;
    std::size_t depth;
  };
  std::vector<Node> nodes{{runner.start(), 0}};
  std::vector<bool> accepting{network.accepts_empty_word};
  std::vector<automata::State> next;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t x = 0; x < letters; ++x) {
      if (nodes[i].depth == length) {
        next.push_back(automata::state(i));
        continue;
      }
      Node child{{}, nodes[i].depth + 1};
      accepting.push_back(*runner.step(nodes[i].state, core::symbol(x), work, child.state));
      next.push_back(automata::state(nodes.size()));
      nodes.push_back(std::move(child));
    }
  }
  return {network.alphabet, automata::state(0), std::move(accepting), std::move(next)};
}

TEST_CASE("chunks of f64 answer short words as exact arithmetic does", "[chunk]") {
  EIGENMATA_SEEDED(random, 61);
  std::size_t wrong_without_writes = 0;
  for (int i = 0; i < 40; ++i) {
    const auto network = testing::random_delta_network(random, 2, 1 + random.below(2));
    const Dfa language = exact_answers(network, 7);
    for (const std::string plan : {"fla-chunk:1", "fla-chunk:2", "fla-chunk:3", "fla-chunk:5", "fla-chunk"}) {
      CAPTURE(i, plan);
      const auto f64 = in_floats(precision::kF64, plan);
      auto rounded = lrnn::rounded_network(f64, kExact, network, {});
      const auto check = check_numeric(f64, rounded, language, {}, 7);
      CHECK_FALSE(check.verdict.is_no());
      // That the test sees what is written.
      for (auto& values : rounded.values) std::fill(values.begin(), values.end(), 0.0);
      if (check_numeric(f64, rounded, language, {}, 7).verdict.is_no()) ++wrong_without_writes;
    }
  }
  CHECK(wrong_without_writes > 5);
}

/// Swaps of two coordinates by a; b does nothing. The first is read.
lrnn::RationalNetwork swaps(const Rational& threshold) {
  return one_layer({1, 0}, {reflection_map(2, {1, -1}), reflection_map(0, {1, -1})}, {1, 0}, threshold, true, true);
}

const Dfa& even() {
  static const Dfa language = testing::regex_language("(b*ab*ab*)*|b*");
  return language;
}

TEST_CASE("swaps with normalised keys in bf16, chunk by chunk", "[chunk]") {
  // β k is (1.4140625, −1.4140625), w · h is 1.4140625, y = −1.4140625, and y k = (−0.99978…, 0.99978…): the state
  // after one swap is (0.00022…, 0.99978…), exactly 1 − 181²/32768 = 7/32768 and 32761/32768.
  for (const std::string plan : {"fla-chunk:1", "fla-chunk:2"}) {
    CAPTURE(plan);
    const auto bf16 = in_floats(precision::kBf16, plan);
    const auto rounded = lrnn::rounded_network(bf16, kExact, swaps(Rational(1, 2)), {});
    const auto check = check_numeric(bf16, rounded, even(), {});
    REQUIRE(check.verdict.is_yes());
    REQUIRE(check.closure != nullptr);
    CHECK(check.closure->states.size() == check.reachable_states);
    CHECK(check.closure->since_boundary(0).empty());
    const auto swapped = bf16.pack(32761.0 / 32768);
    bool found = false;
    for (std::size_t i = 0; i < check.closure->states.size(); ++i) found |= check.closure->code(i, 1) == swapped;
    CHECK(found);
  }
}

TEST_CASE("closure in chunks is the same automaton however it is found", "[chunk]") {
  EIGENMATA_SEEDED(random, 62);
  std::map<bool, int> found;
  for (int i = 0; i < 40; ++i) {
    const auto network = testing::random_delta_network(random, 2, 1 + random.below(2));
    CAPTURE(i);
    const auto e4m3 = in_floats(precision::kE4m3, "fla-chunk:2");
    core::Limits limits;
    limits.memory_bytes = 1 << 19;
    try {
      const auto rounded = lrnn::rounded_network(e4m3, kExact, network, limits);
      const Dfa language = recognised_language(e4m3, rounded, limits);
      const auto check = check_numeric(e4m3, rounded, language, limits);
      if (check.verdict.is_no()) CHECK_FALSE(check.verdict.witness().network_accepts.has_value());
      ++found[check.verdict.is_yes()];
      // Long words, which never pack a state, see nothing else.
      const auto different = run_long_words(e4m3, rounded, language, 200, 1, {});
      if (check.verdict.is_yes()) CHECK_FALSE(different.has_value());
    } catch (const core::LimitReached&) {
    }
  }
  CHECK(found[true] > 10);
}

TEST_CASE("what has no chunks is refused", "[chunk]") {
  const auto bf16 = in_floats(precision::kBf16, "fla-chunk:4");
  const auto refused = [&](const lrnn::RationalNetwork& network, const std::string& why) {
    CHECK_THROWS_WITH(lrnn::rounded_network(bf16, kExact, network, {}), Catch::Matchers::Contains(why));
  };
  refused(one_layer({1}, {testing::scalar_map(-1)}, {1}, 0, true, true), "layer 1, letter 'a'");
  auto writes_across = swaps(0);
  writes_across.layers[0].maps[0].b = testing::rational_vector({1, 1});
  refused(writes_across, "along the key");
  auto table = swaps(0);
  table.layers[0].decoder = lrnn::TableDecoder<Rational>{{{testing::rational_vector({1, 0}), {core::symbol(0)}}}};
  refused(table, "a table of states");
  CHECK_THROWS_WITH(in_floats(precision::kBf16, "fla-chunk:0"), Catch::Matchers::Contains("from 1 to 1024"));
  CHECK_THROWS_WITH(in_floats(precision::kBf16, "fla-chunk:2000"), Catch::Matchers::Contains("from 1 to 1024"));
  CHECK(precision::named_plan("fla-chunk", precision::kBf16, {"plan"}).chunk == 64);
}

}  // namespace
}  // namespace eigenmata::verification

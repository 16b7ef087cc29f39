// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/minimise.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <set>

#include "automata/brute_force.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

std::string described(const Dfa& dfa) {
  std::string text = "initial " + std::to_string(index(dfa.initial())) + ", accepting";
  for (std::size_t q = 0; q < dfa.states(); ++q) text += dfa.is_accepting(state(q)) ? " " + std::to_string(q) : "";
  text += ", table";
  for (const State q : dfa.table()) text += " " + std::to_string(index(q));
  return text;
}

std::size_t number_of_classes(const Dfa& dfa) {
  const auto classes = brute_force::classes_by_moore(dfa);
  std::set<std::size_t> met;
  for (const State q : brute_force::reachable_states(dfa)) met.insert(classes[index(q)]);
  return met.size();
}

/// Brzozowski: the subset construction of a reversed deterministic automaton is minimal; twice gives the
/// language back.
Dfa minimised_by_reversal(const Dfa& dfa) {
  return determinised(brute_force::reversed(determinised(brute_force::reversed(dfa), {})), {});
}

/// An automaton of the same language with up to four copies of each state.
Dfa blown_up(core::Random& random, const Dfa& dfa) {
  std::vector<std::vector<State>> copies(dfa.states());
  std::vector<State> original;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t i = random.below(4) + 1; i > 0; --i) {
      copies[q].push_back(state(original.size()));
      original.push_back(state(q));
    }
  }
  const auto copy_of = [&](State q) { return copies[index(q)][random.below(copies[index(q)].size())]; };
  std::vector<bool> accepting;
  std::vector<State> next;
  for (const State q : original) {
    accepting.push_back(dfa.is_accepting(q));
    for (std::size_t x = 0; x < dfa.letters(); ++x) next.push_back(copy_of(dfa.step(q, core::symbol(x))));
  }
  return {dfa.alphabet(), copy_of(dfa.initial()), std::move(accepting), std::move(next)};
}

TEST_CASE("minimal automata have as many states as Moore's refinement finds classes, and the same language",
          "[minimise]") {
  EIGENMATA_SEEDED(random, 1);
  for (int i = 0; i < 5000; ++i) {
    const Dfa dfa = testing::random_dfa(random, random.below(14) + 1, random.below(3) + 1);
    const Dfa minimal = minimised(dfa);
    CAPTURE(described(dfa), described(minimal));
    REQUIRE(minimal.states() == number_of_classes(dfa));
    REQUIRE_FALSE(brute_force::shortest_difference(dfa, minimal));
  }
}

TEST_CASE("sparse acceptance, where refinement takes many rounds, is no different", "[minimise]") {
  EIGENMATA_SEEDED(random, 2);
  for (int i = 0; i < 300; ++i) {
    const Dfa shape = testing::random_dfa(random, random.below(60) + 20, random.below(2) + 1);
    std::vector<bool> accepting(shape.states(), false);
    accepting[random.below(shape.states())] = true;
    const Dfa dfa(shape.alphabet(), shape.initial(), accepting, shape.table());
    CAPTURE(described(dfa));
    REQUIRE(minimised(dfa).states() == number_of_classes(dfa));
    REQUIRE_FALSE(brute_force::shortest_difference(dfa, minimised(dfa)));
  }
}

TEST_CASE("Brzozowski's double reversal gives the same automaton, number for number", "[minimise]") {
  EIGENMATA_SEEDED(random, 3);
  for (int i = 0; i < 500; ++i) {
    const Dfa dfa = testing::random_dfa(random, random.below(8) + 1, random.below(3) + 1);
    CAPTURE(described(dfa));
    REQUIRE(minimised(dfa) == minimised_by_reversal(dfa));
  }
}

TEST_CASE("automata of one language have equal minimal automata", "[minimise]") {
  EIGENMATA_SEEDED(random, 4);
  for (int i = 0; i < 1000; ++i) {
    const Dfa dfa = testing::random_dfa(random, random.below(10) + 1, random.below(3) + 1);
    const Dfa other = blown_up(random, dfa);
    CAPTURE(described(dfa), described(other));
    REQUIRE(minimised(dfa) == minimised(other));
    REQUIRE(minimised(minimised(dfa)) == minimised(dfa));
  }
}

TEST_CASE("automata of different languages have different minimal automata", "[minimise]") {
  EIGENMATA_SEEDED(random, 5);
  int different = 0;
  for (int i = 0; i < 1000; ++i) {
    const Dfa first = testing::random_dfa(random, random.below(4) + 1, 2);
    const Dfa second = testing::random_dfa(random, random.below(4) + 1, 2);
    CAPTURE(described(first), described(second));
    const bool same = !brute_force::shortest_difference(first, second);
    REQUIRE((minimised(first) == minimised(second)) == same);
    different += same ? 0 : 1;
  }
  CHECK(different > 100);
  CHECK(different < 990);
}

TEST_CASE("everything and nothing have one state", "[minimise]") {
  EIGENMATA_SEEDED(random, 6);
  const Dfa dfa = testing::random_dfa(random, 10, 2);
  for (const bool accepting : {false, true}) {
    const Dfa minimal = minimised(Dfa(dfa.alphabet(), dfa.initial(), std::vector<bool>(10, accepting), dfa.table()));
    CHECK(minimal.states() == 1);
    CHECK(minimal.accepts({}) == accepting);
  }
}

TEST_CASE("a cycle that accepts in one state is minimal, one that accepts at every third state is not", "[minimise]") {
  const auto cycle = [](std::size_t n, std::size_t period) {
    std::vector<State> next;
    std::vector<bool> accepting;
    for (std::size_t q = 0; q < n; ++q) {
      next.push_back(state((q + 1) % n));
      accepting.push_back(q % period == 0);
    }
    return Dfa(testing::small_alphabet(1), state(0), std::move(accepting), std::move(next));
  };
  CHECK(minimised(cycle(30'000, 30'000)).states() == 30'000);
  CHECK(minimised(cycle(30'000, 3)).states() == 3);
}

TEST_CASE("minimisation obeys its limits", "[minimise]") {
  EIGENMATA_SEEDED(random, 7);
  const Dfa dfa = testing::random_dfa(random, 1000, 2);
  core::Limits little;
  little.memory_bytes = 1000;
  CHECK_THROWS_AS(minimised(dfa, little), core::LimitReached);
  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK_THROWS_AS(minimised(dfa, stopped), core::LimitReached);
}

TEST_CASE("a hundred thousand random states are minimised in time that is nearly linear", "[minimise][.extreme]") {
  EIGENMATA_SEEDED(random, 8);
  const Dfa dfa = testing::random_dfa(random, 100'000, 4);
  const Dfa minimal = minimised(dfa);
  CHECK(minimal.states() <= dfa.states());
  CHECK(minimised(blown_up(random, minimal)) == minimal);
}

}  // namespace
}  // namespace eigenmata::automata

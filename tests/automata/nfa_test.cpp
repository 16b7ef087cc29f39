// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/nfa.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

using core::LimitReached;

/// Words over {a, b} whose n-th letter from the end is an a: n + 1 states here, 2ⁿ once deterministic.
Nfa nth_from_the_end(std::size_t n) {
  Nfa nfa(testing::small_alphabet(2));
  nfa.add_states(n + 1);
  nfa.set_initial(state(0));
  nfa.add_edge(state(0), core::symbol(0), state(0));
  nfa.add_edge(state(0), core::symbol(1), state(0));
  nfa.add_edge(state(0), core::symbol(0), state(1));
  for (std::size_t q = 1; q < n; ++q) {
    for (std::size_t x = 0; x < 2; ++x) nfa.add_edge(state(q), core::symbol(x), state(q + 1));
  }
  nfa.set_accepting(state(n));
  return nfa;
}

TEST_CASE("a determinised automaton accepts what simulating the NFA accepts", "[nfa]") {
  EIGENMATA_SEEDED(random, 1);
  for (int i = 0; i < 400; ++i) {
    const std::size_t letters = random.below(3) + 1;
    const Nfa nfa = brute_force::random_nfa(random, random.below(7) + 1, letters);
    const Dfa dfa = determinised(nfa, {});
    for (const Word& word : brute_force::words_up_to(letters == 1 ? 8 : 5, letters)) {
      if (dfa.accepts(word) != brute_force::accepts(nfa, word))
        FAIL("automaton " << i << ", word " << format_word(dfa.alphabet(), word));
    }
  }
}

TEST_CASE("only subsets that some word leads to are made", "[nfa]") {
  EIGENMATA_SEEDED(random, 2);
  for (int i = 0; i < 100; ++i) {
    const Dfa dfa = determinised(brute_force::random_nfa(random, 6, 2), {});
    CHECK(brute_force::reachable_states(dfa).size() == dfa.states());
    CHECK(dfa == reachable_part(dfa));
  }
}

TEST_CASE("the n-th letter from the end needs 2^n states", "[nfa]") {
  // Rabin and Scott's bound is attained: the state has to know the last n letters.
  for (std::size_t n = 1; n <= 12; ++n) {
    const Dfa dfa = determinised(nth_from_the_end(n), {});
    CHECK(dfa.states() == std::size_t{1} << n);
    CHECK(minimised(dfa).states() == std::size_t{1} << n);
  }
}

TEST_CASE("an automaton without initial states accepts nothing", "[nfa]") {
  Nfa nfa(testing::small_alphabet(2));
  nfa.add_state();
  nfa.set_accepting(state(0));
  const Dfa dfa = determinised(nfa, {});
  CHECK(dfa.states() == 1);
  CHECK_FALSE(dfa.accepts({}));
}

TEST_CASE("cycles of ε-moves and doubled edges change nothing", "[nfa]") {
  Nfa nfa(testing::small_alphabet(1));
  nfa.add_states(3);
  nfa.set_initial(state(0));
  nfa.set_initial(state(0));
  for (std::size_t q = 0; q < 3; ++q) nfa.add_epsilon(state(q), state((q + 1) % 3));
  for (int i = 0; i < 3; ++i) nfa.add_edge(state(1), core::symbol(0), state(2));
  nfa.set_accepting(state(2));
  const Dfa dfa = determinised(nfa, {});
  CHECK(dfa.states() == 1);
  CHECK(dfa.accepts({core::symbol(0), core::symbol(0)}));
  nfa.set_accepting(state(2), false);
  CHECK_FALSE(determinised(nfa, {}).accepts({}));
}

TEST_CASE("an exponential determinisation ends at the memory limit", "[nfa]") {
  core::Limits limits;
  limits.memory_bytes = std::size_t{10} << 20;
  try {
    (void)determinised(nth_from_the_end(40), limits);
    FAIL();
  } catch (const LimitReached& limit) {
    CHECK(limit.kind() == LimitReached::Kind::kMemory);
    CHECK_THAT(limit.what(), Catch::Contains("the subset automaton of "));
  }
}

TEST_CASE("an exponential determinisation ends at the deadline and at an interrupt", "[nfa]") {
  using Clock = core::Limits::Clock;
  core::Limits limits;
  limits.deadline = Clock::now() + std::chrono::milliseconds(50);
  CHECK_THROWS_AS(determinised(nth_from_the_end(40), limits), LimitReached);
  CHECK(Clock::now() < *limits.deadline + std::chrono::seconds(2));
  const std::atomic<bool> interrupted = true;
  core::Limits other;
  other.interrupted = &interrupted;
  CHECK_THROWS_AS(determinised(nth_from_the_end(40), other), LimitReached);
}

}  // namespace
}  // namespace eigenmata::automata

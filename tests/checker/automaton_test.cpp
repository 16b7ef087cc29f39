// SPDX-License-Identifier: Apache-2.0
#include "checker/automaton.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "checker/error.hpp"
#include "checker/limits.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

using Word = std::vector<LetterId>;

/// Whether an NFA accepts, by following all its states at once.
bool accepts(const Nfa& nfa, const Word& word) {
  std::set<State> current(nfa.initial.begin(), nfa.initial.end());
  const auto close = [&nfa, &current] {
    for (bool grown = true; grown;) {
      grown = false;
      for (const Nfa::Edge& e : nfa.edges) {
        if (e.letter == kEpsilon && current.count(e.from) != 0) grown = current.insert(e.to).second || grown;
      }
    }
  };
  close();
  for (const LetterId letter : word) {
    std::set<State> next;
    for (const Nfa::Edge& e : nfa.edges) {
      if (e.letter == letter && current.count(e.from) != 0) next.insert(e.to);
    }
    current = next;
    close();
  }
  return std::any_of(nfa.accepting.begin(), nfa.accepting.end(), [&](State s) { return current.count(s) != 0; });
}

Nfa random_nfa(std::mt19937& random) {
  const auto below = [&random](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
  Nfa nfa;
  nfa.letters = 1 + below(3);
  nfa.states = 1 + below(6);
  for (std::uint32_t i = below(3); i > 0; --i) nfa.initial.push_back(below(nfa.states));
  for (std::uint32_t i = below(3); i > 0; --i) nfa.accepting.push_back(below(nfa.states));
  for (std::uint32_t i = below(14); i > 0; --i) {
    const LetterId letter = below(nfa.letters + 1);
    nfa.edges.push_back({below(nfa.states), letter == nfa.letters ? kEpsilon : letter, below(nfa.states)});
  }
  return nfa;
}

/// The number of classes of states that no word tells apart, by refinement round after round.
std::size_t count_classes(const Dfa& dfa) {
  std::vector<std::size_t> block(dfa.size());
  for (State s = 0; s < dfa.size(); ++s) block[s] = dfa.accepting[s] ? 1 : 0;
  for (std::size_t before = 0;;) {
    std::map<std::vector<std::size_t>, std::size_t> names;
    std::vector<std::size_t> next(dfa.size());
    for (State s = 0; s < dfa.size(); ++s) {
      std::vector<std::size_t> signature = {block[s]};
      for (LetterId a = 0; a < dfa.letters; ++a) signature.push_back(block[dfa.successor(s, a)]);
      next[s] = names.try_emplace(signature, names.size()).first->second;
    }
    block = next;
    if (names.size() == before) return before;
    before = names.size();
  }
}

TEST_CASE("determinise, minimise, complement and intersect agree with the words", "[checker][automaton]") {
  std::mt19937 random(7);
  for (int round = 0; round < 1500; ++round) {
    const Nfa nfa = random_nfa(random);
    Nfa other = random_nfa(random);
    while (other.letters != nfa.letters) other = random_nfa(random);
    const Dfa dfa = determinise(nfa);
    const Dfa small = minimise(dfa);
    const Dfa inverse = complement(small);
    const Dfa both = intersection(small, determinise(other));
    REQUIRE(small.size() == count_classes(dfa));
    REQUIRE(small.size() == count_classes(small));
    for (const Word& word : words_up_to(5, nfa.letters)) {
      const bool accepted = accepts(nfa, word);
      REQUIRE(accepts(dfa, word) == accepted);
      REQUIRE(accepts(small, word) == accepted);
      REQUIRE(accepts(inverse, word) == !accepted);
      REQUIRE(accepts(both, word) == (accepted && accepts(other, word)));
    }
  }
}

TEST_CASE("minimal automata of larger random ones have the right size", "[checker][automaton]") {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    Dfa dfa;
    dfa.letters = 2;
    const std::uint32_t size = 1 + static_cast<std::uint32_t>(random() % 60);
    const std::uint32_t modulus = 1 + static_cast<std::uint32_t>(random() % size);  // so that states coincide
    for (State s = 0; s < size; ++s) {
      dfa.accepting.push_back(s % modulus % 5 == 0);
      dfa.next.push_back((s + 1) % size);
      dfa.next.push_back((s * 2 + 1) % size);
    }
    REQUIRE(minimise(dfa).size() == count_classes(dfa));
  }
}

TEST_CASE("a long chain is minimised in time", "[checker][automaton]") {
  Dfa chain;
  chain.letters = 1;
  constexpr State kSize = 300'000;
  for (State s = 0; s < kSize; ++s) {
    chain.accepting.push_back(s + 1 == kSize);
    chain.next.push_back(std::min(s + 1, kSize - 1));
  }
  CHECK(minimise(chain).size() == kSize);
}

TEST_CASE("an exponential subset construction stops at its bound", "[checker][automaton][standard]") {
  // The letter 30 places before the end is an a: 2^30 subsets.
  Nfa nfa;
  nfa.letters = 2;
  nfa.states = 31;
  nfa.initial = {0};
  nfa.accepting = {30};
  nfa.edges = {{0, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  for (State s = 1; s < 30; ++s) {
    nfa.edges.push_back({s, 0, s + 1});
    nfa.edges.push_back({s, 1, s + 1});
  }
  CHECK_THROWS_AS(determinise(nfa), TooLarge);
  CHECK_THROWS_AS(require_table(kMaxDfaStates + 1, 1), TooLarge);
  CHECK_THROWS_AS(require_table(1000, 1'000'000'000), TooLarge);
  CHECK_NOTHROW(require_table(kMaxDfaStates, 1));
}

}  // namespace
}  // namespace eigenmata::checker

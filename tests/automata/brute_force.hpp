// SPDX-License-Identifier: Apache-2.0
//
// The same things as the library computes, in the most naive way: models to test against.
#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/automata/nfa.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata::brute_force {

/// All words of length 0, …, `longest`, shorter ones first, each length in the order of the letters.
inline std::vector<Word> words_up_to(std::size_t longest, std::size_t letters) {
  std::vector<Word> words;
  for (std::size_t length = 0; length <= longest; ++length) {
    testing::for_each_word(length, letters, [&](const Word& word) { words.push_back(word); });
  }
  return words;
}

/// The states that an automaton can be in after a word, kept as a set from letter to letter.
inline bool accepts(const Nfa& nfa, const Word& word) {
  const auto close = [&](std::set<State> states) {
    for (bool grown = true; grown;) {
      grown = false;
      for (const State q : std::set<State>(states)) {
        for (const State r : nfa.epsilons(q)) grown = states.insert(r).second || grown;
      }
    }
    return states;
  };
  std::set<State> now = close({nfa.initial().begin(), nfa.initial().end()});
  for (const Symbol x : word) {
    std::set<State> next;
    for (const State q : now) {
      for (const auto& [letter, to] : nfa.edges(q)) {
        if (letter == x) next.insert(to);
      }
    }
    now = close(next);
  }
  return std::any_of(now.begin(), now.end(), [&](State q) { return nfa.is_accepting(q); });
}

inline Nfa random_nfa(core::Random& random, std::size_t states, std::size_t letters) {
  Nfa nfa(testing::small_alphabet(letters));
  nfa.add_states(states);
  const auto any = [&] { return state(random.below(states)); };
  for (std::size_t i = random.below(3 * states) + 1; i > 0; --i)
    nfa.add_edge(any(), core::symbol(random.below(letters)), any());
  for (std::size_t i = random.below(states + 1); i > 0; --i) nfa.add_epsilon(any(), any());
  for (std::size_t i = random.below(2) + 1; i > 0; --i) nfa.set_initial(any());
  for (std::size_t q = 0; q < states; ++q) nfa.set_accepting(state(q), random.one_in(3));
  return nfa;
}

/// The automaton with all edges turned round.
inline Nfa reversed(const Dfa& dfa) {
  Nfa nfa(dfa.alphabet());
  nfa.add_states(dfa.states());
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x)
      nfa.add_edge(dfa.step(state(q), core::symbol(x)), core::symbol(x), state(q));
    if (dfa.is_accepting(state(q))) nfa.set_initial(state(q));
  }
  nfa.set_accepting(dfa.initial());
  return nfa;
}

/// The class of each state under the Myhill–Nerode equivalence, by Moore's refinement: split by acceptance,
/// then by the classes of the successors, until nothing changes.
inline std::vector<std::size_t> classes_by_moore(const Dfa& dfa) {
  std::vector<std::size_t> classes(dfa.states());
  for (std::size_t q = 0; q < dfa.states(); ++q) classes[q] = dfa.is_accepting(state(q)) ? 1 : 0;
  for (std::size_t known = 0;;) {
    std::map<std::vector<std::size_t>, std::size_t> numbers;
    std::vector<std::size_t> finer(dfa.states());
    for (std::size_t q = 0; q < dfa.states(); ++q) {
      std::vector<std::size_t> key{classes[q]};
      for (std::size_t x = 0; x < dfa.letters(); ++x)
        key.push_back(classes[index(dfa.step(state(q), core::symbol(x)))]);
      finer[q] = numbers.emplace(std::move(key), numbers.size()).first->second;
    }
    classes = std::move(finer);
    if (numbers.size() == known) return classes;
    known = numbers.size();
  }
}

/// The states that some word leads to.
inline std::set<State> reachable_states(const Dfa& dfa) {
  std::set<State> seen{dfa.initial()};
  for (bool grown = true; grown;) {
    grown = false;
    for (const State q : std::set<State>(seen)) {
      for (std::size_t x = 0; x < dfa.letters(); ++x) grown = seen.insert(dfa.step(q, core::symbol(x))).second || grown;
    }
  }
  return seen;
}

/// Length of the shortest words on which two automata differ, by breadth-first search over all pairs of
/// states.
inline std::optional<std::size_t> shortest_difference(const Dfa& first, const Dfa& second) {
  using Pair = std::pair<State, State>;
  std::map<Pair, std::size_t> depth{{{first.initial(), second.initial()}, 0}};
  std::deque<Pair> queue{{first.initial(), second.initial()}};
  while (!queue.empty()) {
    const Pair pair = queue.front();
    queue.pop_front();
    if (first.is_accepting(pair.first) != second.is_accepting(pair.second)) return depth.at(pair);
    for (std::size_t x = 0; x < first.letters(); ++x) {
      const Pair next{first.step(pair.first, core::symbol(x)), second.step(pair.second, core::symbol(x))};
      if (depth.emplace(next, depth.at(pair) + 1).second) queue.push_back(next);
    }
  }
  return std::nullopt;
}

}  // namespace eigenmata::automata::brute_force

// SPDX-License-Identifier: Apache-2.0
#include "last_of_two_letters.hpp"

#include <set>
#include <utility>
#include <vector>

#include "eigenmata/automata/words.hpp"

namespace eigenmata::expressivity {
namespace {

using automata::Dfa;
using automata::State;

constexpr std::size_t kMostPairs = 2'000;

using StateSet = std::vector<bool>;

bool meet(const StateSet& s, const StateSet& t) {
  for (std::size_t q = 0; q < s.size(); ++q) {
    if (s[q] && t[q]) return true;
  }
  return false;
}

StateSet step(const Dfa& dfa, const StateSet& from, core::Symbol x) {
  StateSet to(dfa.states(), false);
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (from[q]) to[index(dfa.step(automata::state(q), x))] = true;
  }
  return to;
}

/// Are all of the states accepting, or all of them not?
bool answer_alike(const Dfa& dfa, const StateSet& states, bool accepting) {
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (states[q] && dfa.is_accepting(automata::state(q)) != accepting) return false;
  }
  return true;
}

/// The states that words over {a, b} lead to.
StateSet reached_by(const Dfa& dfa, State start, core::Symbol a, core::Symbol b) {
  StateSet reached(dfa.states(), false);
  std::vector<State> queue{start};
  reached[index(start)] = true;
  for (std::size_t k = 0; k < queue.size(); ++k) {
    for (const core::Symbol x : {a, b}) {
      const State next = dfa.step(queue[k], x);
      if (!reached[index(next)]) queue.push_back(next);
      reached[index(next)] = true;
    }
  }
  return reached;
}

/// A non-empty word after which one set is accepted and the other is not; nothing if there is none that the first
/// `kMostPairs` pairs of disjoint sets lead to.
std::optional<core::Word> word_between(const Dfa& dfa, StateSet after_a, StateSet after_b, core::Ticker& ticker) {
  struct Pair {
    StateSet after_a, after_b;
    core::Word word;
  };
  if (meet(after_a, after_b)) return std::nullopt;
  std::set<std::pair<StateSet, StateSet>> seen{{after_a, after_b}};
  std::vector<Pair> pairs{{std::move(after_a), std::move(after_b), {}}};
  for (std::size_t k = 0; k < pairs.size() && seen.size() < kMostPairs; ++k) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      ticker.tick(dfa.states());
      const core::Symbol letter = core::symbol(x);
      Pair next{step(dfa, pairs[k].after_a, letter), step(dfa, pairs[k].after_b, letter), pairs[k].word};
      if (meet(next.after_a, next.after_b)) continue;
      next.word.push_back(letter);
      for (const bool accepted : {true, false}) {
        if (answer_alike(dfa, next.after_a, accepted) && answer_alike(dfa, next.after_b, !accepted)) return next.word;
      }
      if (seen.emplace(next.after_a, next.after_b).second) pairs.push_back(std::move(next));
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<LastOfTwoLetters> told_apart_by_last_letter(const Dfa& dfa, const core::Limits& limits) {
  core::Ticker ticker(limits, "looking for letters of which the last one decides");
  for (std::size_t start = 0; start < dfa.states(); ++start) {
    for (std::size_t i = 0; i < dfa.letters(); ++i) {
      for (std::size_t j = i + 1; j < dfa.letters(); ++j) {
        ticker.tick(dfa.states());
        const core::Symbol a = core::symbol(i);
        const core::Symbol b = core::symbol(j);
        const StateSet reached = reached_by(dfa, automata::state(start), a, b);
        auto suffix = word_between(dfa, step(dfa, reached, a), step(dfa, reached, b), ticker);
        if (!suffix) continue;
        return LastOfTwoLetters{a, b, automata::shortest_path(dfa, dfa.initial(), automata::state(start)).value(),
                                std::move(*suffix)};
      }
    }
  }
  return std::nullopt;
}

}  // namespace eigenmata::expressivity

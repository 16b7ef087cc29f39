// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/nfa.hpp"

#include <algorithm>
#include <cassert>
#include <memory>
#include <unordered_map>

namespace eigenmata::automata {

State Nfa::add_state() {
  nodes_.emplace_back();
  return state(nodes_.size() - 1);
}

void Nfa::add_states(std::size_t count) { nodes_.resize(nodes_.size() + count); }

void Nfa::add_edge(State from, Symbol letter, State to) {
  assert(index(from) < states() && index(to) < states() && core::index(letter) < alphabet_.size());
  nodes_[index(from)].edges.emplace_back(letter, to);
}

void Nfa::add_epsilon(State from, State to) {
  assert(index(from) < states() && index(to) < states());
  nodes_[index(from)].epsilons.push_back(to);
}

void Nfa::set_initial(State q) { initial_.push_back(q); }

void Nfa::set_accepting(State q, bool accepting) { nodes_[index(q)].accepting = accepting; }

namespace {

using Subset = std::vector<State>;

struct SubsetHash {
  std::size_t operator()(const Subset& subset) const {
    std::uint64_t hash = subset.size();
    for (const State q : subset) hash = (hash ^ index(q)) * 0x9E3779B97F4A7C15u + (hash >> 29);
    return hash;
  }
};

class SubsetConstruction {
 public:
  SubsetConstruction(const Nfa& nfa, const core::Limits& limits)
      : nfa_(nfa), limits_(limits), seen_(nfa.states(), 0), by_letter_(nfa.alphabet().size()) {}

  Dfa run() {
    core::Ticker ticker(limits_, "determinising");
    number(closure(nfa_.initial()));
    std::vector<State> next;
    std::vector<bool> accepting;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      ticker.tick(1 + order_[i]->size());
      const Subset& subset = *order_[i];
      accepting.push_back(std::any_of(subset.begin(), subset.end(), [&](State q) { return nfa_.is_accepting(q); }));
      for (auto& targets : by_letter_) targets.clear();
      for (const State q : subset) {
        for (const auto& [letter, to] : nfa_.edges(q)) by_letter_[core::index(letter)].push_back(to);
      }
      for (const auto& targets : by_letter_) next.push_back(number(closure(targets)));
    }
    return {nfa_.alphabet(), state(0), std::move(accepting), std::move(next)};
  }

 private:
  /// The states reachable by ε-moves, sorted.
  Subset closure(const std::vector<State>& start) {
    ++stamp_;
    Subset subset;
    for (const State q : start) visit(q, subset);
    for (std::size_t i = 0; i < subset.size(); ++i) {
      for (const State q : nfa_.epsilons(subset[i])) visit(q, subset);
    }
    std::sort(subset.begin(), subset.end());
    return subset;
  }

  void visit(State q, Subset& subset) {
    if (seen_[index(q)] == stamp_) return;
    seen_[index(q)] = stamp_;
    subset.push_back(q);
  }

  State number(Subset subset) {
    const auto [at, is_new] = numbers_.try_emplace(std::move(subset), state(order_.size()));
    if (is_new) {
      order_.push_back(&at->first);
      bytes_ += sizeof(Subset) + at->first.size() * sizeof(State) + 64 + by_letter_.size() * sizeof(State);
      limits_.require_memory(bytes_, "the subset automaton of " + std::to_string(order_.size()) + " states");
    }
    return at->second;
  }

  const Nfa& nfa_;
  const core::Limits& limits_;
  std::vector<std::uint32_t> seen_;  // the stamp of the last closure that met the state
  std::uint32_t stamp_ = 0;
  std::vector<std::vector<State>> by_letter_;
  std::unordered_map<Subset, State, SubsetHash> numbers_;
  std::vector<const Subset*> order_;  // keys of numbers_, whose addresses are stable
  std::size_t bytes_ = 0;
};

}  // namespace

Dfa determinised(const Nfa& nfa, const core::Limits& limits) { return SubsetConstruction(nfa, limits).run(); }

}  // namespace eigenmata::automata

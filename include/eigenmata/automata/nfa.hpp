// SPDX-License-Identifier: Apache-2.0
//
// Non-deterministic automata with ε-moves, and the subset construction [RabinScott1959].
//
// The subset automaton can have 2ⁿ states; determinisation obeys its limits and throws `core::LimitReached`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::automata {

/// Grows by `add_…`; a plain collection of states and edges.
class Nfa {
 public:
  explicit Nfa(Alphabet alphabet) : alphabet_(std::move(alphabet)) {}

  State add_state();
  void add_states(std::size_t count);
  /// The edges take states that exist; doubled edges are allowed and change nothing.
  void add_edge(State from, Symbol letter, State to);
  void add_epsilon(State from, State to);
  void set_initial(State q);
  void set_accepting(State q, bool accepting = true);

  [[nodiscard]] const Alphabet& alphabet() const { return alphabet_; }
  [[nodiscard]] std::size_t states() const { return nodes_.size(); }
  [[nodiscard]] const std::vector<State>& initial() const { return initial_; }
  [[nodiscard]] bool is_accepting(State q) const { return nodes_[index(q)].accepting; }
  [[nodiscard]] const std::vector<std::pair<Symbol, State>>& edges(State q) const { return nodes_[index(q)].edges; }
  [[nodiscard]] const std::vector<State>& epsilons(State q) const { return nodes_[index(q)].epsilons; }

 private:
  struct Node {
    std::vector<std::pair<Symbol, State>> edges;
    std::vector<State> epsilons;
    bool accepting = false;
  };
  Alphabet alphabet_;
  std::vector<Node> nodes_;
  std::vector<State> initial_;
};

/// The reachable part of the subset automaton; the empty subset, where it occurs, is the sink.
///
/// Cost: O(subsets · (edges + letters)). Throws `core::LimitReached`.
[[nodiscard]] Dfa determinised(const Nfa& nfa, const core::Limits& limits);

}  // namespace eigenmata::automata

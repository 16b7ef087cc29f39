// SPDX-License-Identifier: Apache-2.0
//
// What the readers of graph-like formats share: states and letters get numbers as they are met.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "eigenmata/automata/nfa.hpp"
#include "eigenmata/core/error.hpp"

namespace eigenmata::automata::formats {

class GraphBuilder {
 public:
  explicit GraphBuilder(std::optional<Alphabet> alphabet) : alphabet_(std::move(alphabet)) {}

  /// The state of this name, made if it is new.
  State state_named(std::string_view name);
  [[nodiscard]] std::optional<State> find_state(std::string_view name) const;
  [[nodiscard]] std::size_t states() const { return accepting_.size(); }

  /// The place is used if the letter is outside the given alphabet.
  void add_edge(State from, std::string_view letter, State to, const core::Place& place);
  void add_epsilon(State from, State to) { epsilons_.emplace_back(from, to); }
  void set_initial(State q) { initial_.push_back(q); }
  void set_accepting(State q, bool accepting = true) { accepting_[index(q)] = accepting; }
  [[nodiscard]] bool has_initial() const { return !initial_.empty(); }

  /// The automaton. Throws `core::Error` (at `place`) if there is no state, no initial state, or no letter and no
  /// alphabet was given.
  [[nodiscard]] Nfa build(const core::Place& place) const;

 private:
  struct Edge {
    State from, to;
    std::size_t letter;
  };
  std::optional<Alphabet> alphabet_;
  std::vector<std::string> letter_names_;
  std::unordered_map<std::string, std::size_t> letters_;
  std::unordered_map<std::string, State> names_;
  std::vector<bool> accepting_;
  std::vector<State> initial_;
  std::vector<Edge> edges_;
  std::vector<std::pair<State, State>> epsilons_;
};

}  // namespace eigenmata::automata::formats

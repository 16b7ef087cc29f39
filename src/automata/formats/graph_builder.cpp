// SPDX-License-Identifier: Apache-2.0
#include "graph_builder.hpp"

#include "eigenmata/core/text.hpp"

namespace eigenmata::automata::formats {

State GraphBuilder::state_named(std::string_view name) {
  const auto [at, is_new] = names_.emplace(name, state(accepting_.size()));
  if (is_new) accepting_.push_back(false);
  return at->second;
}

std::optional<State> GraphBuilder::find_state(std::string_view name) const {
  const auto found = names_.find(std::string(name));
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

void GraphBuilder::add_edge(State from, std::string_view letter, State to, const core::Place& place) {
  if (alphabet_) {
    const auto known = alphabet_->find(letter);
    if (!known) {
      throw core::Error(place, core::in_quotes(letter) + " is not a letter; the letters are " + to_string(*alphabet_));
    }
    edges_.push_back({from, to, core::index(*known)});
    return;
  }
  const auto [at, is_new] = letters_.emplace(letter, letter_names_.size());
  if (is_new) letter_names_.emplace_back(letter);
  edges_.push_back({from, to, at->second});
}

Nfa GraphBuilder::build(const core::Place& place) const {
  if (accepting_.empty()) throw core::Error(place, "an automaton without states; at least one is needed");
  if (initial_.empty()) throw core::Error(place, "no initial state");
  if (!alphabet_ && letter_names_.empty()) {
    throw core::Error(place, "no letter occurs, so the alphabet is empty; give one, as in -a ab");
  }
  Nfa nfa(alphabet_ ? *alphabet_ : Alphabet(letter_names_, place));
  nfa.add_states(accepting_.size());
  for (const Edge& edge : edges_) nfa.add_edge(edge.from, core::symbol(edge.letter), edge.to);
  for (const auto& [from, to] : epsilons_) nfa.add_epsilon(from, to);
  for (const State q : initial_) nfa.set_initial(q);
  for (std::size_t q = 0; q < accepting_.size(); ++q) nfa.set_accepting(state(q), accepting_[q]);
  return nfa;
}

}  // namespace eigenmata::automata::formats

// SPDX-License-Identifier: Apache-2.0
//
// Complete deterministic automata: every state has a successor under every letter, so words act on states from
// the right, q·(uv) = (q·u)·v. Without initial and accepting states this is a semiautomaton; its letters are the
// maps that the rest of the house is about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "eigenmata/core/alphabet.hpp"

namespace eigenmata::automata {

using core::Alphabet;
using core::Symbol;
using core::Word;

/// A state, as its position 0, …, n − 1.
enum class State : std::uint32_t {};

[[nodiscard]] constexpr std::size_t index(State state) { return static_cast<std::size_t>(state); }
[[nodiscard]] constexpr State state(std::size_t index) { return static_cast<State>(index); }

/// A complete deterministic automaton with at least one state. Immutable.
class Dfa {
 public:
  /// `next[q · letters + x]` is the successor of state q under letter x; `accepting` has one entry a state.
  ///
  /// Throws `core::Error` if there is no state, a size does not fit, or a state is out of range. Cost: O(states ·
  /// letters).
  Dfa(Alphabet alphabet, State initial, std::vector<bool> accepting, std::vector<State> next);

  [[nodiscard]] const Alphabet& alphabet() const { return alphabet_; }
  [[nodiscard]] std::size_t states() const { return accepting_.size(); }
  [[nodiscard]] std::size_t letters() const { return alphabet_.size(); }
  [[nodiscard]] State initial() const { return initial_; }
  [[nodiscard]] bool is_accepting(State q) const { return accepting_[index(q)]; }
  [[nodiscard]] const std::vector<bool>& accepting() const { return accepting_; }

  [[nodiscard]] State step(State q, Symbol x) const { return next_[index(q) * letters() + core::index(x)]; }
  [[nodiscard]] State run(State q, const Word& word) const;
  [[nodiscard]] bool accepts(const Word& word) const { return is_accepting(run(initial_, word)); }
  /// The whole table, row by row.
  [[nodiscard]] const std::vector<State>& table() const { return next_; }

  /// The same automaton, number for number. For equality of languages see equivalence.hpp.
  friend bool operator==(const Dfa&, const Dfa&) = default;

 private:
  Alphabet alphabet_;
  State initial_;
  std::vector<bool> accepting_;
  std::vector<State> next_;
};

/// The automaton of its reachable states, numbered in the order in which breadth-first search with the letters in
/// order finds them. Two isomorphic automata over one alphabet become equal. Cost: O(states · letters).
[[nodiscard]] Dfa reachable_part(const Dfa& dfa);

/// The same language over another alphabet: words with a letter that `dfa` does not know lead to a new rejecting
/// sink, and letters of `dfa` outside `alphabet` disappear. Equal to `dfa` if the alphabets are.
[[nodiscard]] Dfa over_alphabet(const Dfa& dfa, const Alphabet& alphabet);

}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
//
// Finite automata and the few operations that reading and comparing languages need.
//
// Letters are numbers here; their names live in language.hpp. Whatever builds an automaton larger than
// limits.hpp allows throws TooLarge.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace eigenmata::checker {

using State = std::uint32_t;
using LetterId = std::uint32_t;

constexpr LetterId kEpsilon = std::numeric_limits<LetterId>::max();

/// A complete deterministic automaton: states 0, …, n − 1 with n = accepting.size().
struct Dfa {
  std::uint32_t letters = 0;
  State initial = 0;
  std::vector<bool> accepting;
  /// Row by row: the successor of s under a is next[s · letters + a].
  std::vector<State> next;

  [[nodiscard]] std::size_t size() const { return accepting.size(); }
  [[nodiscard]] State successor(State s, LetterId a) const { return next[std::size_t{s} * letters + a]; }
};

/// A non-deterministic automaton with ε (kEpsilon), as a list of edges.
struct Nfa {
  struct Edge {
    State from;
    LetterId letter;
    State to;
  };

  std::uint32_t letters = 0;
  State states = 0;
  std::vector<State> initial;
  std::vector<State> accepting;
  std::vector<Edge> edges;
};

/// The subset construction. All states of the result are reachable.
Dfa determinise(const Nfa& nfa);

/// The minimal automaton of a language, given any of which all states are reachable. Hopcroft's algorithm,
/// O(letters · n log n).
Dfa minimise(const Dfa& dfa);

/// Accepts what the given one rejects.
Dfa complement(Dfa dfa);

/// The reachable part of the product, accepting where both do.
Dfa intersection(const Dfa& a, const Dfa& b);

/// Throws TooLarge if a table of that size is beyond the bounds.
void require_table(std::size_t states, std::uint32_t letters);

}  // namespace eigenmata::checker

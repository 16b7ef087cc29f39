// SPDX-License-Identifier: Apache-2.0
//
// One long word in pieces side by side, each followed from few states, although what it does to all of them is known in
// the end. There are two reasons why few can be enough.
//
// Merging: two states that a letter leads to the same one stay together. Unless all letters permute the states, most
// words soon lead all states to a few. So a piece is begun from all of them, and those that have met go on as one.
//
// Symmetry: let e be a map of the states with e(q·x) = e(q)·x for all letters x. Then e(q)·w = e(q·w) for all words w.
// If there is such a map with e(initial) = q for every state q, the initial state alone says what a word does to all.
// So it is for the word problem of a group: its states are the elements, its letters multiply from the right, and
// multiplying from the left by an element is such a map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "automaton_kernels.hpp"

namespace eigenmata::simulation {

class Followers {
 public:
  static constexpr std::size_t kPieces = 8;
  static constexpr std::size_t kBlockLetters = kPieces * kWalkDistance;
  static constexpr std::size_t kMostStates = 512;

  /// Refers to the tables, which are of at most kMostStates states. Cost: O(states² · letters) with symmetry.
  Followers(const automata::Dfa& dfa, const AutomatonTables& tables);

  /// With symmetry, or if random words merge the states soon.
  [[nodiscard]] bool is_worth_it() const;

  /// What a block of kBlockLetters letters does: map[q] is where it leads from q. False, and nothing known, if too many
  /// states stay apart.
  [[nodiscard]] bool run_block(const std::uint8_t* letters, std::vector<std::uint32_t>& map) const;

 private:
  void find_symmetry(const automata::Dfa& dfa);
  void run_symmetric(const std::uint8_t* letters, std::vector<std::uint32_t>& map) const;

  const AutomatonTables& tables_;
  std::vector<std::uint16_t> symmetry_;  // [q][p]: e(p) for the e with e(initial) = q; empty without
};

}  // namespace eigenmata::simulation

// SPDX-License-Identifier: Apache-2.0
//
// The states that an automaton goes through, as a NumPy array of one dimension and type uint32, little-endian: for each
// word, in order, its initial state and the state after every letter, so that a word of L letters takes L + 1 entries.
// Memory is bounded by a block of words; the file appears whole or not at all.
#pragma once

#include <cstdint>
#include <string>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/output.hpp"
#include "eigenmata/simulation/word_source.hpp"

namespace eigenmata::cli {

class TrajectoryFile {
 public:
  /// Keeps a reference to the automaton. Throws `core::Error` if the file cannot be made.
  TrajectoryFile(const std::string& path, const automata::Dfa& dfa);

  /// Adds the words of a block. Letters have to be below the number of letters.
  template <class Letter>
  void add(const simulation::WordBlock<Letter>& block);
  /// Writes how many entries there are, and moves the file to its name.
  void commit();

 private:
  [[nodiscard]] std::string header() const;
  void put(automata::State state);

  core::PendingFile file_;
  const automata::Dfa& dfa_;
  automata::State state_;
  std::uint64_t entries_ = 0;
  std::string bytes_;
};

}  // namespace eigenmata::cli

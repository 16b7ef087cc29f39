// SPDX-License-Identifier: Apache-2.0
//
// A complete automaton, prepared to run over many words, or over one long word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/simulation/packed_words.hpp"
#include "eigenmata/simulation/word_source.hpp"

namespace eigenmata::simulation {

class AutomatonRunner {
 public:
  /// Throws `core::Error` if the alphabet has more than 256 letters.
  explicit AutomatonRunner(const automata::Dfa& dfa);

  /// The state that the word leads to. Letters have to be below the number of letters.
  [[nodiscard]] automata::State run(automata::State from, std::span<const std::uint8_t> word) const;

  /// The same for every word, from the initial state; the first one from `first`.
  void run(const PackedWords& words, automata::State first, std::span<automata::State> finals) const;

  [[nodiscard]] const automata::Dfa& dfa() const { return dfa_; }

 private:
  automata::Dfa dfa_;
};

}  // namespace eigenmata::simulation

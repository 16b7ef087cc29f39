// SPDX-License-Identifier: Apache-2.0
//
// A network whose numeric states repeat becomes a table while it runs: each (state of all layers, letter) is computed
// once, by the stepper that the table was given, and remembered, as engines for regular expressions build automata
// while they read. What the table says is what the stepper said, so the answers are the stepper's, bit for bit.
//
// Words are walked side by side, because a step in the table waits for the last one and for memory. A word that needs a
// step not known yet waits until the others do, too, or have ended; then all unknown steps are computed together.
// Memory is bounded: when the table is full, or when too many steps are new, it says so, and the rest is for the
// stepper.
//
// A table in which nothing is unknown is an automaton.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/precision/packed_states.hpp"
#include "eigenmata/simulation/batch_stepper.hpp"

namespace eigenmata::simulation {

class LazyStates {
 public:
  using Word = BatchStepper::Word;

  /// Takes at most about `bytes` of memory.
  LazyStates(std::unique_ptr<BatchStepper> stepper, std::size_t bytes);

  [[nodiscard]] BatchStepper& stepper() { return *stepper_; }

  /// As BatchStepper::run, by the table. Returns how many of the words, from the first one, have been run: fewer than
  /// given if the table is full, or if more than one in `kPatience` of the steps of these words were new, once there
  /// have been a few thousand.
  std::size_t run(const PackedWords& words, std::span<const std::size_t> which, Answer* answers, Word* finals);

  [[nodiscard]] std::size_t states() const { return states_.size(); }
  [[nodiscard]] std::size_t bytes() const;
  [[nodiscard]] bool is_full() const { return full_; }
  /// Steps taken from the table, and those that were computed first.
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  [[nodiscard]] std::uint64_t computed() const { return computed_; }
  /// Of all states met, all steps are known.
  [[nodiscard]] bool is_closed() const { return known_ == states_.size() * letters_; }
  /// Every step known so far has an answer.
  [[nodiscard]] bool answers_always() const { return !silent_; }
  /// The automaton of a closed table, minimal, or nothing. A word without an answer leads to a state that is not left
  /// and does not accept, as words may that are rejected with all that follow: to tell them apart, see above.
  [[nodiscard]] std::optional<automata::Dfa> automaton(const core::Alphabet& alphabet,
                                                       const core::Limits& limits) const;

  static constexpr std::size_t kPatience = 4;

 private:
  using Entry = std::uint32_t;  ///< 2 · (next state · letters) + accepted, or one of these:
  static constexpr Entry kUnknown = UINT32_MAX;
  static constexpr Entry kWaiting = UINT32_MAX - 1;
  static constexpr Entry kSilent = UINT32_MAX - 2;
  static constexpr std::size_t kWalks = 64;    // words under way
  static constexpr std::size_t kTogether = 8;  // of them, that take their steps in turn

  struct Walk {
    const std::uint8_t* at;
    const std::uint8_t* end;
    Entry entry;  ///< state and answer so far
    std::size_t word;
  };

  void walk_together(Walk* walks);
  [[nodiscard]] bool walk(Walk& walk);
  bool learn();
  void finish(const Walk& walk, Answer* answers, Word* finals) const;

  std::unique_ptr<BatchStepper> stepper_;
  std::size_t most_bytes_;
  std::size_t letters_;
  precision::PackedStates states_;
  std::vector<Entry> next_;  // [state][letter]
  std::size_t known_ = 0;
  bool full_ = false;
  bool silent_ = false;  // some step has no answer
  std::uint64_t steps_ = 0;
  std::uint64_t computed_ = 0;
  // Steps to be computed, and what they gave.
  std::vector<std::size_t> wanted_;  // indices of next_
  std::vector<Word> from_, to_;
  std::vector<std::uint8_t> symbols_;
  std::vector<Answer> answers_;
  std::vector<precision::PackedStates::Number> sources_, numbers_;
};

}  // namespace eigenmata::simulation

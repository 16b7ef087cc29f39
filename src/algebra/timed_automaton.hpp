// SPDX-License-Identifier: Apache-2.0
//
// An automaton behind a clock: the letters come with the time modulo m. What is left of its groups are those of the
// words of lengths divisible by m.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// What a letter x · m + c does at another time than c.
enum class WrongTimes {
  kSame,    ///< what it does at time c
  kForget,  ///< leads to a state that has nothing to do with it
  /// Of permutations only: the same, and states are named anew at each time. With α_t the first letter t times, 0 ≤ t
  /// < m, and q = h α_t the state after a number of letters that is t modulo m, the names are h: the letter x after t
  /// others does α_t x α_{t+1}⁻¹, with α_m = 1. These generate the group of the words of lengths divisible by m.
  kRename
};

/// The automaton over letters x · m + c, c the time, which each letter moves on by `step`.
class TimedAutomaton {
 public:
  /// Needs a minimal automaton, and a step prime to m. Throws `core::LimitReached`.
  TimedAutomaton(const automata::Dfa& dfa, std::uint32_t m, std::uint32_t step, WrongTimes wrong_times,
                 const core::Limits& limits);

  /// With names, accepting means nothing.
  [[nodiscard]] const automata::Dfa& minimal() const { return minimal_; }

  /// The state of the given automaton that a state of `minimal()` stands for at the time, if there is one.
  [[nodiscard]] std::optional<automata::State> state_at(automata::State timed, std::uint32_t time) const {
    return stands_for_[automata::index(timed) * m_ + time];
  }

  /// For each pair (time, context of a cascade of `minimal()`) the states of the given automaton that it allows.
  [[nodiscard]] std::vector<std::vector<automata::State>> meaning(
      const Cascade& cascade, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& contexts) const;

 private:
  [[nodiscard]] std::size_t number(automata::State q, std::uint32_t time) const {
    return automata::index(q) * m_ + time;
  }

  std::uint32_t m_;
  automata::Dfa minimal_;
  std::size_t states_;                                      ///< of the given automaton
  std::vector<std::optional<automata::State>> state_of_;    ///< by state of the given automaton and time, if they occur
  std::vector<std::optional<automata::State>> stands_for_;  ///< by state of `minimal_` and time
};

/// A cascade of the automaton that has no group, if one is found: for an aperiodic one, holonomy is.
[[nodiscard]] std::optional<Cascade> cascade_without_groups(const automata::Dfa& minimal, const core::Limits& limits);

/// The clock itself: one counter modulo m, whose contexts are the times, and which says x · m + c.
[[nodiscard]] CascadeLevel clock_level(std::size_t letters, std::uint32_t m, std::uint32_t step);

}  // namespace eigenmata::algebra

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

/// The automaton over letters x · m + c, c the time, which each letter moves on by `step`. At another time than c a
/// letter either does the same, or leads to a state that has nothing to do with it.
class TimedAutomaton {
 public:
  /// Needs a minimal automaton, and a step prime to m. Throws `core::LimitReached`.
  TimedAutomaton(const automata::Dfa& dfa, std::uint32_t m, std::uint32_t step, bool forgets_wrong_times,
                 const core::Limits& limits);

  [[nodiscard]] const automata::Dfa& minimal() const { return minimal_; }

  /// For each pair (time, context of a cascade of `minimal()`) the states of the given automaton that it allows.
  [[nodiscard]] std::vector<std::vector<automata::State>> meaning(
      const Cascade& cascade, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& contexts) const;

 private:
  [[nodiscard]] std::size_t number(automata::State q, std::uint32_t time) const {
    return automata::index(q) * m_ + time;
  }

  std::uint32_t m_;
  automata::Dfa minimal_;
  std::size_t states_;                                    ///< of the given automaton
  std::vector<std::optional<automata::State>> state_of_;  ///< by state of the given automaton and time, if they occur
};

/// A cascade of the automaton that has no group, if one is found: for an aperiodic one, holonomy is.
[[nodiscard]] std::optional<Cascade> cascade_without_groups(const automata::Dfa& minimal, const core::Limits& limits);

/// The clock itself: one counter modulo m, whose contexts are the times, and which says x · m + c.
[[nodiscard]] CascadeLevel clock_level(std::size_t letters, std::uint32_t m, std::uint32_t step);

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// What all decompositions into flags share: from the situations of one level and a plan for it, the level itself and
// the situations of the next.
//
// Contexts are sets of states. A situation is a letter a with the set X before and X' after it, X·a ⊆ X'. The plan says
// for each situation whether it permutes the points of the level or resets, and which subset of X a value stands for.
#pragma once

#include <functional>
#include <unordered_map>
#include <variant>
#include <vector>

#include "eigenmata/algebra/cascade.hpp"
#include "eigenmata/core/memory_tally.hpp"

namespace eigenmata::algebra {

/// Increasing.
using StateSet = std::vector<automata::State>;
/// Increasing points of a level.
using PointSet = std::vector<std::uint32_t>;

struct FlagSituation {
  core::Symbol letter{};
  Context from = 0;
  Context to = 0;
};

/// All situations of a level. Each is an input symbol of the next machine (at level 0 the letters, in order).
struct FlagFront {
  std::vector<StateSet> sets;  ///< by context
  Context start = 0;
  std::vector<FlagSituation> situations;
};

/// What a front keeps in memory, and what a level does.
[[nodiscard]] std::size_t bytes_of(const FlagFront& front);
[[nodiscard]] std::size_t bytes_of(const CascadeLevel& level);

/// The front before level 1: one context, all states, one situation a letter.
[[nodiscard]] FlagFront first_front(const automata::Dfa& dfa);

/// What a decomposition decides about one level.
struct LevelPlan {
  std::size_t points = 0;
  PointSet start;
  /// For each situation: a permutation of the points, or the value to reset to.
  std::vector<std::variant<Transformation, PointSet>> actions;
  /// The subset of the context's set that a value stands for.
  std::function<StateSet(Context, const PointSet&)> subset;
};

/// Finds the values, steps and meets of the level, and replaces the front by that of the next level. Outputs are the
/// situations of the new front. `memory` counts what is made here. Throws `core::LimitReached`.
[[nodiscard]] CascadeLevel build_level(const LevelPlan& plan, FlagFront& front, const core::Limits& limits,
                                       core::MemoryTally& memory);

/// The finished cascade: the outputs of the last level become accept and reject, symbols are merged and levels without
/// a group coded. Needs a front all of whose sets have one state, or no level at all and an automaton of one state.
[[nodiscard]] Cascade finished_cascade(const automata::Dfa& dfa, std::vector<CascadeLevel> levels, FlagFront front);

/// X·a, increasing.
[[nodiscard]] StateSet image_of(const automata::Dfa& dfa, const StateSet& set, core::Symbol letter);

struct StateSetHash {
  [[nodiscard]] std::size_t operator()(const StateSet& set) const;
};

}  // namespace eigenmata::algebra

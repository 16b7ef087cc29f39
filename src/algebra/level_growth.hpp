// SPDX-License-Identifier: Apache-2.0
//
// Growing levels of a cascade one after the other when another cascade is already there: what can reach a level (its
// front), and a level's values, steps and meets from what can reach it.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cascade_tables.hpp"

namespace eigenmata::algebra {

/// While the machines before a level say `symbol`, their context may go from `from` to `to`.
struct FrontStep {
  Context from = 0;
  Context to = 0;
  Value symbol = 0;

  friend auto operator<=>(const FrontStep&, const FrontStep&) = default;
};

/// Everything that can reach a level.
struct LevelFront {
  Context start = 0;
  std::vector<FrontStep> steps;  ///< each once
  std::size_t contexts = 1;      ///< one more than the greatest
};

/// Before the first level: one context, each letter its own symbol.
[[nodiscard]] LevelFront front_of_letters(const automata::Dfa& dfa);

/// Behind a level. Throws `core::LimitReached`.
[[nodiscard]] LevelFront front_behind(const LevelFront& front, const CascadeLevel& level, const core::Limits& limits);

/// A machine of coordinates, or one of points that is never reset, and what its values mean.
struct GrowthPlan {
  std::variant<PointMachine, CoordinateMachine> machine;
  Entries start;
  std::function<Value(Value symbol, const Entries& before)> output;
  std::function<Context(Context above, const Entries& value)> context;
};

/// The level with all that the front can reach, but for the numbers of outputs and contexts, which the caller knows.
/// The start has number 0. Throws `core::LimitReached`.
[[nodiscard]] CascadeLevel grow_level(const LevelFront& front, GrowthPlan plan, const core::Limits& limits);

/// Numbers for pairs, in the order in which they are first asked for.
class PairNumbers {
 public:
  std::uint32_t operator()(std::uint32_t a, std::uint32_t b) {
    const auto key = (std::uint64_t{a} << 32) | b;
    const auto [at, is_new] = numbers_.emplace(key, static_cast<std::uint32_t>(pairs_.size()));
    if (is_new) pairs_.emplace_back(a, b);
    return at->second;
  }
  /// By number.
  [[nodiscard]] const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pairs() const { return pairs_; }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
};

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/clocked_cascade.hpp"

#include <map>
#include <stdexcept>
#include <utility>

#include "level_growth.hpp"
#include "timed_automaton.hpp"

namespace eigenmata::algebra {
namespace {

/// The level with the time in its contexts: the same machine, with the steps that occur at the right times. `contexts`
/// has the pairs (time, context of the given cascade) above it, and gets those behind it.
CascadeLevel with_time(const CascadeLevel& level, const LevelFront& front, PairNumbers& contexts,
                       const core::Limits& limits) {
  std::map<Entries, Value> value_of;
  for (Value v = 0; v < level.values.size(); ++v) value_of.emplace(level.values[v], v);
  const std::vector<std::pair<std::uint32_t, std::uint32_t>> above_pairs = contexts.pairs();
  contexts = {};
  GrowthPlan plan{level.machine, level.values[level.start], {}, {}};
  plan.output = [&](Value symbol, const Entries& before) {
    const CascadeStep* step = find_step(level.steps[symbol], value_of.at(before));
    if (step == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
    return step->output;
  };
  plan.context = [&](Context above, const Entries& entries) {
    const auto [time, context] = above_pairs[above];
    const Meet* meet = find_meet(level.meets, context, value_of.at(entries));
    if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
    return contexts(time, meet->context);
  };
  CascadeLevel grown = grow_level(front, std::move(plan), limits);
  grown.outputs = level.outputs;
  grown.contexts = contexts.pairs().size();
  return grown;
}

}  // namespace

std::optional<Cascade> clocked_cascade(const automata::Dfa& minimal, std::uint32_t m, const core::Limits& limits) {
  for (const WrongTimes wrong_times : {WrongTimes::kSame, WrongTimes::kForget}) {
    const TimedAutomaton timed(minimal, m, 1, wrong_times, limits);
    const auto cascade = cascade_without_groups(timed.minimal(), limits);
    if (!cascade) continue;
    Cascade result{minimal, {clock_level(minimal.letters(), m, 1)}, {}};
    LevelFront front = front_behind(front_of_letters(minimal), result.levels[0], limits);
    PairNumbers contexts;
    for (std::uint32_t c = 0; c < m; ++c) contexts(c, 0);
    for (const CascadeLevel& level : cascade->levels) {
      result.levels.push_back(with_time(level, front, contexts, limits));
      front = front_behind(front, result.levels.back(), limits);
    }
    result.meaning = timed.meaning(*cascade, contexts.pairs());
    merge_symbols(result);
    return result;
  }
  return std::nullopt;
}

}  // namespace eigenmata::algebra

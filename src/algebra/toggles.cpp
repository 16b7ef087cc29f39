// SPDX-License-Identifier: Apache-2.0
//
// Old values kept by a toggle and two slots (split_groups.hpp). Symbols and contexts between a toggle and its slots are
// numbered 2x + r: the old one x, with r after the step.
#include <algorithm>
#include <cassert>
#include <optional>
#include <stdexcept>
#include <utility>

#include "eigenmata/algebra/split_groups.hpp"
#include "level_growth.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;

const CoordinateMachine& coordinates(const CascadeLevel& level) { return std::get<CoordinateMachine>(level.machine); }

/// For each symbol of a level whether the next machine will write; nothing if that depends on the level's value.
std::optional<std::vector<bool>> writers_before(const CascadeLevel& level, const std::vector<bool>& writes) {
  std::vector<bool> result;
  for (const auto& steps : level.steps) {
    const auto writes_after = [&](const CascadeStep& step) { return writes[step.output]; };
    const bool some = std::any_of(steps.begin(), steps.end(), writes_after);
    if (some && !std::all_of(steps.begin(), steps.end(), writes_after)) return std::nullopt;
    result.push_back(some);
  }
  return result;
}

/// A level without coordinates that says what it reads.
CascadeLevel empty_level(std::size_t symbols, std::size_t contexts) {
  CascadeLevel level{
      CoordinateMachine{{}, std::vector<std::vector<Move>>(symbols)}, {{}}, 0, {}, symbols, contexts, {}};
  for (Value s = 0; s < symbols; ++s) level.steps.push_back({{0, 0, s}});
  for (Context c = 0; c < contexts; ++c) level.meets.push_back({c, 0, c});
  return level;
}

/// The level with a toggle as its last coordinate. Value v with toggle r gets the number 2v + r.
CascadeLevel with_toggle(const CascadeLevel& level, const std::vector<bool>& toggles) {
  CascadeLevel result{coordinates(level), {}, 2 * level.start, {}, 2 * level.outputs, 2 * level.contexts, {}};
  auto& machine = std::get<CoordinateMachine>(result.machine);
  machine.moduli.push_back(2);
  for (const auto& entries : level.values) {
    for (const std::uint32_t r : {0U, 1U}) {
      result.values.push_back(entries);
      result.values.back().push_back(r);
    }
  }
  for (std::size_t s = 0; s < level.inputs(); ++s) {
    const std::uint32_t amount = toggles[s] ? 1 : 0;
    machine.actions[s].push_back({false, amount});
    result.steps.emplace_back();
    for (const CascadeStep& step : level.steps[s]) {
      for (const std::uint32_t r : {0U, 1U}) {
        const std::uint32_t after = r ^ amount;
        result.steps.back().push_back({2 * step.value + r, 2 * step.next + after, 2 * step.output + after});
      }
    }
  }
  for (const Meet& meet : level.meets) {
    for (const std::uint32_t r : {0U, 1U})
      result.meets.push_back({meet.above, 2 * meet.value + r, 2 * meet.context + r});
  }
  return result;
}

/// The coded level as two slots, behind its toggle.
CascadeLevel with_slots(const CascadeLevel& coded, const LevelFront& front, const Limits& limits) {
  CoordinateMachine slots{{1, 1}, {}};
  for (const auto& moves : coordinates(coded).actions) {
    for (const std::size_t r : {0U, 1U}) {
      slots.actions.emplace_back(2);
      slots.actions.back()[r] = moves[0];
    }
  }
  GrowthPlan plan{std::move(slots), {coded.start, coded.start}, {}, {}};
  plan.output = [&](Value symbol, const Entries& codes) {
    const Value s = symbol / 2;
    const std::size_t r = symbol % 2;
    const Value old = coordinates(coded).actions[s][0].writes ? codes[1 - r] : codes[r];
    const CascadeStep* step = find_step(coded.steps[s], old);
    if (step == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
    return step->output;
  };
  plan.context = [&](Context above, const Entries& codes) {
    const Meet* meet = find_meet(coded.meets, above / 2, codes[above % 2]);
    if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
    return meet->context;
  };
  CascadeLevel level = grow_level(front, std::move(plan), limits);
  level.outputs = coded.outputs;
  level.contexts = coded.contexts;
  return level;
}

}  // namespace

Cascade with_toggles(const Cascade& cascade, const Limits& limits) {
  Cascade result{cascade.automaton, {}, cascade.meaning};
  LevelFront before_last;  // the front of the last level of the result
  LevelFront front = front_of_letters(cascade.automaton);
  const auto append = [&](CascadeLevel level) {
    before_last = std::move(front);
    front = front_behind(before_last, level, limits);
    result.levels.push_back(std::move(level));
  };
  for (const CascadeLevel& level : cascade.levels) {
    if (!is_coded(level) || !level.needs_old_values()) {
      append(level);
      continue;
    }
    const std::vector<bool> writes = writers(coordinates(level));
    std::optional<std::vector<bool>> toggles;
    if (!result.levels.empty() && only_counts(result.levels.back()))
      toggles = writers_before(result.levels.back(), writes);
    CascadeLevel host = empty_level(level.inputs(), front.contexts);
    if (toggles) {
      host = std::move(result.levels.back());
      result.levels.pop_back();
      front = std::move(before_last);
    }
    append(with_toggle(host, toggles ? *toggles : writes));
    append(with_slots(level, front, limits));
  }
  merge_symbols(result);
  return result;
}

}  // namespace eigenmata::algebra

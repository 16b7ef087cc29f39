// SPDX-License-Identifier: Apache-2.0
//
// Levels of several coordinates taken apart (split_groups.hpp).
#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "eigenmata/algebra/split_groups.hpp"
#include "level_growth.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;

/// Numbers for what is known behind some of the coordinates: a symbol or context of the whole level, and the values of
/// these coordinates.
class Prefixes {
 public:
  using Prefix = std::pair<std::uint32_t, Entries>;

  std::uint32_t number(Prefix prefix) {
    const auto [at, is_new] = numbers_.emplace(std::move(prefix), static_cast<std::uint32_t>(list_.size()));
    if (is_new) list_.push_back(&at->first);
    return at->second;
  }
  [[nodiscard]] const Prefix& operator[](std::uint32_t number) const { return *list_[number]; }
  [[nodiscard]] std::size_t size() const { return list_.size(); }

 private:
  std::map<Prefix, std::uint32_t> numbers_;
  std::vector<const Prefix*> list_;
};

Prefixes::Prefix longer(const Prefixes::Prefix& prefix, std::uint32_t entry) {
  Prefixes::Prefix result = prefix;
  result.second.push_back(entry);
  return result;
}

/// One level with several coordinates, which needs no old values.
class Separator {
 public:
  Separator(const CascadeLevel& level, const LevelFront& front)
      : level_(level), machine_(std::get<CoordinateMachine>(level.machine)) {
    for (Value v = 0; v < level.values.size(); ++v) value_numbers_[level.values[v]] = v;
    for (Value s = 0; s < level.inputs(); ++s) symbols_.number({s, {}});
    for (Context c = 0; c < front.contexts; ++c) contexts_.number({c, {}});
  }

  /// The level of coordinate j; those before it have been made, in order.
  CascadeLevel coordinate(std::size_t j, const LevelFront& front, const Limits& limits) {
    const bool is_last = j + 1 == machine_.moduli.size();
    CoordinateMachine single{{machine_.moduli[j]}, {}};
    for (Value s = 0; s < symbols_.size(); ++s) single.actions.push_back({machine_.actions[symbols_[s].first][j]});
    GrowthPlan plan{single, {level_.values[level_.start][j]}, {}, {}};
    Prefixes next_symbols;
    Prefixes next_contexts;
    plan.output = [&](Value symbol, const Entries& before) {
      auto prefix = longer(symbols_[symbol], moved(single, symbol, before)[0]);
      return is_last ? output(prefix) : next_symbols.number(std::move(prefix));
    };
    plan.context = [&](Context above, const Entries& value) {
      auto prefix = longer(contexts_[above], value[0]);
      return is_last ? context(prefix) : next_contexts.number(std::move(prefix));
    };
    CascadeLevel result = grow_level(front, std::move(plan), limits);
    result.outputs = is_last ? level_.outputs : next_symbols.size();
    result.contexts = is_last ? level_.contexts : next_contexts.size();
    std::swap(symbols_, next_symbols);
    std::swap(contexts_, next_contexts);
    return result;
  }

 private:
  /// Values of single coordinates that do not occur together have no number; what is said of them does not matter.
  [[nodiscard]] Value output(const Prefixes::Prefix& known) const {
    const auto after = value_numbers_.find(known.second);
    if (after == value_numbers_.end()) return 0;
    for (const CascadeStep& step : level_.steps[known.first]) {
      if (step.next == after->second) return step.output;
    }
    return 0;
  }

  [[nodiscard]] Context context(const Prefixes::Prefix& known) const {
    const auto value = value_numbers_.find(known.second);
    const Meet* meet = value == value_numbers_.end() ? nullptr : find_meet(level_.meets, known.first, value->second);
    if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
    return meet->context;
  }

  const CascadeLevel& level_;
  const CoordinateMachine& machine_;
  std::map<Entries, Value> value_numbers_;
  Prefixes symbols_;
  Prefixes contexts_;
};

/// How many factors a symbol needs, at most.
std::size_t most_factors(const CoordinateMachine& machine, Counting counting) {
  std::size_t most = 0;
  for (const auto& moves : machine.actions) {
    std::size_t count = 0;
    for (std::size_t j = 0; j < moves.size(); ++j) {
      const bool changes = moves[j].writes || moves[j].reflects || moves[j].amount % machine.moduli[j] != 0;
      if (machine.moduli[j] <= 2 || moves[j].reflects) {
        count += changes ? 1 : 0;
      } else {
        count += counting == Counting::kReflect ? 1 : changes ? 2 : 0;
      }
    }
    most = std::max(most, count);
  }
  return most;
}

}  // namespace

Cascade with_few_factors(const Cascade& cascade, std::size_t factors, Counting counting, const Limits& limits) {
  Cascade result{cascade.automaton, {}, cascade.meaning};
  LevelFront front = front_of_letters(cascade.automaton);
  const auto append = [&](CascadeLevel level) {
    front = front_behind(front, level, limits);
    result.levels.push_back(std::move(level));
  };
  for (const CascadeLevel& level : cascade.levels) {
    const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
    if (machine == nullptr || most_factors(*machine, counting) <= factors || level.needs_old_values()) {
      append(level);
      continue;
    }
    Separator separator(level, front);
    for (std::size_t j = 0; j < machine->moduli.size(); ++j) append(separator.coordinate(j, front, limits));
  }
  merge_symbols(result);
  return result;
}

}  // namespace eigenmata::algebra

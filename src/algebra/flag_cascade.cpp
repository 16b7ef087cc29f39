// SPDX-License-Identifier: Apache-2.0
#include "flag_cascade.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <utility>

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;
using core::Limits;

/// Numbers for sets, in the order in which they are first seen.
class SetNumbers {
 public:
  Context number(StateSet set) {
    return numbers_.emplace(std::move(set), static_cast<Context>(numbers_.size())).first->second;
  }

  /// All sets by number; none are left.
  std::vector<StateSet> take() {
    std::vector<StateSet> result(numbers_.size());
    while (!numbers_.empty()) {
      auto node = numbers_.extract(numbers_.begin());
      result[node.mapped()] = std::move(node.key());
    }
    return result;
  }
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  std::unordered_map<StateSet, Context, StateSetHash> numbers_;
};

// Bytes in memory, containers of the standard library included, to the nearest few.
constexpr std::size_t kNode = 64;                                       // of a map with a small key and entry
constexpr std::size_t kSituation = sizeof(FlagSituation) + kNode + 32;  // its number, its row of steps, its way out

std::size_t bytes_of(const StateSet& set) { return sizeof(StateSet) + kNode + set.size() * sizeof(State); }
std::size_t bytes_of_points(std::size_t count) { return sizeof(PointSet) + count * sizeof(std::uint32_t); }

std::uint64_t key(std::uint32_t high, std::uint32_t low) { return (std::uint64_t{high} << 32) | low; }

/// Finds all pairs (context above, value) of a level, and with them its steps and the situations of the next level.
class LevelBuilder {
 public:
  LevelBuilder(const LevelPlan& plan, const FlagFront& front, const Limits& limits, core::MemoryTally& memory)
      : plan_(plan), front_(front), memory_(memory), ticker_(limits, "decomposing: level of a cascade") {
    steps_.resize(front.situations.size());
    leaving_.resize(front.sets.size());
    for (std::uint32_t s = 0; s < front.situations.size(); ++s) leaving_[front.situations[s].from].push_back(s);
  }

  CascadeLevel run() {
    const Value start = number(plan_.start);
    next_front_.start = meet(front_.start, start);
    while (!pending_.empty()) {
      const auto [context, value] = pending_.back();
      pending_.pop_back();
      for (const std::uint32_t s : leaving_[context]) take(s, context, value);
    }
    return level(start);
  }

  FlagFront next_front() {
    next_front_.sets = sets_.take();
    return std::move(next_front_);
  }

 private:
  Value number(const PointSet& value) {
    const auto [at, is_new] = value_numbers_.emplace(value, static_cast<Value>(values_.size()));
    if (is_new) {
      values_.push_back(value);
      memory_.add(2 * bytes_of_points(value.size()) + kNode);
    }
    return at->second;
  }

  Value moved(std::uint32_t situation, Value value) {
    if (const auto* reset = std::get_if<PointSet>(&plan_.actions[situation])) return number(*reset);
    PointSet image;
    for (const Point p : values_[value])
      image.push_back(std::get<Transformation>(plan_.actions[situation]).image_of(p));
    std::sort(image.begin(), image.end());
    return number(image);
  }

  Context meet(Context context, Value value) {
    const auto [at, is_new] = meets_.emplace(key(context, value), 0);
    if (is_new) {
      const std::size_t known = sets_.size();
      StateSet set = plan_.subset(context, values_[value]);
      const std::size_t bytes = bytes_of(set);
      at->second = sets_.number(std::move(set));
      pending_.emplace_back(context, value);
      memory_.add(kNode + sizeof(Meet) + (sets_.size() > known ? bytes : 0));
    }
    return at->second;
  }

  void take(std::uint32_t s, Context context, Value value) {
    ticker_.tick();
    const FlagSituation& situation = front_.situations[s];
    const Value next = moved(s, value);
    const FlagSituation above{situation.letter, meet(context, value), meet(situation.to, next)};
    steps_[s].push_back({value, next, situation_number(above)});
    memory_.add(sizeof(CascadeStep));
  }

  Value situation_number(const FlagSituation& situation) {
    auto& by_sets = situation_numbers_[core::index(situation.letter)];
    const auto [at, is_new] =
        by_sets.emplace(key(situation.from, situation.to), static_cast<Value>(next_front_.situations.size()));
    if (is_new) {
      next_front_.situations.push_back(situation);
      memory_.add(kSituation);
    }
    return at->second;
  }

  CascadeLevel level(Value start) {
    CascadeLevel result;
    PointMachine machine{plan_.points, {}};
    for (std::uint32_t s = 0; s < plan_.actions.size(); ++s) {
      if (const auto* permutation = std::get_if<Transformation>(&plan_.actions[s])) {
        machine.actions.emplace_back(*permutation);
      } else {
        machine.actions.emplace_back(ResetTo{number(std::get<PointSet>(plan_.actions[s]))});
      }
      std::sort(steps_[s].begin(), steps_[s].end(), [](const auto& a, const auto& b) { return a.value < b.value; });
    }
    result.machine = std::move(machine);
    result.values = std::move(values_);
    result.start = start;
    result.steps = std::move(steps_);
    result.outputs = next_front_.situations.size();
    result.contexts = sets_.size();
    for (const auto& [pair, context] : meets_)
      result.meets.push_back({static_cast<Context>(pair >> 32), static_cast<Value>(pair), context});
    return result;
  }

  const LevelPlan& plan_;
  const FlagFront& front_;
  core::MemoryTally& memory_;
  core::Ticker ticker_;
  std::vector<std::vector<std::uint32_t>> leaving_;  ///< by context, the situations that begin there
  std::map<PointSet, Value> value_numbers_;
  std::vector<PointSet> values_;
  std::map<std::uint64_t, Context> meets_;
  std::vector<std::pair<Context, Value>> pending_;
  std::vector<std::vector<CascadeStep>> steps_;
  SetNumbers sets_;
  std::unordered_map<std::size_t, std::unordered_map<std::uint64_t, Value>> situation_numbers_;
  FlagFront next_front_;
};

}  // namespace

std::size_t bytes_of(const FlagFront& front) {
  std::size_t bytes = front.situations.size() * kSituation;
  for (const StateSet& set : front.sets) bytes += bytes_of(set);
  return bytes;
}

std::size_t bytes_of(const CascadeLevel& level) {
  std::size_t bytes = level.meets.size() * sizeof(Meet);
  for (const auto& value : level.values) bytes += bytes_of_points(value.size());
  for (const auto& steps : level.steps) bytes += sizeof(steps) + steps.size() * sizeof(CascadeStep);
  if (const auto* machine = std::get_if<PointMachine>(&level.machine)) {
    for (const auto& action : machine->actions)
      bytes += bytes_of_points(std::holds_alternative<Transformation>(action) ? machine->points : 1);
  }
  return bytes;
}

std::size_t StateSetHash::operator()(const StateSet& set) const {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const State q : set) hash = (hash ^ automata::index(q)) * 0x100000001b3U;
  return hash ^ (hash >> 32);
}

StateSet image_of(const Dfa& dfa, const StateSet& set, core::Symbol letter) {
  StateSet image;
  for (const State q : set) image.push_back(dfa.step(q, letter));
  std::sort(image.begin(), image.end());
  image.erase(std::unique(image.begin(), image.end()), image.end());
  return image;
}

FlagFront first_front(const Dfa& dfa) {
  FlagFront front;
  StateSet all;
  for (std::size_t q = 0; q < dfa.states(); ++q) all.push_back(automata::state(q));
  front.sets.push_back(std::move(all));
  for (std::size_t x = 0; x < dfa.letters(); ++x) front.situations.push_back({core::symbol(x), 0, 0});
  return front;
}

CascadeLevel build_level(const LevelPlan& plan, FlagFront& front, const Limits& limits, core::MemoryTally& memory) {
  LevelBuilder builder(plan, front, limits, memory);
  CascadeLevel level = builder.run();
  front = builder.next_front();
  return level;
}

Cascade finished_cascade(const Dfa& dfa, std::vector<CascadeLevel> levels, FlagFront front) {
  if (!levels.empty()) {
    for (auto& steps : levels.back().steps) {
      for (CascadeStep& step : steps) {
        const StateSet& after = front.sets[front.situations[step.output].to];
        assert(after.size() == 1);
        step.output = dfa.is_accepting(after[0]) ? 1 : 0;
      }
    }
    levels.back().outputs = 2;
  }
  Cascade cascade{dfa, std::move(levels), std::move(front.sets)};
  code_levels_without_group(cascade);
  merge_symbols(cascade);
  return cascade;
}

}  // namespace eigenmata::algebra

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
    const auto [at, is_new] = numbers_.emplace(std::move(set), static_cast<Context>(sets_.size()));
    if (is_new) sets_.push_back(&at->first);
    return at->second;
  }

  [[nodiscard]] std::vector<StateSet> sets() const {
    std::vector<StateSet> result;
    for (const StateSet* set : sets_) result.push_back(*set);
    return result;
  }
  [[nodiscard]] std::size_t size() const { return sets_.size(); }

 private:
  std::unordered_map<StateSet, Context, StateSetHash> numbers_;  // node-based: sets stay where they are
  std::vector<const StateSet*> sets_;
};

std::uint64_t key(std::uint32_t high, std::uint32_t low) { return (std::uint64_t{high} << 32) | low; }

/// Finds all pairs (context above, value) of a level, and with them its steps and the situations of the next level.
class LevelBuilder {
 public:
  LevelBuilder(const Dfa& dfa, const LevelPlan& plan, const FlagFront& front, const Limits& limits)
      : dfa_(dfa), plan_(plan), front_(front), limits_(limits), ticker_(limits, "decomposing: level of a cascade") {
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
    next_front_.sets = sets_.sets();
    return std::move(next_front_);
  }

 private:
  Value number(const PointSet& value) {
    const auto [at, is_new] = value_numbers_.emplace(value, static_cast<Value>(values_.size()));
    if (is_new) values_.push_back(value);
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
      at->second = sets_.number(plan_.subset(context, values_[value]));
      pending_.emplace_back(context, value);
    }
    return at->second;
  }

  void take(std::uint32_t s, Context context, Value value) {
    ticker_.tick();
    const FlagSituation& situation = front_.situations[s];
    const Value next = moved(s, value);
    const FlagSituation above{situation.letter, meet(context, value), meet(situation.to, next)};
    steps_[s].push_back({value, next, situation_number(above)});
  }

  Value situation_number(const FlagSituation& situation) {
    auto& by_sets = situation_numbers_[core::index(situation.letter)];
    const auto [at, is_new] =
        by_sets.emplace(key(situation.from, situation.to), static_cast<Value>(next_front_.situations.size()));
    if (is_new) {
      next_front_.situations.push_back(situation);
      constexpr std::size_t kBytes = 200;  // a situation, its number, and its row of steps
      limits_.require_memory(next_front_.situations.size() * kBytes, "the decomposition's situations");
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

  const Dfa& dfa_;
  const LevelPlan& plan_;
  const FlagFront& front_;
  const Limits& limits_;
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

CascadeLevel build_level(const Dfa& dfa, const LevelPlan& plan, FlagFront& front, const Limits& limits) {
  LevelBuilder builder(dfa, plan, front, limits);
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
  return {dfa, std::move(levels), std::move(front.sets)};
}

}  // namespace eigenmata::algebra

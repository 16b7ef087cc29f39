// SPDX-License-Identifier: Apache-2.0
#include "level_growth.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <unordered_set>

namespace eigenmata::algebra {
namespace {

using core::Limits;

class Grower {
 public:
  Grower(const LevelFront& front, GrowthPlan plan, const Limits& limits)
      : front_(front), plan_(std::move(plan)), limits_(limits), ticker_(limits, "splitting: level of a cascade") {
    leaving_.resize(front.contexts);
    for (std::uint32_t s = 0; s < front.steps.size(); ++s) leaving_[front.steps[s].from].push_back(s);
    steps_.resize(std::visit([](const auto& machine) { return machine.actions.size(); }, plan_.machine));
  }

  CascadeLevel run() {
    meet(front_.start, number(plan_.start));
    while (!pending_.empty()) {
      const auto [context, value] = pending_.back();
      pending_.pop_back();
      for (const std::uint32_t s : leaving_[context]) take(front_.steps[s], value);
    }
    CascadeLevel level;
    level.machine = std::move(plan_.machine);
    level.values = std::move(values_);
    for (auto& steps : steps_)
      std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
    level.steps = std::move(steps_);
    for (const auto& [pair, context] : meets_) level.meets.push_back({pair.first, pair.second, context});
    return level;
  }

 private:
  Value number(const Entries& entries) {
    const auto [at, is_new] = numbers_.emplace(entries, static_cast<Value>(values_.size()));
    if (is_new) values_.push_back(entries);
    return at->second;
  }

  void meet(Context above, Value value) {
    const auto [at, is_new] = meets_.try_emplace({above, value}, 0);
    if (!is_new) return;
    at->second = plan_.context(above, values_[value]);
    pending_.emplace_back(above, value);
  }

  void take(const FrontStep& step, Value value) {
    ticker_.tick();
    const Value next = number(
        std::visit([&](const auto& machine) { return moved(machine, step.symbol, values_[value]); }, plan_.machine));
    meet(step.to, next);
    if (!known_.emplace((std::uint64_t{step.symbol} << 32) | value).second) return;
    steps_[step.symbol].push_back({value, next, plan_.output(step.symbol, values_[value])});
    constexpr std::size_t kBytes = 100;  // a step, its mark, its part of values and symbols
    limits_.require_memory((known_.size() + meets_.size()) * kBytes, "the steps of a level");
  }

  const LevelFront& front_;
  GrowthPlan plan_;
  const Limits& limits_;
  core::Ticker ticker_;
  std::vector<std::vector<std::uint32_t>> leaving_;  ///< by context, the steps of the front that begin there
  std::map<Entries, Value> numbers_;
  std::vector<Entries> values_;
  std::map<std::pair<Context, Value>, Context> meets_;
  std::vector<std::pair<Context, Value>> pending_;
  std::unordered_set<std::uint64_t> known_;  ///< (symbol, value)
  std::vector<std::vector<CascadeStep>> steps_;
};

}  // namespace

LevelFront front_of_letters(const automata::Dfa& dfa) {
  LevelFront front;
  for (std::size_t x = 0; x < dfa.letters(); ++x) front.steps.push_back({0, 0, static_cast<Value>(x)});
  return front;
}

LevelFront front_behind(const LevelFront& front, const CascadeLevel& level, const Limits& limits) {
  const auto context = [&](Context above, Value value) -> Context {
    const Meet* meet = find_meet(level.meets, above, value);
    if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
    return meet->context;
  };
  LevelFront result{context(front.start, level.start), {}, level.contexts};
  core::Ticker ticker(limits, "splitting: what reaches a level");
  for (const FrontStep& step : front.steps) {
    auto meet = std::lower_bound(level.meets.begin(), level.meets.end(), step.from,
                                 [](const Meet& m, Context above) { return m.above < above; });
    for (; meet != level.meets.end() && meet->above == step.from; ++meet) {
      ticker.tick();
      const CascadeStep* taken = find_step(level.steps[step.symbol], meet->value);
      if (taken == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
      result.steps.push_back({meet->context, context(step.to, taken->next), taken->output});
    }
    limits.require_memory(result.steps.size() * sizeof(FrontStep), "what reaches a level");
  }
  std::sort(result.steps.begin(), result.steps.end());
  result.steps.erase(std::unique(result.steps.begin(), result.steps.end()), result.steps.end());
  return result;
}

CascadeLevel grow_level(const LevelFront& front, GrowthPlan plan, const Limits& limits) {
  return Grower(front, std::move(plan), limits).run();
}

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// Making one symbol of several: from the last level up, since symbols of a machine are alike if it does the same on
// them and says the same, and what it says may have become the same by merging below. Two things are kept:
//   - a level that needs no old values goes on to need none. (Two symbols that write the same over different values,
//     each with one output, would need them as one symbol.)
//   - the symbols of a machine that only counts go on to tell whether a coded machine behind it will write, as those of
//     the counters of a split group do: a toggle may have to be put there (split_groups.hpp).
#include <algorithm>
#include <map>
#include <utility>

#include "cascade_tables.hpp"

namespace eigenmata::algebra {
namespace {

using Steps = std::vector<CascadeStep>;

/// What a symbol does, as numbers that can be compared.
std::vector<std::uint32_t> action_of(const CascadeLevel& level, std::size_t symbol) {
  std::vector<std::uint32_t> key;
  if (const auto* coordinates = std::get_if<CoordinateMachine>(&level.machine)) {
    for (const Move& move : coordinates->actions[symbol]) {
      key.push_back(move.writes ? 1 : move.reflects ? 2 : 0);
      key.push_back(move.amount);
    }
    return key;
  }
  const auto& action = std::get<PointMachine>(level.machine).actions[symbol];
  if (const auto* reset = std::get_if<ResetTo>(&action)) return {0, reset->value};
  const auto& images = std::get<Transformation>(action).images();
  key.push_back(1);
  key.insert(key.end(), images.begin(), images.end());
  return key;
}

/// The steps of both, if they agree on the values that both have.
std::optional<Steps> united(const Steps& a, const Steps& b) {
  Steps result;
  std::size_t i = 0;
  for (const CascadeStep& step : b) {
    while (i < a.size() && a[i].value < step.value) result.push_back(a[i++]);
    if (i < a.size() && a[i].value == step.value) {
      if (a[i].output != step.output) return std::nullopt;
      ++i;
    }
    result.push_back(step);
  }
  result.insert(result.end(), a.begin() + static_cast<std::ptrdiff_t>(i), a.end());
  return result;
}

/// Merges the input symbols of one level; returns for each old symbol its new number.
class Merger {
 public:
  /// `writes` tells which outputs make the next machine write, if that has to be kept.
  Merger(CascadeLevel& level, std::vector<bool> writes)
      : level_(level), writes_(std::move(writes)), needs_old_values_(level.needs_old_values()) {}

  std::vector<Value> run() {
    std::vector<Value> numbers;
    for (std::size_t s = 0; s < level_.inputs(); ++s) numbers.push_back(number_of(s));
    keep_representatives();
    level_.steps = std::move(steps_);
    return numbers;
  }

 private:
  /// The first symbol with the same action whose steps agree; past some tries a symbol of its own, so that the cost
  /// stays linear.
  Value number_of(std::size_t symbol) {
    constexpr std::size_t kMaxTries = 64;
    auto& alike = by_action_[key_of(symbol)];
    for (std::size_t i = 0; i < alike.size() && i < kMaxTries; ++i) {
      const Value candidate = alike[alike.size() - 1 - i];
      auto both = united(steps_[candidate], level_.steps[symbol]);
      if (both && (needs_old_values_ || !needs_old_value(*both))) {
        steps_[candidate] = std::move(*both);
        return candidate;
      }
    }
    alike.push_back(static_cast<Value>(steps_.size()));
    steps_.push_back(level_.steps[symbol]);
    representatives_.push_back(symbol);
    return alike.back();
  }

  /// Symbols with different keys are not merged.
  [[nodiscard]] std::vector<std::uint32_t> key_of(std::size_t symbol) const {
    std::vector<std::uint32_t> key = action_of(level_, symbol);
    if (writes_.empty()) return key;
    bool some_write = false;
    bool some_hold = false;
    for (const CascadeStep& step : level_.steps[symbol]) (writes_[step.output] ? some_write : some_hold) = true;
    key.push_back(some_write ? 1 : 0);
    key.push_back(some_hold ? 1 : 0);
    return key;
  }

  void keep_representatives() {
    std::visit(
        [&](auto& machine) {
          auto actions = std::move(machine.actions);
          machine.actions.clear();
          for (const std::size_t s : representatives_) machine.actions.push_back(std::move(actions[s]));
        },
        level_.machine);
  }

  CascadeLevel& level_;
  std::vector<bool> writes_;
  bool needs_old_values_;
  std::map<std::vector<std::uint32_t>, std::vector<Value>> by_action_;
  std::vector<Steps> steps_;
  std::vector<std::size_t> representatives_;
};

}  // namespace

void merge_symbols(Cascade& cascade) {
  for (std::size_t l = cascade.levels.size(); l-- > 1;) {
    CascadeLevel& level = cascade.levels[l];
    std::vector<bool> writes;
    if (l + 1 < cascade.levels.size() && only_counts(level) && is_coded(cascade.levels[l + 1]))
      writes = writers(std::get<CoordinateMachine>(cascade.levels[l + 1].machine));
    const std::vector<Value> numbers = Merger(level, std::move(writes)).run();
    CascadeLevel& before = cascade.levels[l - 1];
    for (auto& steps : before.steps) {
      for (CascadeStep& step : steps) step.output = numbers[step.output];
    }
    before.outputs = cascade.levels[l].inputs();
  }
}

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "tracked_group.hpp"

#include <algorithm>
#include <stdexcept>

namespace eigenmata::algebra {
namespace {

/// Code v for value v.
void number_codes_as_values(CascadeLevel& level) {
  std::map<std::uint32_t, Value> value_of;
  for (Value v = 0; v < level.values.size(); ++v) {
    value_of.emplace(level.values[v][0], v);
    level.values[v] = {v};
  }
  for (auto& moves : std::get<CoordinateMachine>(level.machine).actions) {
    if (moves[0].writes) moves[0].amount = value_of.at(moves[0].amount);
  }
}

}  // namespace

PermutationGroup group_of(const PointMachine& machine, const core::Limits& limits) {
  std::vector<Transformation> generators;
  for (const auto& action : machine.actions) {
    const auto* permutation = std::get_if<Transformation>(&action);
    if (permutation != nullptr && std::find(generators.begin(), generators.end(), *permutation) == generators.end())
      generators.push_back(*permutation);
  }
  return {machine.points, std::move(generators), limits};
}

TrackedGroup::TrackedGroup(const CascadeLevel& level, const ListedGroup& group)
    : level_(level), machine_(std::get<PointMachine>(level.machine)), group_(group) {
  for (Value v = 0; v < level.values.size(); ++v) value_of_.emplace(level.values[v], v);
  for (const auto& action : machine_.actions) {
    if (std::holds_alternative<ResetTo>(action)) has_resets_ = true;
  }
}

TrackedGroup::Element TrackedGroup::permutation(Value symbol) const {
  const auto* permutation = std::get_if<Transformation>(&machine_.actions[symbol]);
  return permutation == nullptr ? 0 : group_.number_of(*permutation);
}

Value TrackedGroup::output(Value symbol, const Entries& value) const {
  const CascadeStep* step = find_step(level_.steps[symbol], value_of_.at(value));
  if (step == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
  return step->output;
}

Context TrackedGroup::context(Context above, const Entries& value) const {
  const Meet* meet = find_meet(level_.meets, above, value_of_.at(value));
  if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
  return meet->context;
}

Entries TrackedGroup::start_moved(Element g) const { return moved(level_.values[level_.start], group_.element(g)); }

CascadeLevel TrackedGroup::written_level(const std::vector<WithElement>& symbols,
                                         const std::vector<WithElement>& contexts, const LevelFront& front,
                                         const core::Limits& limits) const {
  std::map<Entries, std::uint32_t> codes;
  std::vector<Entries> values;
  const auto code = [&](const Entries& value) {
    const auto [at, is_new] = codes.emplace(value, static_cast<std::uint32_t>(values.size()));
    if (is_new) values.push_back(value);
    return at->second;
  };
  const Entries start{code(level_.values[level_.start])};
  CoordinateMachine machine{{1}, {}};
  for (const auto& [old, passed] : symbols) {
    Move move;
    if (const auto* reset = std::get_if<ResetTo>(&machine_.actions[old])) {
      const Element back = group_.inverse(passed);
      move = {true, code(moved(level_.values[reset->value], group_.element(back)))};
    }
    machine.actions.push_back({move});
  }
  std::map<std::pair<std::uint32_t, Element>, Entries> images;
  const auto old_value = [&](std::uint32_t c, Element g) -> const Entries& {
    const auto [at, is_new] = images.try_emplace({c, g});
    if (is_new) at->second = moved(values[c], group_.element(g));
    return at->second;
  };
  GrowthPlan plan{std::move(machine), start, {}, {}};
  plan.output = [&](Value s, const Entries& c) { return output(symbols[s].first, old_value(c[0], symbols[s].second)); };
  plan.context = [&](Context above, const Entries& c) {
    return context(contexts[above].first, old_value(c[0], contexts[above].second));
  };
  CascadeLevel level = grow_level(front, std::move(plan), limits);
  level.outputs = level_.outputs;
  level.contexts = level_.contexts;
  number_codes_as_values(level);
  return level;
}

}  // namespace eigenmata::algebra

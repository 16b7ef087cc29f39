// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/split_groups.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "eigenmata/algebra/structure_name.hpp"
#include "level_growth.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;
using Element = std::uint32_t;

/// The group of all permutations that a machine of points makes.
PermutationGroup group_of(const PointMachine& machine, const Limits& limits) {
  std::vector<Transformation> generators;
  for (const auto& action : machine.actions) {
    const auto* permutation = std::get_if<Transformation>(&action);
    if (permutation != nullptr && std::find(generators.begin(), generators.end(), *permutation) == generators.end())
      generators.push_back(*permutation);
  }
  return {machine.points, std::move(generators), limits};
}

std::string refusal(std::size_t level, const PermutationGroup& group, SeriesKind kind, const Limits& limits) {
  const auto name = proved_structure_name(group, limits);
  return "level " + std::to_string(level + 1) + " has " +
         (name ? "the group " + *name : "a group of order " + exact::to_string(group.order())) + ", which is not " +
         (kind == SeriesKind::kDerived ? "solvable" : "a 2-group");
}

/// Splits one level. While it runs, the symbols are those of the old level with the part of g_{t−1} that the counters
/// so far know, *passed* = τ_{i−1}(c_{i−1}) ⋯ τ₀(c₀); the contexts are those above the old level with that part of g_t.
class LevelSplitter {
 public:
  LevelSplitter(const CascadeLevel& level, const AbelianSeries& series, const Limits& limits)
      : level_(level),
        machine_(std::get<PointMachine>(level.machine)),
        series_(series),
        group_(series.group()),
        limits_(limits) {
    for (Value v = 0; v < level.values.size(); ++v) value_of_.emplace(level.values[v], v);
    for (const auto& action : machine_.actions) {
      if (std::holds_alternative<ResetTo>(action)) has_resets_ = true;
    }
  }

  /// Appends the new levels and moves the front behind them.
  void run(LevelFront& front, std::vector<CascadeLevel>& result) {
    for (Value s = 0; s < level_.inputs(); ++s) symbols_.push_back({s, 0, permutation(s)});
    for (Context above = 0; above < front.contexts; ++above) contexts_.emplace_back(above, 0);
    for (std::size_t i = 0; i < series_.length(); ++i) append(counter(i, front), front, result);
    if (has_resets_) append(coded(front), front, result);
  }

 private:
  struct Symbol {
    Value old = 0;
    Element passed = 0;
    Element rest = 0;  ///< what is left to multiply by: in G_i
  };

  void append(CascadeLevel level, LevelFront& front, std::vector<CascadeLevel>& result) {
    front = front_behind(front, level, limits_);
    result.push_back(std::move(level));
  }

  /// 0 for a reset.
  [[nodiscard]] Element permutation(Value symbol) const {
    const auto* permutation = std::get_if<Transformation>(&machine_.actions[symbol]);
    return permutation == nullptr ? 0 : group_.number_of(*permutation);
  }

  [[nodiscard]] Value old_output(Value symbol, const Entries& value) const {
    const CascadeStep* step = find_step(level_.steps[symbol], value_of_.at(value));
    if (step == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
    return step->output;
  }

  [[nodiscard]] Context old_context(Context above, const Entries& value) const {
    const Meet* meet = find_meet(level_.meets, above, value_of_.at(value));
    if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
    return meet->context;
  }

  [[nodiscard]] Entries start_moved(Element g) const { return moved(level_.values[level_.start], group_.element(g)); }

  /// The counter of G_i/G_{i+1}. If it is the last new level it speaks for the old one.
  CascadeLevel counter(std::size_t i, const LevelFront& front) {
    const bool is_last = !has_resets_ && i + 1 == series_.length();
    PairNumbers next_symbols;
    PairNumbers next_contexts;
    GrowthPlan plan{{series_.moduli(i), {}}, Entries(series_.moduli(i).size(), 0), {}, {}};
    for (const Symbol& symbol : symbols_) {
      std::vector<Move> moves;
      for (const std::uint32_t amount : series_.coordinates(i, symbol.rest)) moves.push_back({false, amount});
      plan.machine.actions.push_back(std::move(moves));
    }
    std::vector<Symbol> symbols;
    plan.output = [&](Value s, const Entries& c) {
      const Symbol& symbol = symbols_[s];
      const Element passed = group_.product(series_.representative(i, c), symbol.passed);
      if (is_last) return old_output(symbol.old, start_moved(passed));
      const Value number = next_symbols(symbol.old, passed);
      if (number == symbols.size()) symbols.push_back({symbol.old, passed, series_.cocycle(i, c, symbol.rest)});
      return number;
    };
    plan.context = [&](Context above, const Entries& c) {
      const auto& [old, before] = contexts_[above];
      const Element passed = group_.product(series_.representative(i, c), before);
      return is_last ? old_context(old, start_moved(passed)) : next_contexts(old, passed);
    };
    CascadeLevel level = grow_level(front, std::move(plan), limits_);
    level.outputs = is_last ? level_.outputs : symbols.size();
    level.contexts = is_last ? level_.contexts : next_contexts.pairs().size();
    symbols_ = std::move(symbols);
    contexts_ = next_contexts.pairs();
    return level;
  }

  /// The machine of c_t.
  CascadeLevel coded(const LevelFront& front) {
    std::map<Entries, std::uint32_t> codes;
    std::vector<Entries> values;
    const auto code = [&](const Entries& value) {
      const auto [at, is_new] = codes.emplace(value, static_cast<std::uint32_t>(values.size()));
      if (is_new) values.push_back(value);
      return at->second;
    };
    GrowthPlan plan{{{1}, {}}, {code(level_.values[level_.start])}, {}, {}};
    for (const Symbol& symbol : symbols_) {
      Move move;
      if (const auto* reset = std::get_if<ResetTo>(&machine_.actions[symbol.old])) {
        const Element back = group_.inverse(symbol.passed);
        move = {true, code(moved(level_.values[reset->value], group_.element(back)))};
      }
      plan.machine.actions.push_back({move});
    }
    std::map<std::pair<std::uint32_t, Element>, Entries> images;
    const auto old_value = [&](std::uint32_t c, Element g) -> const Entries& {
      const auto [at, is_new] = images.try_emplace({c, g});
      if (is_new) at->second = moved(values[c], group_.element(g));
      return at->second;
    };
    plan.output = [&](Value s, const Entries& c) {
      return old_output(symbols_[s].old, old_value(c[0], symbols_[s].passed));
    };
    plan.context = [&](Context above, const Entries& c) {
      const auto& [old, passed] = contexts_[above];
      return old_context(old, old_value(c[0], passed));
    };
    CascadeLevel level = grow_level(front, std::move(plan), limits_);
    level.outputs = level_.outputs;
    level.contexts = level_.contexts;
    number_codes_as_values(level);
    return level;
  }

  /// Code v for value v.
  static void number_codes_as_values(CascadeLevel& level) {
    std::map<std::uint32_t, Value> value_of;
    for (Value v = 0; v < level.values.size(); ++v) {
      value_of.emplace(level.values[v][0], v);
      level.values[v] = {v};
    }
    for (auto& moves : std::get<CoordinateMachine>(level.machine).actions) {
      if (moves[0].writes) moves[0].amount = value_of.at(moves[0].amount);
    }
  }

  const CascadeLevel& level_;
  const PointMachine& machine_;
  const AbelianSeries& series_;
  const ListedGroup& group_;
  const Limits& limits_;
  bool has_resets_ = false;
  std::map<Entries, Value> value_of_;
  std::vector<Symbol> symbols_;
  std::vector<std::pair<Context, Element>> contexts_;
};

}  // namespace

std::variant<Cascade, std::string> split_groups(Cascade cascade, SeriesKind kind, const Limits& limits,
                                                std::size_t max_group_order) {
  code_levels_without_group(cascade);
  std::vector<CascadeLevel> levels;
  LevelFront front = front_of_letters(cascade.automaton);
  for (std::size_t l = 0; l < cascade.levels.size(); ++l) {
    const CascadeLevel& level = cascade.levels[l];
    const auto* machine = std::get_if<PointMachine>(&level.machine);
    if (machine == nullptr) {
      front = front_behind(front, level, limits);
      levels.push_back(level);
      continue;
    }
    const PermutationGroup group = group_of(*machine, limits);
    const auto series = abelian_series(group, kind, max_group_order, limits);
    if (!series) return refusal(l, group, kind, limits);
    LevelSplitter(level, *series, limits).run(front, levels);
  }
  cascade.levels = std::move(levels);
  merge_symbols(cascade);
  return cascade;
}

}  // namespace eigenmata::algebra

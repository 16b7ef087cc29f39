// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/split_groups.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "eigenmata/algebra/structure_name.hpp"
#include "tracked_group.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;
using Element = std::uint32_t;

std::string refusal(std::size_t level, const PermutationGroup& group, SeriesKind kind, const Limits& limits) {
  const auto name = proved_structure_name(group, limits);
  return "level " + std::to_string(level + 1) + " has " +
         (name ? "the group " + *name : "a group of order " + exact::to_string(group.order())) + ", which is not " +
         (kind == SeriesKind::kFrattini ? "a 2-group" : "solvable");
}

/// Splits one level. While it runs, the symbols are those of the old level with the part of g_{t−1} that the counters
/// so far know, *passed* = τ_{i−1}(c_{i−1}) ⋯ τ₀(c₀); the contexts are those above the old level with that part of g_t.
class LevelSplitter {
 public:
  LevelSplitter(const CascadeLevel& level, const AbelianSeries& series, const Limits& limits)
      : level_(level), series_(series), group_(series.group()), limits_(limits), old_(level, group_) {}

  /// Appends the new levels and moves the front behind them.
  void run(LevelFront& front, std::vector<CascadeLevel>& result) {
    for (Value s = 0; s < level_.inputs(); ++s) symbols_.push_back({s, 0, old_.permutation(s)});
    for (Context above = 0; above < front.contexts; ++above) contexts_.emplace_back(above, 0);
    for (std::size_t i = 0; i < series_.length(); ++i) append(counter(i, front), front, result);
    if (!old_.has_resets()) return;
    std::vector<TrackedGroup::WithElement> known;
    for (const Symbol& symbol : symbols_) known.emplace_back(symbol.old, symbol.passed);
    append(old_.written_level(known, contexts_, front, limits_), front, result);
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

  /// The counter of G_i/G_{i+1}. If it is the last new level it speaks for the old one.
  CascadeLevel counter(std::size_t i, const LevelFront& front) {
    const bool is_last = !old_.has_resets() && i + 1 == series_.length();
    PairNumbers next_symbols;
    PairNumbers next_contexts;
    CoordinateMachine machine{series_.moduli(i), {}};
    for (const Symbol& symbol : symbols_) {
      std::vector<Move> moves;
      for (const std::uint32_t amount : series_.coordinates(i, symbol.rest)) moves.push_back({false, amount});
      machine.actions.push_back(std::move(moves));
    }
    GrowthPlan plan{std::move(machine), Entries(series_.moduli(i).size(), 0), {}, {}};
    std::vector<Symbol> symbols;
    plan.output = [&](Value s, const Entries& c) {
      const Symbol& symbol = symbols_[s];
      const Element passed = group_.product(series_.representative(i, c), symbol.passed);
      if (is_last) return old_.output(symbol.old, old_.start_moved(passed));
      const Value number = next_symbols(symbol.old, passed);
      if (number == symbols.size()) symbols.push_back({symbol.old, passed, series_.cocycle(i, c, symbol.rest)});
      return number;
    };
    plan.context = [&](Context above, const Entries& c) {
      const auto& [old, before] = contexts_[above];
      const Element passed = group_.product(series_.representative(i, c), before);
      return is_last ? old_.context(old, old_.start_moved(passed)) : next_contexts(old, passed);
    };
    CascadeLevel level = grow_level(front, std::move(plan), limits_);
    level.outputs = is_last ? level_.outputs : symbols.size();
    level.contexts = is_last ? level_.contexts : next_contexts.pairs().size();
    symbols_ = std::move(symbols);
    contexts_ = next_contexts.pairs();
    return level;
  }

  const CascadeLevel& level_;
  const AbelianSeries& series_;
  const ListedGroup& group_;
  const Limits& limits_;
  TrackedGroup old_;
  std::vector<Symbol> symbols_;
  std::vector<TrackedGroup::WithElement> contexts_;
};

/// Level by level. `refused`, if there is one, gets the sentence of a level that cannot be split, which otherwise stays
/// as it is.
Cascade split_levels(Cascade cascade, SeriesKind kind, const Limits& limits, std::size_t max_order,
                     std::optional<std::string>* refused) {
  code_levels_without_group(cascade);
  std::vector<CascadeLevel> levels;
  LevelFront front = front_of_letters(cascade.automaton);
  for (std::size_t l = 0; l < cascade.levels.size(); ++l) {
    const CascadeLevel& level = cascade.levels[l];
    if (const auto* machine = std::get_if<PointMachine>(&level.machine)) {
      const PermutationGroup group = group_of(*machine, limits);
      const bool is_tried = refused != nullptr || group.order() <= max_order;
      const auto series = is_tried ? abelian_series(group, kind, max_order, limits) : std::nullopt;
      if (series) {
        LevelSplitter(level, *series, limits).run(front, levels);
        continue;
      }
      if (refused != nullptr) {
        *refused = refusal(l, group, kind, limits);
        return cascade;
      }
    }
    front = front_behind(front, level, limits);
    levels.push_back(level);
  }
  cascade.levels = std::move(levels);
  merge_symbols(cascade);
  return cascade;
}

}  // namespace

std::variant<Cascade, std::string> split_groups(Cascade cascade, SeriesKind kind, const Limits& limits,
                                                std::size_t max_group_order) {
  std::optional<std::string> refused;
  cascade = split_levels(std::move(cascade), kind, limits, max_group_order, &refused);
  if (refused) return std::move(*refused);
  return cascade;
}

Cascade split_groups_of_kind(Cascade cascade, SeriesKind kind, const Limits& limits, std::size_t max_group_order) {
  return split_levels(std::move(cascade), kind, limits, max_group_order, nullptr);
}

}  // namespace eigenmata::algebra

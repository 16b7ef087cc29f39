// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/dihedral_levels.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "tracked_group.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;
using Element = TrackedGroup::Element;

/// An element as rᵏ or rᵏs.
struct Symmetry {
  std::uint32_t k = 0;
  bool reflects = false;
};

/// A dihedral group of order 2m, m ≥ 3, in these terms.
struct Dihedral {
  std::uint32_t m = 0;
  std::vector<Symmetry> symmetries;  ///< by element
  std::vector<Element> elements;     ///< [2k + reflects]

  [[nodiscard]] std::uint32_t angles() const { return 4 * m; }
};

std::optional<Dihedral> as_dihedral(const ListedGroup& group) {
  const auto order = static_cast<std::uint32_t>(group.order());
  if (order < 6 || order % 2 != 0) return std::nullopt;
  const std::uint32_t m = order / 2;
  Element r = 0;
  while (r < order && group.element_order(r) != m) ++r;
  if (r == order) return std::nullopt;
  Dihedral result{m, std::vector<Symmetry>(order), std::vector<Element>(order)};
  std::vector<bool> is_rotation(order, false);
  Element power = 0;
  for (std::uint32_t k = 0; k < m; ++k) {
    is_rotation[power] = true;
    result.elements[2 * k] = power;
    result.symmetries[power] = {k, false};
    power = group.product(power, r);
  }
  Element s = 0;
  while (is_rotation[s]) ++s;
  // s inverts r; with that, and s² = 1, these are the relations of D_m.
  if (group.product(s, s) != 0 || group.product(s, group.product(r, s)) != group.inverse(r)) return std::nullopt;
  for (std::uint32_t k = 0; k < m; ++k) {
    const Element g = group.product(result.elements[2 * k], s);
    result.elements[2 * k + 1] = g;
    result.symmetries[g] = {k, true};
  }
  return result;
}

class DihedralSplitter {
 public:
  DihedralSplitter(const CascadeLevel& level, const ListedGroup& group, const Dihedral& dihedral, const Limits& limits)
      : level_(level), dihedral_(dihedral), limits_(limits), old_(level, group) {}

  void run(LevelFront& front, std::vector<CascadeLevel>& result) {
    append(toggle(front), front, result);
    append(circle(front), front, result);
    if (old_.has_resets()) append(old_.written_level(symbols_, contexts_, front, limits_), front, result);
  }

 private:
  void append(CascadeLevel level, LevelFront& front, std::vector<CascadeLevel>& result) {
    front = front_behind(front, level, limits_);
    result.push_back(std::move(level));
  }

  [[nodiscard]] Symmetry letter(Value symbol) const { return dihedral_.symmetries[old_.permutation(symbol)]; }

  /// c; says the symbol with c after it, as 2x + c.
  CascadeLevel toggle(const LevelFront& front) {
    CoordinateMachine machine{{2}, {}};
    for (Value s = 0; s < level_.inputs(); ++s) machine.actions.push_back({{false, letter(s).reflects ? 0U : 1U}});
    GrowthPlan plan{machine, {0}, {}, {}};
    plan.output = [&](Value s, const Entries& c) { return 2 * s + moved(machine, s, c)[0]; };
    plan.context = [&](Context above, const Entries& c) { return 2 * above + c[0]; };
    CascadeLevel level = grow_level(front, std::move(plan), limits_);
    level.outputs = 2 * level_.inputs();
    level.contexts = 2 * front.contexts;
    return level;
  }

  /// The angle of F^c ρ(g)⁻¹(1), and g from it.
  [[nodiscard]] std::uint32_t turned(std::uint32_t angle, bool back) const {
    return back ? (dihedral_.angles() - angle) % dihedral_.angles() : angle;
  }
  [[nodiscard]] Element element(std::uint32_t angle, std::uint32_t c) const {
    const std::uint32_t v = turned(angle, c == 1);
    // ρ(rᵏ)⁻¹(1) = 1 − 4k, ρ(rᵏs)⁻¹(1) = 4k − 1
    const std::uint32_t m = dihedral_.m;
    return v % 4 == 1 ? dihedral_.elements[2 * ((m - (v - 1) / 4) % m)] : dihedral_.elements[2 * ((v + 1) / 4 % m) + 1];
  }

  CascadeLevel circle(const LevelFront& front) {
    CoordinateMachine machine{{dihedral_.angles()}, {}};
    for (Value s = 0; s < 2 * level_.inputs(); ++s) {
      const Symmetry x = letter(s / 2);
      const bool minus = x.reflects ? s % 2 == 1 : s % 2 == 0;
      machine.actions.push_back({{false, turned(4 * x.k, minus), true}});
    }
    GrowthPlan plan{std::move(machine), {1}, {}, {}};
    PairNumbers next_symbols;
    PairNumbers next_contexts;
    plan.output = [&](Value s, const Entries& before) {
      const Value old = s / 2;
      const std::uint32_t c_before = letter(old).reflects ? s % 2 : 1 - s % 2;
      const Element g = element(before[0], c_before);
      return old_.has_resets() ? next_symbols(old, g) : old_.output(old, old_.start_moved(g));
    };
    plan.context = [&](Context above, const Entries& angle) {
      const Element g = element(angle[0], above % 2);
      return old_.has_resets() ? next_contexts(above / 2, g) : old_.context(above / 2, old_.start_moved(g));
    };
    CascadeLevel level = grow_level(front, std::move(plan), limits_);
    level.outputs = old_.has_resets() ? next_symbols.pairs().size() : level_.outputs;
    level.contexts = old_.has_resets() ? next_contexts.pairs().size() : level_.contexts;
    symbols_ = next_symbols.pairs();
    contexts_ = next_contexts.pairs();
    return level;
  }

  const CascadeLevel& level_;
  const Dihedral& dihedral_;
  const Limits& limits_;
  TrackedGroup old_;
  std::vector<TrackedGroup::WithElement> symbols_;
  std::vector<TrackedGroup::WithElement> contexts_;
};

}  // namespace

Cascade split_dihedral_groups(Cascade cascade, const Limits& limits) {
  code_levels_without_group(cascade);
  std::vector<CascadeLevel> levels;
  LevelFront front = front_of_letters(cascade.automaton);
  for (const CascadeLevel& level : cascade.levels) {
    if (const auto* machine = std::get_if<PointMachine>(&level.machine)) {
      const PermutationGroup group = group_of(*machine, limits);
      constexpr std::size_t kMostElements = 2'000;
      if (group.order() <= kMostElements) {
        const ListedGroup listed(group, kMostElements, limits);
        if (const auto dihedral = as_dihedral(listed)) {
          DihedralSplitter(level, listed, *dihedral, limits).run(front, levels);
          continue;
        }
      }
    }
    front = front_behind(front, level, limits);
    levels.push_back(level);
  }
  cascade.levels = std::move(levels);
  merge_symbols(cascade);
  return cascade;
}

}  // namespace eigenmata::algebra

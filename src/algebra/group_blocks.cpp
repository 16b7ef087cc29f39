// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/group_blocks.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "letter_blocks.hpp"
#include "small_action.hpp"
#include "tracked_group.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;
using Element = TrackedGroup::Element;

/// By symbol of a level what it says of each value after it.
using SymbolsSay = std::vector<std::map<Entries, Value>>;

SymbolsSay what_symbols_say(const CascadeLevel& level) {
  SymbolsSay result(level.inputs());
  for (Value s = 0; s < level.inputs(); ++s) {
    for (const CascadeStep& step : level.steps[s]) result[s].emplace(level.values[step.next], step.output);
  }
  return result;
}

/// By symbol the first that says the same.
std::vector<Value> first_alike(const SymbolsSay& says) {
  std::map<std::map<Entries, Value>, Value> known;
  std::vector<Value> result;
  for (Value s = 0; s < says.size(); ++s) result.push_back(known.emplace(says[s], s).first->second);
  return result;
}

/// Takes one level apart. Symbols and contexts of the new levels are tuples that begin with the old ones.
class BlockSplitter {
 public:
  BlockSplitter(const CascadeLevel& level, const BlockStyle& style, const Limits& limits)
      : level_(level),
        max_size_(style.max_size),
        limits_(limits),
        group_(group_of(std::get<PointMachine>(level.machine), limits), ListedGroup::kUsualLimit, limits),
        action_(small_action(group_.group(), limits)),
        old_(level, group_),
        says_(what_symbols_say(level)),
        blocks_(action_.degree, letters(), alike(), style, limits) {
    for (Value s = 0; s < level.inputs(); ++s) {
      const Transformation back = inverse(blocks_.maps()[blocks_.letter(s)]);
      inverse_letters_.push_back(blocks_.maps().id(back));
    }
    in_place_ = !old_.has_resets() && action_.degree == group_.group().degree();
    if (!in_place_) find_elements();
  }

  /// Why not; nothing if the new levels have been appended, and the front is behind them.
  std::optional<std::string> run(LevelFront& front, std::vector<CascadeLevel>& result) {
    if (auto why = blocks_.plan()) return why;
    const std::size_t size = front.contexts * blocks_.pairs() * (in_place_ ? level_.values.size() : elements_.size());
    if (size > max_size_) return blocks_.too_many(size);
    blocks_.append_levels(front, result);
    append(swaps(front), front, result);
    if (old_.has_resets()) append(old_.written_level(known_symbols_, known_contexts_, front, limits_), front, result);
    return std::nullopt;
  }

 private:
  void append(CascadeLevel level, LevelFront& front, std::vector<CascadeLevel>& result) {
    front = front_behind(front, level, limits_);
    result.push_back(std::move(level));
  }

  [[nodiscard]] std::vector<Transformation> letters() const {
    std::vector<Transformation> result;
    for (Value s = 0; s < level_.inputs(); ++s) result.push_back(action_(group_.element(old_.permutation(s))));
    return result;
  }

  /// Without resets nobody has to know which symbol was read, only what it says of the value after it.
  [[nodiscard]] std::vector<Value> alike() const {
    if (!old_.has_resets()) return first_alike(says_);
    std::vector<Value> each(level_.inputs());
    std::iota(each.begin(), each.end(), Value{0});
    return each;
  }

  // The swaps.

  /// Lists of base points, and whose images they are.
  void find_elements() {
    std::vector<Transformation> generators;
    for (const Transformation& g : group_.group().generators()) generators.push_back(action_(g));
    base_ = PermutationGroup(action_.degree, std::move(generators), limits_).base();
    for (Element g = 0; g < group_.order(); ++g) elements_.emplace(images(base_, action_(group_.element(g))), g);
  }

  static Entries images(const Entries& points, const Transformation& g) {
    Entries result;
    for (const Point p : points) result.push_back(g.image_of(p));
    return result;
  }

  CascadeLevel swaps(const LevelFront& front) {
    PointMachine machine{action_.degree, {}, !in_place_};
    for (const auto& [old, sigma, after, none] : blocks_.symbols()) machine.actions.emplace_back(blocks_.maps()[sigma]);
    GrowthPlan plan{machine, in_place_ ? level_.values[level_.start] : base_, {}, {}};
    PairNumbers next_symbols;
    PairNumbers next_contexts;
    // The level's value, or the group element, from that of the swaps.
    const auto value = [&](const Entries& h, MapId after) { return moved(h, blocks_.maps()[after]); };
    const auto element = [&](const Entries& h, MapId after) { return elements_.at(images(h, blocks_.maps()[after])); };
    plan.output = [&](Value symbol, const Entries& before) {
      const auto& [old, sigma, after, none] = blocks_.symbols()[symbol];
      const Entries h = moved(machine, symbol, before);
      if (in_place_) return says_[old].at(value(h, after));
      if (!old_.has_resets()) return says_[old].at(old_.start_moved(element(h, after)));
      return next_symbols(old, element(h, blocks_.maps().product(after, inverse_letters_[old])));
    };
    plan.context = [&](Context c, const Entries& h) {
      const auto& [old, position, product, rest] = blocks_.contexts()[c];
      const MapId after = blocks_.maps().product(rest, product);
      if (in_place_) return old_.context(old, value(h, after));
      const Element g = element(h, after);
      return old_.has_resets() ? next_contexts(old, g) : old_.context(old, old_.start_moved(g));
    };
    CascadeLevel level = grow_level(front, std::move(plan), limits_);
    level.outputs = old_.has_resets() ? next_symbols.pairs().size() : level_.outputs;
    level.contexts = old_.has_resets() ? next_contexts.pairs().size() : level_.contexts;
    known_symbols_ = next_symbols.pairs();
    known_contexts_ = next_contexts.pairs();
    return level;
  }

  const CascadeLevel& level_;
  std::size_t max_size_;
  const Limits& limits_;
  ListedGroup group_;
  BlockAction action_;
  TrackedGroup old_;
  SymbolsSay says_;
  LetterBlocks blocks_;
  std::vector<MapId> inverse_letters_;  ///< by old symbol
  bool in_place_ = false;               ///< the swaps act on the level's own values
  Entries base_;
  std::map<Entries, Element> elements_;  ///< by the images of the base
  std::vector<TrackedGroup::WithElement> known_symbols_;
  std::vector<TrackedGroup::WithElement> known_contexts_;
};

/// Nothing is reset, and nothing takes more swaps than a step may do.
bool is_small(const PointMachine& machine, std::size_t factors) {
  return std::all_of(machine.actions.begin(), machine.actions.end(), [&](const auto& action) {
    const auto* permutation = std::get_if<Transformation>(&action);
    return permutation != nullptr && factors_of(*permutation) <= factors;
  });
}

}  // namespace

std::variant<Cascade, std::string> with_blocks(Cascade cascade, const BlockStyle& style, const Limits& limits) {
  code_levels_without_group(cascade);
  std::vector<CascadeLevel> levels;
  LevelFront front = front_of_letters(cascade.automaton);
  for (std::size_t l = 0; l < cascade.levels.size(); ++l) {
    const CascadeLevel& level = cascade.levels[l];
    const auto* machine = std::get_if<PointMachine>(&level.machine);
    if (machine == nullptr || is_small(*machine, style.factors)) {
      front = front_behind(front, level, limits);
      levels.push_back(level);
      continue;
    }
    const std::string name = "level " + std::to_string(l + 1);
    const exact::Integer order = group_of(*machine, limits).order();
    if (order > ListedGroup::kUsualLimit) return name + " has a group of order " + exact::to_string(order);
    BlockSplitter splitter(level, style, limits);
    if (auto why = splitter.run(front, levels)) return name + ": " + *why;
  }
  cascade.levels = std::move(levels);
  merge_symbols(cascade);
  return cascade;
}

}  // namespace eigenmata::algebra

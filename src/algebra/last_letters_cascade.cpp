// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/last_letters_cascade.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "level_growth.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using Images = std::vector<Point>;

bool is_constant(const Images& images) {
  return std::all_of(images.begin(), images.end(), [&](Point q) { return q == images[0]; });
}

/// The maps of the words of one length, behind the constant one of the initial state.
class Maps {
 public:
  explicit Maps(const Dfa& dfa)
      : dfa_(&dfa), all_{Images(dfa.states(), static_cast<Point>(index(dfa.initial())))}, numbers_{{all_[0], 0}} {}

  std::uint32_t add(Images images) {
    const auto [at, is_new] = numbers_.try_emplace(images, static_cast<std::uint32_t>(all_.size()));
    if (is_new) all_.push_back(std::move(images));
    return at->second;
  }

  [[nodiscard]] Images after(std::uint32_t map, std::size_t x) const {
    Images images = all_[map];
    for (Point& q : images) q = static_cast<Point>(index(dfa_->step(automata::state(q), core::symbol(x))));
    return images;
  }

  [[nodiscard]] std::uint32_t number_of(const Images& images) const { return numbers_.at(images); }
  [[nodiscard]] const std::vector<Images>& all() const { return all_; }
  [[nodiscard]] bool are_constant() const { return std::all_of(all_.begin(), all_.end(), is_constant); }

 private:
  const Dfa* dfa_;
  std::vector<Images> all_;
  std::map<Images, std::uint32_t> numbers_;
};

/// What a level reads: a letter, and the map of the last letters that the level writes.
using Symbols = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

}  // namespace

Cascade last_letters_cascade(const Dfa& minimal, const core::Limits& limits) {
  core::Ticker ticker(limits, "maps of the last letters");
  Cascade cascade{minimal, {}, {}};
  LevelFront front = front_of_letters(minimal);
  Maps maps(minimal);
  Symbols symbols;
  for (const Transformation& letter : letter_maps(minimal))
    symbols.emplace_back(static_cast<std::uint32_t>(symbols.size()), maps.add(letter.images()));
  while (true) {
    const bool is_last = maps.are_constant();
    Maps longer(minimal);
    for (std::uint32_t m = 0; m < maps.all().size() && !is_last; ++m) {
      for (std::size_t x = 0; x < minimal.letters(); ++x) longer.add(maps.after(m, x));
    }
    limits.require_memory((maps.all().size() + longer.all().size()) * minimal.states() * 2 * sizeof(Point),
                          "the maps of the last letters");
    ticker.tick(maps.all().size() * minimal.letters() * minimal.states());
    CoordinateMachine machine{{1}, {}};
    for (const auto& [letter, map] : symbols) machine.actions.push_back({{true, map}});
    PairNumbers outputs;
    GrowthPlan plan{std::move(machine), {0}, {}, {}};
    plan.output = [&](Value symbol, const Entries& before) -> Value {
      const auto [letter, map] = symbols[symbol];
      if (is_last) return minimal.is_accepting(automata::state(maps.all()[map][0])) ? 1 : 0;
      return outputs(letter, longer.number_of(maps.after(before[0], letter)));
    };
    plan.context = [](Context /*above*/, const Entries& value) { return value[0]; };
    cascade.levels.push_back(grow_level(front, std::move(plan), limits));
    cascade.levels.back().outputs = is_last ? 2 : outputs.pairs().size();
    cascade.levels.back().contexts = maps.all().size();
    if (is_last) break;
    front = front_behind(front, cascade.levels.back(), limits);
    symbols = outputs.pairs();
    maps = std::move(longer);
  }
  for (const Images& images : maps.all()) {
    std::set<automata::State> states;
    for (const Point q : images) states.insert(automata::state(q));
    cascade.meaning.emplace_back(states.begin(), states.end());
  }
  merge_symbols(cascade);
  return cascade;
}

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/map_blocks.hpp"

#include <utility>
#include <vector>

#include "letter_blocks.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;

/// The machine that does the swaps and copies; contexts are the states that the automaton is in.
CascadeLevel moving_level(const Dfa& dfa, LetterBlocks& blocks, const LevelFront& front, const core::Limits& limits) {
  PointMachine machine{dfa.states(), {}, false};
  for (const auto& [old, sigma, after, none] : blocks.symbols()) machine.actions.emplace_back(blocks.maps()[sigma]);
  GrowthPlan plan{machine, {static_cast<Point>(automata::index(dfa.initial()))}, {}, {}};
  plan.output = [&](Value symbol, const Entries& before) {
    const auto& [old, sigma, after, none] = blocks.symbols()[symbol];
    const Entries state = moved(moved(before, blocks.maps()[sigma]), blocks.maps()[after]);
    return dfa.is_accepting(automata::state(state[0])) ? Value{1} : Value{0};
  };
  plan.context = [&](Context c, const Entries& h) {
    const auto& [old, position, product, rest] = blocks.contexts()[c];
    return moved(moved(h, blocks.maps()[rest]), blocks.maps()[product])[0];
  };
  CascadeLevel level = grow_level(front, std::move(plan), limits);
  level.outputs = 2;
  level.contexts = dfa.states();
  return level;
}

}  // namespace

std::variant<Cascade, std::string> map_blocks(const Dfa& dfa, const BlockStyle& style, const core::Limits& limits) {
  if (dfa.states() < 3) return "one swap or copy does for fewer than three states";
  LetterBlocks blocks(dfa.states(), letter_maps(dfa), std::vector<Value>(dfa.letters(), 0), style, limits);
  if (auto why = blocks.plan()) return std::move(*why);
  if (blocks.levels() >= style.max_levels) {
    return "blocks of " + std::to_string(blocks.length()) + " letters take " + std::to_string(blocks.levels() + 1) +
           " machines";
  }
  const std::size_t size = blocks.pairs() * dfa.states();
  if (size > style.max_size) return blocks.too_many(size);
  Cascade cascade{dfa, {}, {}};
  LevelFront front = front_of_letters(dfa);
  blocks.append_levels(front, cascade.levels);
  cascade.levels.push_back(moving_level(dfa, blocks, front, limits));
  for (std::size_t q = 0; q < dfa.states(); ++q) cascade.meaning.push_back({automata::state(q)});
  merge_symbols(cascade);
  return cascade;
}

}  // namespace eigenmata::algebra

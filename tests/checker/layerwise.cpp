// SPDX-License-Identifier: Apache-2.0
#include "layerwise.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "checker/decoding.hpp"

namespace eigenmata::checker {
namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

std::string text(VectorView vector) {
  std::string result;
  for (const Entry& e : vector) result += std::to_string(e.index) + ":" + e.value.value().get_str() + " ";
  return result;
}

/// What is inserted gets the next number, unless it has one.
template <class T>
std::uint32_t number(std::map<T, std::uint32_t>& numbers, const T& thing) {
  return numbers.emplace(thing, static_cast<std::uint32_t>(numbers.size())).first->second;
}

PairTable table_of(const std::map<Pair, std::uint32_t>& values) {
  PairTable table;
  for (const auto& [pair, value] : values) table.append(pair.first, pair.second, value, 0);
  return table;
}

}  // namespace

Certificate layer_by_layer(const Certificate& points) {
  Certificate result = points;
  Layerwise& layerwise = result.layerwise.emplace();
  const std::size_t count = points.points.size();
  const LetterId letters = points.automaton.letters;
  // Of each point the context before a layer; of each (point, letter) what the layer reads.
  std::vector<std::uint32_t> contexts(count, 0);
  std::vector<std::uint32_t> symbols;
  for (std::size_t i = 0; i < count * letters; ++i) symbols.push_back(static_cast<LetterId>(i % letters));
  for (std::size_t l = 0; l < points.network.layers.size(); ++l) {
    LayerRegions& layer = layerwise.layers.emplace_back();
    const Outputs outputs(points.network.layers[l].decoder);
    std::map<std::string, std::uint32_t> regions;
    std::map<Pair, std::uint32_t> meets;
    std::map<Pair, std::uint32_t> steps;
    std::vector<std::uint32_t> region_of;
    for (std::size_t p = 0; p < count; ++p) {
      const VectorView vector = points.vectors[l][p];
      const std::string state = l == 0 ? std::to_string(points.points[p].state) : "";
      region_of.push_back(number(regions, text(vector) + "| " + state));
      if (region_of[p] == layer.centres.size()) {
        layer.centres.items().insert(layer.centres.items().end(), vector.begin(), vector.end());
        layer.centres.close_row();
        layer.radii.close_row();
      }
      contexts[p] = number(meets, Pair{contexts[p], region_of[p]});
    }
    for (std::size_t i = 0; i < count * letters; ++i) {
      const std::uint32_t target = points.steps[i];
      steps[{region_of[i / letters], symbols[i]}] = region_of[target];
      symbols[i] = outputs.of(points.vectors[l][target], symbols[i]).value();
    }
    layer.steps = table_of(steps);
    layer.meets = table_of(meets);
    layer.contexts = static_cast<std::uint32_t>(meets.size());
  }
  std::map<std::uint32_t, std::set<State>> meaning;
  for (std::size_t p = 0; p < count; ++p) meaning[contexts[p]].insert(points.points[p].state);
  for (const auto& [context, states] : meaning) {
    for (const State s : states) layerwise.meaning.items().push_back(s);
    layerwise.meaning.close_row();
    layerwise.meaning_lines.push_back(0);
  }
  return result;
}

}  // namespace eigenmata::checker

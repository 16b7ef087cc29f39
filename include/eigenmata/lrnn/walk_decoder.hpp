// SPDX-License-Identifier: Apache-2.0
//
// Whether the parts of a walking decoder fit together: what every reader of files asks, and `validate`.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// Says what does not fit in a layer of this dimension and these numbers of symbols: a node, coordinate, table, route
/// or output that does not exist, nodes of rows that do not increase, two codes that are equal. Empty if all fits.
/// Cost: linear in the size of the decoder, and codes².
template <exact::Comparable K>
[[nodiscard]] std::string walk_fault(const K& k, const WalkDecoder<typename K::Scalar>& walk, std::size_t dimension,
                                     std::size_t inputs, std::size_t outputs) {
  const WalkTables& t = walk.tables;
  const std::size_t codes = walk.codes.size();
  if (codes == 0) return "a walk reads at least one code";
  for (std::size_t i = 0; i < codes; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (k.equal(walk.codes[i], walk.codes[j])) return "code " + std::to_string(i) + " is one of those before it";
    }
  }
  for (const auto* next : {&t.first, &t.second}) {
    if (next->empty() || next->size() % codes != 0)
      return "a walk has at least one node, each with " + std::to_string(codes) + " next ones";
    const std::size_t nodes = next->size() / codes;
    if (std::any_of(next->begin(), next->end(), [&](auto n) { return n != WalkTables::kNone && n >= nodes; }))
      return "a walk goes to a node that does not exist; there are " + std::to_string(nodes);
  }
  const std::size_t ends = t.second.size() / codes;
  for (const auto& rows : t.tables) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].node >= t.first.size() / codes) return "a row is of a node that the first walk does not have";
      if (i > 0 && rows[i].node <= rows[i - 1].node) return "the nodes of the rows of a table increase";
      const auto& list = rows[i].outputs;
      if (list.size() != ends)
        return std::to_string(list.size()) + " outputs in a row; the second walk has " + std::to_string(ends) +
               " nodes";
      if (std::any_of(list.begin(), list.end(), [&](auto o) { return o != WalkTables::kNone && o >= outputs; }))
        return "a row has an output that does not exist";
    }
  }
  for (const auto& route : t.routes) {
    if (route.table >= t.tables.size()) return "a route has a table that does not exist";
    for (const auto* list : {&route.first, &route.second}) {
      if (std::any_of(list->begin(), list->end(), [&](auto i) { return i >= dimension; }))
        return "a route reads a coordinate beyond the dimension " + std::to_string(dimension);
    }
  }
  if (t.route_of.size() != inputs)
    return std::to_string(t.route_of.size()) + " routes of symbols for " + std::to_string(inputs) + " input symbols";
  if (std::any_of(t.route_of.begin(), t.route_of.end(), [&](auto r) { return r >= t.routes.size(); }))
    return "a symbol has a route that does not exist";
  return "";
}

}  // namespace eigenmata::lrnn

// SPDX-License-Identifier: Apache-2.0
//
// Strongly connected components of a graph with a fixed number of edges out of every vertex [Tarjan1972], without
// recursion: a Cayley graph has paths as long as it has vertices.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::algebra {

struct StrongComponents {
  std::vector<std::uint32_t> of;  ///< the component of each vertex, numbered in the order of their least vertices
  std::size_t count = 0;
};

/// `successor(v, edge)` for edge = 0 … out − 1. Needs fewer than 2³² − 1 vertices. Cost: O(vertices · out) time and at
/// most 24 bytes a vertex. Throws `core::LimitReached`.
template <class Successor>
StrongComponents strong_components(std::size_t vertices, std::size_t out, Successor successor, core::Ticker& ticker) {
  constexpr std::uint32_t kNone = UINT32_MAX;
  std::vector<std::uint32_t> time(vertices, kNone);       // of the first visit
  std::vector<std::uint32_t> low(vertices, kNone);        // least time of a vertex known to be in the same component
  std::vector<std::uint32_t> component(vertices, kNone);  // known when the search leaves its first vertex
  std::vector<std::uint32_t> open;                        // visited, in order, component not yet known
  std::vector<std::pair<std::uint32_t, std::uint32_t>> path;  // vertex, next edge
  std::uint32_t clock = 0;
  std::uint32_t found = 0;
  const auto enter = [&](std::size_t v) {
    time[v] = low[v] = clock++;
    open.push_back(static_cast<std::uint32_t>(v));
    path.emplace_back(static_cast<std::uint32_t>(v), 0);
    ticker.tick();
  };
  for (std::size_t root = 0; root < vertices; ++root) {
    if (time[root] == kNone) enter(root);
    while (!path.empty()) {
      auto& [v, edge] = path.back();
      if (edge < out) {
        const std::size_t w = successor(v, edge++);
        if (time[w] == kNone) {
          enter(w);
        } else if (component[w] == kNone) {
          low[v] = std::min(low[v], time[w]);
        }
        continue;
      }
      const std::uint32_t done = v;
      path.pop_back();
      if (!path.empty()) low[path.back().first] = std::min(low[path.back().first], low[done]);
      if (low[done] != time[done]) continue;
      for (std::uint32_t w = kNone; w != done; open.pop_back()) component[w = open.back()] = found;
      ++found;
    }
  }
  // Renumber by least vertices.
  std::vector<std::uint32_t> number(found, kNone);
  std::uint32_t next = 0;
  for (std::uint32_t& c : component) {
    if (number[c] == kNone) number[c] = next++;
    c = number[c];
  }
  return {std::move(component), found};
}

}  // namespace eigenmata::algebra

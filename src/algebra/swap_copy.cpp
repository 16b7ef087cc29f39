// SPDX-License-Identifier: Apache-2.0
//
// Functional graphs fall into components, each a cycle with trees growing into it. Swaps turn the cycle: handled from
// its far end, each swap moves one point home and carries the last one along. Then the trees collapse one edge at a
// time, nearest to the cycle first. When x is copied onto f(x), what stood at f(x) has already moved on, and nothing is
// ever copied away from f(x) again; so each tree edge costs one copy, and a component of size s takes s − 1 factors.
#include "eigenmata/algebra/swap_copy.hpp"

namespace eigenmata::algebra {
namespace {

/// The points off the cycles, each before its image; marks them in `on_cycle`.
std::vector<Point> tree_points(const Transformation& f, std::vector<bool>& on_cycle) {
  std::vector<std::size_t> preimages(f.degree(), 0);
  for (const Point y : f.images()) ++preimages[y];
  std::vector<Point> leaves;
  for (Point x = 0; x < f.degree(); ++x) {
    if (preimages[x] == 0) leaves.push_back(x);
  }
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    const Point x = leaves[i];
    on_cycle[x] = false;
    if (--preimages[f.image_of(x)] == 0) leaves.push_back(f.image_of(x));
  }
  return leaves;
}

}  // namespace

std::vector<SwapCopy> swap_copy_factors(const Transformation& f) {
  std::vector<bool> on_cycle(f.degree(), true);
  const std::vector<Point> leaves_first = tree_points(f, on_cycle);
  std::vector<SwapCopy> factors;
  for (Point start = 0; start < f.degree(); ++start) {
    if (!on_cycle[start]) continue;
    std::vector<Point> cycle;
    for (Point x = start; on_cycle[x]; x = f.image_of(x)) {
      on_cycle[x] = false;
      cycle.push_back(x);
    }
    for (std::size_t i = cycle.size() - 1; i > 0; --i) {
      factors.push_back({SwapCopy::Kind::kSwap, cycle[i - 1], cycle[i]});
    }
  }
  for (auto x = leaves_first.rbegin(); x != leaves_first.rend(); ++x) {
    factors.push_back({SwapCopy::Kind::kCopy, *x, f.image_of(*x)});
  }
  return factors;
}

}  // namespace eigenmata::algebra

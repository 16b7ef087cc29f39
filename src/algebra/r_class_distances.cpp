// SPDX-License-Identifier: Apache-2.0
#include "r_class_distances.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace eigenmata::algebra {

RClassDistances distances_from(const SyntacticSemigroup& s, Element e, core::Ticker& ticker) {
  const GreenRelations& green = s.green();
  RClassDistances result;
  std::vector<Element> queue{e};
  result.from_e[index(e)] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    ticker.tick();
    const std::uint64_t next_distance = result.from_e.at(index(queue[i])) + 1;
    for (std::size_t x = 0; x < s.monoid().letters(); ++x) {
      const Element next = s.monoid().right(queue[i], core::symbol(x));
      if (green.r_class_of(next) != green.r_class_of(e)) continue;
      const auto [at, is_new] = result.from_e.try_emplace(index(next), next_distance);
      if (is_new) queue.push_back(next);
      // An edge that closes no shorter path: its two ways differ in length by a multiple of the period.
      const std::uint64_t other = at->second;
      result.period = std::gcd(result.period, std::max(next_distance, other) - std::min(next_distance, other));
    }
  }
  return result;
}

}  // namespace eigenmata::algebra

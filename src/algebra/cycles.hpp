// SPDX-License-Identifier: Apache-2.0
//
// The cycles of a functional graph x → f(x).
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace eigenmata::algebra {

/// Working space, to be reused over many graphs.
class CycleFinder {
 public:
  /// Calls visit(length) for every cycle of the graph on `points` points. Cost: O(points).
  template <class Image, class Visit>
  void for_each_cycle(std::size_t points, Image image, Visit visit) {
    walk_.assign(points, kUnseen);
    step_.resize(points);
    std::uint32_t walk = kUnseen;
    for (std::size_t start = 0; start < points; ++start) {
      if (walk_[start] != kUnseen) continue;
      ++walk;
      std::uint32_t steps = 0;
      std::size_t x = start;
      for (; walk_[x] == kUnseen; x = image(x)) {
        walk_[x] = walk;
        step_[x] = steps++;
      }
      if (walk_[x] == walk) visit(std::size_t{steps - step_[x]});
    }
  }

  /// The period of f, f², f³, …: least common multiple of the cycle lengths.
  template <class Image>
  std::uint64_t period(std::size_t points, Image image) {
    std::uint64_t period = 1;
    for_each_cycle(points, image, [&](std::size_t length) { period = std::lcm(period, std::uint64_t{length}); });
    return period;
  }

 private:
  static constexpr std::uint32_t kUnseen = 0;
  std::vector<std::uint32_t> walk_;  // the walk that met the point first
  std::vector<std::uint32_t> step_;  // and when
};

}  // namespace eigenmata::algebra

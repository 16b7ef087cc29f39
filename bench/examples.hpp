// SPDX-License-Identifier: Apache-2.0
//
// Monoids that are measured.
#pragma once

#include <string>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"

namespace eigenmata::bench {

struct MonoidExample {
  const char* name;
  std::vector<algebra::Transformation> generators;
};

/// All maps on n points: a swap, a cycle, a merge.
inline std::vector<algebra::Transformation> full_transformation_monoid(algebra::Point n) {
  std::vector<algebra::Point> swap, cycle, merge;
  for (algebra::Point x = 0; x < n; ++x) {
    swap.push_back(x < 2 ? 1 - x : x);
    cycle.push_back((x + 1) % n);
    merge.push_back(x == 1 ? 0 : x);
  }
  return {algebra::Transformation(swap), algebra::Transformation(cycle), algebra::Transformation(merge)};
}

inline std::vector<algebra::Transformation> maps_of_digits(const std::vector<std::string>& list) {
  std::vector<algebra::Transformation> maps;
  for (const std::string& images : list) {
    std::vector<algebra::Point> points;
    for (const char c : images) points.push_back(static_cast<algebra::Point>(c - '0'));
    maps.emplace_back(points);
  }
  return maps;
}

// Without the identity; test values of the library libsemigroups.

/// 597,369 elements.
inline std::vector<algebra::Transformation> eight_points() {
  return maps_of_digits(
      {"17260415", "24614527", "30724624", "32345301", "43774504", "56303051", "60111634", "77406417"});
}
/// 232,511 elements, 2,122 D-classes, 14,706 R-classes.
inline std::vector<algebra::Transformation> nine_points() {
  return maps_of_digits({"210421180", "176251143", "107213137", "038128170", "000277553"});
}

}  // namespace eigenmata::bench

// SPDX-License-Identifier: Apache-2.0
//
// Maps for tests: the usual generators, published ones, random ones.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/transition_monoid.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra::testing {

using namespace eigenmata::testing;

inline TransitionMonoid monoid_of(const std::vector<Transformation>& generators) { return {generators, {}}; }

inline Transformation cycle(std::size_t n) {
  std::vector<Point> images;
  for (std::size_t x = 0; x < n; ++x) images.push_back(static_cast<Point>((x + 1) % n));
  return Transformation(images);
}

inline Transformation swap_of_first_two(std::size_t n) {
  std::vector<Point> images = Transformation::identity(n).images();
  if (n >= 2) std::swap(images[0], images[1]);
  return Transformation(images);
}

/// The identity but for 1, which goes to 0.
inline Transformation merge_of_first_two(std::size_t n) {
  std::vector<Point> images = Transformation::identity(n).images();
  if (n >= 2) images[1] = 0;
  return Transformation(images);
}

/// Generators of all maps on n points.
inline std::vector<Transformation> all_maps(std::size_t n) {
  return {swap_of_first_two(n), cycle(n), merge_of_first_two(n)};
}

/// "17260415": the images of 0, 1, 2, …, one digit each.
inline Transformation map_of_digits(const std::string& digits) {
  std::vector<Point> images;
  for (const char digit : digits) images.push_back(static_cast<Point>(digit - '0'));
  return Transformation(images);
}

inline std::vector<Transformation> maps_of_digits(const std::vector<std::string>& list) {
  std::vector<Transformation> maps;
  for (const std::string& digits : list) maps.push_back(map_of_digits(digits));
  return maps;
}

// The two semigroups of libsemigroups' tests of Konieczny's algorithm. No generator is a permutation, so the identity
// is none of their elements, and the monoids have one element, one idempotent and one class of each kind more.

/// 597,369 elements, 8,194 idempotents.
inline std::vector<Transformation> eight_points() {
  return maps_of_digits(
      {"17260415", "24614527", "30724624", "32345301", "43774504", "56303051", "60111634", "77406417"});
}

/// 232,511 elements, 2,122 D-classes, 8,450 L-classes, 14,706 R-classes.
inline std::vector<Transformation> nine_points() {
  return maps_of_digits({"210421180", "176251143", "107213137", "038128170", "000277553"});
}

inline std::vector<Transformation> random_maps(core::Random& random, std::size_t points, std::size_t count) {
  std::vector<Transformation> maps;
  for (std::size_t i = 0; i < count; ++i) maps.push_back(random_map(random, points));
  return maps;
}

inline std::size_t power(std::size_t base, std::size_t exponent) {
  std::size_t result = 1;
  for (; exponent > 0; --exponent) result *= base;
  return result;
}

}  // namespace eigenmata::algebra::testing

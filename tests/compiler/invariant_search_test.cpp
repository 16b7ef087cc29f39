// SPDX-License-Identifier: Apache-2.0
#include "../../src/compiler/invariant_search.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "../../src/compiler/affine_codes.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Transformation;

TEST_CASE("what is found is invariant, separates the states and keeps the bound", "[invariant_search]") {
  EIGENMATA_SEEDED(random, 271);
  int found_some = 0;
  for (int round = 0; round < 80; ++round) {
    const std::size_t states = 2 + random.below(7);
    std::vector<Transformation> letters;
    for (std::size_t x = 1 + random.below(3); x > 0; --x) {
      letters.push_back(random.one_in(2) ? testing::random_map(random, states)
                                         : Transformation(testing::random_permutation(random, states)));
    }
    const std::size_t bound = 1 + random.below(states);
    const auto space = find_separating_space(letters, bound, random.next(), {});
    CAPTURE(round, states, bound);
    // The space of all functions is always there.
    if (bound + 1 >= states) REQUIRE(space.has_value());
    if (!space) continue;
    ++found_some;
    REQUIRE(space->dimension() <= bound);
    REQUIRE(class_count(classes(space->basis, states)) == states);
    REQUIRE(affine_maps(values_of(*space, states), letters).has_value());
  }
  CHECK(found_some > 30);
}

TEST_CASE("cyclic groups fall into their rational parts", "[invariant_search]") {
  // A cycle of n states: the least dimension is the sum of φ(q) over the prime powers q ≠ 2 of n, and 1 for a
  // lone factor 2.
  const std::map<std::size_t, std::size_t> dimensions{{2, 1}, {3, 2},  {4, 2},  {5, 4},  {6, 3}, {8, 4},
                                                      {9, 6}, {10, 5}, {12, 4}, {15, 6}, {30, 7}};
  for (const auto& [n, dimension] : dimensions) {
    std::vector<algebra::Point> images;
    for (std::size_t i = 0; i < n; ++i) images.push_back(static_cast<algebra::Point>((i + 1) % n));
    const auto space = find_separating_space({Transformation(images)}, n - 1, 1, {});
    CAPTURE(n);
    REQUIRE(space.has_value());
    CHECK(space->dimension() <= dimension);
  }
}

TEST_CASE("a seed decides what is found", "[invariant_search]") {
  const auto letters = algebra::letter_maps(testing::catalogue_language("s4-word-problem"));
  const auto first = find_separating_space(letters, 23, 9, {});
  const auto second = find_separating_space(letters, 23, 9, {});
  REQUIRE(first.has_value());
  CHECK(first->basis == second->basis);
}

}  // namespace
}  // namespace eigenmata::compiler

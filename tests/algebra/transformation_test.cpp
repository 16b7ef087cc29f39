// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/transformation.hpp"

#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "eigenmata/core/error.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using testing::random_map;

/// Calls visit(f) for each of the nⁿ maps on n points.
template <class Visit>
void for_each_map(std::size_t n, Visit visit) {
  std::vector<Point> images(n, 0);
  for (;;) {
    visit(Transformation(images));
    std::size_t i = 0;
    while (i < n && ++images[i] == n) images[i++] = 0;
    if (i == n) return;
  }
}

std::size_t components_by_union_find(const Transformation& f) {
  std::vector<Point> parent(f.degree());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](Point x) {
    while (parent[x] != x) x = parent[x];
    return x;
  };
  for (Point x = 0; x < f.degree(); ++x) parent[root(x)] = root(f.image_of(x));
  std::size_t roots = 0;
  for (Point x = 0; x < f.degree(); ++x) roots += parent[x] == x ? 1 : 0;
  return roots;
}

/// The least p ≥ 1 with f^{n+p} = fⁿ; the powers are periodic from fⁿ on at the latest.
std::uint64_t period_by_iterating(const Transformation& f) {
  Transformation power = Transformation::identity(f.degree());
  for (std::size_t i = 0; i < f.degree(); ++i) power = power * f;
  Transformation later = power * f;
  std::uint64_t period = 1;
  for (; later != power; ++period) later = later * f;
  return period;
}

std::string shown(const Transformation& f) { return Catch::Detail::stringify(f.images()); }

/// A permutation with one cycle of each of the lengths.
Transformation with_cycles(const std::vector<std::size_t>& lengths) {
  std::vector<Point> images;
  for (const std::size_t length : lengths) {
    const auto first = static_cast<Point>(images.size());
    for (std::size_t i = 1; i < length; ++i) images.push_back(static_cast<Point>(first + i));
    images.push_back(first);
  }
  return Transformation(images);
}

TEST_CASE("maps act from the right", "[transformation]") {
  const Transformation a({1, 2, 0});
  const Transformation b({0, 0, 2});
  CHECK(a * b == Transformation({0, 2, 0}));  // 0 → 1 → 0, 1 → 2 → 2, 2 → 0 → 0
  CHECK(b * a == Transformation({1, 1, 0}));
}

TEST_CASE("the product is associative and has the identity", "[transformation]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = random.below(9);
    const Transformation f = n == 0 ? Transformation({}) : random_map(random, n);
    const Transformation g = n == 0 ? Transformation({}) : random_map(random, n);
    const Transformation h = n == 0 ? Transformation({}) : random_map(random, n);
    CAPTURE(shown(f), shown(g), shown(h));
    REQUIRE((f * g) * h == f * (g * h));
    REQUIRE(f * Transformation::identity(n) == f);
    REQUIRE(Transformation::identity(n) * f == f);
    for (Point x = 0; x < n; ++x) REQUIRE((f * g).image_of(x) == g.image_of(f.image_of(x)));
  }
}

TEST_CASE("a word acts as the product of its letters, the first one first", "[transformation]") {
  EIGENMATA_SEEDED(random, 2);
  for (int round = 0; round < 300; ++round) {
    const automata::Dfa dfa = testing::random_dfa(random, 1 + random.below(7), 1 + random.below(3));
    const auto letters = letter_maps(dfa);
    REQUIRE(letters.size() == dfa.letters());
    const core::Word word = testing::random_word(random, random.below(8), dfa.letters());
    Transformation product = Transformation::identity(dfa.states());
    for (const core::Symbol x : word) product = product * letters[core::index(x)];
    const Transformation map = word_map(dfa, word);
    REQUIRE(map == product);
    for (Point q = 0; q < dfa.states(); ++q) {
      REQUIRE(automata::state(map.image_of(q)) == dfa.run(automata::state(q), word));
    }
  }
}

TEST_CASE("the degree is part of a map", "[transformation]") {
  CHECK(Transformation::identity(3) != Transformation::identity(4));
  CHECK(Transformation::identity(4).degree() == 4);
  CHECK(Transformation({}).degree() == 0);
}

TEST_CASE("there are as many components as union and find counts", "[transformation]") {
  for (std::size_t n = 1; n <= 5; ++n) {
    for_each_map(n, [](const Transformation& f) {
      if (f.components() != components_by_union_find(f)) FAIL(shown(f));
    });
  }
  EIGENMATA_SEEDED(random, 3);
  for (int round = 0; round < 300; ++round) {
    const Transformation f = random_map(random, 1 + random.below(80));
    CAPTURE(shown(f));
    REQUIRE(f.components() == components_by_union_find(f));
  }
  CHECK(Transformation({}).components() == 0);
}

TEST_CASE("the period is what iterating the map shows", "[transformation]") {
  for (std::size_t n = 1; n <= 5; ++n) {
    for_each_map(n, [](const Transformation& f) {
      if (f.period() != period_by_iterating(f)) FAIL(shown(f));
    });
  }
  EIGENMATA_SEEDED(random, 4);
  for (int round = 0; round < 200; ++round) {
    const Transformation f = random_map(random, 1 + random.below(30));
    CAPTURE(shown(f));
    REQUIRE(f.period() == period_by_iterating(f));
  }
}

TEST_CASE("the period of a permutation is the least common multiple of its cycle lengths", "[transformation]") {
  CHECK(with_cycles({2, 3}).period() == 6);
  CHECK(with_cycles({4, 6}).period() == 12);
  CHECK(with_cycles({1, 1, 1}).period() == 1);
  // The first fifteen primes: 614,889,782,588,491,410, the product that OEIS A002110 lists.
  CHECK(with_cycles({2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47}).period() == 614'889'782'588'491'410u);
}

TEST_CASE("the rank is the number of points in the image", "[transformation]") {
  CHECK(Transformation({}).rank() == 0);
  CHECK(Transformation({0, 0, 0}).rank() == 1);
  EIGENMATA_SEEDED(random, 5);
  for (int round = 0; round < 300; ++round) {
    const Transformation f = random_map(random, 1 + random.below(12));
    const std::set<Point> image(f.images().begin(), f.images().end());
    CAPTURE(shown(f));
    REQUIRE(f.rank() == image.size());
    REQUIRE(f.is_permutation() == (image.size() == f.degree()));
  }
}

TEST_CASE("a value outside the points is refused with its place", "[transformation]") {
  CHECK_THROWS_WITH(Transformation({0, 3, 1}), "point 1 is sent to 3, but the points are 0 to 2");
  CHECK_THROWS_AS(Transformation({1}), core::Error);
}

}  // namespace
}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/swap_copy.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <map>

#include "eigenmata/exact/matrix.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

/// Calls visit(f) for each of the nⁿ maps on n points.
template <class Visit>
void for_each_map(std::size_t n, Visit visit) {
  std::vector<Point> f(n, 0);
  for (;;) {
    visit(Transformation(f));
    std::size_t i = 0;
    while (i < n && ++f[i] == n) f[i++] = 0;
    if (i == n) return;
  }
}

/// Where a point is after the factors, in the order in which they are listed.
Point image_of(Point x, const std::vector<SwapCopy>& factors) {
  for (const SwapCopy& factor : factors) {
    if (x == factor.x) {
      x = factor.y;
    } else if (x == factor.y && factor.kind == SwapCopy::Kind::kSwap) {
      x = factor.x;
    }
  }
  return x;
}

std::string shown(const Transformation& f) { return Catch::Detail::stringify(f.images()); }

/// I − M_f, with M_f e_x = e_{x·f}.
Matrix<Rational> identity_minus(const Transformation& f) {
  Matrix<Rational> m = exact::identity(kRationals, f.degree());
  for (Point x = 0; x < f.degree(); ++x) m(f.image_of(x), x) -= 1;
  return m;
}

TEST_CASE("every map on up to six points is the product of its factors", "[swap_copy]") {
  for (std::size_t n = 1; n <= 6; ++n) {
    for_each_map(n, [n](const Transformation& f) {
      const auto factors = swap_copy_factors(f);
      bool right = factors.size() == n - f.components();
      for (Point x = 0; x < n; ++x) right = right && image_of(x, factors) == f.image_of(x);
      if (!right) FAIL(shown(f));
    });
  }
  CHECK(swap_copy_factors(Transformation({})).empty());
}

TEST_CASE("how many maps need how many factors", "[swap_copy]") {
  // By breadth-first search over products of swaps and copies; the last number of a row counts the connected
  // functional graphs.
  const std::map<std::size_t, std::vector<int>> histograms{
      {3, {1, 9, 17}}, {4, {1, 18, 95, 142}}, {5, {1, 30, 305, 1220, 1569}}, {6, {1, 45, 745, 5595, 18694, 21576}}};
  for (const auto& [n, expected] : histograms) {
    std::vector<int> counts(n, 0);
    for_each_map(n, [&counts = counts](const Transformation& f) { ++counts.at(swap_copy_factors(f).size()); });
    CHECK(counts == expected);
  }
}

TEST_CASE("no shorter product of swaps and copies makes a map, by search", "[swap_copy]") {
  for (std::size_t n = 1; n <= 5; ++n) {
    std::vector<Transformation> generators;
    for (Point x = 0; x < n; ++x) {
      for (Point y = 0; y < n; ++y) {
        if (x == y) continue;
        std::vector<Point> copy = Transformation::identity(n).images();
        copy[x] = y;
        generators.emplace_back(copy);
        copy[y] = x;
        generators.emplace_back(copy);
      }
    }
    std::map<std::vector<Point>, std::size_t> distance{{Transformation::identity(n).images(), 0}};
    std::vector<Transformation> queue{Transformation::identity(n)};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (const Transformation& g : generators) {
        const Transformation next = queue[at] * g;
        if (distance.emplace(next.images(), distance.at(queue[at].images()) + 1).second) queue.push_back(next);
      }
    }
    std::size_t maps = 0;
    for_each_map(n, [&](const Transformation& f) {
      ++maps;
      if (distance.at(f.images()) != swap_copy_factors(f).size()) FAIL(shown(f));
    });
    REQUIRE(distance.size() == maps);
  }
}

TEST_CASE("the number of factors is the rank of I - M_f", "[swap_copy]") {
  for_each_map(4, [](const Transformation& f) {
    if (exact::rank(kRationals, identity_minus(f)) != swap_copy_factors(f).size()) FAIL(shown(f));
  });
  EIGENMATA_SEEDED(random, 151);
  for (int round = 0; round < 60; ++round) {
    const std::size_t n = 1 + random.below(200);
    const Transformation f =
        random.one_in(3) ? Transformation(testing::random_permutation(random, n)) : testing::random_map(random, n);
    CAPTURE(shown(f));
    const auto factors = swap_copy_factors(f);
    REQUIRE(exact::rank(kRationals, identity_minus(f)) == factors.size());
    for (Point x = 0; x < n; ++x) REQUIRE(image_of(x, factors) == f.image_of(x));
  }
}

TEST_CASE("a permutation needs swaps only", "[swap_copy]") {
  EIGENMATA_SEEDED(random, 152);
  for (int round = 0; round < 100; ++round) {
    const Transformation f(testing::random_permutation(random, 1 + random.below(30)));
    for (const SwapCopy& factor : swap_copy_factors(f)) REQUIRE(factor.kind == SwapCopy::Kind::kSwap);
  }
}

TEST_CASE("the factors of a cycle and of a path by hand", "[swap_copy]") {
  using Kind = SwapCopy::Kind;
  CHECK(swap_copy_factors(Transformation({1, 2, 0})) ==
        std::vector<SwapCopy>{{Kind::kSwap, 1, 2}, {Kind::kSwap, 0, 1}});
  // 2 → 1 → 0: 1 goes first, so that 2 is not carried along.
  CHECK(swap_copy_factors(Transformation({0, 0, 1})) ==
        std::vector<SwapCopy>{{Kind::kCopy, 1, 0}, {Kind::kCopy, 2, 1}});
}

}  // namespace
}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// Permutation groups for tests: named ones, random ones, and slow models that know nothing of stabiliser chains.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "eigenmata/algebra/permutation_group.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra::testing {

using ElementSet = std::set<std::vector<Point>>;

inline std::vector<Point> times(const std::vector<Point>& a, const std::vector<Point>& b) {
  std::vector<Point> result;
  for (const Point y : a) result.push_back(b[y]);
  return result;
}

inline std::vector<Point> inverted(const std::vector<Point>& a) {
  std::vector<Point> result(a.size());
  for (std::size_t x = 0; x < a.size(); ++x) result[a[x]] = static_cast<Point>(x);
  return result;
}

inline std::vector<Point> do_nothing(std::size_t degree) {
  std::vector<Point> images;
  for (std::size_t x = 0; x < degree; ++x) images.push_back(static_cast<Point>(x));
  return images;
}

/// All products of the generators.
inline ElementSet closure(std::size_t degree, const std::vector<std::vector<Point>>& generators) {
  ElementSet found{do_nothing(degree)};
  std::vector<std::vector<Point>> waiting{do_nothing(degree)};
  while (!waiting.empty()) {
    const std::vector<Point> x = waiting.back();
    waiting.pop_back();
    for (const auto& g : generators) {
      const auto y = times(x, g);
      if (found.insert(y).second) waiting.push_back(y);
    }
  }
  return found;
}

inline std::vector<std::vector<Point>> as_vector(const ElementSet& set) { return {set.begin(), set.end()}; }

inline ElementSet elements_of(const PermutationGroup& g) {
  ElementSet result;
  for (const Transformation& x : g.elements(100'000)) result.insert(x.images());
  return result;
}

/// From cycles on the points 1 … degree, as books and GAP write them.
inline Transformation from_cycles(std::size_t degree, std::initializer_list<std::vector<Point>> cycles) {
  std::vector<Point> images = do_nothing(degree);
  for (const auto& cycle : cycles) {
    for (std::size_t i = 0; i < cycle.size(); ++i) images[cycle[i] - 1] = cycle[(i + 1) % cycle.size()] - 1;
  }
  return Transformation(std::move(images));
}

inline PermutationGroup dihedral_group(std::size_t n) {
  std::vector<Point> turn;
  std::vector<Point> flip;
  for (std::size_t x = 0; x < n; ++x) {
    turn.push_back(static_cast<Point>((x + 1) % n));
    flip.push_back(static_cast<Point>((n - x) % n));
  }
  return PermutationGroup(n, {Transformation(turn), Transformation(flip)});
}

/// Multiplication by i and j from the right.
inline PermutationGroup quaternion_group() {
  return PermutationGroup(8,
                          {from_cycles(8, {{1, 2, 3, 4}, {5, 6, 7, 8}}), from_cycles(8, {{1, 5, 3, 7}, {2, 8, 4, 6}})});
}

/// On the vectors other than 0 of the plane over three elements.
inline PermutationGroup sl2_3() {
  const auto action = [](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
    std::vector<Point> images;
    for (std::size_t v = 1; v < 9; ++v) {
      const std::size_t x = v / 3;
      const std::size_t y = v % 3;
      images.push_back(static_cast<Point>((x * a + y * c) % 3 * 3 + (x * b + y * d) % 3 - 1));
    }
    return Transformation(std::move(images));
  };
  return PermutationGroup(8, {action(1, 1, 0, 1), action(1, 0, 1, 1)});
}

inline PermutationGroup mathieu_11() {
  return PermutationGroup(
      11, {from_cycles(11, {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}), from_cycles(11, {{3, 7, 11, 8}, {4, 10, 5, 6}})});
}

inline PermutationGroup mathieu_12() {
  return PermutationGroup(
      12, {from_cycles(12, {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}), from_cycles(12, {{3, 7, 11, 8}, {4, 10, 5, 6}}),
           from_cycles(12, {{1, 12}, {2, 11}, {3, 6}, {4, 8}, {5, 9}, {7, 10}})});
}

/// x ↦ x + 1, x ↦ s²·x for a generator s of the field's units, x ↦ −1/x on the projective line over the integers mod a
/// prime p; the point at infinity is p.
inline PermutationGroup psl2(std::size_t p) {
  const auto power = [&](std::size_t base, std::size_t exponent) {
    std::size_t result = 1;
    for (std::size_t i = 0; i < exponent; ++i) result = result * base % p;
    return result;
  };
  std::size_t unit = 2;
  for (bool generates = false; !generates; ++unit) {
    generates = true;
    for (std::size_t e = 1; e + 1 < p; ++e) generates = generates && power(unit, e) != 1;
    if (generates) break;
  }
  std::vector<Point> shift(p + 1);
  std::vector<Point> scale(p + 1);
  std::vector<Point> turn(p + 1);
  for (std::size_t x = 0; x < p; ++x) {
    shift[x] = static_cast<Point>((x + 1) % p);
    scale[x] = static_cast<Point>(unit * unit % p * x % p);
    turn[x] = static_cast<Point>(x == 0 ? p : (p - power(x, p - 2)) % p);
  }
  shift[p] = scale[p] = static_cast<Point>(p);
  turn[p] = 0;
  return PermutationGroup(p + 1, {Transformation(shift), Transformation(scale), Transformation(turn)});
}

/// a and b side by side on disjoint points.
inline PermutationGroup direct_product(const PermutationGroup& a, const PermutationGroup& b) {
  std::vector<Transformation> generators;
  const std::size_t degree = a.degree() + b.degree();
  for (const Transformation& g : a.generators()) {
    std::vector<Point> images = do_nothing(degree);
    for (Point x = 0; x < a.degree(); ++x) images[x] = g.image_of(x);
    generators.emplace_back(std::move(images));
  }
  for (const Transformation& g : b.generators()) {
    std::vector<Point> images = do_nothing(degree);
    for (Point x = 0; x < b.degree(); ++x) images[a.degree() + x] = static_cast<Point>(a.degree() + g.image_of(x));
    generators.emplace_back(std::move(images));
  }
  return PermutationGroup(degree, std::move(generators));
}

/// a copy of `bottom` on each point of `top`, which permutes the copies.
inline PermutationGroup wreath_product(const PermutationGroup& bottom, const PermutationGroup& top) {
  const std::size_t n = bottom.degree();
  std::vector<Transformation> generators;
  for (const auto& block : top.orbits()) {
    for (const Transformation& g : bottom.generators()) {
      std::vector<Point> images = do_nothing(n * top.degree());
      for (Point x = 0; x < n; ++x) images[block[0] * n + x] = static_cast<Point>(block[0] * n + g.image_of(x));
      generators.emplace_back(std::move(images));
    }
  }
  for (const Transformation& g : top.generators()) {
    std::vector<Point> images(n * top.degree());
    for (Point b = 0; b < top.degree(); ++b) {
      for (Point x = 0; x < n; ++x) images[b * n + x] = static_cast<Point>(g.image_of(b) * n + x);
    }
    generators.emplace_back(std::move(images));
  }
  return PermutationGroup(n * top.degree(), std::move(generators));
}

/// Each element acts on the group itself by multiplication from the right; the group is given by all its elements.
inline PermutationGroup regular_representation(const ElementSet& group, const std::vector<std::vector<Point>>& by) {
  const auto elements = as_vector(group);
  std::vector<Transformation> generators;
  for (const auto& g : by) {
    std::vector<Point> images;
    for (const auto& x : elements) {
      images.push_back(
          static_cast<Point>(std::lower_bound(elements.begin(), elements.end(), times(x, g)) - elements.begin()));
    }
    generators.emplace_back(std::move(images));
  }
  return PermutationGroup(elements.size(), std::move(generators));
}

/// Up to three generators. Random permutations generate Aₙ or Sₙ nearly always; so half of the groups keep two parts of
/// the points apart, generators may be conjugates of each other, and their powers are taken, which makes small orders.
inline PermutationGroup random_group(core::Random& random, std::size_t max_degree) {
  const std::size_t degree = 1 + random.below(max_degree);
  const std::size_t cut = random.one_in(2) ? degree : random.below(degree + 1);
  std::vector<std::vector<Point>> generators;
  for (std::size_t i = random.below(4); i > 0; --i) {
    std::vector<Point> g = eigenmata::testing::random_permutation(random, cut);
    for (const Point y : eigenmata::testing::random_permutation(random, degree - cut)) {
      g.push_back(static_cast<Point>(cut + y));
    }
    for (std::size_t k = random.below(4); k > 0; --k) g = times(g, g);
    if (random.one_in(4)) g = times(times(g, g), g);
    if (!generators.empty() && random.one_in(2)) g = times(times(inverted(g), generators.back()), g);
    generators.push_back(g);
  }
  std::vector<Transformation> maps;
  for (auto& g : generators) maps.emplace_back(std::move(g));
  return PermutationGroup(degree, std::move(maps));
}

/// Random groups, products and wreath products of them, dihedral groups, and subgroups of wreath products: of more
/// different orders than random generators make.
inline PermutationGroup random_compound_group(core::Random& random) {
  switch (random.below(5)) {
    case 0:
      return random_group(random, 9);
    case 1:
      return direct_product(random_group(random, 5), random_group(random, 5));
    case 2:
      return wreath_product(random_group(random, 4), random_group(random, 4));
    case 3:
      return direct_product(dihedral_group(3 + random.below(12)), random_group(random, 3));
    default: {
      const PermutationGroup whole = wreath_product(symmetric_group(2 + random.below(3)), symmetric_group(3));
      std::vector<Transformation> generators;
      for (int i = 0; i < 3; ++i) {
        Transformation g = whole.random_element(random);
        if (random.one_in(2)) g = g * g;
        generators.push_back(std::move(g));
      }
      return PermutationGroup(whole.degree(), std::move(generators));
    }
  }
}

inline std::string shown(const PermutationGroup& g) {
  std::string text = "degree " + std::to_string(g.degree());
  for (const Transformation& x : g.generators()) text += " " + Catch::Detail::stringify(x.images());
  return text;
}

}  // namespace eigenmata::algebra::testing

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/green.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <tuple>

#include "eigenmata/core/error.hpp"
#include "maps.hpp"
#include "support/languages.hpp"

namespace eigenmata::algebra {
namespace {

using namespace testing;

TransitionMonoid syntactic(const automata::Dfa& dfa) { return monoid_of(letter_maps(automata::minimised(dfa))); }

std::size_t factorial(std::size_t n) { return n == 0 ? 1 : n * factorial(n - 1); }

std::size_t choose(std::size_t n, std::size_t k) { return factorial(n) / factorial(k) / factorial(n - k); }

/// Partitions of n points into k blocks.
std::size_t stirling(std::size_t n, std::size_t k) {
  if (n == 0 || k == 0) return n == k ? 1 : 0;
  return k * stirling(n - 1, k) + stirling(n - 1, k - 1);
}

Transformation product_of(const TransitionMonoid& monoid, Element m, const core::Word& word) {
  for (const core::Symbol x : word) m = monoid.right(m, x);
  return monoid.map_of(m);
}

/// Two functions on elements have the same fibres.
template <class F, class G>
void require_same_classes(std::size_t size, F first, G second) {
  std::map<decltype(first(element(0))), decltype(second(element(0)))> forth;
  std::map<decltype(second(element(0))), decltype(first(element(0)))> back;
  for (std::size_t m = 0; m < size; ++m) {
    const auto a = first(element(m));
    const auto b = second(element(m));
    REQUIRE(forth.try_emplace(a, b).first->second == b);
    REQUIRE(back.try_emplace(b, a).first->second == a);
  }
}

/// Numbers 0, 1, … appear in this order.
template <class ClassOf>
std::size_t count_in_order(std::size_t size, ClassOf class_of) {
  std::size_t next = 0;
  for (std::size_t m = 0; m < size; ++m) {
    REQUIRE(class_of(element(m)) <= next);
    if (class_of(element(m)) == next) ++next;
  }
  return next;
}

/// The order of the group that permutations generate.
std::size_t group_order(const std::vector<Transformation>& generators, std::size_t degree) {
  std::vector<Transformation> all = generators;
  all.push_back(Transformation::identity(degree));
  for (const Transformation& g : all) REQUIRE(g.is_permutation());
  return monoid_of(all).size();
}

TEST_CASE("Green's classes are those of the definitions, on random small monoids", "[green]") {
  EIGENMATA_SEEDED(random, 31);
  std::size_t with_groups = 0;
  std::size_t irregular = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t points = 1 + random.below(4);
    const std::vector<Transformation> generators = random_maps(random, points, 1 + random.below(3));
    const TransitionMonoid monoid = monoid_of(generators);
    const std::size_t size = monoid.size();
    const GreenRelations green(monoid);
    std::map<std::vector<Point>, std::size_t> number;
    for (std::size_t m = 0; m < size; ++m) number[monoid.map_of(element(m)).images()] = m;
    // The ideals mM, Mm, MmM, and the idempotents, by multiplying everything.
    std::vector<std::vector<std::size_t>> product(size, std::vector<std::size_t>(size));
    for (std::size_t a = 0; a < size; ++a) {
      for (std::size_t b = 0; b < size; ++b) {
        product[a][b] = number.at((monoid.map_of(element(a)) * monoid.map_of(element(b))).images());
      }
    }
    using Set = std::set<std::size_t>;
    std::vector<Set> right(size), left(size), both(size);
    for (std::size_t a = 0; a < size; ++a) {
      for (std::size_t b = 0; b < size; ++b) {
        right[a].insert(product[a][b]);
        left[b].insert(product[a][b]);
      }
    }
    for (std::size_t a = 0; a < size; ++a) {
      for (const std::size_t b : right[a]) both[a].insert(left[b].begin(), left[b].end());
    }
    require_same_classes(
        size, [&](Element m) { return green.r_class_of(m); }, [&](Element m) { return right[index(m)]; });
    require_same_classes(
        size, [&](Element m) { return green.l_class_of(m); }, [&](Element m) { return left[index(m)]; });
    require_same_classes(
        size, [&](Element m) { return green.d_class_of(m); }, [&](Element m) { return both[index(m)]; });
    require_same_classes(
        size, [&](Element m) { return green.h_class_of(m); },
        [&](Element m) { return std::make_pair(right[index(m)], left[index(m)]); });
    REQUIRE(count_in_order(size, [&](Element m) { return green.r_class_of(m); }) == green.r_classes());
    REQUIRE(count_in_order(size, [&](Element m) { return green.l_class_of(m); }) == green.l_classes());
    REQUIRE(count_in_order(size, [&](Element m) { return green.h_class_of(m); }) == green.h_classes());
    REQUIRE(count_in_order(size, [&](Element m) { return green.d_class_of(m); }) == green.d_classes());

    const auto steps = green.steps_down();
    std::size_t regular = 0;
    for (std::size_t d = 0; d < green.d_classes(); ++d) {
      const DClass& c = green.d_class(d);
      std::set<std::size_t> rows, columns, cells;
      std::size_t count = 0, idempotents = 0;
      for (std::size_t m = 0; m < size; ++m) {
        if (green.d_class_of(element(m)) != d) continue;
        REQUIRE(green.elements_of(d)[count++] == element(m));
        rows.insert(green.r_class_of(element(m)));
        columns.insert(green.l_class_of(element(m)));
        cells.insert(green.h_class_of(element(m)));
        REQUIRE(green.is_idempotent(element(m)) == (product[m][m] == m));
        if (product[m][m] == m) REQUIRE(green.idempotents_of(d)[idempotents++] == element(m));
        REQUIRE(monoid.map_of(element(m)).rank() == c.rank);
        // m = m x m for some x.
        bool is_regular = false;
        for (std::size_t x = 0; x < size; ++x) is_regular = is_regular || product[product[m][x]][m] == m;
        REQUIRE(green.is_regular(element(m)) == is_regular);
      }
      REQUIRE(c.size == count);
      REQUIRE(green.elements_of(d).size() == count);
      REQUIRE(c.idempotents == idempotents);
      REQUIRE(c.r_classes == rows.size());
      REQUIRE(c.l_classes == columns.size());
      REQUIRE(rows.size() * columns.size() == cells.size());
      REQUIRE(c.h_size * cells.size() == count);
      regular += c.is_regular() ? 1 : 0;
      // The J-order: d' is below d iff an element of d' is in the ideal of one of d; here by the closure of the steps.
      std::vector<bool> reached(green.d_classes(), false);
      std::vector<std::size_t> queue{d};
      reached[d] = true;
      for (std::size_t i = 0; i < queue.size(); ++i) {
        for (const std::size_t next : steps[queue[i]]) {
          if (!reached[next]) queue.push_back(next);
          reached[next] = true;
        }
      }
      Set ideal;
      for (const std::size_t m : both[index(green.elements_of(d)[0])]) ideal.insert(green.d_class_of(element(m)));
      REQUIRE(ideal.size() == queue.size());
      for (const std::size_t below : ideal) REQUIRE(reached[below]);
    }
    REQUIRE(green.regular_d_classes() == regular);
    irregular += regular < green.d_classes() ? 1 : 0;

    for (std::size_t m = 0; m < size; ++m) {
      const Element a = element(m);
      for (std::size_t x = 0; x < monoid.letters(); ++x) {
        REQUIRE(monoid.map_of(green.left(a, core::symbol(x))) == generators[x] * monoid.map_of(a));
      }
      const Element r = element(random.below(size));
      if (green.r_class_of(r) == green.r_class_of(a)) {
        REQUIRE(product_of(monoid, a, green.right_multiplier(a, r)) == monoid.map_of(r));
      }
      if (green.l_class_of(r) == green.l_class_of(a)) {
        const Transformation w = product_of(monoid, element(0), green.left_multiplier(a, r));
        REQUIRE(w * monoid.map_of(a) == monoid.map_of(r));
      }
      if (!green.is_idempotent(a)) continue;
      const MaximalSubgroup group = green.maximal_subgroup(a);
      // The group in full: what the H-class does on the image of its idempotent.
      std::set<std::vector<Point>> expected;
      for (std::size_t g = 0; g < size; ++g) {
        if (green.h_class_of(element(g)) != green.h_class_of(a)) continue;
        std::vector<Point> images;
        for (const Point p : group.points) {
          const Point q = monoid.map_of(element(g)).image_of(p);
          const auto at = std::find(group.points.begin(), group.points.end(), q);
          REQUIRE(at != group.points.end());
          images.push_back(static_cast<Point>(at - group.points.begin()));
        }
        expected.insert(images);
      }
      REQUIRE(group.identity == a);
      REQUIRE(group.points.size() == monoid.map_of(a).rank());
      REQUIRE(group.order == expected.size());
      for (const Transformation& g : group.generators) {
        REQUIRE(expected.count(g.images()) == 1);
        REQUIRE(g != Transformation::identity(group.points.size()));
      }
      REQUIRE(group_order(group.generators, group.points.size()) == group.order);
      with_groups += group.order > 1 ? 1 : 0;
    }
  }
  CHECK(with_groups > 100);
  CHECK(irregular > 50);
}

TEST_CASE("the classes of all maps on n points are images, kernels and ranks", "[green]") {
  for (std::size_t n = 2; n <= 5; ++n) {
    const TransitionMonoid full = monoid_of(all_maps(n));
    const GreenRelations green(full);
    CHECK(green.d_classes() == n);
    CHECK(green.regular_d_classes() == n);
    CHECK(green.l_classes() == power(2, n) - 1);
    std::size_t partitions = 0;
    std::size_t cells = 0;
    for (std::size_t d = 0; d < n; ++d) {
      // Ideals by rank: class 0 holds the permutations, then ranks n − 1, …, 1, as shorter words have larger images.
      const std::size_t k = n - d;
      const DClass& c = green.d_class(d);
      CHECK(c.rank == k);
      CHECK(c.l_classes == choose(n, k));
      CHECK(c.r_classes == stirling(n, k));
      CHECK(c.h_size == factorial(k));
      CHECK(c.idempotents == choose(n, k) * power(k, n - k));
      partitions += stirling(n, k);
      cells += c.l_classes * c.r_classes;
      const auto e = green.idempotents_of(d).back();
      const MaximalSubgroup group = green.maximal_subgroup(e);
      CHECK(group.order == factorial(k));
      CHECK(group_order(group.generators, k) == factorial(k));
      const std::vector<std::size_t> below = green.steps_down()[d];
      if (k > 1) CHECK(below == std::vector<std::size_t>{d + 1});
      if (k == 1) CHECK(below.empty());
    }
    CHECK(green.r_classes() == partitions);
    CHECK(green.h_classes() == cells);
  }
}

TEST_CASE("a group is one H-class, and its own maximal subgroup", "[green]") {
  for (std::size_t n = 2; n <= 6; ++n) {
    const TransitionMonoid group = monoid_of({swap_of_first_two(n), cycle(n)});
    const GreenRelations green(group);
    CHECK(green.d_classes() == 1);
    CHECK(green.h_classes() == 1);
    CHECK(green.d_class(0).idempotents == 1);
    const MaximalSubgroup maximal = green.maximal_subgroup(element(0));
    CHECK(maximal.order == factorial(n));
    CHECK(maximal.points.size() == n);
    CHECK(maximal.generators.size() <= 2);
    CHECK(group_order(maximal.generators, n) == factorial(n));
  }
}

TEST_CASE("the published semigroup on nine points has 2,122 D-classes, 8,450 L-classes and 14,706 R-classes",
          "[green]") {
  const TransitionMonoid monoid = monoid_of(nine_points());
  const GreenRelations green(monoid);  // with the identity: one class more of each kind
  CHECK(green.d_classes() == 2'122 + 1);
  CHECK(green.l_classes() == 8'450 + 1);
  CHECK(green.r_classes() == 14'706 + 1);
  std::size_t idempotents = 0;
  std::size_t elements = 0;
  for (std::size_t d = 0; d < green.d_classes(); ++d) {
    idempotents += green.d_class(d).idempotents;
    elements += green.d_class(d).size;
  }
  CHECK(idempotents == monoid.count_idempotents());
  CHECK(elements == 232'511 + 1);
}

TEST_CASE("the egg-boxes of parity, the flip-flop and Tomita 4", "[green]") {
  const TransitionMonoid parity = syntactic(catalogue_language("parity"));
  const GreenRelations of_parity(parity);
  CHECK(of_parity.d_classes() == 1);
  CHECK(of_parity.maximal_subgroup(element(0)).generators == std::vector{Transformation({1, 0})});

  const TransitionMonoid flip_flop = syntactic(catalogue_language("flip-flop"));
  const GreenRelations of_flip_flop(flip_flop);
  REQUIRE(flip_flop.size() == 3);
  CHECK(of_flip_flop.d_classes() == 2);
  CHECK(of_flip_flop.d_class(1).r_classes == 1);  // a word followed by a reset is that reset: eS = fS
  CHECK(of_flip_flop.d_class(1).l_classes == 2);
  CHECK(of_flip_flop.d_class(1).idempotents == 2);
  CHECK(of_flip_flop.maximal_subgroup(of_flip_flop.idempotents_of(1)[0]).generators.empty());

  // Tomita 4, no three zeros in a row: a word with a 1 is known by the numbers of zeros at both ends, and 00 acts as
  // 00100 does.
  const TransitionMonoid tomita = syntactic(catalogue_language("tomita-4"));
  const GreenRelations of_tomita(tomita);
  REQUIRE(tomita.size() == 12);
  std::multiset<std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>> shapes;
  for (std::size_t d = 0; d < of_tomita.d_classes(); ++d) {
    const DClass& c = of_tomita.d_class(d);
    shapes.insert({c.r_classes, c.l_classes, c.h_size, c.idempotents});
  }
  // The empty word; 0; the words 0^i 1 … 1 0^j with i, j ≤ 2, idempotent iff i + j ≤ 2; 000.
  const decltype(shapes) expected{{1, 1, 1, 1}, {1, 1, 1, 0}, {3, 3, 1, 6}, {1, 1, 1, 1}};
  CHECK((shapes == expected));
}

TEST_CASE("Green's relations need the whole monoid and memory", "[green]") {
  core::Limits little;
  little.memory_bytes = 20'000;
  const TransitionMonoid part(all_maps(8), little);
  REQUIRE_FALSE(part.is_complete());
  CHECK_THROWS_AS(GreenRelations(part), core::Error);
  const TransitionMonoid t5 = monoid_of(all_maps(5));
  CHECK_THROWS_AS(GreenRelations(t5, little), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::algebra

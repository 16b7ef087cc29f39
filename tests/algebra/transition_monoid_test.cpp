// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/transition_monoid.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <functional>
#include <map>
#include <new>
#include <numeric>
#include <set>

#include "eigenmata/core/error.hpp"
#include "maps.hpp"
#include "support/languages.hpp"

namespace {

/// The largest piece of memory that the program has asked for since this was last set to 0.
std::atomic<std::size_t> largest_request = 0;

}  // namespace

#ifndef __SANITIZE_ADDRESS__  // which has operators of its own
// Not inlined: GCC 12 takes the pair for a mismatch where it sees one of the two only.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (size > largest_request.load(std::memory_order_relaxed)) largest_request = size;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
#endif

namespace eigenmata::algebra {
namespace {

using namespace testing;

TransitionMonoid syntactic(const automata::Dfa& dfa) { return monoid_of(letter_maps(automata::minimised(dfa))); }

/// Number of strongly connected components; `successors(v, visit)` lists the edges. Tarjan's algorithm,
/// without recursion.
std::size_t strong_components(std::size_t vertices,
                              const std::function<std::size_t(std::size_t, std::size_t)>& successor, std::size_t out) {
  constexpr std::size_t kUnseen = SIZE_MAX;
  std::vector<std::size_t> order(vertices, kUnseen);
  std::vector<std::size_t> low(vertices, 0);
  std::vector<bool> on_stack(vertices, false);
  std::vector<std::size_t> stack;
  std::size_t clock = 0;
  std::size_t count = 0;
  for (std::size_t root = 0; root < vertices; ++root) {
    if (order[root] != kUnseen) continue;
    std::vector<std::pair<std::size_t, std::size_t>> path;  // vertex, next edge
    const auto enter = [&](std::size_t v) {
      order[v] = low[v] = clock++;
      stack.push_back(v);
      on_stack[v] = true;
      path.emplace_back(v, 0);
    };
    enter(root);
    while (!path.empty()) {
      auto& [v, edge] = path.back();
      if (edge < out) {
        const std::size_t w = successor(v, edge++);
        if (order[w] == kUnseen) {
          enter(w);
        } else if (on_stack[w]) {
          low[v] = std::min(low[v], order[w]);
        }
        continue;
      }
      const std::size_t done = v;
      path.pop_back();
      if (!path.empty()) low[path.back().first] = std::min(low[path.back().first], low[done]);
      if (low[done] != order[done]) continue;
      ++count;
      for (bool more = true; more;) {
        more = stack.back() != done;
        on_stack[stack.back()] = false;
        stack.pop_back();
      }
    }
  }
  return count;
}

Transformation product_of(const std::vector<Transformation>& generators, const core::Word& word) {
  Transformation product = Transformation::identity(generators[0].degree());
  for (const core::Symbol x : word) product = product * generators[core::index(x)];
  return product;
}

bool shortlex_before(const core::Word& a, const core::Word& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

/// The same map on more points: `offset` fixed points in front, the rest behind.
Transformation embedded(const Transformation& f, std::size_t degree, std::size_t offset) {
  std::vector<Point> images = Transformation::identity(degree).images();
  for (Point x = 0; x < f.degree(); ++x) images[offset + x] = static_cast<Point>(offset + f.image_of(x));
  return Transformation(images);
}

// Known sizes.

TEST_CASE("all maps on n points are n to the n", "[monoid]") {
  for (std::size_t n = 1; n <= 6; ++n) CHECK(monoid_of(all_maps(n)).size() == power(n, n));
}

TEST_CASE("the full transformation monoid on seven points", "[monoid]") {
  const TransitionMonoid t7 = monoid_of(all_maps(7));
  CHECK(t7.is_complete());
  CHECK(t7.size() == 823'543);
  // An idempotent fixes its image of k points and sends the others into it: Σ C(7,k) k^{7−k}.
  std::size_t idempotents = 0;
  for (std::size_t k = 1, choose = 7; k <= 7; ++k) {
    idempotents += choose * power(k, 7 - k);
    choose = choose * (7 - k) / (k + 1);
  }
  CHECK(t7.count_idempotents() == idempotents);
  // The orders of permutations of at most seven points.
  CHECK(t7.periods() == std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 7, 10, 12});
}

TEST_CASE("all permutations of n points are n factorial, and one is idempotent", "[monoid]") {
  std::size_t factorial = 1;
  for (std::size_t n = 1; n <= 8; ++n) {
    factorial *= n;
    const TransitionMonoid group = monoid_of({swap_of_first_two(n), cycle(n)});
    CHECK(group.size() == factorial);
    CHECK(group.count_idempotents() == 1);
  }
}

TEST_CASE("T_5 has 3,125 elements and 196 idempotents", "[monoid]") {
  const TransitionMonoid t5 = monoid_of(maps_of_digits({"10234", "12340", "00234"}));
  CHECK(t5.size() == 3'125);
  CHECK(t5.count_idempotents() == 196);
}

TEST_CASE("the published semigroup on eight points has 597,369 elements and 8,194 idempotents", "[monoid]") {
  const auto generators = eight_points();
  for (const Transformation& g : generators) REQUIRE_FALSE(g.is_permutation());
  const TransitionMonoid monoid = monoid_of(generators);
  CHECK(monoid.size() == 597'369 + 1);
  CHECK(monoid.count_idempotents() == 8'194 + 1);
}

TEST_CASE(
    "the published semigroup on nine points has 232,511 elements, and its Cayley graphs show its Green "
    "classes",
    "[monoid]") {
  const auto generators = nine_points();
  for (const Transformation& g : generators) REQUIRE_FALSE(g.is_permutation());
  const TransitionMonoid monoid = monoid_of(generators);
  REQUIRE(monoid.size() == 232'511 + 1);
  const std::vector<Element> left = monoid.left_cayley_graph();
  const auto right_edge = [&](std::size_t m, std::size_t x) {
    return index(monoid.right(element(m), core::symbol(x)));
  };
  const auto left_edge = [&](std::size_t m, std::size_t x) { return index(left[m * 5 + x]); };
  const auto both = [&](std::size_t m, std::size_t x) { return x < 5 ? right_edge(m, x) : left_edge(m, x - 5); };
  CHECK(strong_components(monoid.size(), right_edge, 5) == 14'706 + 1);  // R-classes
  CHECK(strong_components(monoid.size(), left_edge, 5) == 8'450 + 1);    // L-classes
  CHECK(strong_components(monoid.size(), both, 10) == 2'122 + 1);        // D-classes, finite, so J-classes
}

TEST_CASE("syntactic monoids of known size", "[monoid]") {
  CHECK(syntactic(regex_language("(b*ab*a)*b*")).size() == 2);     // parity: the group of order 2
  CHECK(syntactic(regex_language("(01)*")).size() == 6);           // B₂ with an identity
  CHECK(syntactic(catalogue_language("even-pairs")).size() == 5);  // first and last letter, and ε
  CHECK(syntactic(catalogue_language("tomita-4")).size() == 12);
  CHECK(syntactic(catalogue_language("tomita-5")).size() == 4);
  CHECK(syntactic(regex_language(".*", "ab")).size() == 1);
}

/// Left-to-right arithmetic modulo 5 as one would write it down: a start, five values, fifteen values with an
/// operator waiting, a sink. The accepted words are those of value 0.
automata::Dfa obvious_arithmetic() {
  constexpr std::size_t kStart = 0;
  constexpr std::size_t kSink = 21;
  const auto value = [](std::size_t v) { return 1 + v; };
  const auto pending = [](std::size_t v, std::size_t op) { return 6 + 3 * v + op; };
  const auto apply = [](std::size_t v, std::size_t op, std::size_t d) {
    if (op == 0) return (v + d) % 5;
    return op == 1 ? (v + 5 - d) % 5 : v * d % 5;
  };
  std::vector<std::vector<std::size_t>> next(22, std::vector<std::size_t>(8, kSink));
  for (std::size_t d = 0; d < 5; ++d) next[kStart][d] = value(d);
  for (std::size_t v = 0; v < 5; ++v) {
    for (std::size_t op = 0; op < 3; ++op) {
      next[value(v)][5 + op] = pending(v, op);
      for (std::size_t d = 0; d < 5; ++d) next[pending(v, op)][d] = value(apply(v, op, d));
    }
  }
  return testing::dfa_from_table(core::parse_alphabet("01234+-*", {"alphabet"}), next, {value(0)});
}

TEST_CASE("left-to-right arithmetic modulo 5: 522 maps on 22 states, 518 on the 19 of the minimal automaton",
          "[monoid]") {
  const automata::Dfa obvious = obvious_arithmetic();
  CHECK(monoid_of(letter_maps(obvious)).size() == 522);
  const automata::Dfa minimal = automata::minimised(obvious);
  CHECK(minimal.states() == 19);
  CHECK(syntactic(minimal).size() == 518);
  // 1* and 0+ both wait for the value itself, as the start does; 4* and 0- both for its negative.
  const auto state_after = [&](const std::string& text) {
    return minimal.run(minimal.initial(), testing::word_of(minimal.alphabet(), text));
  };
  CHECK(state_after("1*") == state_after("0+"));
  CHECK(state_after("1*") == minimal.initial());
  CHECK(state_after("4*") == state_after("0-"));
}

TEST_CASE("the syntactic monoid of a group's word problem is the group, of all maps the full monoid", "[monoid]") {
  const std::map<std::string, std::size_t> orders{
      {"z2-word-problem", 2},
      {"z3-word-problem", 3},
      {"z4-word-problem", 4},
      {"z2xz2-word-problem", 4},
      {"z2xz4-word-problem", 8},
      {"z60-word-problem", 60},
      {"s3-word-problem", 6},
      {"s4-word-problem", 24},
      {"s5-word-problem", 120},
      {"s5-swaps", 120},
      {"s5-3-points", 120},
      {"s5-points", 120},
      {"s6-points", 720},
      {"a4-word-problem", 12},
      {"a5-word-problem", 60},
      {"a5-points", 60},
      {"a4xz5-word-problem", 60},
      {"d4-word-problem", 8},
      {"d4-points", 8},
      {"d5-word-problem", 10},
      {"q8-word-problem", 8},
      {"f20-word-problem", 20},
      {"sl-2-3-word-problem", 24},
      {"heisenberg-3-word-problem", 27},
      {"psl-2-7-points", 168},
      {"m11-points", 7'920},
      {"mod-3", 3},
      {"mod-8", 8},
      {"length-mod-3", 3},
      {"parity", 2},
      {"t3", 27},
      {"t4", 256},
      {"t5", 3'125},
      {"rook-monoid-3", 34}};  // partial injections of three points: 1 + 9 + 18 + 6
  for (const auto& [name, order] : orders) {
    CAPTURE(name);
    CHECK(syntactic(catalogue_language(name)).size() == order);
  }
}

// Words and Cayley graphs.

TEST_CASE("words multiply back to their elements, and elements are in the shortlex order of their words", "[monoid]") {
  EIGENMATA_SEEDED(random, 11);
  for (int round = 0; round < 100; ++round) {
    const auto generators = random_maps(random, 1 + random.below(5), 1 + random.below(3));
    const TransitionMonoid monoid = monoid_of(generators);
    REQUIRE(monoid.is_complete());
    REQUIRE(monoid.map_of(element(0)) == Transformation::identity(generators[0].degree()));
    std::set<std::vector<Point>> seen;
    core::Word previous;
    for (std::size_t m = 0; m < monoid.size(); ++m) {
      const core::Word word = monoid.word_of(element(m));
      const Transformation map = monoid.map_of(element(m));
      REQUIRE(product_of(generators, word) == map);
      REQUIRE(seen.insert(map.images()).second);
      if (m > 0) REQUIRE(shortlex_before(previous, word));
      previous = word;
    }
  }
}

TEST_CASE("the word of an element is the first of all words that make it", "[monoid]") {
  EIGENMATA_SEEDED(random, 12);
  for (int round = 0; round < 60; ++round) {
    const auto generators = random_maps(random, 1 + random.below(4), 1 + random.below(3));
    const TransitionMonoid monoid = monoid_of(generators);
    const std::size_t longest = monoid.word_of(element(monoid.size() - 1)).size();
    if (longest > 9) continue;
    std::map<std::vector<Point>, core::Word> first_words;
    for (std::size_t length = 0; length <= longest + 1; ++length) {
      testing::for_each_word(length, generators.size(), [&](const core::Word& word) {
        first_words.emplace(product_of(generators, word).images(), word);
      });
    }
    REQUIRE(first_words.size() == monoid.size());  // one length more makes nothing new
    for (std::size_t m = 0; m < monoid.size(); ++m) {
      REQUIRE(first_words.at(monoid.map_of(element(m)).images()) == monoid.word_of(element(m)));
    }
  }
}

TEST_CASE("the Cayley graphs hold the products with the letters on either side", "[monoid]") {
  EIGENMATA_SEEDED(random, 13);
  for (int round = 0; round < 60; ++round) {
    // Degrees on both sides of 16, where the storage changes.
    const std::size_t points = 1 + random.below(4);
    std::vector<Transformation> generators = random_maps(random, points, 1 + random.below(3));
    if (random.one_in(2)) {
      for (auto& g : generators) g = embedded(g, 20, 7);
    }
    const TransitionMonoid monoid = monoid_of(generators);
    const std::vector<Element> left = monoid.left_cayley_graph();
    REQUIRE(left.size() == monoid.size() * generators.size());
    for (std::size_t m = 0; m < monoid.size(); ++m) {
      const Transformation map = monoid.map_of(element(m));
      for (std::size_t x = 0; x < generators.size(); ++x) {
        REQUIRE(monoid.map_of(monoid.right(element(m), core::symbol(x))) == map * generators[x]);
        REQUIRE(monoid.map_of(left[m * generators.size() + x]) == generators[x] * map);
      }
    }
  }
}

TEST_CASE("idempotents and periods are those of the maps", "[monoid]") {
  EIGENMATA_SEEDED(random, 14);
  for (int round = 0; round < 100; ++round) {
    std::vector<Transformation> generators = random_maps(random, 1 + random.below(5), 1 + random.below(3));
    if (random.one_in(2)) {
      for (auto& g : generators) g = embedded(g, 18, 3);
    }
    const TransitionMonoid monoid = monoid_of(generators);
    std::size_t idempotents = 0;
    std::set<std::uint64_t> periods;
    std::optional<Element> first;
    for (std::size_t m = 0; m < monoid.size(); ++m) {
      const Transformation map = monoid.map_of(element(m));
      idempotents += map * map == map ? 1 : 0;
      periods.insert(map.period());
      if (!first && map.period() != 1) first = element(m);
    }
    REQUIRE(monoid.count_idempotents() == idempotents);
    REQUIRE(monoid.periods() == std::vector<std::uint64_t>(periods.begin(), periods.end()));
    REQUIRE(monoid.first_periodic() == first);
  }
}

// Storage: four bits a point up to degree 16, then bytes, then wider values.

TEST_CASE("the enumeration is the same whatever the degree that the maps are stored at", "[monoid]") {
  EIGENMATA_SEEDED(random, 15);
  for (int round = 0; round < 20; ++round) {
    const auto generators = random_maps(random, 5, 1 + random.below(3));
    const TransitionMonoid small = monoid_of(generators);
    for (const std::size_t degree : {16u, 17u, 255u, 256u, 257u, 300u}) {
      // At the end of the points, where values are largest, and in front.
      for (const std::size_t offset : {std::size_t{0}, degree - 5}) {
        CAPTURE(degree, offset);
        std::vector<Transformation> wide;
        for (const auto& g : generators) wide.push_back(embedded(g, degree, offset));
        const TransitionMonoid other = monoid_of(wide);
        REQUIRE(other.size() == small.size());
        REQUIRE(other.degree() == degree);
        REQUIRE(other.count_idempotents() == small.count_idempotents());
        REQUIRE(other.periods() == small.periods());
        REQUIRE(other.left_cayley_graph() == small.left_cayley_graph());
        for (std::size_t m = 0; m < small.size(); ++m) {
          REQUIRE(other.word_of(element(m)) == small.word_of(element(m)));
          REQUIRE(other.map_of(element(m)) == embedded(small.map_of(element(m)), degree, offset));
          for (std::size_t x = 0; x < generators.size(); ++x) {
            REQUIRE(other.right(element(m), core::symbol(x)) == small.right(element(m), core::symbol(x)));
          }
        }
      }
    }
  }
}

TEST_CASE("maps on more than 65,536 points are stored whole", "[monoid]") {
  const std::size_t degree = 65'540;
  std::vector<Transformation> generators;
  for (const auto& g : all_maps(3)) generators.push_back(embedded(g, degree, degree - 3));
  const TransitionMonoid monoid = monoid_of(generators);
  CHECK(monoid.size() == 27);
  CHECK(monoid.count_idempotents() == 10);  // Σ C(3,k) k^{3−k} = 3 + 6 + 1
}

TEST_CASE("all sixteen points of the packed form are used", "[monoid]") {
  // The cyclic group of order 16 · 15 / 1: a 16-cycle alone, then a 15-cycle beside a fixed last point.
  CHECK(monoid_of({cycle(16)}).size() == 16);
  CHECK(monoid_of({embedded(cycle(15), 16, 1)}).size() == 15);
  CHECK(monoid_of({cycle(17)}).size() == 17);
  // Constant maps to each of the sixteen points, with the identity.
  std::vector<Transformation> constants;
  for (Point y = 0; y < 16; ++y) constants.emplace_back(std::vector<Point>(16, y));
  CHECK(monoid_of(constants).size() == 17);
  CHECK(monoid_of(constants).count_idempotents() == 17);
}

TEST_CASE("degree 0 and degree 1 have only the identity", "[monoid]") {
  CHECK(monoid_of({Transformation({})}).size() == 1);
  CHECK(monoid_of({Transformation({0}), Transformation({0})}).size() == 1);
}

TEST_CASE("the identity is an element even if no word but the empty one makes it", "[monoid]") {
  const TransitionMonoid monoid = monoid_of({Transformation({0, 0})});
  CHECK(monoid.size() == 2);
  CHECK(monoid.map_of(element(0)) == Transformation::identity(2));
  // A generator that is the identity adds nothing, and equal generators neither.
  CHECK(monoid_of({Transformation({0, 1}), Transformation({0, 0}), Transformation({0, 0})}).size() == 2);
}

// Limits and errors.

TEST_CASE("at the memory limit the enumeration stops with a reason and a lower bound", "[monoid]") {
  core::Limits limits;
  limits.memory_bytes = 100'000;
  const TransitionMonoid monoid(all_maps(6), limits);
  CHECK_FALSE(monoid.is_complete());
  CHECK_THAT(monoid.stopped_by(), Catch::Contains("memory limit"));
  REQUIRE(monoid.size() < 46'656);
  REQUIRE(monoid.size() > 100);
  // What was found is right.
  for (std::size_t m = 0; m < monoid.size(); ++m) {
    REQUIRE(product_of(all_maps(6), monoid.word_of(element(m))) == monoid.map_of(element(m)));
  }
}

TEST_CASE("a table that fits the memory limit is enumerated to its end", "[monoid]") {
  const TransitionMonoid full = monoid_of(all_maps(6));
  core::Limits limits;
  // The header promises at most 16 bytes an element for the hash table on top of what is kept.
  limits.memory_bytes = full.memory_bytes() + 16 * full.size();
  CHECK(TransitionMonoid(all_maps(6), limits).is_complete());
}

TEST_CASE("no single request for memory is far beyond the limit, however wide the maps", "[monoid]") {
  const std::vector<Transformation> generators{cycle(200'000), merge_of_first_two(200'000)};
  core::Limits limits;
  limits.memory_bytes = std::size_t{8} << 20;
  largest_request = 0;
  const TransitionMonoid monoid(generators, limits);
  CHECK_FALSE(monoid.is_complete());
  CHECK(monoid.size() > 1);
  // Products of a block of 64 elements would be 102 MB. A list may double before its growth is noticed.
  CHECK(largest_request < 3 * limits.memory_bytes);
  CHECK(monoid.memory_bytes() < 3 * limits.memory_bytes);
}

TEST_CASE("an enumeration stops beyond a number of elements", "[monoid]") {
  const TransitionMonoid whole(all_maps(5), {}, 3'125);
  CHECK(whole.is_complete());
  const TransitionMonoid part(all_maps(6), {}, 3'125);
  REQUIRE_FALSE(part.is_complete());
  CHECK(part.size() > 3'125);
  CHECK(part.size() < 6'250);
  CHECK(part.stopped_by() == "more than 3125 elements are not listed");
}

TEST_CASE("the first elements are asked for their periods even when there is no time left", "[monoid]") {
  const TransitionMonoid monoid = monoid_of(all_maps(5));
  std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK(monoid.first_periodic(stopped) == monoid.first_periodic());
  CHECK_THROWS_AS(monoid.periods(stopped), core::LimitReached);
}

TEST_CASE("a deadline or an interrupt stops the enumeration", "[monoid]") {
  core::Limits limits;
  limits.deadline = core::Limits::Clock::now() - std::chrono::seconds(1);
  const TransitionMonoid late(all_maps(5), limits);
  CHECK_FALSE(late.is_complete());
  CHECK_THAT(late.stopped_by(), Catch::Contains("time"));
  CHECK(late.size() < 3'125);

  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK_FALSE(TransitionMonoid(all_maps(5), stopped).is_complete());
}

TEST_CASE("no generator, or generators of different degrees, are refused", "[monoid]") {
  CHECK_THROWS_WITH(monoid_of({}), "a monoid needs at least one generator");
  CHECK_THROWS_WITH(monoid_of({cycle(3), cycle(4)}), Catch::Contains("degree 3 and 4"));
}

TEST_CASE("a monoid can be moved", "[monoid]") {
  TransitionMonoid a = monoid_of(all_maps(3));
  TransitionMonoid b = std::move(a);
  CHECK(b.size() == 27);
  a = std::move(b);
  CHECK(a.size() == 27);
  CHECK(a.map_of(element(26)).degree() == 3);
}

}  // namespace
}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// Monoid enumeration: how many elements a second, how many bytes an element. Beside it the textbook algorithm, and what
// the memory allows: random reads, prefetched, from a table as large as the monoid's elements and hash slots, as many
// as there are products.
#include <cstdint>
#include <cstdio>

#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/core/random.hpp"
#include "examples.hpp"
#include "figures.hpp"
#include "textbook_monoid.hpp"

namespace eigenmata::bench {
namespace {

using algebra::Point;
using algebra::Transformation;
using algebra::TransitionMonoid;

std::vector<Transformation> symmetric_group(Point n) {
  auto maps = full_transformation_monoid(n);
  maps.pop_back();
  return maps;
}

const std::vector<MonoidExample>& examples() {
  static const std::vector<MonoidExample> list{{"T_7", full_transformation_monoid(7)},
                                               {"8 points, 8 letters", eight_points()},
                                               {"S_10", symmetric_group(10)},
                                               {"T_8", full_transformation_monoid(8)}};
  return list;
}

/// Would the textbook algorithm take minutes and several GiB?
bool is_large(const MonoidExample& example) { return example.name == std::string("T_8"); }

void enumerate(::benchmark::State& state, const MonoidExample& example, bool left) {
  for (auto _ : state) {
    const TransitionMonoid monoid(example.generators, {});
    std::size_t bytes = monoid.memory_bytes();
    if (left) {
      const auto graph = monoid.left_cayley_graph();
      bytes += graph.size() * sizeof(graph[0]);
      ::benchmark::DoNotOptimize(graph.data());
    }
    state.counters["elements"] = static_cast<double>(monoid.size());
    state.counters["bytes"] = static_cast<double>(bytes);
  }
}

void textbook(::benchmark::State& state, const MonoidExample& example) {
  for (auto _ : state) state.counters["elements"] = static_cast<double>(textbook_froidure_pin(example.generators));
}

/// One prefetched random read a product.
void random_reads(::benchmark::State& state, const MonoidExample& example) {
  const TransitionMonoid monoid(example.generators, {});
  const std::size_t products = monoid.size() * monoid.letters();
  std::vector<std::uint64_t> table(monoid.size() * 2, 1);
  std::vector<std::uint32_t> where(products);
  core::Random random(1);
  for (auto& w : where) w = static_cast<std::uint32_t>(random.below(table.size()));
  for (auto _ : state) {
    std::uint64_t sum = 0;
    constexpr std::size_t kAhead = 32;
    for (std::size_t i = 0; i < products; ++i) {
      if (i + kAhead < products) __builtin_prefetch(&table[where[i + kAhead]]);
      sum += table[where[i]];
    }
    ::benchmark::DoNotOptimize(sum);
  }
}

}  // namespace

void register_monoids() {
  for (const MonoidExample& example : examples()) {
    const std::string row = std::string("monoid/") + example.name;
    register_run(row + "/right", [&](::benchmark::State& s) { enumerate(s, example, false); });
    register_run(row + "/both", [&](::benchmark::State& s) { enumerate(s, example, true); });
    if (!is_large(example)) register_run(row + "/textbook", [&](::benchmark::State& s) { textbook(s, example); });
    register_run(row + "/reads", [&](::benchmark::State& s) { random_reads(s, example); });
  }
}

void print_monoids(const Figures& figures) {
  std::printf("\nMonoid enumeration (words and right Cayley graph; with the left one too)\n");
  std::printf("  %-22s %10s %14s %14s %14s %12s %16s\n", "monoid", "elements", "M elements/s", "both graphs",
              "bytes/element", "x textbook", "of random reads");
  for (const MonoidExample& example : examples()) {
    const std::string row = std::string("monoid/") + example.name;
    if (figures.count(row + "/reads") == 0) continue;
    const Figure& right = figures.at(row + "/right");
    const Figure& both = figures.at(row + "/both");
    const double elements = right.counters.at("elements");
    std::printf("  %-22s %10.0f %14.2f %14.2f %8.0f, %3.0f", example.name, elements, elements / right.seconds / 1e6,
                elements / both.seconds / 1e6, right.counters.at("bytes") / elements,
                both.counters.at("bytes") / elements);
    if (is_large(example)) {
      std::printf(" %12s", "-");
    } else {
      std::printf(" %12.1f", figures.at(row + "/textbook").seconds / both.seconds);
    }
    std::printf(" %15.0f%%\n", 100 * figures.at(row + "/reads").seconds / right.seconds);
  }
}

}  // namespace eigenmata::bench

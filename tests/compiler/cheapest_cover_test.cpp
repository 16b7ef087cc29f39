// SPDX-License-Identifier: Apache-2.0
#include "../../src/compiler/cheapest_cover.hpp"

#include <catch2/catch.hpp>

#include "support/random_objects.hpp"

namespace eigenmata::compiler {
namespace {

std::vector<PricedPart> random_parts(core::Random& random, std::size_t states, std::size_t count) {
  std::vector<PricedPart> parts;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<StateFunction> functions(1);
    for (std::size_t q = 0; q < states; ++q) functions[0].push_back(random.between(0, random.between(1, 4)));
    parts.push_back({1 + random.below(9), classes(functions, states)});
  }
  return parts;
}

struct Price {
  bool separates = false;
  std::size_t price = 0;
};

Price price_of(const std::vector<PricedPart>& parts, const std::vector<std::size_t>& chosen, std::size_t states) {
  Components joint(states, 0);
  std::size_t price = 0;
  for (const std::size_t i : chosen) {
    joint = refined(joint, parts[i].classes);
    price += parts[i].price;
  }
  return {class_count(joint) == states, price};
}

TEST_CASE("the cheapest separating set is the one that trying all sets finds", "[cheapest_cover]") {
  EIGENMATA_SEEDED(random, 241);
  int separable = 0;
  int none = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t states = 2 + random.below(7);
    const auto parts = random_parts(random, states, 1 + random.below(10));
    const std::size_t bound = 1 + random.below(25);
    std::optional<std::size_t> best;
    for (std::size_t mask = 1; mask < (std::size_t{1} << parts.size()); ++mask) {
      std::vector<std::size_t> chosen;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        if (((mask >> i) & 1) == 1) chosen.push_back(i);
      }
      const Price p = price_of(parts, chosen, states);
      if (p.separates && p.price < bound && (!best || p.price < *best)) best = p.price;
    }
    const auto found = cheapest_separating_set(parts, bound);
    CAPTURE(round);
    REQUIRE(found.empty() == !best.has_value());
    if (!best) {
      ++none;
      continue;
    }
    ++separable;
    const Price p = price_of(parts, found, states);
    REQUIRE(p.separates);
    REQUIRE(p.price == *best);
  }
  CHECK(separable > 50);
  CHECK(none > 50);
}

TEST_CASE("the price has to be below the bound", "[cheapest_cover]") {
  const std::vector<PricedPart> parts{{5, {0, 1, 2}}};
  CHECK(cheapest_separating_set(parts, 5).empty());
  CHECK(cheapest_separating_set(parts, 6) == std::vector<std::size_t>{0});
  CHECK(cheapest_separating_set({}, 6).empty());
}

TEST_CASE("of more parts than are tried in every combination, one that separates alone is kept", "[cheapest_cover]") {
  // Forty cheap parts that tell nothing apart, then a dear one that tells all.
  std::vector<PricedPart> parts(40, {1, {0, 0, 0}});
  parts.push_back({9, {0, 1, 2}});
  CHECK(cheapest_separating_set(parts, 100) == std::vector<std::size_t>{40});
}

TEST_CASE("with many parts what is found separates, below the bound", "[cheapest_cover]") {
  EIGENMATA_SEEDED(random, 242);
  int found_some = 0;
  for (int round = 0; round < 100; ++round) {
    const std::size_t states = 2 + random.below(8);
    const auto parts = random_parts(random, states, 17 + random.below(40));
    const auto found = cheapest_separating_set(parts, 20);
    if (found.empty()) continue;
    ++found_some;
    const Price p = price_of(parts, found, states);
    REQUIRE(p.separates);
    REQUIRE(p.price < 20);
  }
  CHECK(found_some > 50);
}

}  // namespace
}  // namespace eigenmata::compiler

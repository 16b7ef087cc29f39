// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/region_check.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "eigenmata/verification/numeric_check.hpp"
#include "support/float_networks.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::verification {
namespace {

using exact::Rational;
using testing::in_floats;
using testing::one_layer;
using testing::reflection_map;
using testing::regex_language;
using testing::scalar_map;

/// The sign is that of the last letter.
lrnn::RationalNetwork fading(const Rational& a) {
  return one_layer({-1}, {scalar_map(a, 1), scalar_map(a, -1)}, {1}, 0, true, false);
}

TEST_CASE("boxes prove what has too many states to be listed", "[region_check]") {
  const auto language = regex_language("(a|b)*a");
  for (const std::string plan : {"all-same", "pytorch-loop", "fla-recurrent"}) {
    CAPTURE(plan);
    const auto k = in_floats(precision::kF64, plan);
    const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, fading(Rational(3, 10)), {});
    core::Limits limits;
    limits.memory_bytes = 1 << 18;
    CHECK(check_numeric(k, rounded.network, language, limits).verdict.is_unknown());
    const auto region = closed_region(k, rounded.network, language, {});
    REQUIRE(region.has_value());
    // |h| ≤ 1/(1 − 0.3), and at least 1 − 0.3/0.7 on the side of the last letter.
    for (const auto& box : region->boxes) {
      REQUIRE(box.has_value());
      CHECK(std::max(std::abs((*box)[0].low), std::abs((*box)[0].high)) == Approx(10.0 / 7));
      CHECK(std::min(std::abs((*box)[0].low), std::abs((*box)[0].high)) == Approx(4.0 / 7).margin(0.5));
    }
  }
  // Fading too slowly, the sign is not that of the last letter.
  const auto k = in_floats(precision::kF64);
  const auto slow = lrnn::rounded_network(k, exact::RationalArithmetic{}, fading(Rational(3, 5)), {});
  CHECK_FALSE(closed_region(k, slow.network, language, {}).has_value());
}

TEST_CASE("a language with letters that the network does not know has no region", "[region_check]") {
  const auto k = in_floats(precision::kBf16);
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, fading(Rational(3, 10)), {});
  CHECK(closed_region(k, rounded.network, regex_language("(a|b)*a"), {}).has_value());
  CHECK_FALSE(closed_region(k, rounded.network, regex_language("(a|b)*a|c"), {}).has_value());
}

TEST_CASE("random networks: all that runs is in the boxes, and closure agrees", "[region_check]") {
  const std::uint64_t seed = testing::seed_or(11);
  core::Random random(seed);
  int proved = 0;
  const automata::Dfa languages[] = {regex_language("(a|b)*a"), regex_language("(a|b)*"), regex_language("(a|b)*b|()"),
                                     regex_language("(b*ab*ab*)*|b*")};
  for (int i = 0; i < 400; ++i) {
    CAPTURE(seed, i);
    const std::size_t n = 1 + random.below(2);
    std::vector<lrnn::AffineMap<Rational>> maps;
    for (int x = 0; x < 2; ++x) {
      std::vector<Rational> d, v, b, entries;
      for (std::size_t j = 0; j < n; ++j) {
        d.emplace_back(random.between(-4, 4), 8);
        v.emplace_back(random.between(1, 3));
        b.emplace_back((x == 0 ? 1 : -1) * random.between(0, 4), 2);
      }
      for (std::size_t j = 0; j < n * n; ++j) entries.emplace_back(random.between(-3, 3), 10);
      lrnn::Transition<Rational> a = lrnn::Diagonal<Rational>{d};
      const auto kind = random.below(4);
      if (kind == 0) a = lrnn::Dense<Rational>{exact::Matrix<Rational>(n, n, entries)};
      if (kind == 1)
        a = lrnn::HouseholderProduct<Rational>{n, {{Rational(random.between(0, 4), 2), testing::rational_vector(v)}}};
      if (kind == 2)
        a = lrnn::RankOneProduct<Rational>{n, {{testing::rational_vector(d), testing::rational_vector(v)}}};
      maps.push_back({std::move(a), testing::rational_vector(b)});
    }
    std::vector<Rational> weights(n, 1);
    // Half of the time only infinity is wrong.
    const bool is_easy = random.one_in(2);
    const auto& language = languages[is_easy ? 1 : random.below(4)];
    const auto network = one_layer(std::vector<Rational>(n, -1), maps, weights, is_easy ? -20 : 0, true,
                                   language.is_accepting(language.initial()));
    const std::string plans[] = {"all-same", "pytorch-loop", "fla-recurrent"};
    const auto k = in_floats(random.one_in(2) ? precision::kE4m3 : precision::kBf16, plans[random.below(3)]);
    const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
    const auto region = closed_region(k, rounded.network, language, {});
    if (!region) continue;
    ++proved;
    core::Limits limits;
    limits.memory_bytes = 1 << 20;
    CHECK_FALSE(check_numeric(k, rounded.network, language, limits).verdict.is_no());
    const lrnn::Runner<precision::FloatArithmetic> runner(k, rounded.network);
    auto work = runner.make_workspace();
    for (int word = 0; word < 20; ++word) {
      auto states = runner.start();
      auto q = language.initial();
      for (int t = 0; t < 40; ++t) {
        const auto x = core::symbol(random.below(2));
        const auto accepted = runner.step(states, x, work);
        q = language.step(q, x);
        if (accepted != language.is_accepting(q)) FAIL("a wrong answer in a region");
        const auto h = lrnn::coordinates(k, states[0]);
        const auto& box = *region->boxes[automata::index(q)];
        for (std::size_t j = 0; j < n; ++j) {
          if (h[j] < box[j].low || h[j] > box[j].high) FAIL("outside its box after " << t << " letters");
        }
      }
    }
  }
  CHECK(proved > 30);
}

TEST_CASE("a second layer that sees what the first may say", "[region_check]") {
  // The first fades, and says the sign; the second keeps, of that, the sign of the last one again.
  auto network = fading(Rational(3, 10));
  auto second = fading(Rational(1, 5)).layers[0];
  std::swap(second.maps[0], second.maps[1]);  // "below" is the first output of the first layer
  network.layers.push_back(second);
  const auto k = in_floats(precision::kF64);
  const auto rounded = lrnn::rounded_network(k, exact::RationalArithmetic{}, network, {});
  CHECK(closed_region(k, rounded.network, regex_language("(a|b)*a"), {}).has_value());
  CHECK_FALSE(closed_region(k, rounded.network, regex_language("(a|b)*b|()"), {}).has_value());
}

}  // namespace
}  // namespace eigenmata::verification

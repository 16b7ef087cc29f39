// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/lane_stepper.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/lrnn/model_file.hpp"
#include "rounded_networks.hpp"

namespace eigenmata::simulation {
namespace {

using precision::FloatArithmetic;
using precision::RoundingPlan;

/// Every plan that has lanes, by name and format, and with fused operations and other orders of sums.
std::vector<RoundingPlan> plans() {
  std::vector<RoundingPlan> result;
  for (const auto& format : precision::float_formats()) {
    for (const std::string name : {"all-same", "pytorch-loop", "fla-recurrent"})
      result.push_back(precision::named_plan(name, format, {"plan"}));
  }
  for (const auto& format : {precision::kF32, precision::kF64}) {
    auto plan = precision::named_plan("all-same", format, {"plan"});
    plan.fused_updates = true;
    result.push_back(plan);
    plan.fused_sums = true;
    result.push_back(plan);
    plan.order = RoundingPlan::Order::kBlocked;
    plan.lanes = 3;
    result.push_back(plan);
    plan.form = RoundingPlan::Form::kMatrix;
    result.push_back(plan);
  }
  for (const auto order : {RoundingPlan::Order::kPairwise, RoundingPlan::Order::kBlocked}) {
    auto plan = precision::named_plan("all-same", precision::kBf16, {"plan"});
    plan.order = order;
    result.push_back(plan);
  }
  auto plan = precision::named_plan("fla-recurrent", precision::kFp16, {"plan"});
  plan.state = precision::kFp16;
  result.push_back(plan);
  return result;
}

/// Whether the plan has lanes; compares them with the definition if so, on every target.
bool agree(const RoundingPlan& plan, const lrnn::RationalNetwork& network, const PackedWords& words,
           LaneLayout layout = LaneLayout::kFaster) {
  const FloatArithmetic k(plan);
  const auto rounded = rounded_if_possible(k, network);
  if (!rounded) return false;
  const lrnn::Runner<FloatArithmetic> runner(k, rounded->network);
  std::vector<Outcome> expected;
  bool has_lanes = false;
  const auto targets = lane_targets();
  for (std::size_t target = 0; target < targets.size(); ++target) {
    use_lane_target(target);
    if (why_no_lanes(k, rounded->network)) continue;
    has_lanes = true;
    if (expected.empty()) {
      for (std::size_t i = 0; i < words.size(); ++i) expected.push_back(expected_outcome(runner, words.word(i)));
    }
    const auto stepper = lane_stepper(k, rounded->network, layout);
    const auto found = outcomes(*stepper, words);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (found[i] == expected[i]) continue;
      UNSCOPED_INFO(targets[target] << ", " << plan.description() << "\n  word" << shown(words.word(i)) << "\n  found "
                                    << shown(found[i]) << "\n  expected " << shown(expected[i]));
      UNSCOPED_INFO(lrnn::write_model(lrnn::ModelOver<exact::RationalArithmetic>{{}, network}));
      CHECK(false);
      use_lane_target(std::nullopt);
      return has_lanes;
    }
  }
  use_lane_target(std::nullopt);
  return has_lanes;
}

TEST_CASE("random networks: lanes and the reference agree bit for bit", "[lane_stepper]") {
  const std::uint64_t seed = testing::seed_or(71);
  core::Random random(seed);
  const auto all = plans();
  std::size_t with_lanes = 0;
  for (int i = 0; i < 240; ++i) {
    CAPTURE(seed, i);
    NetworkShape shape;
    shape.layers = 1 + random.below(3);
    shape.letters = 1 + random.below(random.one_in(4) ? 40 : 6);
    shape.dimension = 1 + random.below(6);
    shape.reach = random.one_in(2) ? 0 : static_cast<int>(random.below(150));
    shape.tables = random.one_in(3);
    const auto network = NetworkMaker(random, shape).make();
    // Every remainder of the lane counts, one vector and several.
    const auto words = random_words(random, random.below(90), random.one_in(8) ? 200 : 12, shape.letters);
    if (agree(all[random.below(all.size())], network, words)) ++with_lanes;
  }
  CHECK(with_lanes > 150);
}

TEST_CASE("more letters than lanes: the parameters of letters are turned", "[lane_stepper]") {
  const std::uint64_t seed = testing::seed_or(72);
  core::Random random(seed);
  std::vector<RoundingPlan> all;
  for (const auto& format : {precision::kF32, precision::kBf16, precision::kFp16}) {
    all.push_back(precision::named_plan("all-same", format, {"plan"}));
    all.push_back(precision::named_plan("pytorch-loop", format, {"plan"}));
  }
  all[0].fused_sums = all[0].fused_updates = true;
  for (int i = 0; i < 60; ++i) {
    CAPTURE(seed, i);
    NetworkShape shape;
    shape.layers = 1 + random.below(2);
    shape.letters = 9 + random.below(30);
    shape.dimension = 1 + random.below(11);
    auto network = NetworkMaker(random, shape).make();
    // The same number of factors for all letters of a layer, of either kind.
    const exact::RationalArithmetic q;
    for (auto& layer : network.layers) {
      const auto form = random.one_in(2) ? testing::MatrixForm::kHouseholder : testing::MatrixForm::kRankOne;
      const std::size_t factors = random.below(4);
      for (auto& map : layer.maps) {
        do {
          map.a = testing::random_transition(q, random, shape.dimension, form);
        } while (lrnn::factor_count(map.a) != factors);
      }
    }
    const auto words = random_words(random, random.below(90), 12, shape.letters);
    CHECK(agree(all[random.below(all.size())], network, words));
  }
}

/// In pairs, with updates fused or not.
RoundingPlan in_pairs(const precision::FloatFormat& format, bool fused) {
  auto plan = precision::named_plan("all-same", format, {"plan"});
  plan.order = RoundingPlan::Order::kPairwise;
  plan.fused_updates = fused;
  return plan;
}

/// Blocked sums as wide as vectors of 32 bytes: coordinates may stand in lanes.
RoundingPlan blocked(const precision::FloatFormat& format, bool fused) {
  auto plan = precision::named_plan("all-same", format, {"plan"});
  plan.order = RoundingPlan::Order::kBlocked;
  plan.lanes = format == precision::kF64 ? 4 : 8;
  plan.fused_sums = plan.fused_updates = fused;
  return plan;
}

/// One layer, an affine decoder, and the same number of factors for all letters, or up to that.
lrnn::RationalNetwork network_of_products(core::Random& random, const NetworkShape& shape, std::size_t most) {
  auto network = NetworkMaker(random, shape).make();
  const exact::RationalArithmetic q;
  for (auto& map : network.layers[0].maps) {
    const auto vector = [&] {
      std::vector<Rational> values;
      for (std::size_t i = 0; i < shape.dimension; ++i)
        values.push_back(random.one_in(5) ? Rational(0) : Rational(2 * random.between(-10, 10) + 1, 16));
      if (values[0] == 0) values[0] = 1;
      return values;
    };
    const bool householder = random.one_in(2);
    const std::size_t factors = &map != &network.layers[0].maps[0] && random.one_in(4) ? random.below(most) : most;
    lrnn::HouseholderProduct<Rational> reflections{shape.dimension, {}};
    lrnn::RankOneProduct<Rational> ranks{shape.dimension, {}};
    for (std::size_t f = 0; f < factors; ++f) {
      const auto v = vector();
      Rational square = 1;
      for (const Rational& a : v) square += a * a;
      reflections.factors.push_back({Rational(random.between(0, 4), 2), lrnn::sparse(q, v)});
      auto u = vector();
      for (Rational& a : u) a /= square;
      ranks.factors.push_back({lrnn::sparse(q, u), lrnn::sparse(q, v)});
    }
    if (householder) {
      map.a = std::move(reflections);
    } else {
      map.a = std::move(ranks);
    }
    if (random.one_in(2)) map.b = lrnn::SparseVector<Rational>(shape.dimension);
  }
  return network;
}

TEST_CASE("coordinates in lanes: every remainder of dimensions, words and lengths", "[lane_stepper]") {
  const std::uint64_t seed = testing::seed_or(73);
  core::Random random(seed);
  for (int i = 0; i < 160; ++i) {
    NetworkShape shape;
    shape.letters = 1 + random.below(random.one_in(4) ? 30 : 5);
    shape.dimension = 1 + random.below(i % 8 == 0 ? 180 : 40);
    const std::size_t factors = 1 + random.below(4);
    CAPTURE(seed, i, shape.letters, shape.dimension, factors);
    auto network = network_of_products(random, shape, factors);
    if (random.one_in(3)) {
      for (auto& map : network.layers[0].maps) map.b = lrnn::SparseVector<Rational>(shape.dimension);
    }
    const std::size_t cost = shape.dimension * factors;
    const auto words =
        random_words(random, random.below(cost > 100 ? 40 : 90), random.one_in(6) ? 150 : 20, shape.letters);
    const auto plan_of = random.one_in(2) ? blocked : in_pairs;
    const auto plan = plan_of(random.one_in(3) ? precision::kF64 : precision::kF32, random.one_in(2));
    CHECK(agree(plan, network, words, random.one_in(4) ? LaneLayout::kFaster : LaneLayout::kCoordinates));
  }
}

TEST_CASE("coordinates in lanes: where the machine has them, they are found", "[lane_stepper]") {
  core::Random random(75);
  NetworkShape shape;
  shape.dimension = 17;
  const auto network = network_of_products(random, shape, 2);
  if (lane_targets().size() == 1) return;  // neither AVX2 nor AVX-512
  for (const auto& format : {precision::kF32, precision::kF64}) {
    const auto found = [&](const RoundingPlan& plan, LaneLayout layout) {
      const FloatArithmetic k(plan);
      const auto stepper = lane_stepper(k, rounded_if_possible(k, network)->network, layout);
      return stepper->description().find("coordinates of one") != std::string::npos;
    };
    CHECK(found(blocked(format, true), LaneLayout::kFaster));
    CHECK(found(blocked(format, false), LaneLayout::kCoordinates));
    CHECK(found(in_pairs(format, true), LaneLayout::kFaster));
    CHECK(found(in_pairs(format, false), LaneLayout::kCoordinates));
    CHECK(found(precision::named_plan("fla-recurrent", format, {"plan"}), LaneLayout::kFaster));
    CHECK_FALSE(found(blocked(format, true), LaneLayout::kWords));
    CHECK_FALSE(found(precision::named_plan("all-same", format, {"plan"}), LaneLayout::kFaster));
    auto other = blocked(format, true);
    other.lanes = 3;
    CHECK_FALSE(found(other, LaneLayout::kFaster));
  }
}

TEST_CASE("coordinates in lanes: words on the way to an overflow are run with words in lanes", "[lane_stepper]") {
  const std::uint64_t seed = testing::seed_or(74);
  core::Random random(seed);
  std::size_t silent = 0;
  for (int i = 0; i < 20; ++i) {
    NetworkShape shape;
    shape.letters = 1 + random.below(3);
    shape.dimension = 1 + random.below(12);
    CAPTURE(seed, i, shape.letters, shape.dimension);
    auto network = network_of_products(random, shape, 1);
    // One letter that makes states 2^20 times as large, so that some words of some blocks overflow.
    auto& map = network.layers[0].maps[0];
    const exact::RationalArithmetic q;
    std::vector<Rational> u(shape.dimension), v(shape.dimension);
    u[0] = Rational(1 - (1 << 20));
    v[0] = 1;
    map.a = lrnn::RankOneProduct<Rational>{shape.dimension, {{lrnn::sparse(q, u), lrnn::sparse(q, v)}}};
    const auto words = random_words(random, 60, 30, shape.letters);
    const auto plan = (random.one_in(2) ? blocked : in_pairs)(precision::kF32, random.one_in(2));
    CHECK(agree(plan, network, words, LaneLayout::kCoordinates));
    const FloatArithmetic k(plan);
    const auto stepper = lane_stepper(k, rounded_if_possible(k, network)->network, LaneLayout::kCoordinates);
    for (const auto& outcome : outcomes(*stepper, words)) silent += outcome.answer == Answer::kNone ? 1 : 0;
  }
  CHECK(silent > 0);
}

}  // namespace
}  // namespace eigenmata::simulation

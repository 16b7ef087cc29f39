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
bool agree(const RoundingPlan& plan, const lrnn::RationalNetwork& network, const PackedWords& words) {
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
    const auto stepper = lane_stepper(k, rounded->network);
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

}  // namespace
}  // namespace eigenmata::simulation

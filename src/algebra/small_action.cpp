// SPDX-License-Identifier: Apache-2.0
#include "small_action.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "eigenmata/core/random.hpp"

namespace eigenmata::algebra {
namespace {

/// The finest partition that the generators respect and in which the given points are together [HoltEickOBrien2005,
/// §4.3], numbered by the least points.
std::vector<Point> partition_joining(const PermutationGroup& group, const std::vector<Point>& points) {
  std::vector<Point> parent(group.degree());
  std::iota(parent.begin(), parent.end(), Point{0});
  const auto root = [&](Point x) {
    while (parent[x] != x) x = parent[x] = parent[parent[x]];
    return x;
  };
  std::vector<std::pair<Point, Point>> waiting;
  for (std::size_t i = 1; i < points.size(); ++i) waiting.emplace_back(points[0], points[i]);
  while (!waiting.empty()) {
    auto [x, y] = waiting.back();
    waiting.pop_back();
    if (root(x) == root(y)) continue;
    parent[root(y)] = root(x);
    for (const Transformation& g : group.generators()) waiting.emplace_back(g.image_of(x), g.image_of(y));
  }
  std::map<Point, Point> numbers;
  std::vector<Point> result;
  for (Point x = 0; x < group.degree(); ++x)
    result.push_back(numbers.emplace(root(x), static_cast<Point>(numbers.size())).first->second);
  return result;
}

BlockAction action_on(const std::vector<Point>& block_of) {
  BlockAction action{0, block_of, {}};
  for (Point x = 0; x < block_of.size(); ++x) {
    if (block_of[x] == action.member_of.size()) action.member_of.push_back(x);
  }
  action.degree = action.member_of.size();
  return action;
}

bool is_faithful(const PermutationGroup& group, const BlockAction& action, const core::Limits& limits) {
  std::vector<Transformation> images;
  for (const Transformation& g : group.generators()) images.push_back(action(g));
  return PermutationGroup(action.degree, std::move(images), limits).order() == group.order();
}

}  // namespace

Transformation BlockAction::operator()(const Transformation& g) const {
  std::vector<Point> images;
  for (const Point member : member_of) images.push_back(block_of[g.image_of(member)]);
  return Transformation(std::move(images));
}

BlockAction small_action(const PermutationGroup& group, const core::Limits& limits) {
  constexpr std::size_t kMaxSystems = 20'000;
  constexpr std::size_t kMaxFaithfulTests = 200;
  const auto n = static_cast<Point>(group.degree());
  std::vector<Point> all(n);
  std::iota(all.begin(), all.end(), Point{0});
  if (n < 3 || !group.is_transitive()) return action_on(all);
  core::Ticker ticker(limits, "looking for a small action");
  std::map<std::size_t, std::set<std::vector<Point>>> systems;  // by degree
  const auto take = [&](Point x, Point y) {
    ticker.tick();
    auto blocks = partition_joining(group, {0, x, y});
    const std::size_t degree = *std::max_element(blocks.begin(), blocks.end()) + std::size_t{1};
    if (degree > 1) systems[degree].insert(std::move(blocks));
  };
  if (std::size_t{n} * n / 2 <= kMaxSystems) {
    for (Point x = 1; x < n; ++x) {
      for (Point y = x; y < n; ++y) take(x, y);
    }
  } else {
    core::Random random(1);
    for (std::size_t i = 0; i < kMaxSystems; ++i)
      take(static_cast<Point>(random.below(n)), static_cast<Point>(random.below(n)));
  }
  std::size_t tests = 0;
  for (const auto& [degree, list] : systems) {
    for (const auto& blocks : list) {
      if (degree == n || ++tests > kMaxFaithfulTests) return action_on(all);
      BlockAction action = action_on(blocks);
      if (is_faithful(group, action, limits)) return action;
    }
  }
  return action_on(all);
}

}  // namespace eigenmata::algebra

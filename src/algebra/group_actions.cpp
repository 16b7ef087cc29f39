// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/group_actions.hpp"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "eigenmata/algebra/group_series.hpp"
#include "stabiliser_chain.hpp"

namespace eigenmata::algebra {
namespace {

/// The blocks of the finest block system in which 0 and x are together.
std::vector<std::vector<Point>> blocks_joining(const PermutationGroup& g, Point x) {
  std::vector<Point> parent = identity_images(g.degree());
  const auto root = [&](Point y) {
    while (parent[y] != y) y = parent[y] = parent[parent[y]];
    return y;
  };
  std::vector<std::pair<Point, Point>> waiting{{0, x}};
  while (!waiting.empty()) {
    const auto [a, b] = waiting.back();
    waiting.pop_back();
    const Point first = root(a);
    const Point second = root(b);
    if (first == second) continue;
    parent[second] = first;
    for (const Transformation& s : g.generators()) waiting.emplace_back(s.image_of(a), s.image_of(b));
  }
  std::map<Point, std::vector<Point>> blocks;
  for (Point y = 0; y < g.degree(); ++y) blocks[root(y)].push_back(y);
  std::vector<std::vector<Point>> result;
  for (auto& [first, block] : blocks) result.push_back(std::move(block));
  return result;
}

/// The element of the coset n·x with the least images of n's base points, lexicographically: the same for all of it.
Images least_in_coset(const StabiliserChain& n, Images x) {
  for (const auto& level : n.levels()) {
    std::size_t best = 0;
    for (std::size_t p = 1; p < level.orbit.size(); ++p) {
      if (x[level.orbit[p]] < x[level.orbit[best]]) best = p;
    }
    if (best != 0) x = product(level.carrier[best], x);
  }
  return x;
}

}  // namespace

Action action_from_images(const PermutationGroup& g, std::size_t image_degree,
                          const std::vector<Transformation>& images, const core::Limits& limits) {
  assert(images.size() == g.generators().size());
  std::vector<Transformation> pairs;
  for (std::size_t i = 0; i < images.size(); ++i) {
    Images pair = images[i].images();
    for (const Point y : g.generators()[i].images()) pair.push_back(static_cast<Point>(image_degree + y));
    pairs.emplace_back(std::move(pair));
  }
  const std::size_t degree = image_degree + g.degree();
  const PermutationGroup both(degree, std::move(pairs), identity_images(image_degree), limits);
  std::vector<Transformation> kernel;
  if (both.chain().levels().size() > image_degree) {
    for (const Images& pair : both.chain().levels()[image_degree].generators) {
      Images part(pair.begin() + static_cast<std::ptrdiff_t>(image_degree), pair.end());
      for (Point& y : part) y -= static_cast<Point>(image_degree);
      kernel.emplace_back(std::move(part));
    }
  }
  return {PermutationGroup(image_degree, images, limits), PermutationGroup(g.degree(), std::move(kernel), limits)};
}

Action action_on_points(const PermutationGroup& g, const std::vector<Point>& points, const core::Limits& limits) {
  std::vector<Point> number(g.degree(), 0);
  for (std::size_t i = 0; i < points.size(); ++i) number[points[i]] = static_cast<Point>(i);
  std::vector<Transformation> images;
  for (const Transformation& s : g.generators()) {
    Images image;
    for (const Point p : points) image.push_back(number[s.image_of(p)]);
    images.emplace_back(std::move(image));
  }
  return action_from_images(g, points.size(), images, limits);
}

Action action_on_blocks(const PermutationGroup& g, const std::vector<std::vector<Point>>& blocks,
                        const core::Limits& limits) {
  std::vector<Point> block_of(g.degree(), 0);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    for (const Point p : blocks[b]) block_of[p] = static_cast<Point>(b);
  }
  std::vector<Transformation> images;
  for (const Transformation& s : g.generators()) {
    Images image;
    for (const auto& block : blocks) image.push_back(block_of[s.image_of(block.front())]);
    images.emplace_back(std::move(image));
  }
  return action_from_images(g, blocks.size(), images, limits);
}

std::vector<std::vector<Point>> block_system(const PermutationGroup& g) {
  assert(g.is_transitive());
  std::vector<std::vector<Point>> finest;
  for (Point x = 1; x < g.degree(); ++x) {
    auto blocks = blocks_joining(g, x);
    if (blocks.size() > 1 && blocks.size() > finest.size()) finest = std::move(blocks);
  }
  return finest;
}

Quotient quotient(const PermutationGroup& g, const PermutationGroup& n, std::size_t max_index,
                  const core::Limits& limits) {
  assert(n.is_subgroup_of(g));
  const exact::Integer index = g.order() / n.order();
  if (index > max_index) {
    throw core::LimitReached(
        core::LimitReached::Kind::kSize,
        "a quotient of order " + exact::to_string(index) + " is larger than the limit of " + std::to_string(max_index));
  }
  std::map<Images, Point> number;
  std::vector<Images> cosets{least_in_coset(n.chain(), identity_images(g.degree()))};
  number.emplace(cosets[0], 0);
  std::vector<Images> images(g.generators().size());
  for (std::size_t i = 0; i < cosets.size(); ++i) {
    limits.poll();
    for (std::size_t s = 0; s < images.size(); ++s) {
      Images next = least_in_coset(n.chain(), product(cosets[i], g.generators()[s].images()));
      const auto [at, is_new] = number.emplace(next, static_cast<Point>(cosets.size()));
      if (is_new) cosets.push_back(std::move(next));
      images[s].push_back(at->second);
    }
  }
  assert(index == cosets.size());
  std::vector<Transformation> generators;
  for (Images& image : images) generators.emplace_back(std::move(image));
  std::vector<Transformation> representatives;
  for (Images& coset : cosets) representatives.emplace_back(std::move(coset));
  return {PermutationGroup(representatives.size(), std::move(generators), limits), std::move(representatives)};
}

PermutationGroup preimage(const Quotient& quotient, const PermutationGroup& n, const PermutationGroup& subgroup,
                          const core::Limits& limits) {
  std::vector<Transformation> generators = n.generators();
  for (const Transformation& s : subgroup.generators()) {
    generators.push_back(quotient.representatives[s.image_of(0)]);
  }
  return PermutationGroup(n.degree(), std::move(generators), limits);
}

std::vector<PermutationGroup> minimal_normal_subgroups(const ListedGroup& g, const core::Limits& limits) {
  std::vector<PermutationGroup> closures;
  const auto primes = g.group().order_factors();
  for (const auto& its_class : g.conjugacy_classes()) {
    if (primes.count(its_class.element_order) == 0) continue;
    closures.push_back(normal_closure(g.group(), {g.element(its_class.representative)}, limits));
  }
  std::stable_sort(closures.begin(), closures.end(),
                   [](const PermutationGroup& a, const PermutationGroup& b) { return a.order() < b.order(); });
  std::vector<PermutationGroup> minimal;
  for (PermutationGroup& n : closures) {
    const auto inside = [&](const PermutationGroup& m) { return m.is_subgroup_of(n); };
    if (std::none_of(minimal.begin(), minimal.end(), inside)) minimal.push_back(std::move(n));
  }
  return minimal;
}

}  // namespace eigenmata::algebra

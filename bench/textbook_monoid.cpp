// SPDX-License-Identifier: Apache-2.0
#include "textbook_monoid.hpp"

#include <cstdint>
#include <unordered_map>

namespace eigenmata::bench {
namespace {

using algebra::Point;
using algebra::Transformation;

struct HashImages {
  std::size_t operator()(const std::vector<Point>& images) const {
    std::uint64_t hash = 0;
    for (const Point y : images) hash = (hash ^ y) * 0x9E3779B97F4A7C15u + (hash >> 31);
    return hash;
  }
};

struct Node {
  const std::vector<Point>* images;
  std::size_t first, last, prefix, suffix;
};

}  // namespace

std::size_t textbook_froidure_pin(const std::vector<Transformation>& generators) {
  const std::size_t k = generators.size();
  std::unordered_map<std::vector<Point>, std::size_t, HashImages> numbers;
  std::vector<Node> nodes;
  std::vector<std::size_t> right;
  std::vector<std::size_t> left;
  std::vector<bool> reduced;  // [node · k + letter]: is the word of the node, followed by the letter, a least word?
  std::vector<std::size_t> generator_node(k);
  const auto add = [&](std::vector<Point> images, Node node) {
    const auto [at, is_new] = numbers.emplace(std::move(images), nodes.size());
    if (is_new) {
      node.images = &at->first;
      nodes.push_back(node);
      right.resize(nodes.size() * k);
      left.resize(nodes.size() * k);
      reduced.resize(nodes.size() * k, false);
    }
    return std::make_pair(at->second, is_new);
  };
  add(Transformation::identity(generators[0].degree()).images(), {});
  std::size_t level_begin = 0;
  for (std::size_t length = 0; level_begin < nodes.size(); ++length) {
    const std::size_t level_end = nodes.size();
    for (std::size_t i = level_begin; i < level_end; ++i) {
      for (std::size_t x = 0; x < k; ++x) {
        if (length > 0 && !reduced[nodes[i].suffix * k + x]) {
          // first · (suffix · x), and suffix · x = prefix' · last' is known.
          const Node& r = nodes[right[nodes[i].suffix * k + x]];
          const std::size_t shorter = right[nodes[i].suffix * k + x] == 0
                                          ? generator_node[nodes[i].first]
                                          : right[left[r.prefix * k + nodes[i].first] * k + r.last];
          right[i * k + x] = shorter;
          continue;
        }
        std::vector<Point> product;
        for (const Point y : *nodes[i].images) product.push_back(generators[x].image_of(y));
        const std::size_t suffix = length == 0 ? 0 : right[nodes[i].suffix * k + x];
        const auto [number, is_new] =
            add(std::move(product), {nullptr, length == 0 ? x : nodes[i].first, x, i, suffix});
        if (length == 0) generator_node[x] = number;
        right[i * k + x] = number;
        reduced[i * k + x] = is_new;
      }
    }
    for (std::size_t i = level_begin; i < level_end; ++i) {
      for (std::size_t x = 0; x < k; ++x) {
        left[i * k + x] = length == 0 ? generator_node[x] : right[left[nodes[i].prefix * k + x] * k + nodes[i].last];
      }
    }
    level_begin = level_end;
  }
  return nodes.size();
}

}  // namespace eigenmata::bench

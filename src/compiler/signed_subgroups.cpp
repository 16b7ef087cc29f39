// SPDX-License-Identifier: Apache-2.0
#include "signed_subgroups.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace eigenmata::compiler {
namespace {

using algebra::ListedGroup;

/// The elements reached from the identity by generators, and for each the sign that those give; nothing if two ways to
/// an element differ in sign.
std::optional<SignedSubgroup> closure(const ListedGroup& g, const std::vector<std::uint32_t>& generators,
                                      const std::vector<int>& signs) {
  std::vector<int> sign_of(g.order(), 0);
  std::vector<std::uint32_t> list{0};
  sign_of[0] = 1;
  for (std::size_t i = 0; i < list.size(); ++i) {
    for (std::size_t j = 0; j < generators.size(); ++j) {
      const std::uint32_t y = g.product(list[i], generators[j]);
      const int sign = sign_of[list[i]] * signs[j];
      if (sign_of[y] == 0) {
        sign_of[y] = sign;
        list.push_back(y);
      } else if (sign_of[y] != sign) {
        return std::nullopt;
      }
    }
  }
  std::sort(list.begin(), list.end());
  SignedSubgroup result{std::move(list), {}};
  for (const std::uint32_t x : result.elements) result.signs.push_back(sign_of[x]);
  return result;
}

}  // namespace

Subgroup generated(const ListedGroup& g, std::vector<std::uint32_t> generators) {
  auto elements = closure(g, generators, std::vector<int>(generators.size(), 1))->elements;
  return {std::move(generators), std::move(elements)};
}

std::vector<Subgroup> some_subgroups(const ListedGroup& g, const Subgroup& within, core::Random& random,
                                     const core::Limits& limits) {
  constexpr std::size_t kMaxWork = 1'500'000;  // products
  constexpr std::size_t kKept = 2'000;
  const std::size_t order = within.elements.size();
  std::vector<Subgroup> result{generated(g, {})};
  std::set<std::vector<std::uint32_t>> known{result[0].elements};
  const auto add = [&](Subgroup h) {
    if (known.size() < kKept && known.insert(h.elements).second) result.push_back(std::move(h));
  };
  add(within);
  // Up to conjugation in the whole group, the first generator is one of few.
  std::vector<std::uint32_t> first;
  const auto class_of = g.class_of_elements();
  std::set<std::uint32_t> classes;
  for (const std::uint32_t x : within.elements) {
    if (order <= 64 || classes.insert(class_of[x]).second) first.push_back(x);
  }
  for (const std::uint32_t x : first) add(generated(g, {x}));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  const std::size_t affordable = kMaxWork / (2 * order);
  if (first.size() * order <= affordable) {
    for (const std::uint32_t x : first) {
      for (const std::uint32_t y : within.elements) pairs.emplace_back(x, y);
    }
  } else {
    for (std::size_t i = 0; i < affordable; ++i) {
      pairs.emplace_back(first[random.below(first.size())], within.elements[random.below(order)]);
    }
  }
  core::Ticker ticker(limits, "subgroups");
  for (const auto& [x, y] : pairs) {
    ticker.tick();
    if (x != y) add(generated(g, {x, y}));
  }
  std::stable_sort(result.begin(), result.end(),
                   [](const Subgroup& a, const Subgroup& b) { return a.elements.size() > b.elements.size(); });
  return result;
}

std::vector<SignedSubgroup> with_signs(const ListedGroup& g, const Subgroup& h) {
  constexpr std::size_t kMaxGenerators = 4;
  const std::size_t free = std::min(h.generators.size(), kMaxGenerators);
  std::vector<SignedSubgroup> result;
  for (std::size_t bits = 0; bits < std::size_t{1} << free; ++bits) {
    std::vector<int> signs(h.generators.size(), 1);
    for (std::size_t j = 0; j < free; ++j) signs[j] = (bits >> j & 1) != 0 ? -1 : 1;
    if (auto found = closure(g, h.generators, signs)) result.push_back(std::move(*found));
  }
  return result;
}

std::vector<std::uint32_t> coset_representatives(const ListedGroup& g, const std::vector<std::uint32_t>& h) {
  std::vector<bool> covered(g.order(), false);
  std::vector<std::uint32_t> result;
  for (std::uint32_t y = 0; y < g.order(); ++y) {
    if (covered[y]) continue;
    result.push_back(y);
    for (const std::uint32_t x : h) covered[g.product(x, y)] = true;
  }
  return result;
}

}  // namespace eigenmata::compiler

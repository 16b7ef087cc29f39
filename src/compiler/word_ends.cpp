// SPDX-License-Identifier: Apache-2.0
#include "word_ends.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "../algebra/strong_components.hpp"

namespace eigenmata::compiler {
namespace {

using automata::Dfa;
using core::Limits;

std::vector<std::vector<std::uint32_t>> successors(const Dfa& dfa) {
  std::vector<std::vector<std::uint32_t>> next(dfa.states());
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x)
      next[q].push_back(static_cast<std::uint32_t>(index(dfa.step(automata::state(q), core::symbol(x)))));
  }
  return next;
}

/// Pairs of different states that the same letters can keep apart for ever: all but those from which every path of
/// pairs ends. Cost: O(states² · letters).
std::vector<bool> kept_apart(const std::vector<std::vector<std::uint32_t>>& next, const Limits& limits) {
  const std::size_t n = next.size();
  const std::size_t letters = next[0].size();
  limits.require_memory(n * n * 9, "the pairs of states");
  std::vector<std::vector<std::vector<std::uint32_t>>> before(letters, std::vector<std::vector<std::uint32_t>>(n));
  for (std::uint32_t q = 0; q < n; ++q) {
    for (std::size_t x = 0; x < letters; ++x) before[x][next[q][x]].push_back(q);
  }
  std::vector<std::uint32_t> open(n * n, 0);  // letters that lead to a pair that is not known to end
  std::vector<std::uint64_t> ended;
  std::vector<bool> apart(n * n, false);
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t q = 0; q < n; ++q) {
      if (p == q) continue;
      for (std::size_t x = 0; x < letters; ++x) open[p * n + q] += next[p][x] != next[q][x] ? 1 : 0;
      apart[p * n + q] = open[p * n + q] > 0;
      if (open[p * n + q] == 0) ended.push_back(p * n + q);
    }
  }
  core::Ticker ticker(limits, "pairs of states");
  while (!ended.empty()) {
    const std::uint64_t pair = ended.back();
    ended.pop_back();
    for (std::size_t x = 0; x < letters; ++x) {
      for (const std::uint32_t p : before[x][pair / n]) {
        for (const std::uint32_t q : before[x][pair % n]) {
          ticker.tick();
          if (--open[p * n + q] > 0) continue;
          apart[p * n + q] = false;
          ended.push_back(p * n + q);
        }
      }
    }
  }
  return apart;
}

class Search {
 public:
  Search(const Dfa& dfa, std::size_t modulus, const Limits& limits)
      : next_(successors(dfa)),
        initial_(static_cast<std::uint32_t>(index(dfa.initial()))),
        modulus_(modulus),
        limits_(limits),
        apart_(kept_apart(next_, limits)) {}

  std::optional<WordEnds> run(std::size_t more) {
    WordEnds ends;
    ends.modulus = modulus_;
    // Letter by letter until all states are settled; a path of more states than there are repeats one.
    std::vector<std::uint32_t> now{initial_};
    std::vector<std::optional<bool>> settled(next_.size());
    for (;; ++ends.first) {
      limits_.poll();
      ends.states_after.push_back(now);
      std::vector<bool> is_next(next_.size(), false);
      bool all_settled = true;
      for (const std::uint32_t r : now) {
        if (!settled[r]) settled[r] = is_settled(reached_from(r));
        all_settled = all_settled && *settled[r];
        // What follows a settled state is settled; it still has to be followed, since it is written down.
        for (const std::uint32_t q : next_[r]) is_next[q] = true;
      }
      if (all_settled && more-- == 0) break;
      if (!all_settled && ends.first == next_.size()) return std::nullopt;
      now.clear();
      for (std::uint32_t q = 0; q < next_.size(); ++q) {
        if (is_next[q]) now.push_back(q);
      }
    }
    ends.reached.resize(next_.size());
    for (const std::uint32_t r : now) ends.reached[r] = reached_from(r);
    return ends;
  }

 private:
  [[nodiscard]] std::vector<std::vector<std::uint32_t>> reached_from(std::uint32_t r) const {
    std::vector<std::vector<std::uint32_t>> reached(modulus_);
    std::vector<bool> seen(next_.size() * modulus_, false);
    std::vector<std::pair<std::uint32_t, std::size_t>> open{{r, 0}};
    seen[r * modulus_] = true;
    while (!open.empty()) {
      const auto [q, c] = open.back();
      open.pop_back();
      reached[c].push_back(q);
      const std::size_t d = (c + 1) % modulus_;
      for (const std::uint32_t to : next_[q]) {
        if (seen[to * modulus_ + d]) continue;
        seen[to * modulus_ + d] = true;
        open.emplace_back(to, d);
      }
    }
    return reached;
  }

  [[nodiscard]] bool is_settled(const std::vector<std::vector<std::uint32_t>>& reached) const {
    for (const auto& states : reached) {
      for (const std::uint32_t p : states) {
        for (const std::uint32_t q : states) {
          if (apart_[p * next_.size() + q]) return false;
        }
      }
    }
    return true;
  }

  std::vector<std::vector<std::uint32_t>> next_;
  std::uint32_t initial_;
  std::size_t modulus_;
  const Limits& limits_;
  std::vector<bool> apart_;
};

}  // namespace

std::optional<WordEnds> word_ends(const Dfa& minimal, std::size_t modulus, std::size_t more, const Limits& limits) {
  return Search(minimal, modulus, limits).run(more);
}

std::size_t common_period(const Dfa& minimal, std::size_t bound, const Limits& limits) {
  const auto next = successors(minimal);
  core::Ticker ticker(limits, "components");
  const auto components = algebra::strong_components(
      next.size(), minimal.letters(), [&](std::size_t q, std::size_t x) { return next[q][x]; }, ticker);
  // The period of a component is the gcd of what its arrows miss distances from a first state by.
  std::vector<std::optional<std::size_t>> distance(next.size());
  std::vector<std::size_t> period(components.count, 0);
  for (std::uint32_t first = 0; first < next.size(); ++first) {
    if (distance[first]) continue;
    distance[first] = 0;
    std::vector<std::uint32_t> order{first};
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::uint32_t p = order[i];
      for (const std::uint32_t q : next[p]) {
        if (components.of[q] != components.of[p]) continue;
        if (!distance[q]) {
          distance[q] = *distance[p] + 1;
          order.push_back(q);
        }
        const std::size_t there = *distance[p] + 1;
        std::size_t& gcd = period[components.of[p]];
        gcd = std::gcd(gcd, there > *distance[q] ? there - *distance[q] : *distance[q] - there);
      }
    }
  }
  std::size_t common = 1;
  for (const std::size_t p : period) {
    if (p > 1) common = std::lcm(common, p);
    if (common > bound) return 0;
  }
  return common;
}

}  // namespace eigenmata::compiler

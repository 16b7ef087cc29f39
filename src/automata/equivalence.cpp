// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/equivalence.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "eigenmata/core/error.hpp"

namespace eigenmata::automata {
namespace {

class UnionFind {
 public:
  explicit UnionFind(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }

  /// Returns false if the two were in one class already.
  bool merge(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return false;
    parent_[std::max(a, b)] = std::min(a, b);
    return true;
  }

 private:
  std::uint32_t root(std::uint32_t a) {
    while (parent_[a] != a) {
      parent_[a] = parent_[parent_[a]];
      a = parent_[a];
    }
    return a;
  }

  std::vector<std::uint32_t> parent_;
};

/// A queued pair, and how it was reached.
struct Pair {
  State first, second;
  std::uint32_t from;
  Symbol letter;
};

Word word_to(const std::vector<Pair>& queue, std::size_t i) {
  Word word;
  for (; i != 0; i = queue[i].from) word.push_back(queue[i].letter);
  std::reverse(word.begin(), word.end());
  return word;
}

}  // namespace

core::Verdict<core::NoEvidence, Word> equal(const Dfa& first, const Dfa& second, const core::Limits& limits) {
  using Result = core::Verdict<core::NoEvidence, Word>;
  constexpr const char* kTheorem = "hopcroft-karp";
  if (!(first.alphabet() == second.alphabet())) {
    throw core::Error("the alphabets differ: " + to_string(first.alphabet()) + " and " + to_string(second.alphabet()));
  }
  const auto offset = static_cast<std::uint32_t>(first.states());
  UnionFind classes(first.states() + second.states());
  std::vector<Pair> queue;
  // Queues a pair that is not yet merged; returns false if the empty word tells it apart.
  const auto visit = [&](State p, State q, std::uint32_t from, Symbol letter) {
    if (!classes.merge(static_cast<std::uint32_t>(index(p)), offset + static_cast<std::uint32_t>(index(q))))
      return true;
    queue.push_back({p, q, from, letter});
    return first.is_accepting(p) == second.is_accepting(q);
  };
  if (!visit(first.initial(), second.initial(), 0, core::symbol(0))) return Result::no({}, kTheorem);
  core::Ticker ticker(limits, "comparing automata");
  for (std::size_t i = 0; i < queue.size(); ++i) {
    ticker.tick();
    for (std::size_t x = 0; x < first.letters(); ++x) {
      const Symbol letter = core::symbol(x);
      const State p = first.step(queue[i].first, letter);
      const State q = second.step(queue[i].second, letter);
      if (!visit(p, q, static_cast<std::uint32_t>(i), letter)) {
        return Result::no(word_to(queue, queue.size() - 1), kTheorem);
      }
    }
  }
  return Result::yes({}, kTheorem);
}

}  // namespace eigenmata::automata

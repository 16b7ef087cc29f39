// SPDX-License-Identifier: Apache-2.0
//
// Hopcroft's algorithm: keep a partition of the states that is too coarse, and a list of splitters (block,
// letter). A splitter cuts each block into the states that enter it under its letter and those that do not. When
// a block falls in two, only the smaller half has to be looked at again, so each state is handled O(log n) times
// a letter [Hopcroft1971].
#include "eigenmata/automata/minimise.hpp"

#include <numeric>
#include <utility>
#include <vector>

namespace eigenmata::automata {
namespace {

/// The predecessors of every state under every letter, in one array.
class Predecessors {
 public:
  explicit Predecessors(const Dfa& dfa) : states_(dfa.states()), start_(dfa.states() * dfa.letters() + 1, 0) {
    const std::size_t n = dfa.states();
    const std::size_t k = dfa.letters();
    for (std::size_t i = 0; i < n * k; ++i) ++start_[slot(dfa.table()[i], i % k) + 1];
    std::partial_sum(start_.begin(), start_.end(), start_.begin());
    from_.resize(n * k);
    std::vector<std::size_t> fill(start_.begin(), start_.end() - 1);
    for (std::size_t i = 0; i < n * k; ++i) {
      from_[fill[slot(dfa.table()[i], i % k)]++] = static_cast<std::uint32_t>(i / k);
    }
  }

  [[nodiscard]] std::pair<const std::uint32_t*, const std::uint32_t*> of(std::uint32_t q, std::size_t letter) const {
    const std::size_t s = letter * states_ + q;
    return {from_.data() + start_[s], from_.data() + start_[s + 1]};
  }

 private:
  [[nodiscard]] std::size_t slot(State q, std::size_t letter) const { return letter * states_ + index(q); }

  std::size_t states_;
  std::vector<std::size_t> start_;
  std::vector<std::uint32_t> from_;
};

/// A partition of 0, …, n − 1 whose blocks are contiguous ranges of one array; the marked members of a block
/// stand at the front of its range.
class Partition {
 public:
  explicit Partition(std::size_t n) : members_(n), position_(n), block_(n, 0) {
    std::iota(members_.begin(), members_.end(), 0u);
    std::iota(position_.begin(), position_.end(), 0u);
    blocks_.push_back({0, n, 0});
  }

  [[nodiscard]] std::size_t blocks() const { return blocks_.size(); }
  [[nodiscard]] std::size_t size(std::size_t b) const { return blocks_[b].end - blocks_[b].begin; }
  [[nodiscard]] std::uint32_t block_of(std::uint32_t q) const { return block_[q]; }
  [[nodiscard]] const std::uint32_t* begin(std::size_t b) const { return members_.data() + blocks_[b].begin; }
  [[nodiscard]] const std::uint32_t* end(std::size_t b) const { return members_.data() + blocks_[b].end; }

  void mark(std::uint32_t q) {
    Block& block = blocks_[block_[q]];
    const std::size_t to = block.begin + block.marked;
    if (position_[q] < to) return;
    if (block.marked == 0) touched_.push_back(block_[q]);
    swap_positions(position_[q], to);
    ++block.marked;
  }

  /// Cuts every touched block at its marks, and calls split(old, new) where both parts are non-empty. The new
  /// block is the smaller part.
  template <class Split>
  void cut(Split split) {
    for (const std::uint32_t b : touched_) {
      const std::size_t middle = blocks_[b].begin + blocks_[b].marked;
      blocks_[b].marked = 0;
      if (middle == blocks_[b].end) continue;
      Block fresh{blocks_[b].begin, middle, 0};
      if (middle - blocks_[b].begin <= blocks_[b].end - middle) {
        blocks_[b].begin = middle;
      } else {
        fresh = {middle, blocks_[b].end, 0};
        blocks_[b].end = middle;
      }
      const auto number = static_cast<std::uint32_t>(blocks_.size());
      for (std::size_t i = fresh.begin; i < fresh.end; ++i) block_[members_[i]] = number;
      blocks_.push_back(fresh);
      split(b, number);
    }
    touched_.clear();
  }

 private:
  struct Block {
    std::size_t begin, end, marked;
  };

  void swap_positions(std::size_t i, std::size_t j) {
    std::swap(members_[i], members_[j]);
    position_[members_[i]] = static_cast<std::uint32_t>(i);
    position_[members_[j]] = static_cast<std::uint32_t>(j);
  }

  std::vector<std::uint32_t> members_;
  std::vector<std::uint32_t> position_;
  std::vector<std::uint32_t> block_;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> touched_;
};

/// The list of splitters still to be used.
class Splitters {
 public:
  explicit Splitters(std::size_t letters) : letters_(letters) {}

  void add(std::size_t block, std::size_t letter) {
    const std::size_t i = block * letters_ + letter;
    if (listed_.size() <= i) listed_.resize((block + 1) * letters_, false);
    if (listed_[i]) return;
    listed_[i] = true;
    list_.emplace_back(static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(letter));
  }
  [[nodiscard]] bool empty() const { return list_.empty(); }
  std::pair<std::uint32_t, std::uint32_t> take() {
    const auto splitter = list_.back();
    list_.pop_back();
    listed_[splitter.first * letters_ + splitter.second] = false;
    return splitter;
  }

 private:
  std::size_t letters_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> list_;
  std::vector<bool> listed_;
};

Dfa quotient(const Dfa& dfa, const Partition& partition) {
  const std::size_t k = dfa.letters();
  std::vector<bool> accepting(partition.blocks());
  std::vector<State> next(partition.blocks() * k);
  for (std::size_t b = 0; b < partition.blocks(); ++b) {
    const State representative = state(*partition.begin(b));
    accepting[b] = dfa.is_accepting(representative);
    for (std::size_t x = 0; x < k; ++x) {
      const State r = dfa.step(representative, core::symbol(x));
      next[b * k + x] = state(partition.block_of(static_cast<std::uint32_t>(index(r))));
    }
  }
  const auto initial = static_cast<std::uint32_t>(index(dfa.initial()));
  return {dfa.alphabet(), state(partition.block_of(initial)), std::move(accepting), std::move(next)};
}

}  // namespace

Dfa minimised(const Dfa& dfa, const core::Limits& limits) {
  const Dfa trimmed = reachable_part(dfa);
  const std::size_t n = trimmed.states();
  const std::size_t k = trimmed.letters();
  limits.require_memory(n * k * 32,
                        "minimising " + std::to_string(n) + " states over " + std::to_string(k) + " letters");
  const Predecessors predecessors(trimmed);
  Partition partition(n);
  Splitters splitters(k);
  for (std::uint32_t q = 0; q < n; ++q) {
    if (trimmed.is_accepting(state(q))) partition.mark(q);
  }
  partition.cut([](std::size_t, std::size_t) {});
  // With two blocks either would do; the one that `cut` made last is the smaller.
  for (std::size_t x = 0; x < k; ++x) splitters.add(partition.blocks() - 1, x);

  core::Ticker ticker(limits, "minimising");
  while (!splitters.empty()) {
    const auto [block, letter] = splitters.take();
    ticker.tick(partition.size(block));
    std::vector<std::uint32_t> entering;
    for (const std::uint32_t* q = partition.begin(block); q != partition.end(block); ++q) {
      const auto [first, last] = predecessors.of(*q, letter);
      entering.insert(entering.end(), first, last);
    }
    for (const std::uint32_t q : entering) partition.mark(q);
    // `fresh` is the smaller part. If (old, x) is still listed, adding (fresh, x) lists both parts; if not, the
    // smaller one is enough. Either way it is (fresh, x) that has to be added.
    partition.cut([&](std::size_t, std::size_t fresh) {
      for (std::size_t x = 0; x < k; ++x) splitters.add(fresh, x);
    });
  }
  return reachable_part(quotient(trimmed, partition));
}

}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
//
// Hopcroft's algorithm: the coarsest partition of the states that respects acceptance and successors.
//
// Blocks are stretches of one array of states. A block taken from the list of splitters splits every block X
// into the states that some letter sends into the splitter and those that it does not. When a block is cut,
// the smaller part joins the list (both do if the whole was waiting there), so a state is in a splitter O(log
// n) times.
#include <algorithm>
#include <utility>

#include "checker/automaton.hpp"

namespace eigenmata::checker {
namespace {

/// Who leads to a state under a letter.
class Predecessors {
 public:
  explicit Predecessors(const Dfa& dfa) : letters_(dfa.letters), first_(dfa.next.size() + 1, 0) {
    for (std::size_t i = 0; i < dfa.next.size(); ++i) ++first_[slot(dfa.next[i], i % letters_) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    states_.resize(dfa.next.size());
    std::vector<std::uint32_t> place(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < dfa.next.size(); ++i) {
      states_[place[slot(dfa.next[i], i % letters_)]++] = static_cast<State>(i / letters_);
    }
  }

  template <class Visit>
  void for_each(State target, LetterId letter, Visit visit) const {
    const std::size_t at = slot(target, letter);
    for (std::uint32_t i = first_[at]; i < first_[at + 1]; ++i) visit(states_[i]);
  }

 private:
  [[nodiscard]] std::size_t slot(State target, std::size_t letter) const {
    return std::size_t{target} * letters_ + letter;
  }

  std::size_t letters_;
  std::vector<std::uint32_t> first_;  // kMaxDfaTransitions fits 32 bits
  std::vector<State> states_;
};

class Partition {
 public:
  explicit Partition(const Dfa& dfa) : states_(dfa.size()), place_(dfa.size()), block_of_(dfa.size(), 0) {
    for (State s = 0; s < dfa.size(); ++s) states_[s] = place_[s] = s;
    blocks_.push_back({0, static_cast<State>(dfa.size()), 0});
    waiting_.push_back(0);
    for (State s = 0; s < dfa.size(); ++s) {
      if (dfa.accepting[s]) mark(s);
    }
    split_marked();
  }

  void refine(const Dfa& dfa) {
    const Predecessors predecessors(dfa);
    std::vector<State> splitter;
    while (!waiting_.empty()) {
      const std::size_t block = waiting_.back();
      waiting_.pop_back();
      // A copy: the block itself may be cut while it splits others.
      splitter.assign(states_.begin() + blocks_[block].begin, states_.begin() + blocks_[block].end);
      for (LetterId letter = 0; letter < dfa.letters; ++letter) {
        for (const State target : splitter) {
          predecessors.for_each(target, letter, [this](State s) { mark(s); });
        }
        split_marked();
      }
    }
  }

  [[nodiscard]] State block_of(State s) const { return block_of_[s]; }
  [[nodiscard]] std::size_t size() const { return blocks_.size(); }

 private:
  struct Block {
    State begin;
    State end;
    State marked;  ///< that many states at the front are marked
  };

  void mark(State s) {
    Block& block = blocks_[block_of_[s]];
    const State front = block.begin + block.marked;
    if (place_[s] < front) return;
    if (block.marked == 0) touched_.push_back(block_of_[s]);
    const State other = states_[front];
    std::swap(states_[front], states_[place_[s]]);
    place_[other] = place_[s];
    place_[s] = front;
    ++block.marked;
  }

  void split_marked() {
    for (const std::size_t b : touched_) {
      const Block old = blocks_[b];
      blocks_[b].marked = 0;
      const State middle = old.begin + old.marked;
      if (middle == old.end) continue;
      const bool front_is_smaller = old.marked <= old.end - middle;
      const Block fresh = front_is_smaller ? Block{old.begin, middle, 0} : Block{middle, old.end, 0};
      blocks_[b].begin = front_is_smaller ? middle : old.begin;
      blocks_[b].end = front_is_smaller ? old.end : middle;
      for (State i = fresh.begin; i < fresh.end; ++i) block_of_[states_[i]] = static_cast<State>(blocks_.size());
      waiting_.push_back(blocks_.size());  // if b waits, both do: its number still stands for the larger part
      blocks_.push_back(fresh);
    }
    touched_.clear();
  }

  std::vector<State> states_;
  std::vector<State> place_;
  std::vector<State> block_of_;
  std::vector<Block> blocks_;
  std::vector<std::size_t> waiting_;
  std::vector<std::size_t> touched_;
};

}  // namespace

Dfa minimise(const Dfa& dfa) {
  Partition partition(dfa);
  partition.refine(dfa);
  Dfa result;
  result.letters = dfa.letters;
  result.initial = partition.block_of(dfa.initial);
  result.accepting.resize(partition.size());
  result.next.resize(partition.size() * dfa.letters);
  for (State s = 0; s < dfa.size(); ++s) {
    const State block = partition.block_of(s);
    result.accepting[block] = dfa.accepting[s];
    for (LetterId letter = 0; letter < dfa.letters; ++letter) {
      result.next[std::size_t{block} * dfa.letters + letter] = partition.block_of(dfa.successor(s, letter));
    }
  }
  return result;
}

}  // namespace eigenmata::checker

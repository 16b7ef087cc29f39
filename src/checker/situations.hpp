// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/automaton.hpp"

namespace eigenmata::checker {

/// Under the letter, the context of layers 1 to l may change from one to the other while layer l says `output`.
struct Situation {
  LetterId letter;
  std::uint32_t before;
  std::uint32_t after;
  std::uint32_t output;

  friend bool operator==(const Situation&, const Situation&) = default;
};

/// Situations without repetitions, in the order in which they came: open addressing over a list.
class SituationSet {
 public:
  /// Whether it was not in the set before.
  bool insert(const Situation& situation) {
    if (list_.size() * 2 >= slots_.size()) grow();
    std::uint32_t& slot = slot_of(situation);
    if (slot != kFree) return false;
    slot = static_cast<std::uint32_t>(list_.size());
    list_.push_back(situation);
    return true;
  }

  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] auto begin() const { return list_.begin(); }
  [[nodiscard]] auto end() const { return list_.end(); }

 private:
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;

  /// Multiplications by odd constants, each followed by a shift of the upper half onto the lower one.
  static std::uint64_t hash(const Situation& s) {
    std::uint64_t h = std::uint64_t{s.letter} << 32 | s.output;
    h = (h ^ h >> 32) * 0x9E3779B97F4A7C15;
    h ^= std::uint64_t{s.before} << 32 | s.after;
    h = (h ^ h >> 32) * 0xBF58476D1CE4E5B9;
    return h ^ h >> 29;
  }

  /// Where it is, or the free slot where it belongs.
  std::uint32_t& slot_of(const Situation& situation) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash(situation) & mask;
    while (slots_[at] != kFree && !(list_[slots_[at]] == situation)) at = (at + 1) & mask;
    return slots_[at];
  }

  void grow() {
    slots_.assign(slots_.empty() ? 64 : 2 * slots_.size(), kFree);
    for (std::size_t i = 0; i < list_.size(); ++i) slot_of(list_[i]) = static_cast<std::uint32_t>(i);
  }

  std::vector<Situation> list_;
  std::vector<std::uint32_t> slots_;  ///< positions in the list; a power of two of them, at least half of them free
};

}  // namespace eigenmata::checker

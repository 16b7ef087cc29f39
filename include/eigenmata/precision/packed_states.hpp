// SPDX-License-Identifier: Apache-2.0
//
// Millions of distinct states, each a fixed number of bits, numbered in the order in which they were found.
//
// The states stand one after the other in blocks that never move; an open-addressing table of their numbers (linear
// probing, at most three quarters full) finds them again. What a state costs beyond its own words: 4 bytes for the
// state that found it, and 4 bytes for each slot of the table, 6 to 11 a state. Where words would be needed, the letter
// that led to a state is not stored: trying the letters again finds it.
//
// A lookup is a miss of the cache for the slot, and one for the state. `insert_all` takes many states at once and asks
// for all slots, then for all states, before it compares the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::precision {

class PackedStates {
 public:
  using Word = std::uint64_t;
  using Number = std::uint32_t;

  /// States of `words` ≥ 1 words each.
  explicit PackedStates(std::size_t words) : words_(words), slots_(kFirstSlots, kNone) {}

  [[nodiscard]] std::size_t size() const { return found_by_.size(); }
  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] const Word* operator[](std::size_t number) const {
    return blocks_[number / kBlock].get() + number % kBlock * words_;
  }
  /// `bits` ≤ 64 bits of a state, from a position on.
  [[nodiscard]] static std::uint64_t bits_at(const Word* state, std::size_t position, std::size_t bits) {
    if (bits == 0) return 0;
    const std::size_t word = position / 64;
    const std::size_t shift = position % 64;
    std::uint64_t value = state[word] >> shift;
    if (shift + bits > 64) value |= state[word + 1] << (64 - shift);
    return bits == 64 ? value : value & ((std::uint64_t{1} << bits) - 1);
  }
  /// Sets them; they must be 0.
  static void set_bits(Word* state, std::size_t position, std::size_t bits, std::uint64_t value) {
    if (bits == 0) return;
    const std::size_t word = position / 64;
    const std::size_t shift = position % 64;
    state[word] |= value << shift;
    if (shift + bits > 64) state[word + 1] |= value >> (64 - shift);
  }
  /// The state from which this one was first reached; the first state's is itself.
  [[nodiscard]] Number found_by(std::size_t number) const { return found_by_[number]; }

  /// Inserts `count` states that stand one after the other, in order; the i-th was reached from `from[i]`. `numbers[i]`
  /// becomes its number. Throws `core::LimitReached` if the table outgrows the limit, or 2^32 − 2 states.
  void insert_all(const Word* states, const Number* from, std::size_t count, Number* numbers,
                  const core::Limits& limits);

  /// The numbers of those of `count` states that are among those inserted, kUnknown for the others. Changes nothing, so
  /// that many threads may look up at once while none inserts.
  void find_all(const Word* states, std::size_t count, Number* numbers) const;
  static constexpr Number kUnknown = UINT32_MAX;

  /// What all of this takes now, and at the next growth for a moment.
  [[nodiscard]] std::size_t bytes() const;

 private:
  static constexpr std::size_t kFirstSlots = 1 << 10;
  static constexpr std::size_t kBlock = 1 << 12;  // states
  static constexpr Number kNone = kUnknown;

  [[nodiscard]] std::size_t hash(const Word* state) const;
  [[nodiscard]] bool equal(const Word* a, const Word* b) const;
  void grow(const core::Limits& limits);

  std::size_t words_;
  std::vector<std::unique_ptr<Word[]>> blocks_;
  std::vector<Number> found_by_;
  std::vector<Number> slots_;
  std::vector<std::size_t> hashes_;  // of the states being inserted
};

}  // namespace eigenmata::precision

// SPDX-License-Identifier: Apache-2.0
//
// Millions of distinct states, each a fixed number of bits, numbered in the order in which they were found.
//
// The states stand one after the other in blocks that never move; an open-addressing table of their numbers (linear
// probing, at most three quarters full) finds them again. What a state costs beyond its own words: 4 bytes for the
// state that found it, and 4 bytes for each slot of the table, 6 to 11 a state. Where words would be needed, the letter
// that led to a state is not stored: trying the letters again finds it.
//
// Where all there can be are few, 2^bits at most four times as many as the slots that a larger table would have, each
// has a slot of its own from then on: a lookup is one access to memory, and nothing is hashed or compared.
//
// Else a lookup is a miss of the cache for the slot, and one for the state. Many states are looked up at once: all
// slots are asked for, then all states, before the first is compared.
//
// Many threads insert a batch together. A slot that no state has is taken, by one atomic exchange, for a position of
// the batch; of positions with equal states the least one stays. Once all have been looked up, those positions that
// have a slot are numbered in order. So the numbers are those of one thread that goes from the first position to the
// last.
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

  using Slot = std::uint32_t;

  /// States of `words` ≥ 1 words each, in which no bit from position `bits` on is set.
  explicit PackedStates(std::size_t words, std::size_t bits = SIZE_MAX);

  [[nodiscard]] std::size_t size() const { return found_by_.size(); }
  [[nodiscard]] std::size_t words() const { return words_; }
  [[nodiscard]] const Word* operator[](std::size_t number) const {
    return blocks_[number / kBlock] + number % kBlock * words_;
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
  /// becomes its number. Throws `core::LimitReached` if the table outgrows the limit, or 2^31 states; after that
  /// nothing may be inserted or looked up.
  void insert_all(const Word* states, const Number* from, std::size_t count, Number* numbers,
                  const core::Limits& limits);

  // The same by many threads, in four steps, each of which all threads have to end before the next:
  // 1. One thread makes room for `count` < 2^31 more. Throws as above.
  void reserve(std::size_t count, const core::Limits& limits);
  // 2. Ranges of positions of the batch, each by any thread: at[i] becomes the slot of the i-th state.
  void look_up(const Word* batch, std::size_t begin, std::size_t end, Slot* at);
  // 3. Any thread: how many states of a range are new, and not at an earlier position of the batch too. Then one thread
  //    makes that many numbers, of which it returns the first. Throws as above.
  [[nodiscard]] std::size_t count_new(std::size_t begin, std::size_t end, const Slot* at) const;
  std::size_t extend(std::size_t fresh, const core::Limits& limits);
  // 4. Ranges of positions, each by any thread: those that are new get numbers from `number` on. The state at position
  //    i was reached from state first_from + i / steps. Then `number_at` is the number of every position's state.
  void place(const Word* batch, std::size_t begin, std::size_t end, const Slot* at, std::size_t number,
             std::size_t first_from, std::size_t steps);
  [[nodiscard]] Number number_at(Slot slot) const { return slots_[slot]; }

  /// What all of this takes now, and at the next growth for a moment.
  [[nodiscard]] std::size_t bytes() const;

 private:
  static constexpr std::size_t kFirstSlots = 1 << 10;
  static constexpr std::size_t kBlock = 1 << 12;     // states
  static constexpr Number kNone = UINT32_MAX;        // in a slot: no state
  static constexpr Number kTaken = Number{1} << 31;  // in a slot, with a position of the batch: not numbered yet

  struct Free {
    void operator()(void* memory) const;
  };
  using Slots = std::unique_ptr<Number[], Free>;
  using Arena = std::unique_ptr<Word[], Free>;

  [[nodiscard]] std::size_t home(const Word* state) const;
  [[nodiscard]] bool equal(const Word* a, const Word* b) const;
  [[nodiscard]] Slot find_or_take(const Word* batch, std::size_t i, std::size_t slot);
  [[nodiscard]] bool is_new(std::size_t i, Slot slot) const;
  void make_slots(std::size_t count);
  void grow(const core::Limits& limits);

  std::size_t words_;
  std::size_t bits_;
  std::vector<Arena> arenas_;  // of the blocks
  std::vector<Word*> blocks_;
  std::vector<Number> found_by_;
  Slots slots_;
  std::size_t slot_count_ = 0;
  bool is_direct_ = false;  // each possible state has the slot of its own number
  std::vector<Slot> at_;    // of the states of insert_all
};

}  // namespace eigenmata::precision

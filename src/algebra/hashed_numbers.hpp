// SPDX-License-Identifier: Apache-2.0
//
// A hash table for things that are stored elsewhere, one behind the other: it keeps only their numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace eigenmata::algebra {

/// Spreads a hash over all its bits.
inline std::uint64_t mix(std::uint64_t hash) {
  hash ^= hash >> 32;
  hash *= 0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 29);
}

/// Numbers 0, 1, … by the hashes of what they stand for; open addressing, at most two thirds full.
class HashedNumbers {
 public:
  [[nodiscard]] std::size_t slot_of(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> shift_); }
  void prefetch(std::size_t slot) const { __builtin_prefetch(&slots_[slot]); }
  /// One more than the number in the slot; 0 if it is empty.
  [[nodiscard]] std::uint32_t content(std::size_t slot) const { return slots_[slot]; }
  void fill(std::size_t slot, std::size_t number) { slots_[slot] = static_cast<std::uint32_t>(number + 1); }
  [[nodiscard]] std::size_t next(std::size_t slot) const { return (slot + 1) & (slots_.size() - 1); }
  [[nodiscard]] std::size_t memory_bytes() const { return slots_.size() * sizeof(std::uint32_t); }

  /// The slot of the number with this hash that `is_it` accepts, or the empty slot where it belongs.
  template <class IsIt>
  [[nodiscard]] std::size_t find(std::uint64_t hash, IsIt is_it) const {
    std::size_t slot = slot_of(hash);
    while (slots_[slot] != 0 && !is_it(std::size_t{slots_[slot]} - 1)) slot = next(slot);
    return slot;
  }

  /// Makes room for `most` numbers; those known so far are put in again by their hashes.
  template <class HashOf>
  void reserve(std::size_t most, std::size_t known, HashOf hash_of) {
    if (3 * most < 2 * slots_.size()) return;
    unsigned bits = 8;
    while ((std::size_t{2} << bits) <= 3 * most) ++bits;
    shift_ = 64 - bits;
    slots_.assign(std::size_t{1} << bits, 0);
    for (std::size_t i = 0; i < known; ++i) {
      std::size_t slot = slot_of(hash_of(i));
      while (slots_[slot] != 0) slot = next(slot);
      fill(slot, i);
    }
  }

 private:
  unsigned shift_ = 63;
  std::vector<std::uint32_t> slots_;
};

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/packed_states.hpp"

#include <algorithm>
#include <string>

namespace eigenmata::precision {

std::size_t PackedStates::hash(const Word* state) const {
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < words_; ++i) {
    h = (h ^ state[i]) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
  }
  h *= 0xD6E8FEB86659FD93u;
  return h ^ h >> 29;
}

bool PackedStates::equal(const Word* a, const Word* b) const {
  for (std::size_t i = 0; i < words_; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

std::size_t PackedStates::bytes() const {
  return blocks_.size() * kBlock * words_ * sizeof(Word) + found_by_.capacity() * sizeof(Number) +
         slots_.size() * sizeof(Number);
}

void PackedStates::grow(const core::Limits& limits) {
  limits.require_memory(bytes() + 2 * slots_.size() * sizeof(Number),
                        "the table of " + std::to_string(size()) + " numeric states");
  if (slots_.size() > UINT32_MAX)
    throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 2^32 numeric states");
  const std::size_t slots = 2 * slots_.size();
  slots_ = {};  // the old table is not needed: the states stand elsewhere
  slots_.assign(slots, kNone);
  for (std::size_t i = 0; i < size(); ++i) {
    std::size_t at = hash((*this)[i]) & (slots - 1);
    while (slots_[at] != kNone) at = (at + 1) & (slots - 1);
    slots_[at] = static_cast<Number>(i);
  }
}

void PackedStates::insert_all(const Word* states, const Number* from, std::size_t count, Number* numbers,
                              const core::Limits& limits) {
  while ((size() + count) * 4 > slots_.size() * 3) grow(limits);
  const std::size_t mask = slots_.size() - 1;
  hashes_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    hashes_[i] = hash(states + i * words_) & mask;
    __builtin_prefetch(&slots_[hashes_[i]]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Number number = slots_[hashes_[i]];
    if (number != kNone) __builtin_prefetch((*this)[number]);
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Word* state = states + i * words_;
    std::size_t at = hashes_[i];
    while (slots_[at] != kNone && !equal((*this)[slots_[at]], state)) at = (at + 1) & mask;
    if (slots_[at] == kNone) {
      const std::size_t fresh = size();
      if (fresh % kBlock == 0) {
        limits.require_memory(bytes() + kBlock * words_ * sizeof(Word),
                              "the table of " + std::to_string(fresh) + " numeric states");
        blocks_.push_back(std::make_unique<Word[]>(kBlock * words_));
      }
      std::copy(state, state + words_, blocks_.back().get() + fresh % kBlock * words_);
      found_by_.push_back(from[i]);
      slots_[at] = static_cast<Number>(fresh);
    }
    numbers[i] = slots_[at];
  }
}

void PackedStates::find_all(const Word* states, std::size_t count, Number* numbers) const {
  const std::size_t mask = slots_.size() - 1;
  // As many as the cache keeps until they are compared.
  constexpr std::size_t kAtOnce = 64;
  std::size_t at[kAtOnce];
  for (std::size_t first = 0; first < count; first += kAtOnce) {
    const std::size_t n = std::min(kAtOnce, count - first);
    for (std::size_t i = 0; i < n; ++i) {
      at[i] = hash(states + (first + i) * words_) & mask;
      __builtin_prefetch(&slots_[at[i]]);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const Number number = slots_[at[i]];
      if (number != kNone) __builtin_prefetch((*this)[number]);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const Word* state = states + (first + i) * words_;
      std::size_t slot = at[i];
      while (slots_[slot] != kNone && !equal((*this)[slots_[slot]], state)) slot = (slot + 1) & mask;
      numbers[first + i] = slots_[slot];
    }
  }
}

}  // namespace eigenmata::precision

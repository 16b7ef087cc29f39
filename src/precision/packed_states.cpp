// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/packed_states.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstdlib>
#include <new>
#include <string>

namespace eigenmata::precision {
namespace {

constexpr std::size_t kAtOnce = 64;                       // states whose memory is asked for at once
constexpr std::size_t kLargePage = std::size_t{2} << 20;  // bytes
constexpr std::size_t kBlocksOfAnArena = 64;

/// Looked into at random: with pages of 4 KiB nearly every access would also miss the table of pages.
void* allocate(std::size_t bytes) {
  const bool is_large = bytes >= kLargePage;
  const std::size_t alignment = is_large ? kLargePage : 64;
  const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, whole);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (is_large) (void)madvise(memory, whole, MADV_HUGEPAGE);  // a wish: without it this is slower, and as right
#endif
  return memory;
}

using AtomicNumber = std::atomic_ref<PackedStates::Number>;

}  // namespace

void PackedStates::Free::operator()(void* memory) const { std::free(memory); }

PackedStates::PackedStates(std::size_t words, std::size_t bits) : words_(words), bits_(bits) {
  make_slots(kFirstSlots);
}

void PackedStates::make_slots(std::size_t count) {
  slots_ = {};  // the old table is not needed: the states stand elsewhere
  slots_.reset(static_cast<Number*>(allocate(count * sizeof(Number))));
  std::fill_n(slots_.get(), count, kNone);
  slot_count_ = count;
}

std::size_t PackedStates::home(const Word* state) const {
  if (is_direct_) return state[0];
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < words_; ++i) {
    h = (h ^ state[i]) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
  }
  h *= 0xD6E8FEB86659FD93u;
  return (h ^ h >> 29) & (slot_count_ - 1);
}

bool PackedStates::equal(const Word* a, const Word* b) const {
  for (std::size_t i = 0; i < words_; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

std::size_t PackedStates::bytes() const {
  const std::size_t small = std::min(blocks_.size(), kBlocksOfAnArena);
  const std::size_t blocks = small + (arenas_.size() - small) * kBlocksOfAnArena;
  return blocks * kBlock * words_ * sizeof(Word) + found_by_.capacity() * sizeof(Number) + slot_count_ * sizeof(Number);
}

void PackedStates::grow(const core::Limits& limits) {
  std::size_t slots = 2 * slot_count_;
  if (bits_ < 32 && (std::size_t{1} << bits_) <= 4 * slots) {
    slots = std::size_t{1} << bits_;
    is_direct_ = true;
  }
  limits.require_memory(bytes() + slots * sizeof(Number), "the table of " + std::to_string(size()) + " numeric states");
  if (slots > std::size_t{1} << 32)
    throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 2^31 numeric states");
  make_slots(slots);
  std::size_t at[kAtOnce];
  for (std::size_t first = 0; first < size(); first += kAtOnce) {
    const std::size_t n = std::min(kAtOnce, size() - first);
    for (std::size_t i = 0; i < n; ++i) {
      at[i] = home((*this)[first + i]);
      __builtin_prefetch(&slots_[at[i]], 1);
    }
    for (std::size_t i = 0; i < n; ++i) {
      std::size_t slot = at[i];
      while (slots_[slot] != kNone) slot = (slot + 1) & (slots - 1);
      slots_[slot] = static_cast<Number>(first + i);
    }
  }
}

void PackedStates::reserve(std::size_t count, const core::Limits& limits) {
  assert(count < kTaken);
  while (!is_direct_ && (size() + count) * 4 > slot_count_ * 3) grow(limits);
}

/// The slot of the i-th state, which is looked for from `slot` on.
PackedStates::Slot PackedStates::find_or_take(const Word* batch, std::size_t i, std::size_t slot) {
  const Word* state = batch + i * words_;
  const auto mine = kTaken | static_cast<Number>(i);
  for (;; slot = (slot + 1) & (slot_count_ - 1)) {
    const AtomicNumber place(slots_[slot]);
    Number held = place.load(std::memory_order_acquire);
    if (held == kNone && place.compare_exchange_strong(held, mine, std::memory_order_acq_rel)) break;
    if ((held & kTaken) == 0) {
      if (is_direct_ || equal((*this)[held], state)) break;
      continue;
    }
    if (!is_direct_ && !equal(batch + (held & ~kTaken) * words_, state)) continue;
    // The same state at another position: the least one stays. Whatever comes between is one of those too.
    while (held > mine && !place.compare_exchange_weak(held, mine, std::memory_order_acq_rel)) continue;
    break;
  }
  return static_cast<Slot>(slot);
}

void PackedStates::look_up(const Word* batch, std::size_t begin, std::size_t end, Slot* at) {
  for (std::size_t first = begin; first < end; first += kAtOnce) {
    const std::size_t last = std::min(first + kAtOnce, end);
    for (std::size_t i = first; i < last; ++i) {
      at[i] = static_cast<Slot>(home(batch + i * words_));
      __builtin_prefetch(&slots_[at[i]], 1);
    }
    for (std::size_t i = first; i < last && !is_direct_; ++i) {
      const Number held = AtomicNumber(slots_[at[i]]).load(std::memory_order_relaxed);
      if ((held & kTaken) == 0) __builtin_prefetch((*this)[held]);
    }
    for (std::size_t i = first; i < last; ++i) at[i] = find_or_take(batch, i, at[i]);
  }
}

bool PackedStates::is_new(std::size_t i, Slot slot) const {
  return AtomicNumber(slots_[slot]).load(std::memory_order_relaxed) == (kTaken | static_cast<Number>(i));
}

std::size_t PackedStates::count_new(std::size_t begin, std::size_t end, const Slot* at) const {
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i) count += is_new(i, at[i]) ? 1 : 0;
  return count;
}

std::size_t PackedStates::extend(std::size_t fresh, const core::Limits& limits) {
  const std::size_t first = size();
  if (first + fresh > kTaken)
    throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 2^31 numeric states");
  while (blocks_.size() * kBlock < first + fresh) {
    const std::size_t count = blocks_.size() < kBlocksOfAnArena ? 1 : kBlocksOfAnArena;
    const std::size_t words = count * kBlock * words_;
    limits.require_memory(bytes() + words * sizeof(Word), "the table of " + std::to_string(first) + " numeric states");
    arenas_.emplace_back(static_cast<Word*>(allocate(words * sizeof(Word))));
    for (std::size_t i = 0; i < count; ++i) blocks_.push_back(arenas_.back().get() + i * kBlock * words_);
  }
  found_by_.resize(first + fresh);
  return first;
}

void PackedStates::place(const Word* batch, std::size_t begin, std::size_t end, const Slot* at, std::size_t number,
                         std::size_t first_from, std::size_t steps) {
  for (std::size_t i = begin; i < end; ++i) {
    if (!is_new(i, at[i])) continue;
    std::copy(batch + i * words_, batch + (i + 1) * words_, blocks_[number / kBlock] + number % kBlock * words_);
    found_by_[number] = static_cast<Number>(first_from + i / steps);
    AtomicNumber(slots_[at[i]]).store(static_cast<Number>(number), std::memory_order_relaxed);
    ++number;
  }
}

void PackedStates::insert_all(const Word* states, const Number* from, std::size_t count, Number* numbers,
                              const core::Limits& limits) {
  reserve(count, limits);
  at_.resize(count);
  look_up(states, 0, count, at_.data());
  std::size_t number = extend(count_new(0, count, at_.data()), limits);
  for (std::size_t i = 0; i < count; ++i) {
    if (is_new(i, at_[i])) {
      place(states, i, i + 1, at_.data(), number, from[i], SIZE_MAX);
      ++number;
    }
    numbers[i] = number_at(at_[i]);
  }
}

}  // namespace eigenmata::precision

// SPDX-License-Identifier: Apache-2.0
//
// The lanes in two registers of 32 bytes. The instruction that looks up bytes has tables of 16 entries, and gives 0
// where the highest bit of an index is set. With T_k the entries from 16k on, entry i is the exclusive or of
//
//   T_0[i mod 16]  and  (T_k xor T_(k-1))[i mod 16] for all k ≥ 1 with 16k ≤ i:
//
// i − 16k has its highest bit set if 16k > i, as both are below 128. That is up to four shuffles for 32 letters;
// turning the letters costs two more, and memory as much as either, so that it is asked for ahead.
#include "lane_words.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>

namespace eigenmata::simulation {
namespace {

constexpr std::size_t kWidth = 32;

EIGENMATA_TARGET_AVX2 inline __m128i load16(const std::uint8_t* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// A table of at most 16 `Tables` entries.
template <std::size_t Tables>
struct Table {
  __m256i part[Tables];

  EIGENMATA_TARGET_AVX2 explicit Table(const StateMap& map) {
    __m128i before = _mm_setzero_si128();
    for (std::size_t k = 0; k < Tables; ++k) {
      const __m128i entries = load16(map.image.data() + 16 * k);
      part[k] = _mm256_broadcastsi128_si256(_mm_xor_si128(entries, before));
      before = entries;
    }
  }
  EIGENMATA_TARGET_AVX2 __m256i operator[](__m256i index) const {
    __m256i found = _mm256_shuffle_epi8(part[0], index);
#pragma GCC unroll 4
    for (std::size_t k = 1; k < Tables; ++k) {
      const __m256i from_here = _mm256_sub_epi8(index, _mm256_set1_epi8(static_cast<char>(16 * k)));
      found = _mm256_xor_si256(found, _mm256_shuffle_epi8(part[k], from_here));
    }
    return found;
  }
};

/// One round of interleaving bytes of rows i and i + 8. Four of them transpose 16 rows of 16 bytes, in each half of the
/// registers.
EIGENMATA_TARGET_AVX2 inline void transpose_round(const __m256i* from, __m256i* to) {
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 8; ++i) {
    to[2 * i] = _mm256_unpacklo_epi8(from[i], from[i + 8]);
    to[2 * i + 1] = _mm256_unpackhi_epi8(from[i], from[i + 8]);
  }
}

/// Row r of half g is lane 16g + r, whose letters are at place(lane).
template <class Place>
EIGENMATA_TARGET_AVX2 inline void load_turned(const Place& place, __m256i* letters) {
  __m256i rows[kSteps];
#pragma GCC unroll 16
  for (std::size_t r = 0; r < kSteps; ++r)
    rows[r] = _mm256_inserti128_si256(_mm256_castsi128_si256(load16(place(r))), load16(place(16 + r)), 1);
  transpose_round(rows, letters);
  transpose_round(letters, rows);
  transpose_round(rows, letters);
  transpose_round(letters, rows);
  for (std::size_t t = 0; t < kSteps; ++t) letters[t] = rows[t];
}

/// Of a block of sixteen letters of 64 words, what is that far ahead in memory.
EIGENMATA_TARGET_AVX2 inline void prefetch_block(const std::uint8_t* at) {
  constexpr std::size_t kAhead = 8192;
#pragma GCC unroll 16
  for (std::size_t line = 0; line < kLanes * kSteps; line += 64) __builtin_prefetch(at + kAhead + line);
}

/// All lanes of 64 words.
template <std::size_t Tables>
struct Lanes {
  const Table<Tables>& next;
  __m256i rows[2];
  __m256i letters[2][kSteps];

  EIGENMATA_TARGET_AVX2 Lanes(const Table<Tables>& table, const AutomatonTables& tables) : next(table) {
    rows[0] = rows[1] = _mm256_set1_epi8(static_cast<char>(tables.initial * tables.letters));
  }
  template <class Place>
  EIGENMATA_TARGET_AVX2 inline void load(const Place& place) {
    load_turned(place, letters[0]);
    load_turned([&](std::size_t lane) { return place(kWidth + lane); }, letters[1]);
  }
  EIGENMATA_TARGET_AVX2 inline __m256i after(std::size_t half, std::size_t s) const {
    return next[_mm256_add_epi8(rows[half], letters[half][s])];
  }
  EIGENMATA_TARGET_AVX2 inline void step(std::size_t s) {
    rows[0] = after(0, s);
    rows[1] = after(1, s);
  }
  EIGENMATA_TARGET_AVX2 void states(const AutomatonTables& tables, std::uint8_t* states) const {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(states), rows[0]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(states + kWidth), rows[1]);
    for (std::size_t i = 0; i < kLanes; ++i) states[i] = tables.small_state.image[states[i]];
  }
};

template <std::size_t Tables>
EIGENMATA_TARGET_AVX2 void run_equal_by(const AutomatonTables& tables, const std::uint8_t* at, std::size_t length,
                                        automata::State* finals) {
  const Table<Tables> next(tables.small_next);
  Lanes<Tables> lanes(next, tables);
  std::size_t t = 0;
  for (; t + kSteps <= length; t += kSteps) {
    prefetch_block(at + kLanes * t);
    lanes.load([&](std::size_t lane) { return at + lane * length + t; });
#pragma GCC unroll 16
    for (std::size_t s = 0; s < kSteps; ++s) lanes.step(s);
  }
  if (t < length) {
    lanes.load([&](std::size_t lane) { return at + lane * length + t; });
    for (std::size_t s = 0; s < length - t; ++s) lanes.step(s);
  }
  std::array<std::uint8_t, kLanes> states;
  lanes.states(tables, states.data());
  for (std::size_t i = 0; i < kLanes; ++i) finals[i] = automata::state(states[i]);
}

template <std::size_t Tables>
EIGENMATA_TARGET_AVX2 void run_by(const AutomatonTables& tables, std::span<const WordItem> words,
                                  automata::State* finals) {
  std::array<const std::uint8_t*, kLanes> at;
  std::array<std::uint32_t, kLanes> lengths;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const WordItem& word = words[std::min(i, words.size() - 1)];
    at[i] = word.letters;
    lengths[i] = word.length;
  }
  const auto [shortest, longest] = std::minmax_element(lengths.begin(), lengths.end());
  const Table<Tables> next(tables.small_next);
  Lanes<Tables> lanes(next, tables);
  std::size_t t = 0;
  for (; t + kSteps <= *shortest; t += kSteps) {
    lanes.load([&](std::size_t lane) { return at[lane] + t; });
#pragma GCC unroll 16
    for (std::size_t s = 0; s < kSteps; ++s) lanes.step(s);
  }
  for (; t < *longest; t += kSteps) {
    // What has ended stays where it is. There are 16 letters after every end, so that reading on does no harm.
    alignas(32) std::array<std::uint8_t, kLanes> left;
    for (std::size_t i = 0; i < kLanes; ++i)
      left[i] = static_cast<std::uint8_t>(lengths[i] <= t ? 0 : std::min<std::size_t>(lengths[i] - t, kSteps));
    lanes.load([&](std::size_t lane) { return at[lane] + std::min<std::size_t>(t, lengths[lane]); });
    for (std::size_t s = 0; s < kSteps; ++s) {
      for (std::size_t half = 0; half < 2; ++half) {
        const __m256i steps = _mm256_load_si256(reinterpret_cast<const __m256i*>(left.data() + kWidth * half));
        const __m256i moves = _mm256_cmpgt_epi8(steps, _mm256_set1_epi8(static_cast<char>(s)));
        lanes.rows[half] = _mm256_blendv_epi8(lanes.rows[half], lanes.after(half, s), moves);
      }
    }
  }
  std::array<std::uint8_t, kLanes> states;
  lanes.states(tables, states.data());
  for (std::size_t i = 0; i < words.size(); ++i) finals[words[i].index] = automata::state(states[i]);
}

}  // namespace

void run_equal_lanes_avx2(const AutomatonTables& tables, const std::uint8_t* at, std::size_t length,
                          automata::State* finals) {
  const std::size_t entries = std::size_t{tables.states} * tables.letters;
  if (entries <= 16) return run_equal_by<1>(tables, at, length, finals);
  if (entries <= 32) return run_equal_by<2>(tables, at, length, finals);
  run_equal_by<4>(tables, at, length, finals);
}

void run_lanes_avx2(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals) {
  const std::size_t entries = std::size_t{tables.states} * tables.letters;
  if (entries <= 16) return run_by<1>(tables, words, finals);
  if (entries <= 32) return run_by<2>(tables, words, finals);
  run_by<4>(tables, words, finals);
}

}  // namespace eigenmata::simulation
#endif

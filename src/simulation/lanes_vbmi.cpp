// SPDX-License-Identifier: Apache-2.0
//
// The lanes in registers of 64 bytes: the table of at most 64 entries is one of them, and one shuffle looks up all
// lanes.
#include "lane_words.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>

namespace eigenmata::simulation {
namespace {

/// One round of interleaving bytes of rows i and i + 8. Four of them transpose 16 rows of 16 bytes, in each quarter of
/// the registers.
EIGENMATA_TARGET_VBMI inline void transpose_round(const __m512i* from, __m512i* to) {
#pragma GCC unroll 8
  for (std::size_t i = 0; i < 8; ++i) {
    to[2 * i] = _mm512_unpacklo_epi8(from[i], from[i + 8]);
    to[2 * i + 1] = _mm512_unpackhi_epi8(from[i], from[i + 8]);
  }
}

EIGENMATA_TARGET_VBMI inline __m128i load16(const std::uint8_t* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// Row r of quarter g is lane 16g + r.
EIGENMATA_TARGET_VBMI inline void load_turned(const std::array<const std::uint8_t*, kLanes>& at, __m512i* letters) {
  __m512i rows[kSteps];
#pragma GCC unroll 16
  for (std::size_t r = 0; r < kSteps; ++r) {
    __m512i row = _mm512_castsi128_si512(load16(at[r]));
    row = _mm512_mask_broadcast_i32x4(row, 0x00F0, load16(at[16 + r]));
    row = _mm512_mask_broadcast_i32x4(row, 0x0F00, load16(at[32 + r]));
    rows[r] = _mm512_mask_broadcast_i32x4(row, 0xF000, load16(at[48 + r]));
  }
  transpose_round(rows, letters);
  transpose_round(letters, rows);
  transpose_round(rows, letters);
  transpose_round(letters, rows);
  for (std::size_t t = 0; t < kSteps; ++t) letters[t] = rows[t];
}

/// The same for words of one length, without a list of places; those of quarter g begin at at + g · distance.
EIGENMATA_TARGET_VBMI inline void load_turned(const std::uint8_t* at, std::size_t length, std::size_t distance,
                                              __m512i* letters) {
  __m512i rows[kSteps];
#pragma GCC unroll 16
  for (std::size_t r = 0; r < kSteps; ++r, at += length) {
    __m512i row = _mm512_castsi128_si512(load16(at));
    row = _mm512_mask_broadcast_i32x4(row, 0x00F0, load16(at + distance));
    row = _mm512_mask_broadcast_i32x4(row, 0x0F00, load16(at + 2 * distance));
    rows[r] = _mm512_mask_broadcast_i32x4(row, 0xF000, load16(at + 3 * distance));
  }
  transpose_round(rows, letters);
  transpose_round(letters, rows);
  transpose_round(rows, letters);
  transpose_round(letters, rows);
  for (std::size_t t = 0; t < kSteps; ++t) letters[t] = rows[t];
}

}  // namespace

EIGENMATA_TARGET_VBMI void run_equal_lanes_vbmi(const AutomatonTables& tables, EqualWords words,
                                                automata::State* finals) {
  const __m512i next = _mm512_load_si512(tables.small_next.image.data());
  const std::size_t length = words.length;
  const std::size_t quarter = words.count / 4;
  const std::size_t distance = quarter * length;
  for (std::size_t begin = 0; begin < quarter; begin += 16) {
    const std::uint8_t* at = words.word(begin);
    __m512i rows = _mm512_set1_epi8(static_cast<char>(tables.initial * tables.letters));
    __m512i letters[kSteps];
    std::size_t t = 0;
    for (; t + kSteps <= length; t += kSteps) {
      load_turned(at + t, length, distance, letters);
#pragma GCC unroll 16
      for (std::size_t s = 0; s < kSteps; ++s) rows = _mm512_permutexvar_epi8(_mm512_add_epi8(rows, letters[s]), next);
    }
    if (t < length) {
      load_turned(at + t, length, distance, letters);
      for (std::size_t s = 0; s < length - t; ++s)
        rows = _mm512_permutexvar_epi8(_mm512_add_epi8(rows, letters[s]), next);
    }
    static_assert(sizeof(automata::State) == 4);
    // With a mask of all, because g++ 12 warns about its own headers otherwise; the code is the same.
    constexpr __mmask64 kAll = ~__mmask64{0};
    alignas(64) std::array<std::uint8_t, kLanes> ended;
    _mm512_store_si512(ended.data(),
                       _mm512_maskz_permutexvar_epi8(kAll, rows, _mm512_load_si512(tables.small_state.image.data())));
    for (std::size_t g = 0; g < 4; ++g)
      _mm512_storeu_si512(finals + begin + g * quarter,
                          _mm512_maskz_cvtepu8_epi32(0xFFFF, load16(ended.data() + 16 * g)));
  }
}

EIGENMATA_TARGET_VBMI void run_lanes_vbmi(const AutomatonTables& tables, std::span<const WordItem> words,
                                          automata::State* finals) {
  std::array<const std::uint8_t*, kLanes> at;
  std::size_t longest = 0;
  std::size_t shortest = SIZE_MAX;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const WordItem& word = words[std::min(i, words.size() - 1)];
    at[i] = word.letters;
    longest = std::max<std::size_t>(longest, word.length);
    shortest = std::min<std::size_t>(shortest, word.length);
  }
  const __m512i next = _mm512_load_si512(tables.small_next.image.data());
  __m512i rows = _mm512_set1_epi8(static_cast<char>(tables.initial * tables.letters));
  __m512i letters[kSteps];
  std::size_t t = 0;
  for (; t + kSteps <= shortest; t += kSteps) {
    load_turned(at, letters);
#pragma GCC unroll 16
    for (std::size_t s = 0; s < kSteps; ++s) rows = _mm512_permutexvar_epi8(_mm512_add_epi8(rows, letters[s]), next);
    for (const std::uint8_t*& p : at) p += kSteps;
  }
  for (; t < longest; t += kSteps) {
    // What has ended stays where it is. There are 16 letters after every end, so that reading on does no harm.
    alignas(64) std::array<std::uint8_t, kLanes> left;
    for (std::size_t i = 0; i < kLanes; ++i) {
      const WordItem& word = words[std::min(i, words.size() - 1)];
      left[i] = static_cast<std::uint8_t>(word.length <= t ? 0 : std::min<std::size_t>(word.length - t, kSteps));
      at[i] = word.letters + std::min<std::size_t>(t, word.length);
    }
    load_turned(at, letters);
    const __m512i steps = _mm512_load_si512(left.data());
    for (std::size_t s = 0; s < kSteps; ++s) {
      const __mmask64 moves = _mm512_cmpgt_epu8_mask(steps, _mm512_set1_epi8(static_cast<char>(s)));
      rows = _mm512_mask_permutexvar_epi8(rows, moves, _mm512_add_epi8(rows, letters[s]), next);
    }
  }
  alignas(64) std::array<std::uint8_t, kLanes> ended;
  _mm512_store_si512(ended.data(), rows);
  for (std::size_t i = 0; i < words.size(); ++i)
    finals[words[i].index] = automata::state(tables.small_state.image[ended[i]]);
}

}  // namespace eigenmata::simulation
#endif

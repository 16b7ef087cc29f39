// SPDX-License-Identifier: Apache-2.0
//
// The lanes in two registers of 32 bytes. The instruction that looks up bytes has tables of 16 entries, and gives 0
// where the highest bit of an index is set. With T_k the entries from 16k on, entry i is the exclusive or of
//
//   T_0[i mod 16]  and  (T_k xor T_(k-1))[i mod 16] for all k ≥ 1 with 16k ≤ i:
//
// i − 16k has its highest bit set if 16k > i, as both are below 128. That is up to four shuffles for 32 letters, and
// turning the letters costs four more.
#include "lane_words.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>

namespace eigenmata::simulation {
namespace {

constexpr std::size_t kWidth = 32;

EIGENMATA_TARGET_AVX2 inline __m128i load16(const std::uint8_t* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

EIGENMATA_TARGET_AVX2 inline __m256i two_rows(const std::uint8_t* low, const std::uint8_t* high) {
  return _mm256_inserti128_si256(_mm256_castsi128_si256(load16(low)), load16(high), 1);
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
    __m256i found[Tables];
#pragma GCC unroll 4
    for (std::size_t k = 0; k < Tables; ++k)
      found[k] = _mm256_shuffle_epi8(part[k], _mm256_sub_epi8(index, _mm256_set1_epi8(static_cast<char>(16 * k))));
    // Pair by pair, as what is next waits for the result.
    if constexpr (Tables == 1) {
      return found[0];
    } else {
      __m256i all = _mm256_xor_si256(found[0], found[1]);
      if constexpr (Tables == 3) all = _mm256_xor_si256(all, found[2]);
      if constexpr (Tables == 4) all = _mm256_xor_si256(all, _mm256_xor_si256(found[2], found[3]));
      return all;
    }
  }
};

/// Eight rows of sixteen bytes, in each half of the registers, become eight registers of two columns each: bytes are
/// interleaved, then pairs of them, then fours. Half of the sixteen rows at a time, so that all of it stays in
/// registers.
EIGENMATA_TARGET_AVX2 inline void turn_eight(const __m256i* rows, __m256i* columns) {
  __m256i pairs[8];
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) {
    pairs[i] = _mm256_unpacklo_epi8(rows[2 * i], rows[2 * i + 1]);
    pairs[4 + i] = _mm256_unpackhi_epi8(rows[2 * i], rows[2 * i + 1]);
  }
#pragma GCC unroll 2
  for (std::size_t side = 0; side < 2; ++side) {
    const __m256i* p = pairs + 4 * side;
    const __m256i first[2] = {_mm256_unpacklo_epi16(p[0], p[1]), _mm256_unpackhi_epi16(p[0], p[1])};
    const __m256i second[2] = {_mm256_unpacklo_epi16(p[2], p[3]), _mm256_unpackhi_epi16(p[2], p[3])};
#pragma GCC unroll 2
    for (std::size_t i = 0; i < 2; ++i) {
      columns[4 * side + 2 * i] = _mm256_unpacklo_epi32(first[i], second[i]);
      columns[4 * side + 2 * i + 1] = _mm256_unpackhi_epi32(first[i], second[i]);
    }
  }
}

/// Of blocks of sixteen letters, one of each quarter, what is that far ahead in memory.
EIGENMATA_TARGET_AVX2 inline void prefetch_blocks(const std::uint8_t* at, std::size_t distance) {
  constexpr std::size_t kAhead = 2048;
#pragma GCC unroll 4
  for (std::size_t quarter = 0; quarter < 4; ++quarter, at += distance) {
#pragma GCC unroll 4
    for (std::size_t line = 0; line < 16 * kSteps; line += 64) __builtin_prefetch(at + kAhead + line);
  }
}

/// Sixteen letters of 64 words, turned.
struct Turned {
  static constexpr std::size_t kParts = 4;
  __m256i columns[kParts][kSteps / 2];  ///< of 32 words: two columns of the first eight rows, and of the others

  /// The letters of a lane are at place(lane). Row r of half g of the registers is lane 16g + r.
  template <class Place>
  EIGENMATA_TARGET_AVX2 inline void load(const Place& place) {
#pragma GCC unroll 4
    for (std::size_t part = 0; part < kParts; ++part) {
      const std::size_t first = kWidth * (part / 2) + 8 * (part % 2);
      __m256i rows[8];
#pragma GCC unroll 8
      for (std::size_t r = 0; r < 8; ++r) rows[r] = two_rows(place(first + r), place(first + 16 + r));
      turn_eight(rows, columns[part]);
    }
  }
  /// The same for words `length` apart, sixteen of each quarter, those of the first quarter from `at` on. Left alone,
  /// the compiler computes 64 addresses in front of the loop, and reads them back one by one.
  EIGENMATA_TARGET_AVX2 inline void load(const std::uint8_t* at, std::size_t length, std::size_t distance) {
#pragma GCC unroll 4
    for (std::size_t part = 0; part < kParts; ++part) {
      const std::uint8_t* low = at + part / 2 * 2 * distance + 8 * (part % 2) * length;
      __m256i rows[8];
#pragma GCC unroll 2
      for (std::size_t four = 0; four < 8; four += 4, low += 4 * length) {
        const std::uint8_t* high = low + distance;
        __asm__("" : "+r"(low), "+r"(high));
#pragma GCC unroll 4
        for (std::size_t r = 0; r < 4; ++r) rows[four + r] = two_rows(low + r * length, high + r * length);
      }
      turn_eight(rows, columns[part]);
    }
  }
  /// Letter s of 32 words.
  [[nodiscard]] EIGENMATA_TARGET_AVX2 inline __m256i letters(std::size_t half, std::size_t s) const {
    const __m256i first = columns[2 * half][s / 2];
    const __m256i second = columns[2 * half + 1][s / 2];
    return s % 2 == 0 ? _mm256_unpacklo_epi64(first, second) : _mm256_unpackhi_epi64(first, second);
  }
};

/// The rows of the table that 64 words have come to.
template <std::size_t Tables>
struct Lanes {
  const Table<Tables>& next;
  __m256i rows[2];

  EIGENMATA_TARGET_AVX2 Lanes(const Table<Tables>& table, const AutomatonTables& tables) : next(table) {
    rows[0] = rows[1] = _mm256_set1_epi8(static_cast<char>(tables.initial * tables.letters));
  }
  EIGENMATA_TARGET_AVX2 inline __m256i after(std::size_t half, const Turned& turned, std::size_t s) const {
    return next[_mm256_add_epi8(rows[half], turned.letters(half, s))];
  }
  EIGENMATA_TARGET_AVX2 inline void step(const Turned& turned, std::size_t s) {
    rows[0] = after(0, turned, s);
    rows[1] = after(1, turned, s);
  }
  /// `state_of` is the table of the states of rows.
  EIGENMATA_TARGET_AVX2 void states(const Table<Tables>& state_of, std::uint8_t* states) const {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(states), state_of[rows[0]]);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(states + kWidth), state_of[rows[1]]);
  }
};

template <std::size_t Tables>
EIGENMATA_TARGET_AVX2 void run_equal_by(const AutomatonTables& tables, EqualWords words, automata::State* finals) {
  const Table<Tables> next(tables.small_next), state_of(tables.small_state);
  const std::size_t length = words.length;
  const std::size_t quarter = words.count / 4;
  const std::size_t distance = quarter * length;
  for (std::size_t begin = 0; begin < quarter; begin += 16) {
    const std::uint8_t* at = words.word(begin);
    Lanes<Tables> lanes(next, tables);
    Turned turned;
    std::size_t t = 0;
    for (; t + kSteps <= length; t += kSteps) {
      prefetch_blocks(at + 16 * t, distance);
      turned.load(at + t, length, distance);
#pragma GCC unroll 16
      for (std::size_t s = 0; s < kSteps; ++s) lanes.step(turned, s);
    }
    if (t < length) {
      turned.load(at + t, length, distance);
      for (std::size_t s = 0; s < length - t; ++s) lanes.step(turned, s);
    }
    std::array<std::uint8_t, kLanes> states;
    lanes.states(state_of, states.data());
    for (std::size_t g = 0; g < 4; ++g) {
      for (std::size_t i = 0; i < 16; ++i) finals[begin + g * quarter + i] = automata::state(states[16 * g + i]);
    }
  }
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
  const Table<Tables> next(tables.small_next), state_of(tables.small_state);
  Lanes<Tables> lanes(next, tables);
  Turned turned;
  std::size_t t = 0;
  for (; t + kSteps <= *shortest; t += kSteps) {
    turned.load([&](std::size_t lane) { return at[lane] + t; });
#pragma GCC unroll 16
    for (std::size_t s = 0; s < kSteps; ++s) lanes.step(turned, s);
  }
  for (; t < *longest; t += kSteps) {
    // What has ended stays where it is. There are 16 letters after every end, so that reading on does no harm.
    alignas(32) std::array<std::uint8_t, kLanes> left;
    for (std::size_t i = 0; i < kLanes; ++i)
      left[i] = static_cast<std::uint8_t>(lengths[i] <= t ? 0 : std::min<std::size_t>(lengths[i] - t, kSteps));
    turned.load([&](std::size_t lane) { return at[lane] + std::min<std::size_t>(t, lengths[lane]); });
    for (std::size_t s = 0; s < kSteps; ++s) {
      for (std::size_t half = 0; half < 2; ++half) {
        const __m256i steps = _mm256_load_si256(reinterpret_cast<const __m256i*>(left.data() + kWidth * half));
        const __m256i moves = _mm256_cmpgt_epi8(steps, _mm256_set1_epi8(static_cast<char>(s)));
        lanes.rows[half] = _mm256_blendv_epi8(lanes.rows[half], lanes.after(half, turned, s), moves);
      }
    }
  }
  std::array<std::uint8_t, kLanes> states;
  lanes.states(state_of, states.data());
  for (std::size_t i = 0; i < words.size(); ++i) finals[words[i].index] = automata::state(states[i]);
}

}  // namespace

void run_equal_lanes_avx2(const AutomatonTables& tables, EqualWords words, automata::State* finals) {
  const std::size_t entries = std::size_t{tables.states} * tables.letters;
  if (entries <= 16) return run_equal_by<1>(tables, words, finals);
  if (entries <= 32) return run_equal_by<2>(tables, words, finals);
  if (entries <= 48) return run_equal_by<3>(tables, words, finals);
  run_equal_by<4>(tables, words, finals);
}

void run_lanes_avx2(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals) {
  const std::size_t entries = std::size_t{tables.states} * tables.letters;
  if (entries <= 16) return run_by<1>(tables, words, finals);
  if (entries <= 32) return run_by<2>(tables, words, finals);
  if (entries <= 48) return run_by<3>(tables, words, finals);
  run_by<4>(tables, words, finals);
}

}  // namespace eigenmata::simulation
#endif

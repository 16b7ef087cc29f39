// SPDX-License-Identifier: Apache-2.0
//
// One long word, in parallel, although no state is known before the one before it: a piece of the word is run from all
// states at once, and what it does to them is a map. The maps of the pieces are composed at the end. For at most 64
// states (16) a map fits into a register of 64 bytes (16), and a letter, or a group of letters, is one byte shuffle.
#include <array>

#include "automaton_kernels.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>
#endif

namespace eigenmata::simulation {

#ifdef EIGENMATA_X86_64
namespace {

/// So many pieces side by side hide the time that a shuffle takes. Their distance is a constant, so that one pointer
/// leads to all of them; it is short, so that a block of pieces stays in the nearest cache.
constexpr std::size_t kPieces = 16;
constexpr std::size_t kPieceLetters = 320;
constexpr std::size_t kBlockLetters = kPieces * kPieceLetters;
constexpr std::size_t kLineLetters = 64;
static_assert(kPieceLetters % kLineLetters == 0);
constexpr unsigned kMapBytes = 6;  // their logarithm

/// What is read next is asked for a block ahead.
inline void prefetch_lines(const std::uint8_t* at) {
#pragma GCC unroll 16
  for (std::size_t i = 0; i < kPieces; ++i) __builtin_prefetch(at + i * kPieceLetters + kBlockLetters);
}

/// Some blocks, and then some groups of letters.
template <unsigned Size>
EIGENMATA_TARGET_VBMI void compose_blocks_64(const AutomatonTables& tables, const std::uint8_t* word,
                                             std::size_t blocks, std::size_t groups, StateMap& result) {
  const LetterGroup group = tables.group;
  const auto* maps = reinterpret_cast<const std::uint8_t*>(tables.maps.data());
  alignas(64) std::array<std::uint8_t, 64> numbers;
  for (std::size_t q = 0; q < numbers.size(); ++q) numbers[q] = static_cast<std::uint8_t>(q);
  const __m512i identity = _mm512_load_si512(numbers.data());
  __m512i whole = identity;
  for (; blocks > 0; --blocks, word += kBlockLetters) {
    __m512i f[kPieces];
    for (auto& map : f) map = identity;
    for (std::size_t line = 0; line < kPieceLetters; line += kLineLetters) {
      prefetch_lines(word + line);
      for (std::size_t t = line; t < line + kLineLetters; t += Size) {
#pragma GCC unroll 16
        for (std::size_t i = 0; i < kPieces; ++i) {
          const std::size_t code = code_at<Size, kMapBytes>(group, word + t + i * kPieceLetters);
          f[i] = _mm512_permutexvar_epi8(f[i], _mm512_load_si512(maps + code));
        }
      }
    }
    for (const auto& map : f) whole = _mm512_permutexvar_epi8(whole, map);
  }
  for (; groups > 0; --groups, word += Size) {
    const __m512i map = _mm512_load_si512(maps + code_at<Size, kMapBytes>(group, word));
    whole = _mm512_permutexvar_epi8(whole, map);
  }
  _mm512_store_si512(result.image.data(), whole);
}

/// For at most 16 states: shuffles of 16 bytes.
template <unsigned Size>
EIGENMATA_TARGET_AVX2 void compose_blocks_16(const AutomatonTables& tables, const std::uint8_t* word,
                                             std::size_t blocks, std::size_t groups, StateMap& result) {
  // The registers hold half of the pieces; the halves take turns.
  constexpr std::size_t kHalf = kPieces / 2;
  const LetterGroup group = tables.group;
  const auto* maps = reinterpret_cast<const std::uint8_t*>(tables.maps.data());
  const __m128i identity = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m128i whole = identity;
  for (; blocks > 0; --blocks, word += kBlockLetters) {
    for (std::size_t line = 0; line < kPieceLetters; line += kLineLetters) prefetch_lines(word + line);
    for (std::size_t half = 0; half < 2; ++half) {
      const std::uint8_t* at = word + half * kHalf * kPieceLetters;
      __m128i f[kHalf];
      for (auto& map : f) map = identity;
      for (std::size_t t = 0; t < kPieceLetters; t += Size) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < kHalf; ++i) {
          const std::size_t code = code_at<Size, kMapBytes>(group, at + t + i * kPieceLetters);
          const __m128i map = _mm_load_si128(reinterpret_cast<const __m128i*>(maps + code));
          f[i] = _mm_shuffle_epi8(map, f[i]);
        }
      }
      for (const auto& map : f) whole = _mm_shuffle_epi8(map, whole);
    }
  }
  for (; groups > 0; --groups, word += Size) {
    const std::size_t code = code_at<Size, kMapBytes>(group, word);
    whole = _mm_shuffle_epi8(_mm_load_si128(reinterpret_cast<const __m128i*>(maps + code)), whole);
  }
  _mm_store_si128(reinterpret_cast<__m128i*>(result.image.data()), whole);
}

template <unsigned Size>
StateMap compose_by(const AutomatonTables& tables, std::span<const std::uint8_t> word) {
  const std::size_t blocks = word.size() / kBlockLetters;
  const std::size_t groups = word.size() % kBlockLetters / Size;
  StateMap whole;
  if (tables.states <= 16) {
    compose_blocks_16<Size>(tables, word.data(), blocks, groups, whole);
  } else {
    compose_blocks_64<Size>(tables, word.data(), blocks, groups, whole);
  }
  const auto rest = word.last(word.size() % Size);
  if (rest.empty()) return whole;
  for (std::uint32_t q = 0; q < tables.states; ++q)
    whole.image[q] = static_cast<std::uint8_t>(walk(tables, whole.image[q], rest));
  return whole;
}

}  // namespace

bool can_compose(const AutomatonTables& tables, const Processor& processor) {
  return tables.has_maps() && (tables.states <= 16 ? processor.avx2 : processor.avx512_vbmi);
}

StateMap compose(const AutomatonTables& tables, std::span<const std::uint8_t> word) {
  switch (tables.group.size) {
    case 8:
      return compose_by<8>(tables, word);
    case 4:
      return compose_by<4>(tables, word);
    case 2:
      return compose_by<2>(tables, word);
    default:
      return compose_by<1>(tables, word);
  }
}
#else
bool can_compose(const AutomatonTables&, const Processor&) { return false; }

StateMap compose(const AutomatonTables&, std::span<const std::uint8_t>) { return {}; }
#endif

}  // namespace eigenmata::simulation

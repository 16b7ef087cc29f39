// SPDX-License-Identifier: Apache-2.0
//
// Composing with shuffles of 64 bytes: one of them composes two maps.
#include "compose_groups.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>

#include <array>

namespace eigenmata::simulation {
namespace {

/// So many pieces side by side hide the time that a shuffle takes. Their distance is a constant, so that one pointer
/// leads to all of them; it is short, so that a block of pieces stays in the nearest cache.
constexpr std::size_t kPieces = 16;
constexpr std::size_t kPieceLetters = 320;
constexpr std::size_t kBlockLetters = kPieces * kPieceLetters;
constexpr std::size_t kLineLetters = 64;
static_assert(kPieceLetters % kLineLetters == 0);

/// What is read next is asked for a block ahead.
inline void prefetch_lines(const std::uint8_t* at) {
#pragma GCC unroll 16
  for (std::size_t i = 0; i < kPieces; ++i) __builtin_prefetch(at + i * kPieceLetters + kBlockLetters);
}

/// Some blocks, and then some groups of letters.
template <unsigned Size>
EIGENMATA_TARGET_VBMI StateMap compose_by(const AutomatonTables& tables, const std::uint8_t* word, std::size_t length) {
  std::size_t blocks = length / kBlockLetters;
  std::size_t groups = length % kBlockLetters / Size;
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
          const std::size_t code = code_at<Size, kMapShift>(group, word + t + i * kPieceLetters);
          f[i] = _mm512_permutexvar_epi8(f[i], _mm512_load_si512(maps + code));
        }
      }
    }
    for (const auto& map : f) whole = _mm512_permutexvar_epi8(whole, map);
  }
  for (; groups > 0; --groups, word += Size) {
    const __m512i map = _mm512_load_si512(maps + code_at<Size, kMapShift>(group, word));
    whole = _mm512_permutexvar_epi8(whole, map);
  }
  StateMap result;
  _mm512_store_si512(result.image.data(), whole);
  return result;
}

}  // namespace

StateMap compose_groups_vbmi(const AutomatonTables& tables, const std::uint8_t* word, std::size_t length) {
  return with_group_size(tables, [&](auto size) { return compose_by<size>(tables, word, length); });
}

}  // namespace eigenmata::simulation
#endif

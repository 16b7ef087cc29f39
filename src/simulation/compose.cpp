// SPDX-License-Identifier: Apache-2.0
//
// One long word, in parallel, although no state is known before the one before it: a piece of the word is run from all
// states at once, and what it does to them is a map. The maps of the pieces are composed at the end. For at most 64
// states (16) a map fits into a register of 64 bytes (16), and a letter, or a group of letters, is one byte shuffle.
#include <algorithm>
#include <array>

#include "automaton_kernels.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>
#endif

namespace eigenmata::simulation {

#ifdef EIGENMATA_X86_64
namespace {

/// So many pieces side by side hide the time that a shuffle takes.
constexpr std::size_t kPieces = 8;
constexpr unsigned kMapBytes = 6;  // their logarithm

template <unsigned Size>
EIGENMATA_TARGET_VBMI void compose_pieces_64(const AutomatonTables& tables, const std::uint8_t* word, std::size_t piece,
                                             StateMap* results) {
  const LetterGroup group = tables.group;
  const auto* maps = reinterpret_cast<const std::uint8_t*>(tables.maps.data());
  __m512i f[kPieces];
  alignas(64) std::array<std::uint8_t, 64> identity;
  for (std::size_t q = 0; q < identity.size(); ++q) identity[q] = static_cast<std::uint8_t>(q);
  for (auto& map : f) map = _mm512_load_si512(identity.data());
  for (std::size_t t = 0; t < piece; t += Size) {
#pragma GCC unroll 8
    for (std::size_t i = 0; i < kPieces; ++i) {
      const std::size_t code = code_at<Size, kMapBytes>(group, word + i * piece + t);
      f[i] = _mm512_permutexvar_epi8(f[i], _mm512_load_si512(maps + code));
    }
  }
  for (std::size_t i = 0; i < kPieces; ++i) _mm512_store_si512(results[i].image.data(), f[i]);
}

/// For at most 16 states: shuffles of 16 bytes, of which two run at a time.
template <unsigned Size>
EIGENMATA_TARGET_AVX2 void compose_pieces_16(const AutomatonTables& tables, const std::uint8_t* word, std::size_t piece,
                                             StateMap* results) {
  const LetterGroup group = tables.group;
  const auto* maps = reinterpret_cast<const std::uint8_t*>(tables.maps.data());
  __m128i f[kPieces];
  for (auto& map : f) map = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  for (std::size_t t = 0; t < piece; t += Size) {
#pragma GCC unroll 8
    for (std::size_t i = 0; i < kPieces; ++i) {
      const std::size_t code = code_at<Size, kMapBytes>(group, word + i * piece + t);
      const __m128i map = _mm_load_si128(reinterpret_cast<const __m128i*>(maps + code));
      f[i] = _mm_shuffle_epi8(map, f[i]);
    }
  }
  for (std::size_t i = 0; i < kPieces; ++i) _mm_store_si128(reinterpret_cast<__m128i*>(results[i].image.data()), f[i]);
}

template <unsigned Size>
StateMap compose_by(const AutomatonTables& tables, std::span<const std::uint8_t> word) {
  const std::size_t piece = word.size() / (kPieces * Size) * Size;
  std::array<StateMap, kPieces> pieces;
  if (tables.states <= 16) {
    compose_pieces_16<Size>(tables, word.data(), piece, pieces.data());
  } else {
    compose_pieces_64<Size>(tables, word.data(), piece, pieces.data());
  }
  StateMap whole;
  for (std::uint32_t q = 0; q < tables.states; ++q) {
    std::uint32_t at = q;
    for (const StateMap& map : pieces) at = map.image[at];
    whole.image[q] = static_cast<std::uint8_t>(walk(tables, at, word.subspan(kPieces * piece)));
  }
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

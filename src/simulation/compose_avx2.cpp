// SPDX-License-Identifier: Apache-2.0
//
// Composing with shuffles of 16 bytes, pieces of a word side by side to hide the time that a shuffle takes.
//
// A map of at most 16 states is the table of one shuffle. A piece is read from its end, f ← f ∘ map: then f is the
// table and the map of the letter the index, which can come straight from memory.
//
// For more states a map is two to four tables of 16 bytes, T_k the images of the states from 16k on, each in both
// halves of a register, and the composition f ← map ∘ f looks all bytes of f up in all tables. A shuffle gives 0 where
// the highest bit of the index is set, as it is in q − 16k for q < 16k. So the image of q is the exclusive or, over the
// k with 16k ≤ q, of D_k[(q − 16k) mod 16], where D_0 = T_0 and D_k = T_k xor T_(k−1); `map_differences` has the D_k.
// With n tables these are n ⌈n/2⌉ shuffles, two a cycle: from 49 states on four cycles a group of letters, about as
// long as one look-up takes in a walk. What it gains then is that pieces can be shared by threads.
#include "compose_groups.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>

namespace eigenmata::simulation {
namespace {

/// Blocks of pieces are asked for one ahead. Two letters are read at ten gigabytes a second and more, and memory
/// answers in time for that only if a block is long. 61 lines: pieces begin in different sets of the nearest cache.
constexpr std::size_t kPieceLetters = 61 * 64;
constexpr std::size_t kLineLetters = 64;
static_assert(kPieceLetters % kLineLetters == 0);

EIGENMATA_TARGET_AVX2 inline __m128i load16(const std::uint8_t* from) {
  return _mm_load_si128(reinterpret_cast<const __m128i*>(from));
}

/// 32 letters of two give four codes at once: the lowest bits of the bytes. Other letters are read group by group.
template <unsigned Size>
struct Codes {
  static constexpr std::size_t kCount = Size == 8 ? 4 : 1;
  static constexpr std::size_t kLetters = kCount * Size;

  EIGENMATA_TARGET_AVX2 Codes(const LetterGroup& group, const std::uint8_t* at) {
    if constexpr (Size == 8) {
      const __m256i letters = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
      bits = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_slli_epi16(letters, 7)));
    } else {
      bits = code_at<Size, kMapShift>(group, at);
    }
  }
  /// Where the map of code k begins.
  [[nodiscard]] std::size_t place(std::size_t k) const {
    if constexpr (Size == 8) return (bits >> (8 * k) & 0xFF) << kMapShift;
    return bits;
  }

  std::size_t bits;
};

template <unsigned Size>
EIGENMATA_TARGET_AVX2 StateMap compose_16(const AutomatonTables& tables, const std::uint8_t* word, std::size_t length) {
  using At = Codes<Size>;
  constexpr std::size_t kPieces = 8;
  constexpr std::size_t kBlockLetters = kPieces * kPieceLetters;
  const LetterGroup group = tables.group;
  const auto* maps = reinterpret_cast<const std::uint8_t*>(tables.maps.data());
  const __m128i identity = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  __m128i whole = identity;
  const std::uint8_t* end = word + length;
  for (; static_cast<std::size_t>(end - word) >= kBlockLetters; word += kBlockLetters) {
    __m128i f[kPieces];
    for (auto& map : f) map = identity;
    for (std::size_t line = kPieceLetters; line > 0; line -= kLineLetters) {
      const std::uint8_t* at = word + line - kLineLetters;
#pragma GCC unroll 8
      for (std::size_t i = 0; i < kPieces; ++i) __builtin_prefetch(at + i * kPieceLetters + kBlockLetters);
      for (std::size_t t = kLineLetters; t > 0; t -= At::kLetters) {
#pragma GCC unroll 8
        for (std::size_t i = 0; i < kPieces; ++i) {
          const At codes(group, at + i * kPieceLetters + t - At::kLetters);
#pragma GCC unroll 4
          for (std::size_t k = At::kCount; k > 0; --k) f[i] = _mm_shuffle_epi8(f[i], load16(maps + codes.place(k - 1)));
        }
      }
    }
    for (const auto& map : f) whole = _mm_shuffle_epi8(map, whole);
  }
  for (; static_cast<std::size_t>(end - word) >= Size; word += Size)
    whole = _mm_shuffle_epi8(load16(maps + code_at<Size, kMapShift>(group, word)), whole);
  StateMap result;
  _mm_store_si128(reinterpret_cast<__m128i*>(result.image.data()), whole);
  return result;
}

/// A map of at most 16 `Tables` states.
template <std::size_t Tables>
struct Wide {
  static constexpr std::size_t kRegisters = (Tables + 1) / 2;
  __m256i image[kRegisters];

  EIGENMATA_TARGET_AVX2 void set_identity() {
    alignas(32) StateMap map;
    for (std::size_t q = 0; q < map.image.size(); ++q) map.image[q] = static_cast<std::uint8_t>(q);
    for (std::size_t r = 0; r < kRegisters; ++r)
      image[r] = _mm256_load_si256(reinterpret_cast<const __m256i*>(map.image.data()) + r);
  }
  /// Then the map with these D_k. difference(k): D_k in both halves.
  template <class Difference>
  EIGENMATA_TARGET_AVX2 inline void then(const Difference& difference) {
    __m256i found[kRegisters];
#pragma GCC unroll 4
    for (std::size_t k = 0; k < Tables; ++k) {
      const __m256i table = difference(k);
#pragma GCC unroll 2
      for (std::size_t r = 0; r < kRegisters; ++r) {
        if (k == 0) {
          found[r] = _mm256_shuffle_epi8(table, image[r]);
        } else {
          const __m256i from_here = _mm256_sub_epi8(image[r], _mm256_set1_epi8(static_cast<char>(16 * k)));
          found[r] = _mm256_xor_si256(found[r], _mm256_shuffle_epi8(table, from_here));
        }
      }
    }
#pragma GCC unroll 2
    for (std::size_t r = 0; r < kRegisters; ++r) image[r] = found[r];
  }
  EIGENMATA_TARGET_AVX2 inline void then(const std::uint8_t* differences) {
    then([&](std::size_t k)
             EIGENMATA_TARGET_AVX2 { return _mm256_broadcastsi128_si256(load16(differences + 16 * k)); });
  }
  EIGENMATA_TARGET_AVX2 inline void then(const Wide& map) {
    __m256i before = _mm256_setzero_si256();
    then([&](std::size_t k) EIGENMATA_TARGET_AVX2 {
      const __m256i half = map.image[k / 2];
      const __m256i table =
          k % 2 == 0 ? _mm256_permute2x128_si256(half, half, 0x00) : _mm256_permute2x128_si256(half, half, 0x11);
      const __m256i difference = _mm256_xor_si256(table, before);
      before = table;
      return difference;
    });
  }
};

template <unsigned Size, std::size_t Tables>
EIGENMATA_TARGET_AVX2 StateMap compose_wide(const AutomatonTables& tables, const std::uint8_t* word,
                                            std::size_t length) {
  using At = Codes<Size>;
  constexpr std::size_t kPieces = Tables == 2 ? 4 : 2;
  constexpr std::size_t kBlockLetters = kPieces * kPieceLetters;
  const LetterGroup group = tables.group;
  const auto* maps = reinterpret_cast<const std::uint8_t*>(tables.map_differences.data());
  Wide<Tables> whole;
  whole.set_identity();
  const std::uint8_t* end = word + length;
  for (; static_cast<std::size_t>(end - word) >= kBlockLetters; word += kBlockLetters) {
    Wide<Tables> f[kPieces];
    for (auto& map : f) map.set_identity();
    for (std::size_t line = 0; line < kPieceLetters; line += kLineLetters) {
#pragma GCC unroll 4
      for (std::size_t i = 0; i < kPieces; ++i) __builtin_prefetch(word + line + i * kPieceLetters + kBlockLetters);
      for (std::size_t t = line; t < line + kLineLetters; t += At::kLetters) {
#pragma GCC unroll 4
        for (std::size_t i = 0; i < kPieces; ++i) {
          const At codes(group, word + t + i * kPieceLetters);
#pragma GCC unroll 4
          for (std::size_t k = 0; k < At::kCount; ++k) f[i].then(maps + codes.place(k));
        }
      }
    }
    for (const auto& map : f) whole.then(map);
  }
  for (; static_cast<std::size_t>(end - word) >= Size; word += Size)
    whole.then(maps + code_at<Size, kMapShift>(group, word));
  StateMap result;
  for (std::size_t r = 0; r < Wide<Tables>::kRegisters; ++r)
    _mm256_store_si256(reinterpret_cast<__m256i*>(result.image.data()) + r, whole.image[r]);
  return result;
}

}  // namespace

StateMap compose_groups_avx2(const AutomatonTables& tables, const std::uint8_t* word, std::size_t length) {
  return with_group_size(tables, [&](auto size) {
    if (tables.states <= 16) return compose_16<size>(tables, word, length);
    if (tables.states <= 32) return compose_wide<size, 2>(tables, word, length);
    if (tables.states <= 48) return compose_wide<size, 3>(tables, word, length);
    return compose_wide<size, 4>(tables, word, length);
  });
}

}  // namespace eigenmata::simulation
#endif

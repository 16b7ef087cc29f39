// SPDX-License-Identifier: Apache-2.0
#include "translate.hpp"

#include "processor.hpp"

#ifdef EIGENMATA_X86_64
#include <immintrin.h>
#endif

namespace eigenmata::simulation {

std::size_t translate_plain(const TranslationTable& table, const char* bytes, std::size_t count, std::uint8_t* to) {
  for (std::size_t i = 0; i < count; ++i) {
    to[i] = table.letters[static_cast<unsigned char>(bytes[i])];
    if (to[i] == TranslationTable::kNoLetter) return i;
  }
  return count;
}

#ifdef EIGENMATA_X86_64
namespace {

/// One permutation of two registers looks 64 bytes up in the 128 entries that matter.
EIGENMATA_TARGET_VBMI std::size_t translate_vbmi(const TranslationTable& table, const char* bytes, std::size_t count,
                                                 std::uint8_t* to) {
  const __m512i low = _mm512_loadu_si512(table.letters.data());
  const __m512i high = _mm512_loadu_si512(table.letters.data() + 64);
  const __m512i none = _mm512_set1_epi8(static_cast<char>(TranslationTable::kNoLetter));
  for (std::size_t i = 0; i < count; i += 64) {
    const std::size_t left = count - i;
    const __mmask64 here = left >= 64 ? ~__mmask64{0} : (__mmask64{1} << left) - 1;
    const __m512i text = _mm512_maskz_loadu_epi8(here, bytes + i);
    const __m512i letters = _mm512_permutex2var_epi8(low, text, high);
    _mm512_mask_storeu_epi8(to + i, here, letters);
    const __mmask64 no_letter = (_mm512_movepi8_mask(text) | _mm512_cmpeq_epi8_mask(letters, none)) & here;
    if (no_letter != 0) return i + static_cast<std::size_t>(__builtin_ctzll(no_letter));
  }
  return count;
}

}  // namespace

std::size_t translate(const TranslationTable& table, const char* bytes, std::size_t count, std::uint8_t* to) {
  return processor().avx512_vbmi ? translate_vbmi(table, bytes, count, to) : translate_plain(table, bytes, count, to);
}
#else
std::size_t translate(const TranslationTable& table, const char* bytes, std::size_t count, std::uint8_t* to) {
  return translate_plain(table, bytes, count, to);
}
#endif

}  // namespace eigenmata::simulation

// SPDX-License-Identifier: Apache-2.0
//
// Many words in one piece of memory, as the fast path reads them: one byte a letter, word after word. An alphabet of
// more than 256 letters does not fit; those words take four bytes a letter and are run one at a time by the reference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "eigenmata/core/alphabet.hpp"

namespace eigenmata::simulation {

inline constexpr std::size_t kLargestPackedAlphabet = 256;

/// Word i is letters[ends[i − 1], ends[i]), with ends[−1] = 0. The letters are positions in an alphabet.
template <class Letter>
struct PackedWordsOf {
  std::vector<Letter> letters;
  std::vector<std::uint64_t> ends;

  [[nodiscard]] std::size_t size() const { return ends.size(); }

  [[nodiscard]] std::size_t begin_of(std::size_t i) const { return i == 0 ? 0 : ends[i - 1]; }

  [[nodiscard]] std::span<const Letter> word(std::size_t i) const {
    return std::span(letters).subspan(begin_of(i), ends[i] - begin_of(i));
  }

  /// Throws `core::Error` if a letter does not fit.
  void append(const core::Word& word);

  void clear() {
    letters.clear();
    ends.clear();
  }
};

using PackedWords = PackedWordsOf<std::uint8_t>;
/// For alphabets of more than 256 letters.
using WideWords = PackedWordsOf<std::uint32_t>;

extern template struct PackedWordsOf<std::uint8_t>;
extern template struct PackedWordsOf<std::uint32_t>;

}  // namespace eigenmata::simulation

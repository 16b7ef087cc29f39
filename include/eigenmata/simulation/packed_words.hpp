// SPDX-License-Identifier: Apache-2.0
//
// Many words in one piece of memory, as the fast path reads them: one byte a letter, word after word. An alphabet of
// more than 256 letters does not fit; those words are run one at a time by the reference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "eigenmata/core/alphabet.hpp"

namespace eigenmata::simulation {

inline constexpr std::size_t kLargestPackedAlphabet = 256;

/// Word i is letters[ends[i − 1], ends[i]), with ends[−1] = 0. The letters are positions in an alphabet.
struct PackedWords {
  std::vector<std::uint8_t> letters;
  std::vector<std::uint64_t> ends;

  [[nodiscard]] std::size_t size() const { return ends.size(); }

  [[nodiscard]] std::span<const std::uint8_t> word(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::span(letters).subspan(begin, ends[i] - begin);
  }

  /// Throws `core::Error` if a letter is not below `kLargestPackedAlphabet`.
  void append(const core::Word& word);
};

}  // namespace eigenmata::simulation

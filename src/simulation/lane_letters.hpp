// SPDX-License-Identifier: Apache-2.0
//
// Words are letter after letter, lanes want the same letter of all words side by side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace eigenmata::simulation {

namespace detail {

/// Sixteen letters. (Of a type that compilers have built in, and shuffle by the instructions of the machine.)
using Sixteen [[gnu::vector_size(16)]] = std::uint8_t;

inline Sixteen lower_interleaved(Sixteen a, Sixteen b) {
  return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
inline Sixteen upper_interleaved(Sixteen a, Sixteen b) {
  return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/// The letters of a word from `at` on, and what follows them before `end`; then zeros.
inline Sixteen letters_at(std::span<const std::uint8_t> word, std::size_t at, const std::uint8_t* end) {
  Sixteen row{};
  if (at >= word.size()) return row;
  const auto behind = static_cast<std::size_t>(end - word.data()) - at;
  if (behind >= sizeof row) {
    std::memcpy(&row, word.data() + at, sizeof row);
  } else {
    std::memcpy(&row, word.data() + at, behind);
  }
  return row;
}

/// Turns 8 rows of 16 bytes: rows[i] becomes columns 2i and 2i + 1. With row and column as the bits of a place,
/// r r r c c c c, interleaving rows i and i + 4 moves the first bit behind the last; three times makes c c c c r r r.
inline void turn(Sixteen (&rows)[8]) {
  for (int round = 0; round < 3; ++round) {
    Sixteen next[8];
    for (std::size_t i = 0; i < 4; ++i) {
      next[2 * i] = lower_interleaved(rows[i], rows[i + 4]);
      next[2 * i + 1] = upper_interleaved(rows[i], rows[i + 4]);
    }
    for (std::size_t i = 0; i < 8; ++i) rows[i] = next[i];
  }
}

}  // namespace detail

/// to[t · width + lane] = words[lane][begin + t], for t < steps; 0 behind the end of a word, or any letter that follows
/// it before `end`. `to` has room for the next multiple of 16 steps.
inline void turn_letters(const std::vector<std::span<const std::uint8_t>>& words, std::size_t width, std::size_t begin,
                         std::size_t steps, const std::uint8_t* end, std::uint8_t* to) {
  if (width % 8 != 0) {
    for (std::size_t lane = 0; lane < width; ++lane) {
      for (std::size_t t = 0; t < steps; ++t)
        to[t * width + lane] = begin + t < words[lane].size() ? words[lane][begin + t] : 0;
    }
    return;
  }
  constexpr std::size_t kColumns = sizeof(detail::Sixteen);
  for (std::size_t lane = 0; lane < width; lane += 8) {
    for (std::size_t t = 0; t < steps; t += kColumns) {
      detail::Sixteen rows[8];
      for (std::size_t i = 0; i < 8; ++i) rows[i] = detail::letters_at(words[lane + i], begin + t, end);
      detail::turn(rows);
      for (std::size_t i = 0; i < 8; ++i) {
        std::uint64_t columns[2];
        std::memcpy(columns, &rows[i], sizeof columns);
        std::memcpy(to + (t + 2 * i) * width + lane, &columns[0], 8);
        std::memcpy(to + (t + 2 * i + 1) * width + lane, &columns[1], 8);
      }
    }
  }
}

}  // namespace eigenmata::simulation

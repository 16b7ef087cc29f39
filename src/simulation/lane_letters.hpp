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

/// Turns 8 rows of 8 bytes into columns: exchanges corners of 4, of 2, of 1 bytes.
inline void turn(std::uint64_t (&rows)[8]) {
  const auto exchange = [&](std::size_t a, std::size_t b, unsigned shift, std::uint64_t mask) {
    const std::uint64_t moved = (rows[a] >> shift ^ rows[b]) & mask;
    rows[b] ^= moved;
    rows[a] ^= moved << shift;
  };
  for (const std::size_t i : {0, 1, 2, 3}) exchange(i, i + 4, 32, 0x00000000FFFFFFFFu);
  for (const std::size_t i : {0, 1, 4, 5}) exchange(i, i + 2, 16, 0x0000FFFF0000FFFFu);
  for (const std::size_t i : {0, 2, 4, 6}) exchange(i, i + 1, 8, 0x00FF00FF00FF00FFu);
}

}  // namespace detail

/// to[t · width + lane] = words[lane][begin + t], for t < steps; 0 behind the end of a word, or any letter that follows
/// it before `end`. `to` has room for the next multiple of 8 steps.
inline void turn_letters(const std::vector<std::span<const std::uint8_t>>& words, std::size_t width, std::size_t begin,
                         std::size_t steps, const std::uint8_t* end, std::uint8_t* to) {
  if (width % 8 != 0) {
    for (std::size_t lane = 0; lane < width; ++lane) {
      for (std::size_t t = 0; t < steps; ++t)
        to[t * width + lane] = begin + t < words[lane].size() ? words[lane][begin + t] : 0;
    }
    return;
  }
  for (std::size_t lane = 0; lane < width; lane += 8) {
    for (std::size_t t = 0; t < steps; t += 8) {
      std::uint64_t rows[8] = {};
      for (std::size_t i = 0; i < 8; ++i) {
        const auto& word = words[lane + i];
        if (begin + t >= word.size()) continue;
        const std::uint8_t* from = word.data() + begin + t;
        if (end - from >= 8) {
          std::memcpy(&rows[i], from, 8);
        } else {
          std::memcpy(&rows[i], from, static_cast<std::size_t>(end - from));
        }
      }
      detail::turn(rows);
      for (std::size_t i = 0; i < 8; ++i) std::memcpy(to + (t + i) * width + lane, &rows[i], 8);
    }
  }
}

}  // namespace eigenmata::simulation

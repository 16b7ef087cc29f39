// SPDX-License-Identifier: Apache-2.0
//
// Bytes into numbers of letters, by table, up to the first byte that is no letter.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace eigenmata::simulation {

struct TranslationTable {
  static constexpr std::uint8_t kNoLetter = 255;

  /// The letter that a byte is, or kNoLetter; that for all bytes from 128 on.
  std::array<std::uint8_t, 256> letters;
};

/// Writes the letters that `bytes` are. Returns how many there were before the first byte that is none; what `to` holds
/// beyond them, up to `count`, is unspecified.
[[nodiscard]] std::size_t translate(const TranslationTable& table, const char* bytes, std::size_t count,
                                    std::uint8_t* to);

/// The definition of `translate`.
[[nodiscard]] std::size_t translate_plain(const TranslationTable& table, const char* bytes, std::size_t count,
                                          std::uint8_t* to);

}  // namespace eigenmata::simulation

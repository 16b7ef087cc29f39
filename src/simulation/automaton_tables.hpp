// SPDX-License-Identifier: Apache-2.0
//
// The tables that the engines for automata walk through. States and letters are packed as tightly as an engine can make
// use of, so that the tables stay in the caches next to the processor.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "eigenmata/automata/dfa.hpp"

namespace eigenmata::simulation {

/// Several letters read as one number: letter i of the group in the bits from i · bits on.
///
/// The bytes are loaded as one integer v = Σ x_i 2^(8i). Multiplied by Σ 2^(s_i), where s_i = shift − (8 − bits) i, it
/// has x_i at bit shift + bits · i for each i. As size · bits ≤ 8, the products x_i 2^(8i + s_j) with i ≠ j overlap
/// neither those bits nor each other, so that nothing is carried into them.
struct LetterGroup {
  unsigned size = 1;  ///< letters: 1, 2, 4 or 8
  unsigned bits = 8;  ///< of a letter; size · bits ≤ 8
  unsigned shift = 0;
  std::uint64_t multiplier = 1;

  [[nodiscard]] std::size_t codes() const { return std::size_t{1} << (size * bits); }
  /// The letters of a code.
  [[nodiscard]] std::size_t letter(std::size_t code, unsigned i) const {
    return (code >> (i * bits)) & ((std::size_t{1} << bits) - 1);
  }
};

/// The largest group for an alphabet of at most 256 letters.
[[nodiscard]] LetterGroup letter_group(std::size_t letters);

/// The code of the `Size` letters at `letters`, times 2^`Scale`. `Size` has to be that of the group.
template <unsigned Size, unsigned Scale = 0>
[[nodiscard]] inline std::size_t code_at(const LetterGroup& group, const std::uint8_t* letters) {
  if constexpr (Size == 1) {
    return std::size_t{letters[0]} << Scale;
  } else if constexpr (std::endian::native == std::endian::little) {
    std::uint64_t v = 0;
    std::memcpy(&v, letters, Size);
    return (v * group.multiplier >> group.shift & ((1u << (group.size * group.bits)) - 1)) << Scale;
  } else {
    std::size_t code = 0;
    for (unsigned i = 0; i < Size; ++i) code |= std::size_t{letters[i]} << (i * group.bits);
    return code << Scale;
  }
}

/// A map of at most 64 states: where each of them goes.
struct alignas(64) StateMap {
  std::array<std::uint8_t, 64> image{};
};

struct AutomatonTables {
  explicit AutomatonTables(const automata::Dfa& dfa);

  std::uint32_t states;
  std::uint32_t letters;
  std::uint32_t initial;
  /// The row of the next state, rows being `letters` entries long: next[row + x]. In 16 bits if all rows fit.
  std::vector<std::uint16_t> next16;
  std::vector<std::uint32_t> next32;
  /// The next state itself, rows being 256 entries long: for at most 256 states, where that is less memory than next16
  /// takes, and next16 more than a quarter of the nearest cache. Else empty.
  std::vector<std::uint8_t> next8;

  LetterGroup group;
  /// The same for groups of letters, rows being group.codes() long; empty if they do not fit into 16 bits, or if a
  /// group is one letter.
  std::vector<std::uint16_t> group_next;
  /// For at most 64 states: what a group of letters does to all of them, by its code.
  std::vector<StateMap> maps;
  /// For 17 to 64 states: byte i of a map exclusive or byte i − 16, where i ≥ 16.
  std::vector<StateMap> map_differences;
  /// For states · letters ≤ 64: next16 in bytes.
  StateMap small_next;
  StateMap small_state;  ///< the state of a row

  [[nodiscard]] bool has_groups() const { return !group_next.empty(); }
  [[nodiscard]] bool has_maps() const { return !maps.empty(); }
  [[nodiscard]] bool has_small_next() const { return std::size_t{states} * letters <= 64; }
};

}  // namespace eigenmata::simulation

// SPDX-License-Identifier: Apache-2.0
//
// Maps of at most 64 states, composed along a word. One file for each set of instructions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "automaton_kernels.hpp"

namespace eigenmata::simulation {

/// The bytes of a map, their logarithm: what a code is shifted by to find its map.
inline constexpr unsigned kMapShift = 6;

#ifdef EIGENMATA_X86_64
/// What the whole groups of letters of a word do to all states; the last `length` mod group.size letters are left out.
[[nodiscard]] StateMap compose_groups_vbmi(const AutomatonTables& tables, const std::uint8_t* word, std::size_t length);
[[nodiscard]] StateMap compose_groups_avx2(const AutomatonTables& tables, const std::uint8_t* word, std::size_t length);
#endif

/// use(the tables' group size, as a constant).
template <class Use>
auto with_group_size(const AutomatonTables& tables, Use use) {
  switch (tables.group.size) {
    case 8:
      return use(std::integral_constant<unsigned, 8>{});
    case 4:
      return use(std::integral_constant<unsigned, 4>{});
    case 2:
      return use(std::integral_constant<unsigned, 2>{});
    default:
      return use(std::integral_constant<unsigned, 1>{});
  }
}

}  // namespace eigenmata::simulation

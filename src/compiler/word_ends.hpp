// SPDX-License-Identifier: Apache-2.0
//
// How many of the first letters, and which length, have to be known for the last letters to decide. Fix m. A state r is
// settled if its future depends on the length modulo m and the last few letters alone: two states p ≠ q to which words
// of lengths that agree modulo m lead from r are always led together by the same letters, in the end. What follows a
// settled state is settled; so the first letters that matter are those of the longest path of states that are not.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::compiler {

struct WordEnds {
  std::size_t modulus = 1;
  std::size_t first = 0;  ///< after so many letters the state is settled
  /// For each number of letters up to `first`, the states after it, increasing.
  std::vector<std::vector<std::uint32_t>> states_after;
  /// [r][c]: where words of lengths ≡ c modulo m lead from r; empty unless r is in states_after[first].
  std::vector<std::vector<std::vector<std::uint32_t>>> reached;
};

/// Nothing if no number of first and last letters decides together with the length modulo m. With the least number of
/// first letters, or `more` than that. Needs a minimal automaton. Cost: O(states² · (letters + states)), for states²
/// bytes.
[[nodiscard]] std::optional<WordEnds> word_ends(const automata::Dfa& minimal, std::size_t modulus, std::size_t more,
                                                const core::Limits& limits);

/// The least common multiple of the periods of the strongly connected components: lengths matter modulo its divisors
/// alone. At most `bound`, or 0.
[[nodiscard]] std::size_t common_period(const automata::Dfa& minimal, std::size_t bound, const core::Limits& limits);

}  // namespace eigenmata::compiler

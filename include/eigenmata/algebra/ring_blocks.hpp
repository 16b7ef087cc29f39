// SPDX-License-Identifier: Apache-2.0
//
// Any automaton by a few swaps and copies a step, as group_blocks.hpp and map_blocks.hpp have it, but with the lower
// machines as *programs*: a ring of the last 2m letters has (letters + 1)^2m values, and what it says is found by two
// small automata that walk over its cells. After i letters of a block the first reads the block before: its nodes are
// the maps that up to m letters make. The second reads the i letters, the last first: its nodes are the sets of states
// from which they lead to acceptance. Together they say which swaps and copies are the i-th of the block before, and
// which of the values that they lead to are accepted.
//
// What is moved are *arrangements*, numbers at points: for any automaton one point for each state, with 1 at the state;
// for a group in its regular action the points of a smaller action, all with different numbers.
//
// Example: S₅ in all its 120 letters: m = 4, 5 points, 11 products of at most one swap; the ring alone has 121⁸ values.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "eigenmata/algebra/swap_copy.hpp"
#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::algebra {

struct RingBlocks {
  using Arrangement = std::vector<std::uint32_t>;  ///< by point
  static constexpr std::uint32_t kNone = 0xffffffff;

  /// [node · codes + code], or `kNone`.
  using Walk = std::vector<std::uint32_t>;
  struct Row {
    std::uint32_t node = 0;              ///< where the walk over the block ends
    std::vector<std::uint32_t> outputs;  ///< by node of the walk over the letters, or `kNone`
  };
  /// What the last machine reads.
  struct Symbol {
    std::vector<SwapCopy> factors;
    std::vector<std::uint32_t> accepted;  ///< numbers of arrangements, after the factors; increasing
  };

  std::size_t length = 1;                     ///< m
  std::size_t points = 0;                     ///< of an arrangement
  std::size_t codes = 0;                      ///< letters that act differently, and 0, which does nothing
  std::vector<std::uint32_t> code_of_letter;  ///< letters that act alike have one code
  Walk block;
  Walk letters;
  std::vector<std::vector<Row>> tables;  ///< by letters read of a block, from 1 to m
  std::vector<Symbol> symbols;
  std::vector<Arrangement> arrangements;  ///< all that can occur
  std::vector<std::uint32_t> of_state;    ///< the arrangement of each state
  bool one_hot = true;                    ///< points are states
};

/// With at most `factors` swaps and copies a step, and the least m that this allows. A sentence if there would be too
/// many products of m letters, sets, outputs or rows for a certificate to be checked in about a minute, or if m is 1
/// (then letters need no ring). Needs a minimal automaton. Throws `core::LimitReached`.
[[nodiscard]] std::variant<RingBlocks, std::string> ring_blocks(const automata::Dfa& minimal, std::size_t factors,
                                                                const core::Limits& limits);

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// Any automaton by a few swaps and copies a step: its letters are read in blocks of m, as those of a group are
// (group_blocks.hpp), and while a block is read, the map that the block before makes of the states is done, k swaps and
// copies a step. A map of n states is a product of n − #components of them (swap_copy.hpp), so blocks of at most
// ⌈(n − 1)/k⌉ letters will do. The state is q_t = h_t · R_t · A_t, where h only ever does the swaps and copies.
//
// With a ring of letters that is a counter, the ring, and the machine of h: four layers of one factor a token (theorem
// `swap-copy-layers`), three of two.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "eigenmata/algebra/cascade.hpp"
#include "eigenmata/algebra/group_blocks.hpp"

namespace eigenmata::algebra {

/// The last machine's symbols are maps of the states, which need not be permutations; all others are as `with_blocks`
/// makes them. Symbols merged. A sentence if it would need too much (as there) or more levels than the style allows, or
/// if the automaton has fewer than three states, whose letters are single swaps and copies. Throws
/// `core::LimitReached`.
[[nodiscard]] std::variant<Cascade, std::string> map_blocks(const automata::Dfa& dfa, const BlockStyle& style,
                                                            const core::Limits& limits);

}  // namespace eigenmata::algebra

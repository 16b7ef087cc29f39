// SPDX-License-Identifier: Apache-2.0
//
// Groups in a cascade a few swaps at a time: with at most k factors a step for any finite group.
//
// A permutation of d points is a product of d − #cycles swaps, more than a layer of k Householder factors may do in a
// step. So letters are gathered in blocks of m, chosen so that every product of m letters is one of at most m·k swaps,
// and while a block is read, the swaps of the block before are done, k a step. Let p_t be the position in the block,
// A_t the product of its letters so far, and R_t what is left of the product of the block before: then the group
// element is
//     g_t = h_t · R_t · A_t,
// where h only ever does the swaps. As machines:
//   - a *clock* counts p: log₂ m machines in binary, where m is a power of 2, or one counter modulo m;
//   - *letters*: one machine for each position i < m keeps A_i, written at position i, cleared when the block ends, or,
//     where they have few values together, one machine with a coordinate for each;
//   - the *block*: its product, written as it ends;
//   - or in place of these two a *ring*: one machine with a coordinate for each letter of two blocks (with a counter
//     modulo 2m), if it has few values;
//   - the *swaps*: points that are permuted by at most k swaps a step, R ← σ R, h ← h σ;
//   - where the level resets, the machine of c_t, m_t = c_t · g_t (split_groups.hpp).
// None but the last overwrites a value that anybody asks for. With a ring these are three machines for every group, and
// four layers of one factor a token, since a counter is two (reflected_counters.hpp; theorem `four-layers`).
//
// Example: S₃ in its six letters on three points, k = 1: every element is a product of two swaps, m = 2; a clock modulo
// 2, one letter, the block, three points: 4 machines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

enum class Clock { kBinary, kCircle };

struct BlockStyle {
  std::size_t factors = 1;  ///< swaps a step, at least one
  Clock clock = Clock::kCircle;
  /// With a circle for its clock, letters are kept in a ring if that has at most so many steps: fewer machines, but
  /// one that is large.
  std::size_t max_ring_steps = 20'000;
  /// Pairs of a context and a value of the last machine.
  std::size_t max_size = 4'000'000;
  /// Of `map_blocks`: more machines than this are refused before they are made.
  std::size_t max_levels = SIZE_MAX;
};

/// The cascade with each machine of points that resets or has a permutation of more than `factors` swaps taken apart
/// like this; the other levels stay. A group acts on the fewest points on which a faithful action is found. Symbols
/// merged. Needs a cascade that follows its automaton.
///
/// A sentence if a level would need too much: a group of more than 20,000 elements, or more than `max_size` pairs of a
/// context (which the blocks have as many of as pairs R, A) and a value. Throws `core::LimitReached`.
[[nodiscard]] std::variant<Cascade, std::string> with_blocks(Cascade cascade, const BlockStyle& style,
                                                             const core::Limits& limits);

}  // namespace eigenmata::algebra

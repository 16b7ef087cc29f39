// SPDX-License-Identifier: Apache-2.0
//
// Passes that decompose the automaton into a cascade and make a layer of each level. Each can be handed a minimal
// automaton, or its `Decompositions` if several passes are tried.
#pragma once

#include <cstdint>

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/compiler/decompositions.hpp"
#include "eigenmata/compiler/representation.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/model_class.hpp"

namespace eigenmata::compiler {

/// Any language by products of generalised Householder factors with eigenvalues in [−1, 1]: the missing-set cascade, at
/// most |Q| − 1 layers, with slots for old values (theorem `missing-sets`). A level without a group takes one number
/// and one for its slot; a level of n points 2n numbers and 2n factors for a reset, which is the least for that matrix;
/// permuting letters take n − #cycles. Finite orbit. Throws `core::LimitReached` if the sets
/// of the cascade are too many.
[[nodiscard]] PassResult compile_missing_sets(const Decompositions& cascades, const core::Limits& limits);

/// Star-free languages with the eigenvalues 1 (hold) and one real contraction λ, |λ| < 1/2 (reset), on the diagonal, or
/// by single Householder factors: one number a layer for a level of n values where |λ| < 1/n, else one layer for each
/// bit of a value; old values by digits, infinite orbit (theorem `star-free-digits`). Letters that only overwrite need
/// no 1. Where 0 is in the spectrum set, values that nobody asks for are overwritten by it, and old values may be told
/// by traces, for which any real contraction will do.
///
/// Refuses if the set has no such numbers or the language is not star-free.
[[nodiscard]] PassResult compile_digits(const Decompositions& cascades, const expressivity::ModelClass& target,
                                        const core::Limits& limits);

/// Languages whose groups are 2-groups, with the eigenvalues 1, −1 and 0: groups as counters modulo 2 along their
/// Frattini series, old values by a toggle and two slots (`finite_orbit`, pass "toggles"), or by digits if the spectrum
/// set has a small contraction (pass "signs-and-digits", fewer layers). On the diagonal, or by Householder factors, one
/// for each coordinate that changes; with `:1` a layer has one coordinate (theorems `unit-groups`, `clock-cascades`).
/// Refuses with the level that has another group.
[[nodiscard]] PassResult compile_signs(const Decompositions& cascades, const expressivity::ModelClass& target,
                                       bool finite_orbit, const core::Limits& limits);

/// More pairs of a context and a value than this are refused in cascades by blocks of letters: minutes of work.
inline constexpr std::size_t kMostBlockPairs = 4'000'000;

/// Any language by products of at most k Householder factors with the eigenvalues 1, −1 and 0, k that of the class (1
/// if it has none): groups that are no 2-groups by blocks of letters, a few swaps a step (algebra/group_blocks.hpp,
/// theorem `householder-universal`), 2-groups and old values as in "toggles". Finite orbit. Refuses, with its size,
/// where a level needs too many contexts. Needs a minimal automaton.
[[nodiscard]] PassResult compile_blocks(const Decompositions& cascades, const expressivity::ModelClass& target,
                                        const core::Limits& limits, std::size_t most_pairs = kMostBlockPairs);

/// The same with solvable groups as counters modulo m along their derived series: points on circles that turn by two
/// reflections, or by one behind a clock (algebra/reflected_counters.hpp, theorem `two-reflections`), with real numbers
/// of the field ℚ(e(1/M)). Refuses as well if no level counts beyond 2 or M is above 2,000.
[[nodiscard]] PassResult compile_turns(const Decompositions& cascades, const expressivity::ModelClass& target,
                                       const core::Limits& limits, std::size_t most_pairs = kMostBlockPairs);

/// Any language by products of at most `factors` factors I − u vᵀ: a block of letters is read while swaps and copies of
/// one-hot codes do the block before (algebra/map_blocks.hpp, theorem `swap-copy-layers`). Languages of groups need no
/// copies, and may have Householder factors (theorem `four-layers`); others are refused in that form. Four layers with
/// one factor, three with more, if two blocks of letters are not too many to be kept in a ring, which `large_ring`
/// takes to seconds; the counter that tells the place in a block is a plane over ℚ(e(1/M)), or bits if that is too
/// large. Finite orbit. Refuses, with its size, where a level needs too many contexts, or if it would take more than
/// `most_layers`. Needs a minimal automaton.
[[nodiscard]] PassResult compile_swaps_and_copies(const automata::Dfa& minimal, std::size_t factors, FactorForm form,
                                                  bool large_ring, const core::Limits& limits,
                                                  std::size_t most_layers = SIZE_MAX,
                                                  std::size_t most_pairs = kMostBlockPairs);

/// Languages whose groups are solvable, on the complex diagonal: groups as counters modulo m along their derived
/// series, each counter a number that turns by roots of unity of the spectrum set, h ← e(a/m) h; old values by a toggle
/// and two slots (`finite_orbit`, pass "phases"), or by digits if the set has a small real contraction (pass
/// "phases-and-digits"). A group has as many layers as its derived series, which is the least number (theorems
/// `unit-groups`, `clock-cascades`). The numbers are those of ℚ(e(1/M)), M the common order of the roots used.
///
/// Refuses with the level that has a group which is not solvable, or a counter for which the set has no root of unity,
/// and if no root beyond ±1 is needed.
[[nodiscard]] PassResult compile_phases(const Decompositions& cascades, const expressivity::ModelClass& target,
                                        bool finite_orbit, const core::Limits& limits);

/// Star-free languages by triangular matrices with diagonal entries 0 and 1 and a finite orbit: a level is one number
/// and its slot, (u, v) ← (code, u), with the matrix [[0, 0], [1, 0]] (theorem `nilpotent-slots`). Refuses other
/// languages.
[[nodiscard]] PassResult compile_slots(const Decompositions& cascades, const core::Limits& limits);

/// Star-free languages in which a repeated letter changes nothing, with the eigenvalues 0 and 1 and a finite orbit: old
/// values from a slot for each letter (algebra/delays.hpp), on the diagonal, or by Householder factors, one for each
/// coordinate that changes (theorems `stutter-invariant`, `householder-orbits`). Refuses other languages.
[[nodiscard]] PassResult compile_repetitions(const Decompositions& cascades, const expressivity::ModelClass& target,
                                             const core::Limits& limits);

/// On the diagonal, for spectrum sets without 1 or without toggles, in the frame of a root of unity u of the set, of
/// order m ≥ 2: whatever is held turns by u, and the first layer counts the time modulo m (algebra/delays.hpp).
/// Counters turn by the other roots u' of the set, which is by u'/u in the frame; behind the clock groups are those of
/// the words of lengths divisible by m. Old values from a slot for each time if the set has 0 (finite orbit), or by
/// digits for u = −1 if the set has a small real contraction. Refuses if a counter has no root, and for other sets if
/// anything is overwritten (theorems `clock-cascades`, `unit-groups`).
[[nodiscard]] PassResult compile_clock(const Decompositions& cascades, const expressivity::ModelClass& target,
                                       const core::Limits& limits);

/// Quasi-aperiodic languages on constant diagonal layers together with layers of diagonal entries in [0,1]: the first
/// layer is a clock, h ← e(1/m) h for all letters, with the least m for which the words of lengths divisible by m have
/// no group (theorem `constant-mixed`). Old values by digits (pass "clock-and-digits"), or, with a `finite_orbit` and
/// m ≥ 2, by a slot for each time modulo m ("clock-and-slots"). Over ℚ(e(1/m)); rational for m = 2. Refuses languages
/// that are not quasi-aperiodic, and digits for star-free ones, which need no clock.
[[nodiscard]] PassResult compile_mixed(const Decompositions& cascades, bool finite_orbit, const core::Limits& limits);

}  // namespace eigenmata::compiler

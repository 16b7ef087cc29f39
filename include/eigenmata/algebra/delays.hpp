// SPDX-License-Identifier: Apache-2.0
//
// Cascades without a group whose layers only hold and overwrite: what a level overwrites is read a step later, from
// slots of a machine of its own.
//
// A level keeps its new value v_t. The machine behind it has several slots; some hold while the others take v_t, which
// the symbol says by then. A slot that held has v_{t−1}. Which slot that is must be known from the word alone:
//
//   - *Repeated letters.* Where a repeated letter changes nothing (q·x·x = q·x for all q), let every machine rest while
//     a letter repeats. There is a slot for each letter x: it holds while x is read, and takes the new value at every
//     other letter. So it has the value before the first x of the last run, which is all that the run asks for: with
//     the eigenvalues 0 and 1 alone, exactly these star-free languages are recognised on finite orbits (theorem
//     `stutter-invariant`).
//   - *A clock.* If every number turns by one root of unity u of order m ≥ 2 where it is not overwritten, it holds in
//     the frame that turns along, and t modulo m is known: slot t modulo m takes the new value. The machines then run
//     over letters with the time, whose groups are those of the words of lengths divisible by m (theorem
//     `clock-cascades`). Where only the clock turns, numbers are held as they are (theorem `constant-mixed`).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "eigenmata/algebra/abelian_series.hpp"
#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// The cascade with slots for repeated letters; no level needs an old value, and each coordinate is held or
/// overwritten. Symbols merged. Needs a cascade that follows its automaton, all of whose levels are coded, and an
/// automaton in which a repeated letter changes nothing. Cost: steps of the cascade · letters. Throws
/// `core::LimitReached`.
[[nodiscard]] Cascade with_repetition_slots(const Cascade& cascade, const core::Limits& limits);

/// A cascade over the automaton's letters with t · step modulo m, behind a clock that counts it. If `each_turns`, the
/// last coordinate of every machine counts the same, and each symbol occurs at one time modulo m only; otherwise
/// symbols are merged. All other coordinates are held or overwritten. Nothing if a group is left: there is none for
/// some step iff no group is in the words of lengths divisible by m.
///
/// Needs m ≥ 2, a step prime to m, and a minimal automaton. Throws `core::LimitReached`.
[[nodiscard]] std::optional<Cascade> clock_cascade(const automata::Dfa& minimal, std::uint32_t m, std::uint32_t step,
                                                   bool each_turns, const core::Limits& limits);

/// How a cascade behind a clock is made, each machine of which has the clock as its last coordinate.
struct FrameStyle {
  SeriesKind series = SeriesKind::kDerived;  ///< by which groups are taken apart
  bool has_slots = true;                     ///< old values are read from slots; else levels may need them
  /// What becomes of the cascade of the automaton with times, once its groups are taken apart; or why that is no use.
  std::function<std::variant<Cascade, std::string>(Cascade)> rewrite;
  /// Of permutation automata: the answer to a letter that is read in a state, if not that of the next state.
  std::function<bool(automata::State, core::Symbol)> accepts = {};
};

/// The same as `clock_cascade` for machines that each turn, but groups are counters, and coordinates that count come
/// before the clock. Groups are those of the words of lengths divisible by m where those of the automaton itself will
/// not do. A sentence if no decomposition is of use. Needs what `clock_cascade` needs, and throws what it throws.
[[nodiscard]] std::variant<Cascade, std::string> framed_cascade(const automata::Dfa& minimal, std::uint32_t m,
                                                                std::uint32_t step, const FrameStyle& style,
                                                                const core::Limits& limits);

}  // namespace eigenmata::algebra

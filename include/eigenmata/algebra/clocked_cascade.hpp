// SPDX-License-Identifier: Apache-2.0
//
// Quasi-aperiodic languages as cascades: a clock that counts all letters modulo m, and behind it machines that hold and
// overwrite. Letters with their time have no groups but those of the words of lengths divisible by m
// (loop_lengths.hpp), and if these are trivial, a decomposition without groups is left (theorem `constant-mixed`). What
// overwrites may depend on the value it overwrites; delays.hpp is for machines that cannot keep one.
#pragma once

#include <cstdint>
#include <optional>

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// The cascade, symbols merged; its first level is the clock. Nothing if a group is left, which happens iff one is in
/// the words of lengths divisible by m. Needs m ≥ 2 and a minimal automaton of at least two states. Throws
/// `core::LimitReached`. Cost: two decompositions at most, of automata with m times as many letters (the second with up
/// to m times as many states, too).
[[nodiscard]] std::optional<Cascade> clocked_cascade(const automata::Dfa& minimal, std::uint32_t m,
                                                     const core::Limits& limits);

}  // namespace eigenmata::algebra

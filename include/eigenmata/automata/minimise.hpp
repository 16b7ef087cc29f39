// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::automata {

/// The minimal complete automaton of the language, in the numbering of `reachable_part`: two automata over one
/// alphabet recognise the same language iff their minimal ones are equal.
///
/// Hopcroft's partition refinement [Hopcroft1971]. Cost: O(letters · n log n) time, O(letters · n) memory for n
/// reachable states. Throws `core::LimitReached`.
[[nodiscard]] Dfa minimised(const Dfa& dfa, const core::Limits& limits = {});

}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
//
// Definite automata, in which the last k letters lead to one state from everywhere, as k machines that overwrite
// their value at every letter and never hold it.
//
// Machine i has the map y^i_t of the last i letters, and reads it: from the letter x and the value that it overwrites
// follows what the next machine reads, y^{i+1}_t = y^i_{t−1} x. Before i letters have been read there is one map more,
// the constant one of the initial state, with which each machine starts; y^k is constant and is the state, and the k-th
// machine remembers nothing. The maps are those of a few words, where the words of the last k letters themselves can be
// too many to be told apart (compiler/last_letters.hpp).
#pragma once

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// The cascade, symbols merged. Needs a minimal definite automaton of at least two states (there is no end for others).
/// Cost: levels · maps · letters · states. Throws `core::LimitReached`.
[[nodiscard]] Cascade last_letters_cascade(const automata::Dfa& minimal, const core::Limits& limits);

}  // namespace eigenmata::algebra

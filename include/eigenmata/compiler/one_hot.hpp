// SPDX-License-Identifier: Apache-2.0
//
// One layer whose state is the unit vector of the automaton's state. A letter's matrix is the one-hot matrix of its
// map, M_f e_q = e_{q·x}, as a product of elementary factors.
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/construction.hpp"

namespace eigenmata::compiler {

/// Any language: factors I − u vᵀ (swaps and copies), dimension |Q|, exactly rank(I − M_f) = |Q| − #components(f)
/// factors for a letter f, which is the least possible for M_f. The decoder is the sum over the accepting states
/// against 1/2.
///
/// Needs a minimal automaton as `automata::minimised` returns it. Cost: O(states · letters).
[[nodiscard]] Construction compile_one_hot(const automata::Dfa& minimal);

/// The same layer with the one-hot matrices in full. Memory: letters · |Q|². Throws `core::LimitReached` beyond the
/// limit.
[[nodiscard]] Construction compile_dense_one_hot(const automata::Dfa& minimal, const core::Limits& limits);

/// Languages in which the last letter alone decides: no layer at all, the decoder reads the letter. (One state: every
/// word or none.) Refuses otherwise.
[[nodiscard]] PassResult compile_current_letter(const automata::Dfa& minimal);

}  // namespace eigenmata::compiler

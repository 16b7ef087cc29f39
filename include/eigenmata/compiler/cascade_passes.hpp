// SPDX-License-Identifier: Apache-2.0
//
// Passes that decompose the automaton into a cascade and make a layer of each level.
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/lrnn/transition_class.hpp"

namespace eigenmata::compiler {

/// Any language by products of generalised Householder factors with eigenvalues in [−1, 1]: the missing-set cascade, at
/// most |Q| − 1 layers, with slots for old values (theorem `missing-sets`). A level without a group takes one number
/// and one for its slot; a level of n points 2n numbers and 2n factors for a reset, which is the least for that matrix;
/// permuting letters take n − #cycles. Finite orbit. Needs a minimal automaton. Throws `core::LimitReached` if the sets
/// of the cascade are too many.
[[nodiscard]] PassResult compile_missing_sets(const automata::Dfa& minimal, const core::Limits& limits);

/// Star-free languages with eigenvalues in [0, 1], on the diagonal (`kDiagonal`) or by single Householder factors
/// (`kHouseholder`): one number a layer, old values by digits, infinite orbit (theorem `star-free-digits`). Refuses if
/// no decomposition without groups is found. Needs a minimal automaton.
[[nodiscard]] PassResult compile_digits(const automata::Dfa& minimal, const lrnn::TransitionClass& target,
                                        const core::Limits& limits);

}  // namespace eigenmata::compiler

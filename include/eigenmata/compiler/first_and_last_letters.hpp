// SPDX-License-Identifier: Apache-2.0
//
// Layers whose matrix is the same for all letters [proofs/expressivity.md, section 5]: languages that the first k
// letters, the last k letters and the length modulo m decide. One number a layer:
//
//   a clock   h ← e(1/m) h            from 1: the length modulo m
//   a timer   h ← λ h                 from 1: the time, until the first k letters are over
//   k times   h ← h + (state or 0)    layer j writes the state after j letters at time j, and holds it
//   digits    h ← λ h + (1 − λ) p_z   the letters since then, the last ones first (src/compiler/suffix_trie.hpp)
//
// and layers that are not needed are left out; where the last letter is enough, no digits are. (Two layers would be
// enough, with all of the first letters in one number; then its values are as many as the words of k letters.)
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/model_class.hpp"

namespace eigenmata::compiler {

/// Pass "first-and-last-letters". Needs a minimal automaton, and a class with a spectrum set. Refuses languages that
/// are not decided so by a modulus m of which the set has a primitive root, languages that the last letters alone
/// decide (see last_letters.hpp), and sets without 1 or without a small contraction where they are needed. Numbers are
/// rational for m ≤ 2, otherwise those of ℚ(e(1/m)). Cost: O(states³), the situations of the certificate, and the words
/// that have to be told apart at the end.
[[nodiscard]] PassResult compile_first_and_last_letters(const automata::Dfa& minimal,
                                                        const expressivity::ModelClass& target,
                                                        const core::Limits& limits);

}  // namespace eigenmata::compiler

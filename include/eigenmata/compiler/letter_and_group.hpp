// SPDX-License-Identifier: Apache-2.0
//
// What invertible diagonal matrices can do beyond permutation automata: their decoder reads the current letter, too. If
// the state before a letter, as far as letters tell states apart, is permuted, then it is tracked by a group, and the
// letter and it decide. Example: words with an even number of a before a last b.
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/model_class.hpp"

namespace eigenmata::compiler {

/// Pass "letter-and-group": states are one class if each letter leads from all of them to the same state; where letters
/// permute the classes, the group is counted along a series with the roots of unity of the set, as in the passes
/// "phases" and, if the set has no 1, "clock" (theorems `invertible`, `unit-groups`). In the certificate the regions of
/// the first layer are listed once for each last letter. Diagonal matrices, finite orbit. Needs a minimal automaton.
/// Refuses if the classes are not permuted or are the states themselves, with the level whose group is not solvable,
/// and for counters that the set has no root for.
[[nodiscard]] PassResult compile_letter_and_group(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                                  const core::Limits& limits);

}  // namespace eigenmata::compiler

// SPDX-License-Identifier: Apache-2.0
//
// R-trivial languages by 1 and any real contraction λ. No state that was left is entered again, so a run is a chain of
// states q_0, q_1, …, and two layers of one number each follow one step of the chain:
//
//   * a flag, 1 at the start, that is multiplied by λ under the letters that leave q_{i−1}: it is λ after the first of
//     them, and of modulus at most λ² after others, so a layer above sees q_{i−1} left when it happens;
//   * a record, 0 until then, which is written once, h ← λh + c(q_i), where h = 0: exactly the code of q_i.
//
// Nothing that is written has to be overwritten, for which {1, λ} with |λ| ≥ 1/2 has no way (theorem `shared-digits`).
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/model_class.hpp"

namespace eigenmata::compiler {

/// Pass "write-once" (theorem `write-once`): diagonal matrices with entries 1 and λ, two layers for each step of the
/// longest chain of states. Needs a minimal automaton of at least two states. Refuses if a state can be entered again,
/// or the class has no real contraction; that it has 1 is not looked at. Cost, memory too: layers · (states +
/// letters · states of one step), so for a chain of n states n²; throws `core::LimitReached`.
[[nodiscard]] PassResult compile_write_once(const automata::Dfa& minimal, const expressivity::ModelClass& target,
                                            const core::Limits& limits);

}  // namespace eigenmata::compiler

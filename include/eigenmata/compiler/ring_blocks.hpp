// SPDX-License-Identifier: Apache-2.0
//
// Four layers for any language, three with two factors a token, where the joint states of a ring of letters are too
// many to be listed: the decoder of the ring walks over its cells, and the certificate is one of kind blocks
// (algebra/ring_blocks.hpp, theorems `swap-copy-layers`, `four-layers`, `block-soundness`).
//
//   1, 2   time modulo 2m: a toggle, and a plane that reflects; or one plane that turns, by two reflections
//   3      the ring: A = I − e_j e_jᵀ, B = code(x) e_j, j the time modulo 2m; the decoder walks (model-format.md)
//   4      the i-th swaps and copies of the block before; its readout accepts what the rest of that block and the
//          letters read since lead to acceptance
#pragma once

#include <cstddef>

#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/compiler/rank_one_factors.hpp"
#include "eigenmata/compiler/representation.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::compiler {

/// At most `factors` factors a token. Of Householder form for groups alone; others are refused in it. Refuses as well
/// where one letter a block is enough, and with the numbers where a walk would have too many nodes. Numbers are of
/// ℚ(e(1/4m)). Needs a minimal automaton; nothing is checked here.
[[nodiscard]] PassResult compile_ring_blocks(const automata::Dfa& minimal, std::size_t factors, FactorForm form,
                                             const core::Limits& limits);

}  // namespace eigenmata::compiler

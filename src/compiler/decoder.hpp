// SPDX-License-Identifier: Apache-2.0
//
// A decoder that tells accepting from rejecting codes.
#pragma once

#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::compiler {

/// Acceptance as an affine function of the code if it is one, else a threshold on an affine function if one is found,
/// else the table of the codes. Needs one code a state, different for states that differ in acceptance. Outputs: 0
/// reject, 1 accept.
[[nodiscard]] lrnn::Decoder<exact::Rational> decoder_for(const std::vector<lrnn::SparseVector<exact::Rational>>& codes,
                                                         const automata::Dfa& dfa);

}  // namespace eigenmata::compiler

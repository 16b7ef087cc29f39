// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "checker/certificate.hpp"

namespace eigenmata::checker {

/// The certificate of `kind layers` that says what a proved one of `kind points` says, for a network with layers.
///
/// The regions are the vectors of each layer by itself, the contexts are all combinations that occur. Two points may
/// differ in nothing but the automaton's state, when a decoder looks at the letter; so the regions of layer 1 are
/// pairs of a vector and a state.
Certificate layer_by_layer(const Certificate& points);

}  // namespace eigenmata::checker

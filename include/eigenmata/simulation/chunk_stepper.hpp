// SPDX-License-Identifier: Apache-2.0
//
// A network in the published chunkwise form, plans of kind fla-chunk:C (precision/rounding_plan.hpp), over many words.
// Its state is that at the last boundary, and the letters since, which a step by itself reads again.
#pragma once

#include <memory>

#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/batch_stepper.hpp"

namespace eigenmata::simulation {

/// Copies what it needs. Needs a plan in chunks, a network rounded by this arithmetic, and at most 256 letters. `codes`
/// are of the state at the last boundary. Cost of a letter in a word: that of its factors (lrnn/chunk_layer.hpp); of a
/// step by itself, up to C times that.
[[nodiscard]] std::unique_ptr<BatchStepper> chunk_stepper(const precision::FloatArithmetic& arithmetic,
                                                          const lrnn::RoundedNetwork<double>& rounded);

}  // namespace eigenmata::simulation

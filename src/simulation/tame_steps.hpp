// SPDX-License-Identifier: Apache-2.0
//
// When a readout can be left out. A word has no answer if a readout was NaN on the way, so the last layer's decoder
// would have to be computed after every letter although only its last output is wanted. But NaN comes from infinities
// only, and these from overflow: from a state whose coordinates are at most `bound` in magnitude, no number of the next
// `steps` steps, and no readout behind them, can overflow. So a look at the state every so many steps is enough.
//
// The bounds: |vᵀh| ≤ |v|₁ |h|∞, so a factor I − s u vᵀ makes |h|∞ at most 1 + |s| |u|∞ |v|₁ times as large, a diagonal
// max |a_i| times, a matrix its largest row sum times; each operation adds a relative error of 2^−p and an absolute one
// below the smallest normal number, which is counted as if |h|∞ were at least 1. Computed in doubles, with room.
#pragma once

#include <cstddef>

#include "eigenmata/lrnn/network.hpp"
#include "eigenmata/precision/rounding_plan.hpp"

namespace eigenmata::simulation {

struct TameSteps {
  std::size_t steps = 0;  ///< 0: nothing is promised
  double bound = 0;
};

[[nodiscard]] TameSteps tame_steps(const precision::RoundingPlan& plan, const lrnn::Layer<double>& layer);

}  // namespace eigenmata::simulation

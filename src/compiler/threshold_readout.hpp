// SPDX-License-Identifier: Apache-2.0
//
// Readouts that tell intervals apart.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::compiler {

/// Where the number lies that a readout looks at, and what it says there.
struct OutputRange {
  exact::Rational low, high;
  core::Symbol output{};
};

/// The readout w·h with thresholds half-way between neighbouring ranges whose outputs differ; no weights if all say the
/// same, or there is none. Needs ranges of different outputs to be disjoint.
[[nodiscard]] inline lrnn::AffineReadout<exact::Rational> threshold_readout(
    const lrnn::SparseVector<exact::Rational>& weights, std::vector<OutputRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.low < b.low; });
  lrnn::AffineReadout<exact::Rational> readout{weights, 0, {}, {}};
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (!readout.outputs.empty()) {
      if (readout.outputs.back() == ranges[i].output) continue;
      readout.thresholds.push_back((ranges[i - 1].high + ranges[i].low) / 2);
    }
    readout.outputs.push_back(ranges[i].output);
  }
  if (readout.outputs.empty()) readout.outputs.push_back(core::symbol(0));
  if (readout.outputs.size() == 1) readout.weights = lrnn::SparseVector<exact::Rational>(weights.dimension());
  return readout;
}

}  // namespace eigenmata::compiler

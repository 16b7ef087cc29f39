// SPDX-License-Identifier: Apache-2.0
//
// How much noise a layer with a certificate stands.
//
// Let all matrices of a layer be diagonal. A coordinate is held by a letter whose entry is ±1, which is exact in every
// arithmetic with signs, and overwritten by a letter whose entry a has |a| ≤ ρ < 1. If every number that is overwritten
// may come out wrong by less than ε, then it is wrong by less than δ = ε + ρ ε + ρ² ε + … = ε/(1 − ρ) for ever: every
// region of the certificate grows by δ in that coordinate and stays invariant. The readouts say the same as long as
// what they look at stays on its side of the thresholds. The largest such ε is the layer's margin. On a letter that
// holds the margin is 0: what is added there stays, and adds up.
//
// A layer reads only what the layers below say, so the margins of the layers do not depend on each other.
#pragma once

#include <optional>
#include <vector>

#include "eigenmata/certificate/layerwise.hpp"

namespace eigenmata::certificate {

struct NoiseMargin {
  exact::Rational overwriting;  ///< less than this, at each coordinate that a step overwrites
  bool holds = false;           ///< does a step hold a coordinate? There the margin is 0
};

/// The margin of each layer of a certificate that holds, for noise in the sup norm; nothing for a layer with a matrix
/// that is not diagonal, with a decoder that is a table, or whose readouts never choose (no noise can change them).
/// A lower bound of what the layer stands, since regions may be larger than what is reached. Cost: as `check`.
[[nodiscard]] std::vector<std::optional<NoiseMargin>> noise_margins(const LayerwiseCertificate& certificate);

}  // namespace eigenmata::certificate

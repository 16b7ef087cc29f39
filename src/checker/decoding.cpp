// SPDX-License-Identifier: Apache-2.0
#include "checker/decoding.hpp"

#include <algorithm>

namespace eigenmata::checker {
namespace {

/// Output i, where i counts the thresholds ≤ value.
std::uint32_t output_at(const Readout& readout, const Rational& value) {
  const auto above = std::upper_bound(readout.thresholds.begin(), readout.thresholds.end(), value);
  return readout.outputs[static_cast<std::size_t>(above - readout.thresholds.begin())];
}

}  // namespace

std::optional<std::uint32_t> Outputs::of(VectorView state, std::uint32_t input) const {
  if (decoder_.kind == Decoder::Kind::kTable) return looked_up(state, input);
  const Readout& readout = decoder_.readouts[decoder_.kind == Decoder::Kind::kShared ? 0 : input];
  return output_at(readout, dot(readout.weights, state) + readout.constant);
}

std::optional<std::uint32_t> Outputs::looked_up(VectorView state, std::uint32_t input) const {
  const auto place = std::lower_bound(order_.begin(), order_.end(), state, [this](std::uint32_t row, VectorView h) {
    return compare(decoder_.rows[row].state, h) < 0;
  });
  if (place == order_.end() || compare(decoder_.rows[*place].state, state) != 0) return std::nullopt;
  return decoder_.rows[*place].output(input);
}

PreparedLayer::PreparedLayer(const Layer& layer) : outputs(layer.decoder) {
  maps.reserve(layer.maps.size());
  for (const Map& map : layer.maps) maps.emplace_back(map);
}

}  // namespace eigenmata::checker

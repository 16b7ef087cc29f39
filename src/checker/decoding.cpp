// SPDX-License-Identifier: Apache-2.0
#include "checker/decoding.hpp"

#include <algorithm>

namespace eigenmata::checker {
namespace {

/// How many thresholds are ≤ value.
std::size_t passed(const std::vector<Number>& thresholds, const Number& value) {
  return static_cast<std::size_t>(std::upper_bound(thresholds.begin(), thresholds.end(), value) - thresholds.begin());
}

}  // namespace

std::optional<std::uint32_t> Outputs::of(VectorView state, std::uint32_t input) const {
  if (decoder_.kind == Decoder::Kind::kTable) return looked_up(state, input);
  if (decoder_.kind == Decoder::Kind::kWalk) return decoder_.walk.output(state, input);
  const Readout& r = readout(input);
  return r.outputs[passed(r.thresholds, dot(r.weights, state) + r.constant)];
}

std::optional<std::uint32_t> Outputs::of(BoxView box, std::uint32_t input) const {
  if (box.is_point()) return of(box.centre, input);
  if (decoder_.kind == Decoder::Kind::kTable || decoder_.kind == Decoder::Kind::kWalk) return std::nullopt;
  const Readout& r = readout(input);
  const auto [low, high] = range(r.weights, box);
  // Between the two, an affine function takes every value in between.
  const std::size_t count = passed(r.thresholds, low + r.constant);
  if (count != passed(r.thresholds, high + r.constant)) return std::nullopt;
  return r.outputs[count];
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

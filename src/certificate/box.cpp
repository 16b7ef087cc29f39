// SPDX-License-Identifier: Apache-2.0
#include "box.hpp"

#include <algorithm>
#include <utility>

namespace eigenmata::certificate {
namespace {

using exact::Rational;
using lrnn::SparseVector;
using Entry = SparseVector<Rational>::Entry;

const exact::RationalArithmetic kRationals{};

/// a + scale · b.
SparseVector<Rational> combined(const SparseVector<Rational>& a, const Rational& scale,
                                const SparseVector<Rational>& b) {
  std::vector<Entry> entries;
  auto i = a.entries().begin();
  for (const Entry& entry : b.entries()) {
    while (i != a.entries().end() && i->index < entry.index) entries.push_back(*i++);
    Rational value = scale * entry.value;
    if (i != a.entries().end() && i->index == entry.index) value += (i++)->value;
    if (!value.is_zero()) entries.push_back({entry.index, std::move(value)});
  }
  entries.insert(entries.end(), i, a.entries().end());
  return {a.dimension(), std::move(entries)};
}

SparseVector<Rational> with_absolute_values(const SparseVector<Rational>& a) {
  return mapped(a, [](const Rational& value) { return Rational(abs(value)); });
}

}  // namespace

Region point_region(const SparseVector<Rational>& point) {
  Region region;
  for (const Entry& entry : point.entries()) region.push_back({entry.index, entry.value, entry.value});
  return region;
}

Box box_of(const Region& region, std::size_t dimension) {
  std::vector<Entry> centre;
  std::vector<Entry> half_widths;
  for (const Extent& extent : region) {
    Rational middle = (extent.low + extent.high) / 2;
    Rational half = (extent.high - extent.low) / 2;
    if (!middle.is_zero()) centre.push_back({extent.index, std::move(middle)});
    if (!half.is_zero()) half_widths.push_back({extent.index, std::move(half)});
  }
  return {{dimension, std::move(centre)}, {dimension, std::move(half_widths)}};
}

bool contains(const Region& region, const Box& box) {
  auto centre = box.centre.entries().begin();
  auto half = box.half_widths.entries().begin();
  const auto is_outside = [&](std::uint32_t index) {
    return (centre != box.centre.entries().end() && centre->index < index) ||
           (half != box.half_widths.entries().end() && half->index < index);
  };
  for (const Extent& extent : region) {
    if (is_outside(extent.index)) return false;
    Rational low = 0;
    Rational high = 0;
    if (centre != box.centre.entries().end() && centre->index == extent.index) low = high = (centre++)->value;
    if (half != box.half_widths.entries().end() && half->index == extent.index) {
      low -= half->value;
      high += (half++)->value;
    }
    if (low < extent.low || high > extent.high) return false;
  }
  return centre == box.centre.entries().end() && half == box.half_widths.entries().end();
}

Box BoxImages::image(const Box& box, core::Symbol symbol) {
  Box result{SparseVector<Rational>(box.centre.dimension()), SparseVector<Rational>(box.centre.dimension())};
  runner_.next(layer_, box.centre, symbol, work_, result.centre);
  for (const Entry& half : box.half_widths.entries())
    result.half_widths = combined(result.half_widths, half.value, with_absolute_values(column(half.index, symbol)));
  return result;
}

const SparseVector<Rational>& BoxImages::column(std::uint32_t j, core::Symbol symbol) {
  const auto [at, is_new] = columns_.try_emplace({j, symbol});
  if (is_new) {
    const lrnn::Layer<Rational>& layer = runner_.network().layers[layer_];
    SparseVector<Rational> image;
    runner_.next(layer_, lrnn::unit_vector(kRationals, layer.dimension, j), symbol, work_, image);
    at->second = combined(image, -1, layer.maps[core::index(symbol)].b);
  }
  return at->second;
}

std::optional<core::Symbol> BoxImages::output(const Box& box, core::Symbol symbol) const {
  const auto* affine = std::get_if<lrnn::AffineDecoder<Rational>>(&runner_.network().layers[layer_].decoder);
  if (affine == nullptr) return box.is_point() ? runner_.decode(layer_, box.centre, symbol) : std::nullopt;
  const auto& readout = affine->readouts[affine->readouts.size() == 1 ? 0 : core::index(symbol)];
  const Rational middle = dot(kRationals, readout.weights, box.centre) + readout.constant;
  const Rational half = dot(kRationals, with_absolute_values(readout.weights), box.half_widths);
  const auto passed = [&](const Rational& value) {
    return std::upper_bound(readout.thresholds.begin(), readout.thresholds.end(), value) - readout.thresholds.begin();
  };
  const auto below = passed(middle - half);
  if (below != passed(middle + half)) return std::nullopt;
  return readout.outputs[static_cast<std::size_t>(below)];
}

}  // namespace eigenmata::certificate

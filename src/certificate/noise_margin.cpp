// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/noise_margin.hpp"

#include <algorithm>
#include <iterator>

#include "eigenmata/certificate/box.hpp"

namespace eigenmata::certificate {
namespace {

using exact::Rational;
using lrnn::SparseVector;

const exact::RationalArithmetic kRationals{};

/// The entries of a diagonal matrix, also of one that is written as a product of factors along single coordinates.
std::optional<std::vector<Rational>> diagonal_of(const lrnn::Transition<Rational>& a) {
  if (const auto* diagonal = std::get_if<lrnn::Diagonal<Rational>>(&a)) return diagonal->entries;
  const auto* product = std::get_if<lrnn::HouseholderProduct<Rational>>(&a);
  if (product == nullptr) return std::nullopt;
  std::vector<Rational> entries(product->dimension, Rational(1));
  for (const auto& factor : product->factors) {
    if (factor.v.entries().size() != 1) return std::nullopt;
    entries[factor.v.entries()[0].index] *= Rational(1) - factor.beta;
  }
  return entries;
}

class LayerMargin {
 public:
  LayerMargin(const lrnn::RationalNetwork& network, const lrnn::Runner<exact::RationalArithmetic>& runner,
              std::size_t layer, const LayerClaim& claim)
      : layer_(network.layers[layer]), claim_(claim), images_(runner, layer) {}

  std::optional<NoiseMargin> run() {
    if (!std::holds_alternative<lrnn::AffineDecoder<Rational>>(layer_.decoder)) return std::nullopt;
    growth_.assign(layer_.dimension, Rational(0));
    for (const auto& map : layer_.maps) {
      const auto entries = diagonal_of(map.a);
      if (!entries) return std::nullopt;
      for (std::size_t j = 0; j < entries->size(); ++j) see(j, abs((*entries)[j]));
    }
    for (const RegionStep& step : claim_.steps) take(step);
    if (!least_) return std::nullopt;
    return NoiseMargin{*least_, holds_};
  }

 private:
  /// An entry of some letter. Afterwards growth_[j] · ε is δ in coordinate j, 0 if it is never overwritten.
  void see(std::size_t j, const Rational& entry) {
    if (entry == 1) {
      holds_ = true;
    } else {
      growth_[j] = std::max(growth_[j], Rational(1 / (1 - entry)));
    }
  }

  void take(const RegionStep& step) {
    const auto& readouts = std::get<lrnn::AffineDecoder<Rational>>(layer_.decoder).readouts;
    const auto& readout = readouts.size() == 1 ? readouts[0] : readouts[step.symbol];
    if (readout.thresholds.empty()) return;
    Rational change = 0;  // of what the readout looks at, for ε = 1
    for (const auto& entry : readout.weights.entries()) change += abs(entry.value) * growth_[entry.index];
    if (change.is_zero()) return;
    const auto box = box_of(kRationals, claim_.regions[step.region], layer_.dimension);
    const auto image = images_.image(box, core::symbol(step.symbol));
    const Rational middle = dot(kRationals, readout.weights, image->centre) + readout.constant;
    const auto sizes = mapped(readout.weights, [](const Rational& w) { return Rational(abs(w)); });
    const Rational half = dot(kRationals, sizes, image->half_widths);
    // Thresholds increase, and may be as many as the steps: the nearest ones are those to either side.
    const auto above = std::upper_bound(readout.thresholds.begin(), readout.thresholds.end(), middle);
    const auto see_threshold = [&](const Rational& threshold) {
      const Rational margin = (abs(Rational(threshold - middle)) - half) / change;
      if (!least_ || margin < *least_) least_ = margin;
    };
    if (above != readout.thresholds.end()) see_threshold(*above);
    if (above != readout.thresholds.begin()) see_threshold(*std::prev(above));
  }

  const lrnn::Layer<Rational>& layer_;
  const LayerClaim& claim_;
  BoxImages<exact::RationalArithmetic> images_;
  std::vector<Rational> growth_;
  bool holds_ = false;
  std::optional<Rational> least_;
};

}  // namespace

std::vector<std::optional<NoiseMargin>> noise_margins(const LayerwiseCertificate& certificate) {
  const lrnn::Runner<exact::RationalArithmetic> runner({}, certificate.network);
  std::vector<std::optional<NoiseMargin>> result;
  result.reserve(certificate.network.layers.size());
  for (std::size_t l = 0; l < certificate.layers.size(); ++l)
    result.push_back(LayerMargin(certificate.network, runner, l, certificate.layers[l]).run());
  result.resize(certificate.network.layers.size());  // a ring and what follows it have none
  return result;
}

}  // namespace eigenmata::certificate

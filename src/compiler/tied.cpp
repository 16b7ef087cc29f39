// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/tied.hpp"

#include <algorithm>
#include <utility>

#include "eigenmata/lrnn/tie.hpp"

namespace eigenmata::compiler {
namespace {

using exact::Rational;
using lrnn::Architecture;
using lrnn::Tie;

/// The network of one certificate.
template <class K>
class Tying {
 public:
  using S = typename K::Scalar;
  using Vector = lrnn::SparseVector<S>;

  Tying(const K& k, lrnn::Network<S>& network, const lrnn::ArchitectureChoice& choice)
      : k_(k), network_(network), choice_(choice), architecture_(*choice.architecture) {}

  /// Nothing, or why not. `padded` says of each layer whether it has one more coordinate now.
  std::string run(std::vector<bool>& padded) {
    if (architecture_.counts_steps() && !choice_.steps) choice_.steps = most_factors();
    add_first_token();
    padded.assign(network_.layers.size(), false);
    if (architecture_.tie == Tie::kDelta && !architecture_.gates.high_closed) {
      for (std::size_t l = 0; l < padded.size(); ++l) padded[l] = pad(network_.layers[l]);
    }
    lrnn::TransitionClass claim;
    claim.form = lrnn::TransitionClass::Form::kArchitecture;
    claim.architecture = choice_;
    network_.claim = claim;
    const auto member = lrnn::is_member(k_, network_, choice_);
    return member.is_yes() ? "" : member.witness();
  }

 private:
  [[nodiscard]] std::size_t most_factors() const {
    std::size_t most = 1;
    for (const auto& layer : network_.layers) most = std::max(most, factors_per_token(layer));
    return most;
  }

  void add_first_token() {
    const bool starts_from_zero = std::all_of(network_.layers.begin(), network_.layers.end(),
                                              [](const auto& layer) { return layer.start.is_zero(); });
    if (starts_from_zero) return;
    for (auto& layer : network_.layers) layer.bos = lrnn::AffineMap<S>{first_matrix(layer), layer.start};
  }

  /// What the matrix does to 0 does not matter, but that the architecture can have it where the start is written. Gates
  /// are halfway, where a logit of 0 puts them.
  [[nodiscard]] lrnn::Transition<S> first_matrix(const lrnn::Layer<S>& layer) const {
    if (architecture_.is_constant) return layer.maps[0].a;
    const std::size_t n = layer.dimension;
    const S half = k_.from_rational(Rational(1, 2));
    const bool is_number = n == 1 && std::holds_alternative<lrnn::Diagonal<S>>(layer.maps[0].a);
    switch (architecture_.tie) {
      case Tie::kDelta:
        return first_step(layer);
      case Tie::kGatedDelta:
        if (!is_number) return first_step(layer);
        break;
      case Tie::kDeltaAndDecay:
        if (!is_number) return lrnn::HouseholderProduct<S>{n, {}};
        break;
      case Tie::kOneKey: {
        lrnn::Diagonal<S> gates{std::vector<S>(n, k_.one())};
        for (const auto& entry : layer.start.entries()) gates.entries[entry.index] = half;
        return gates;
      }
      case Tie::kTurns:
      case Tie::kUnitColumns:
        return lrnn::Diagonal<S>{std::vector<S>(n, k_.one())};
      default:
        break;
    }
    return lrnn::Diagonal<S>{std::vector<S>(n, half)};
  }

  [[nodiscard]] lrnn::HouseholderProduct<S> first_step(const lrnn::Layer<S>& layer) const {
    lrnn::HouseholderProduct<S> product{layer.dimension, {}};
    const Rational beta = architecture_.gates.low < 0 ? Rational(1) : Rational(1, 2);
    if (!layer.start.is_zero()) product.factors.push_back({k_.from_rational(beta), layer.start});
    return product;
  }

  /// Steps that do nothing, where a token has too few. Returns whether there were any.
  bool pad(lrnn::Layer<S>& layer) {
    const auto lacks = [&](const lrnn::AffineMap<S>& map) { return factor_count(map.a) < *steps(); };
    if (std::none_of(layer.maps.begin(), layer.maps.end(), lacks) && !(layer.bos && lacks(*layer.bos))) return false;
    const std::size_t n = layer.dimension++;
    for (auto& map : layer.maps) pad(map, n);
    if (layer.bos) pad(*layer.bos, n);
    layer.start = widened(layer.start);
    if (auto* affine = std::get_if<lrnn::AffineDecoder<S>>(&layer.decoder)) {
      for (auto& readout : affine->readouts) readout.weights = widened(readout.weights);
    } else if (auto* table = std::get_if<lrnn::TableDecoder<S>>(&layer.decoder)) {
      for (auto& row : table->rows) row.state = widened(row.state);
    }
    return true;
  }

  [[nodiscard]] std::optional<std::size_t> steps() const { return choice_.steps ? choice_.steps : std::size_t{1}; }

  void pad(lrnn::AffineMap<S>& map, std::size_t n) const {
    map.b = widened(map.b);
    auto* product = std::get_if<lrnn::HouseholderProduct<S>>(&map.a);
    if (product == nullptr) return;  // is_member says so
    product->dimension = n + 1;
    for (auto& factor : product->factors) factor.v = widened(factor.v);
    while (product->factors.size() < *steps())
      product->factors.push_back({k_.from_rational(Rational(1, 2)), lrnn::unit_vector(k_, n + 1, n)});
  }

 public:
  static Vector widened(const Vector& vector) { return {vector.dimension() + 1, vector.entries()}; }

 private:
  const K& k_;
  lrnn::Network<S>& network_;
  lrnn::ArchitectureChoice choice_;
  const Architecture& architecture_;
};

/// The states of a certificate in the layers that have grown. Regions list coordinates, and 0 is not listed.
template <class K>
void widen_states(certificate::Certificate<K>& certificate, const std::vector<bool>& padded) {
  for (auto& point : certificate.points) {
    for (std::size_t l = 0; l < padded.size(); ++l) {
      if (padded[l]) point.vectors[l] = Tying<K>::widened(point.vectors[l]);
    }
  }
}
template <class K>
void widen_states(certificate::LayerwiseOver<K>& /*certificate*/, const std::vector<bool>& /*padded*/) {}

/// Is the last step along the last coordinate?
template <class S>
bool has_idle_step(const lrnn::Transition<S>& a) {
  const auto& factors = std::get<lrnn::HouseholderProduct<S>>(a).factors;
  return !factors.empty() && factors.back().v.entries()[0].index + 1 == dimension(a);
}

}  // namespace

PassResult tied_to(Construction construction, const lrnn::ArchitectureChoice& architecture) {
  std::vector<bool> padded;
  const std::string why = std::visit(
      [&](auto& c) {
        std::string reason = Tying(c.arithmetic, c.network, architecture).run(padded);
        widen_states(c, padded);
        return reason;
      },
      construction.certificate);
  if (!why.empty()) return Refusal{construction.pass, "not tied as " + to_string(architecture) + " ties: " + why};
  // A step along the new coordinate is one more rank of I − A.
  construction.with_network([&](const auto& /*k*/, const auto& network) {
    for (std::size_t l = 0; l < padded.size(); ++l) {
      for (std::size_t x = 0; padded[l] && x < construction.factor_bounds[l].size(); ++x) {
        if (has_idle_step(network.layers[l].maps[x].a)) ++construction.factor_bounds[l][x];
      }
    }
  });
  return construction;
}

}  // namespace eigenmata::compiler

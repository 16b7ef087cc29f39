// SPDX-License-Identifier: Apache-2.0
//
// Layers and networks, as data over any scalar:
//
//   h_t = A(x_t) h_{t−1} + B(x_t),    y_t = dec(h_t, x_t)
//
// Layer 1 reads the letters of the alphabet, layer l + 1 reads the outputs of layer l, which are finitely many. The
// word so far is accepted if the last layer's output says so. Before the first letter there is no output: whether the
// empty word is accepted is a bit of its own. A network without layers sees the current letter only.
//
// The state h_0 may be given, or be what a beginning-of-sequence token writes into a state of 0, as in the published
// architectures: such a token has a map of its own in every layer, and is passed on by every decoder.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "eigenmata/core/alphabet.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/lrnn/transition.hpp"
#include "eigenmata/lrnn/transition_class.hpp"

namespace eigenmata::lrnn {

using core::Alphabet;
using core::Symbol;
using core::Word;

/// Files with layers of more than 16,777,216 dimensions are refused.
inline constexpr std::size_t kMaxDimension = std::size_t{1} << 24;

/// A letter's affine map h ← A h + b.
template <class S>
struct AffineMap {
  Transition<S> a;
  SparseVector<S> b;
};

/// outputs[i], where i counts the thresholds t ≤ w·h + c.
template <class S>
struct AffineReadout {
  SparseVector<S> weights;
  S constant;
  std::vector<S> thresholds;    ///< strictly increasing
  std::vector<Symbol> outputs;  ///< one more than thresholds
};

/// One readout for all input symbols, or one each.
template <class S>
struct AffineDecoder {
  std::vector<AffineReadout<S>> readouts;
};

/// Which output a state has: one for all input symbols, or one each. A state without a row has none.
template <class S>
struct TableDecoder {
  struct Row {
    SparseVector<S> state;
    std::vector<Symbol> outputs;
  };
  std::vector<Row> rows;
};

/// What a `WalkDecoder` has besides numbers.
struct WalkTables {
  static constexpr std::uint32_t kNone = 0xffffffff;

  /// [node · codes + code]: the next node, or `kNone`. A walk starts in node 0.
  using Walk = std::vector<std::uint32_t>;
  /// Where the first walk ends; for each node of the second one the output if that ends there, or `kNone`.
  struct Row {
    std::uint32_t node = 0;
    std::vector<std::uint32_t> outputs;

    friend bool operator==(const Row&, const Row&) = default;
  };
  struct Route {
    std::uint32_t table = 0;
    std::vector<std::uint32_t> first;   ///< the coordinates that the first walk reads, in this order
    std::vector<std::uint32_t> second;  ///< and those of the second

    friend bool operator==(const Route&, const Route&) = default;
  };

  Walk first;
  Walk second;
  std::vector<std::vector<Row>> tables;  ///< nodes of rows increase
  std::vector<Route> routes;
  std::vector<std::uint32_t> route_of;  ///< by input symbol

  friend bool operator==(const WalkTables&, const WalkTables&) = default;
};

/// Two automata read coordinates of the state one after another; the nodes where they end say the output
/// (model-format.md, "Walks"). Each coordinate that is read has to be one of the codes; other states have no output.
template <class S>
struct WalkDecoder {
  std::vector<S> codes;  ///< different numbers, at least one
  WalkTables tables;
};

template <class S>
using Decoder = std::variant<AffineDecoder<S>, TableDecoder<S>, WalkDecoder<S>>;

template <class S>
struct Layer {
  std::size_t dimension = 0;
  SparseVector<S> start;           ///< h_0
  std::vector<AffineMap<S>> maps;  ///< one for each input symbol
  Alphabet outputs;
  Decoder<S> decoder;
  /// What a beginning-of-sequence token does, if the network reads one before the first letter. The state is 0 then, so
  /// `start` is the b of this map. The decoder passes the token on to the next layer.
  std::optional<AffineMap<S>> bos = std::nullopt;
};

template <class S>
struct Network {
  Alphabet alphabet;
  bool accepts_empty_word = false;
  std::vector<Layer<S>> layers;
  std::vector<bool> accept;  ///< for each output of the last layer (for each letter, if there is none)
  std::optional<TransitionClass> claim;

  /// Input symbols of a layer.
  [[nodiscard]] const Alphabet& inputs(std::size_t layer) const {
    return layer == 0 ? alphabet : layers[layer - 1].outputs;
  }
  /// What `accept` ranges over.
  [[nodiscard]] const Alphabet& answers() const { return layers.empty() ? alphabet : layers.back().outputs; }
};

using RationalNetwork = Network<exact::Rational>;

/// Are all entries real?
template <exact::ExactArithmetic K>
[[nodiscard]] bool is_real(const K& k, const SparseVector<typename K::Scalar>& vector) {
  return std::all_of(vector.entries().begin(), vector.entries().end(),
                     [&](const auto& entry) { return exact::is_real(k, entry.value); });
}

/// The largest number of factors of a letter in a layer.
template <class S>
[[nodiscard]] std::size_t factors_per_token(const Layer<S>& layer) {
  std::size_t most = 0;
  for (const auto& map : layer.maps) most = std::max(most, factor_count(map.a));
  return most;
}

/// The same network over other scalars. `f` must not make a number zero that is not.
template <class S, class Map>
[[nodiscard]] auto mapped(const Network<S>& network, const Map& f) {
  using T = decltype(f(std::declval<const S&>()));
  Network<T> result{network.alphabet, network.accepts_empty_word, {}, network.accept, network.claim};
  for (const Layer<S>& layer : network.layers) {
    Layer<T> copy{layer.dimension, mapped(layer.start, f), {}, layer.outputs, {}};
    if (layer.bos) copy.bos = AffineMap<T>{mapped(layer.bos->a, f), mapped(layer.bos->b, f)};
    for (const auto& map : layer.maps) copy.maps.push_back({mapped(map.a, f), mapped(map.b, f)});
    if (const auto* affine = std::get_if<AffineDecoder<S>>(&layer.decoder)) {
      AffineDecoder<T> decoder;
      for (const auto& readout : affine->readouts) {
        std::vector<T> thresholds;
        for (const S& t : readout.thresholds) thresholds.push_back(f(t));
        decoder.readouts.push_back(
            {mapped(readout.weights, f), f(readout.constant), std::move(thresholds), readout.outputs});
      }
      copy.decoder = std::move(decoder);
    } else if (const auto* table = std::get_if<TableDecoder<S>>(&layer.decoder)) {
      TableDecoder<T> decoder;
      for (const auto& row : table->rows) decoder.rows.push_back({mapped(row.state, f), row.outputs});
      copy.decoder = std::move(decoder);
    } else {
      const auto& walk = std::get<WalkDecoder<S>>(layer.decoder);
      WalkDecoder<T> decoder{{}, walk.tables};
      for (const S& code : walk.codes) decoder.codes.push_back(f(code));
      copy.decoder = std::move(decoder);
    }
    result.layers.push_back(std::move(copy));
  }
  return result;
}

}  // namespace eigenmata::lrnn

// SPDX-License-Identifier: Apache-2.0
//
// Steps of a network that is computed chunk by chunk (precision/rounding_plan.hpp, fla-chunk): a state is the state of
// all layers at the last boundary and the letters since.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <memory>
#include <optional>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/precision/packed_states.hpp"
#include "numeric_stepper.hpp"

namespace eigenmata::verification {

/// One layer. A row is a factor of a letter read since the boundary, β, k and what it writes, x.
class ChunkLayer {
 public:
  using K = precision::FloatArithmetic;

  ChunkLayer(const K& k, const lrnn::Layer<double>& layer, const std::vector<double>& values)
      : dimension_(layer.dimension), sum_(k) {
    std::vector<std::vector<Factor>> all;
    for (std::size_t x = 0; x < layer.maps.size(); ++x) {
      const auto& product = std::get<lrnn::HouseholderProduct<double>>(layer.maps[x].a);
      std::vector<Factor> factors;
      for (const auto& f : product.factors) {
        Factor factor{f.beta, lrnn::coordinates(k, f.v), {}, 0};
        for (const double entry : factor.key) factor.scaled_key.push_back(k.narrowed(k.multiply(f.beta, entry)));
        factors.push_back(std::move(factor));
      }
      if (!factors.empty()) factors.back().scaled_value = k.narrowed(k.multiply(factors.back().beta, values[x]));
      all.push_back(std::move(factors));
    }
    factors_ = std::make_shared<const std::vector<std::vector<Factor>>>(std::move(all));
    for (const auto& readout : std::get<lrnn::AffineDecoder<double>>(layer.decoder).readouts)
      readouts_.push_back(
          {lrnn::coordinates(k, readout.weights), readout.constant, readout.thresholds, readout.outputs});
  }

  [[nodiscard]] std::size_t dimension() const { return dimension_; }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }

  /// Begins a chunk in this state.
  void begin(const K& k, const double* state) {
    rows_.clear();
    state_.assign(state, state + dimension_);
    narrow_ = state_;
    for (double& x : narrow_) x = k.narrowed(x);
  }
  [[nodiscard]] const std::vector<double>& boundary() const { return state_; }

  /// Reads a symbol: the rows of its factors, and what the decoder says then.
  std::optional<core::Symbol> read(const K& k, core::Symbol symbol) {
    for (const Factor& factor : (*factors_)[core::index(symbol)]) append(k, factor);
    return decode(k, symbol);
  }
  /// Forgets all rows but the first ones.
  void truncate(std::size_t rows) { rows_.resize(rows); }

  /// Ends the chunk: the state moves to here, the next chunk begins.
  void close(const K& k) {
    std::vector<double> next = state_;
    for (std::size_t c = 0; c < dimension_; ++c) {
      sum_.clear();
      for (const Row& row : rows_) sum_.add(k, row.factor->key[c], row.value);
      next[c] = k.settled(k.add(next[c], sum_.total(k)));
    }
    begin(k, next.data());
  }

 private:
  struct Factor {
    double beta;
    std::vector<double> key;
    std::vector<double> scaled_key;  // β k, narrowed
    double scaled_value;             // β x, narrowed
  };
  struct Row {
    const Factor* factor;
    std::vector<double> coupling;  // β (k · k_j), for the rows j before it
    std::vector<double> inverse;   // its row of (1 + coupling)⁻¹, up to the diagonal
    double value;                  // what it adds to the state, along its key
  };
  struct Readout {
    std::vector<double> weights;
    double constant;
    std::vector<double> thresholds;
    std::vector<core::Symbol> outputs;
  };

  double dot(const K& k, const std::vector<double>& a, const std::vector<double>& b) {
    sum_.clear();
    for (std::size_t c = 0; c < dimension_; ++c) sum_.add(k, a[c], b[c]);
    return sum_.total(k);
  }

  void append(const K& k, const Factor& factor) {
    const std::size_t i = rows_.size();
    Row row{&factor, {}, {}, 0};
    for (const Row& before : rows_)
      row.coupling.push_back(k.multiply(factor.beta, dot(k, factor.key, before.factor->key)));
    for (std::size_t j = 0; j < i; ++j) {
      sum_.clear();
      for (std::size_t l = j + 1; l < i; ++l) sum_.add(k, row.coupling[l], rows_[l].inverse[j]);
      row.inverse.push_back(-k.add(row.coupling[j], sum_.total(k)));
    }
    row.inverse.push_back(1);
    std::vector<double> narrow = row.inverse;
    for (double& x : narrow) x = k.narrowed(x);
    const auto factor_of = [&](std::size_t j) -> const Factor& { return j < i ? *rows_[j].factor : factor; };
    std::vector<double> w(dimension_);
    for (std::size_t c = 0; c < dimension_; ++c) {
      sum_.clear();
      for (std::size_t j = 0; j <= i; ++j) sum_.add(k, narrow[j], factor_of(j).scaled_key[c]);
      w[c] = k.narrowed(sum_.total(k));
    }
    sum_.clear();
    for (std::size_t j = 0; j <= i; ++j) sum_.add(k, narrow[j], factor_of(j).scaled_value);
    const double u = k.narrowed(sum_.total(k));
    row.value = k.narrowed(k.subtract(u, dot(k, w, narrow_)));
    rows_.push_back(std::move(row));
  }

  std::optional<core::Symbol> decode(const K& k, core::Symbol symbol) {
    const Readout& readout = readouts_.size() == 1 ? readouts_[0] : readouts_[core::index(symbol)];
    const double from_boundary = dot(k, readout.weights, narrow_);
    std::vector<double> scores;
    for (const Row& row : rows_) scores.push_back(k.narrowed(dot(k, readout.weights, row.factor->key)));
    sum_.clear();
    for (std::size_t j = 0; j < rows_.size(); ++j) sum_.add(k, scores[j], rows_[j].value);
    const double value = k.add(k.add(from_boundary, sum_.total(k)), readout.constant);
    std::size_t passed = 0;
    for (const double threshold : readout.thresholds) {
      const auto order = k.compare(value, threshold);
      if (!order) return std::nullopt;
      if (*order < 0) break;
      ++passed;
    }
    return readout.outputs[passed];
  }

  std::size_t dimension_;
  exact::ProductSum<K> sum_;
  std::shared_ptr<const std::vector<std::vector<Factor>>> factors_;  // of each symbol; rows point into them
  std::vector<Readout> readouts_;
  std::vector<double> state_, narrow_;
  std::vector<Row> rows_;
};

/// As NumericStepper. Packed are the coordinates at the boundary, the state of the automaton, how many letters there
/// were since, and they.
class ChunkStepper {
 public:
  using Word = precision::PackedStates::Word;
  using Step = NumericStep;

  ChunkStepper(const precision::FloatArithmetic& arithmetic, const lrnn::RoundedNetwork<double>& rounded,
               const automata::Dfa& automaton)
      : k_(arithmetic),
        network_(rounded.network),
        automaton_(automaton),
        chunk_(arithmetic.plan().chunk),
        number_bits_(static_cast<std::size_t>(arithmetic.bits())),
        automaton_bits_(static_cast<std::size_t>(std::bit_width(automaton.states() - 1))) {
    assert(chunk_ > 0);
    for (std::size_t l = 0; l < network_.layers.size(); ++l) {
      layers_.emplace_back(k_, network_.layers[l], rounded.values[l]);
      coordinates_ += network_.layers[l].dimension;
    }
    begin();
  }

  [[nodiscard]] std::size_t bits() const {
    return coordinates_ * number_bits_ + automaton_bits_ + bits_for(chunk_) + (chunk_ - 1) * letter_bits();
  }
  [[nodiscard]] std::size_t words() const { return std::max<std::size_t>((bits() + 63) / 64, 1); }
  [[nodiscard]] std::size_t number_bits() const { return number_bits_; }
  [[nodiscard]] std::size_t coordinates() const { return coordinates_; }
  [[nodiscard]] std::size_t chunk() const { return chunk_; }

  /// To the start of all words.
  void begin() {
    for (std::size_t l = 0; l < layers_.size(); ++l)
      layers_[l].begin(k_, lrnn::coordinates(k_, network_.layers[l].start).data());
    since_.clear();
    state_ = automaton_.initial();
  }
  void pack_start(Word* to) {
    begin();
    pack(to);
  }
  void load(const Word* from) {
    std::size_t position = 0;
    const auto read = [&](std::size_t bits) {
      position += bits;
      return precision::PackedStates::bits_at(from, position - bits, bits);
    };
    std::vector<double> state;
    for (ChunkLayer& layer : layers_) {
      state.resize(layer.dimension());
      for (double& x : state) x = k_.unpack(read(number_bits_));
      layer.begin(k_, state.data());
    }
    const auto loaded = automata::state(read(automaton_bits_));
    const std::size_t count = read(bits_for(chunk_));
    since_.clear();
    for (std::size_t i = 0; i < count; ++i) (void)advance(core::symbol(read(letter_bits())));
    state_ = loaded;
  }

  /// One letter on; what the network says, nothing if it has no answer (then this must be loaded anew).
  std::optional<bool> advance(core::Symbol letter) {
    core::Symbol symbol = letter;
    for (ChunkLayer& layer : layers_) {
      const auto output = layer.read(k_, symbol);
      if (!output) return std::nullopt;
      symbol = *output;
    }
    state_ = automaton_.step(state_, letter);
    since_.push_back(letter);
    if (since_.size() == chunk_) {
      for (ChunkLayer& layer : layers_) layer.close(k_);
      since_.clear();
    }
    return network_.accept[core::index(symbol)];
  }

  /// One letter on from the state loaded, which stays loaded.
  Step step(core::Symbol letter, Word* to) {
    const ChunkStepper::Place place = here();
    const automata::State next = automaton_.step(state_, letter);
    const auto accepted = advance(letter);
    if (accepted) pack(to);
    back_to(place);
    return {accepted, automaton_.is_accepting(next)};
  }

 private:
  struct Place {
    automata::State state;
    std::vector<core::Symbol> since;
    std::vector<ChunkLayer> closed;  // the layers themselves, if the next letter closes the chunk
    std::vector<std::size_t> rows;
  };
  [[nodiscard]] Place here() const {
    Place place{state_, since_, {}, {}};
    if (since_.size() + 1 == chunk_) {
      place.closed = layers_;
    } else {
      for (const ChunkLayer& layer : layers_) place.rows.push_back(layer.rows());
    }
    return place;
  }
  void back_to(const Place& place) {
    state_ = place.state;
    since_ = place.since;
    if (place.rows.empty()) {
      layers_ = place.closed;
    } else {
      for (std::size_t l = 0; l < layers_.size(); ++l) layers_[l].truncate(place.rows[l]);
    }
  }

  [[nodiscard]] static std::size_t bits_for(std::size_t values) {
    return static_cast<std::size_t>(std::bit_width(values - 1));
  }
  [[nodiscard]] std::size_t letter_bits() const { return bits_for(network_.alphabet.size()); }

  void pack(Word* to) const {
    std::fill(to, to + words(), 0);
    std::size_t position = 0;
    const auto write = [&](std::size_t bits, std::uint64_t value) {
      precision::PackedStates::set_bits(to, position, bits, value);
      position += bits;
    };
    for (const ChunkLayer& layer : layers_) {
      for (const double x : layer.boundary()) write(number_bits_, k_.pack(x));
    }
    write(automaton_bits_, index(state_));
    write(bits_for(chunk_), since_.size());
    for (const core::Symbol letter : since_) write(letter_bits(), core::index(letter));
  }

  const precision::FloatArithmetic& k_;
  const lrnn::Network<double>& network_;
  const automata::Dfa& automaton_;
  std::size_t chunk_;
  std::size_t number_bits_, automaton_bits_;
  std::size_t coordinates_ = 0;
  std::vector<ChunkLayer> layers_;
  automata::State state_{};
  std::vector<core::Symbol> since_;
};

}  // namespace eigenmata::verification

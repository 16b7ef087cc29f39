// SPDX-License-Identifier: Apache-2.0
//
// Steps of a network that is computed chunk by chunk (precision/rounding_plan.hpp, fla-chunk): a state is the state of
// all layers at the last boundary and the letters since.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <optional>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/lrnn/chunk_layer.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/precision/packed_states.hpp"
#include "numeric_stepper.hpp"

namespace eigenmata::verification {

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
    for (lrnn::ChunkLayer& layer : layers_) {
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
    for (lrnn::ChunkLayer& layer : layers_) {
      const auto output = layer.read(k_, symbol);
      if (!output) return std::nullopt;
      symbol = *output;
    }
    state_ = automaton_.step(state_, letter);
    since_.push_back(letter);
    if (since_.size() == chunk_) {
      for (lrnn::ChunkLayer& layer : layers_) layer.close(k_);
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
    std::vector<lrnn::ChunkLayer> closed;  // the layers themselves, if the next letter closes the chunk
    std::vector<std::size_t> rows;
  };
  [[nodiscard]] Place here() const {
    Place place{state_, since_, {}, {}};
    if (since_.size() + 1 == chunk_) {
      place.closed = layers_;
    } else {
      for (const lrnn::ChunkLayer& layer : layers_) place.rows.push_back(layer.rows());
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
    for (const lrnn::ChunkLayer& layer : layers_) {
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
  std::vector<lrnn::ChunkLayer> layers_;
  automata::State state_{};
  std::vector<core::Symbol> since_;
};

}  // namespace eigenmata::verification

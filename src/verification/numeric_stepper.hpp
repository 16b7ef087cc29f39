// SPDX-License-Identifier: Apache-2.0
//
// Steps of a network between packed states: all coordinates of all layers, then the state of an automaton that runs
// alongside, bit after bit.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/verification/packed_states.hpp"

namespace eigenmata::verification {

/// Refers to its arguments. One a thread.
template <class T>
class NumericStepper {
 public:
  using S = typename T::Scalar;
  using Word = PackedStates::Word;

  NumericStepper(const T& arithmetic, const lrnn::Network<S>& network, const automata::Dfa& automaton)
      : arithmetic_(arithmetic),
        automaton_(automaton),
        runner_(arithmetic, network),
        work_(runner_.make_workspace()),
        from_(runner_.start()),
        to_(from_),
        automaton_bits_(static_cast<int>(std::bit_width(automaton.states() - 1))) {
    for (const auto& layer : network.layers) {
      dimensions_.push_back(layer.dimension);
      bits_ += layer.dimension * static_cast<std::size_t>(arithmetic.bits());
    }
    bits_ += static_cast<std::size_t>(automaton_bits_);
  }

  [[nodiscard]] std::size_t bits() const { return bits_; }
  [[nodiscard]] std::size_t words() const { return std::max<std::size_t>((bits_ + 63) / 64, 1); }

  void pack_start(Word* to) { pack(runner_.start(), automaton_.initial(), to); }

  /// The state that the next steps begin in.
  void load(const Word* from) {
    position_ = 0;
    for (std::size_t l = 0; l < dimensions_.size(); ++l) {
      auto entries = std::move(from_[l]).release();
      entries.clear();
      for (std::uint32_t i = 0; i < dimensions_[l]; ++i) {
        const S value = arithmetic_.unpack(read(from, arithmetic_.bits()));
        if (!arithmetic_.is_zero(value)) entries.push_back({i, value});
      }
      from_[l] = lrnn::SparseVector<S>(dimensions_[l], std::move(entries));
    }
    state_ = automata::state(read(from, automaton_bits_));
  }

  struct Step {
    std::optional<bool> network_accepts;
    bool automaton_accepts;
    [[nodiscard]] bool agrees() const { return network_accepts == automaton_accepts; }
  };
  /// One letter on from the state loaded. `to` is left alone if the network has no answer.
  Step step(core::Symbol letter, Word* to) {
    const automata::State next = automaton_.step(state_, letter);
    const auto accepted = runner_.step(from_, letter, work_, to_);
    if (accepted) pack(to_, next, to);
    return {accepted, automaton_.is_accepting(next)};
  }

 private:
  void pack(const lrnn::JointState<S>& states, automata::State state, Word* to) {
    for (std::size_t i = 0; i < words(); ++i) to[i] = 0;
    position_ = 0;
    for (const auto& vector : states) {
      std::size_t next = 0;
      for (const auto& entry : vector.entries()) {
        position_ += (entry.index - next) * static_cast<std::size_t>(arithmetic_.bits());  // zeros
        write(to, arithmetic_.bits(), arithmetic_.pack(entry.value));
        next = entry.index + std::size_t{1};
      }
      position_ += (vector.dimension() - next) * static_cast<std::size_t>(arithmetic_.bits());
    }
    write(to, automaton_bits_, index(state));
  }

  [[nodiscard]] std::uint64_t read(const Word* from, int bits) {
    if (bits == 0) return 0;
    const std::size_t word = position_ / 64;
    const std::size_t shift = position_ % 64;
    std::uint64_t value = from[word] >> shift;
    if (shift + static_cast<std::size_t>(bits) > 64) value |= from[word + 1] << (64 - shift);
    position_ += static_cast<std::size_t>(bits);
    return bits == 64 ? value : value & ((std::uint64_t{1} << bits) - 1);
  }
  void write(Word* to, int bits, std::uint64_t value) {
    if (bits == 0) return;
    const std::size_t word = position_ / 64;
    const std::size_t shift = position_ % 64;
    to[word] |= value << shift;
    if (shift + static_cast<std::size_t>(bits) > 64) to[word + 1] |= value >> (64 - shift);
    position_ += static_cast<std::size_t>(bits);
  }

  const T& arithmetic_;
  const automata::Dfa& automaton_;
  lrnn::Runner<T> runner_;
  lrnn::Workspace<T> work_;
  lrnn::JointState<S> from_, to_;
  automata::State state_{};
  std::vector<std::size_t> dimensions_;
  int automaton_bits_;
  std::size_t bits_ = 0;
  std::size_t position_ = 0;
};

}  // namespace eigenmata::verification

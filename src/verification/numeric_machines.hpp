// SPDX-License-Identifier: Apache-2.0
//
// The two ways in which a network is run: step by step, or in chunks.
#pragma once

#include <cassert>
#include <type_traits>

#include "chunk_stepper.hpp"
#include "numeric_stepper.hpp"

namespace eigenmata::verification {

/// So many states are stepped from before one looks whether a difference was among the steps.
inline constexpr std::size_t kStatesTogether = 4096;

/// Refers to its arguments.
template <class T>
class StepByStep {
 public:
  using Network = lrnn::Network<typename T::Scalar>;
  using Stepper = NumericStepper<T>;

  StepByStep(const T& arithmetic, const Network& network) : k_(arithmetic), network_(network) {
    if constexpr (std::is_same_v<T, precision::FloatArithmetic>) assert(arithmetic.plan().chunk == 0);
  }

  [[nodiscard]] const Network& network() const { return network_; }
  [[nodiscard]] Stepper stepper(const automata::Dfa& automaton) const { return Stepper(k_, network_, automaton); }

 private:
  const T& k_;
  const Network& network_;
};

/// Likewise.
class InChunks {
 public:
  using Stepper = ChunkStepper;

  InChunks(const precision::FloatArithmetic& arithmetic, const lrnn::RoundedNetwork<double>& rounded)
      : k_(arithmetic), rounded_(rounded) {}

  [[nodiscard]] const lrnn::Network<double>& network() const { return rounded_.network; }
  [[nodiscard]] Stepper stepper(const automata::Dfa& automaton) const { return Stepper(k_, rounded_, automaton); }

 private:
  const precision::FloatArithmetic& k_;
  const lrnn::RoundedNetwork<double>& rounded_;
};

/// Calls `use` with the one that the plan asks for.
template <class T, class Use>
auto with_machine(const T& arithmetic, const lrnn::RoundedNetwork<typename T::Scalar>& rounded, const Use& use) {
  if constexpr (std::is_same_v<T, precision::FloatArithmetic>) {
    if (arithmetic.plan().chunk != 0) return use(InChunks(arithmetic, rounded));
  }
  return use(StepByStep<T>(arithmetic, rounded.network));
}

}  // namespace eigenmata::verification

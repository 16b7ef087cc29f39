// SPDX-License-Identifier: Apache-2.0
//
// The zoo: published architectures as data. An architecture says how the parameters of a token (keys, values, gates)
// make both A and B of a layer: it *ties* B to A. Before the first letter its state is 0; a beginning-of-sequence token
// (BOS) is read first, and writes the state from which a network starts.
//
// Everything is said for one column of the state, h_t = A(x_t) h_{t−1} + B(x_t): one value for each key. What the
// network computes around the recurrence (convolutions, normalisations, output gates) is the decoder's business. Each
// coordinate of a diagonal matrix is a channel or a head of its own; the delta rules have one head a layer.
//
// Gates are kept as the numbers that they are, not as the logits that a sigmoid makes them of: those are real numbers
// wherever the gate lies inside its open range, and do not exist at its ends. The entries `name[0,1]` and `name[-1,1]`
// have the ends as well, which rounding reaches (gate.hpp says from which logit on).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"

namespace eigenmata::lrnn {

/// How B hangs together with A.
enum class Tie {
  kFree,           ///< A = Diag(gates), B = k v: any vector
  kStep,           ///< A = Diag(gates); one step size makes gate and write: where the gate is 1, B is 0
  kOneKey,         ///< kStep, and the key that a layer's channels share moves one coordinate at a time
  kTurns,          ///< A = Diag(numbers of modulus 1), B free
  kDelta,          ///< steps h ← h − β k (kᵀh − v), |k| = 1; A is their product, B what they make of 0
  kGatedDelta,     ///< h ← α h, then one such step
  kDeltaAndDecay,  ///< RWKV-7: A = Diag(w) − c κ (a ∘ κ)ᵀ, B = v k with κ = k / |k|
  kOneHotColumns,  ///< one entry in each column of A, B free
  kUnitColumns,    ///< one entry in each column of A, of modulus 1, B free
  kAny,            ///< A and B free
  kNotBuilt        ///< B is no function of the token alone
};

/// The real numbers that a gate can be: of a diagonal matrix its entries, of a delta rule the eigenvalue 1 − β, of
/// one-hot columns the modulus of the entry.
struct GateRange {
  int low = 0;
  int high = 1;
  bool low_closed = false;
  bool high_closed = false;
};

/// What makes a gate of a logit or a step size, and so never reaches its limits.
enum class Activation {
  kSigmoid,             ///< β = σ(z): 1 − β from 0 to 1
  kTwiceSigmoid,        ///< β = 2 σ(z): 1 − β from −1 to 1
  kDecay,               ///< exp(−x), x > 0: from 0 to 1
  kTwiceDecayMinusOne,  ///< 2 exp(−x) − 1, x > 0: from −1 to 1
  kModulus,             ///< |d| = σ(z): from 0 to 1
  kAttained             ///< every number of the range
};

struct Architecture {
  std::string_view name;         ///< "deltanet[-1,1]"; ":k" stands for a number
  std::string_view model_class;  ///< of its matrices A, as `expressivity` reads it
  std::string_view transition;   ///< A(x), in words
  std::string_view source;       ///< keys of the bibliography
  std::string_view written;      ///< B(x), in words
  Tie tie = Tie::kFree;
  GateRange gates = {};
  Activation activation = Activation::kAttained;
  bool is_constant = false;  ///< one matrix for all tokens

  [[nodiscard]] bool counts_steps() const { return name.find(":k") != std::string_view::npos; }
};

/// All that are known, in a fixed order.
[[nodiscard]] const std::vector<Architecture>& all_architectures();

/// An architecture with its number of steps a token, where it has that choice.
struct ArchitectureChoice {
  const Architecture* architecture = nullptr;  ///< of `all_architectures`
  std::optional<std::size_t> steps;            ///< k; nothing: any number

  friend bool operator==(const ArchitectureChoice&, const ArchitectureChoice&) = default;
};

/// "deltanet", "deltaproduct:3[-1,1]" (also written "deltaproduct[-1,1]:3"), "deltaproduct[-1,1]" for any number of
/// steps; nothing if the text names no architecture. Throws `core::Error` at `place` for a number of steps where there
/// is none to choose, or that is no positive number.
[[nodiscard]] std::optional<ArchitectureChoice> find_architecture(std::string_view text, const core::Place& place);

/// The name, with the number of steps.
[[nodiscard]] std::string to_string(const ArchitectureChoice& choice);

}  // namespace eigenmata::lrnn

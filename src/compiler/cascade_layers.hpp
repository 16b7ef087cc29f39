// SPDX-License-Identifier: Apache-2.0
//
// From a cascade of machines (algebra/cascade.hpp) to a network with a certificate layer by layer: one layer a machine.
//
// A layer's regions are the values of its machine. The decoder has to give what the machine says, which on a reset may
// depend on the value that was overwritten. Ways to keep that value:
//
//   * slot. Twice as many coordinates; a reset moves the old code u into the slot and writes the new one:
//       (u, v) ← (code, u),   A = [[0, 0], [I, 0]].
//     With n coordinates of each sort A is a product of 2n factors, I − e_v e_vᵀ for each slot coordinate, then the
//     swaps of u and v; rank(I − A) = 2n, so of no fewer. What a slot holds on other letters is never read: in the
//     regions it is an interval. All numbers are integers, so the orbit is finite.
//   * digits. For a machine that only holds and overwrites, with a real contraction λ, |λ| < 1/2. With n |λ| < 1 one
//     coordinate is enough: p_z = 2z/(n−1) − 1, a reset to z is h ← λh + (1 − |λ|) p_z. It leaves h in the box J_z
//     around (1 − |λ|) p_z of half-width |λ|, and inside it in a smaller box that tells the old value. Otherwise a
//     coordinate for each binary digit of z, with two values each. Eigenvalues 1 (on hold) and λ only; the orbit is
//     infinite.
//   * traces, where 0 is there as well and λ is any real contraction. Beside its code, a coordinate that is
//     overwritten exactly, the machine has a trace for each value z: writing z multiplies it by λ, writing z' ≠ z
//     overwrites it by a mark c(z'), 1 ≤ c < (1 + 1/|λ|)/2. When z is written, its trace is λ c(z') if z' was
//     overwritten, of modulus at least |λ|, and of modulus at most λ² max c < |λ| if it was z itself. Eigenvalues 1
//     (on hold), 0 and λ.
//
// A machine of coordinates without such a need has a layer of as many coordinates: A is 1 (hold), −1 (count modulo 2)
// or 0 (overwrite) in each.
//
// The last machine never has to remember, nor do letters whose output does not depend on the old value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/cascade.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/expressivity/spectrum_set.hpp"
#include "eigenmata/lrnn/network.hpp"
#include "eigenmata/lrnn/transition_class.hpp"

namespace eigenmata::compiler {

enum class Memory { kSlot, kDigits };

/// The form in which matrices are written; all levels have to be possible in it.
struct LayerStyle {
  lrnn::TransitionClass::Form form = lrnn::TransitionClass::Form::kHouseholder;
  Memory memory = Memory::kSlot;
  std::optional<expressivity::SpectrumSet> spectrum;  ///< that digits may use
  bool phases = false;                                ///< counters beyond 2 are somebody else's (phase_layers.hpp)
  /// The last coordinate of each machine is a clock, the same for all, and the others turn with it: what they hold they
  /// multiply by its root of unity, and what they are overwritten by is turned to the time after the step. Each symbol
  /// has one time (algebra/delays.hpp, `clock_cascade`).
  bool in_frame = false;
};

/// Is there a layer of the style for each level? If not, why.
[[nodiscard]] std::optional<std::string> obstacle(const algebra::Cascade& cascade, const LayerStyle& style);

/// The cascade with levels of more values than a contraction λ of the set can tell apart, |λ| < 1/n, and than there are
/// to be traces, taken apart into bits, if digits or traces can tell two values apart. Others stay as they are.
[[nodiscard]] algebra::Cascade with_writable_digits(const algebra::Cascade& cascade, const LayerStyle& style,
                                                    const core::Limits& limits);

/// One level, finished: over the rationals.
struct FinishedLayer {
  lrnn::Layer<exact::Rational> layer;
  std::vector<certificate::Region> regions;  ///< by value
  std::vector<std::size_t> factor_bounds;    ///< by symbol: rank(I − A)
};

/// The layer of a level that has no obstacle.
[[nodiscard]] FinishedLayer layer_for(const algebra::CascadeLevel& level, const LayerStyle& style);

/// Names for the outputs of a layer.
[[nodiscard]] core::Alphabet output_names(std::size_t count);

/// What the level says in each value that a step leads to, symbol by symbol, for a layer whose states are points:
/// `code(value)` stands for the value.
template <class S, class Code>
[[nodiscard]] lrnn::TableDecoder<S> table_of_values(const algebra::CascadeLevel& level, const Code& code) {
  lrnn::TableDecoder<S> table;
  for (algebra::Value v = 0; v < level.values.size(); ++v)
    table.rows.push_back({code(v), std::vector<core::Symbol>(level.inputs(), core::symbol(0))});
  for (std::size_t s = 0; s < level.inputs(); ++s) {
    for (const algebra::CascadeStep& step : level.steps[s])
      table.rows[step.next].outputs[s] = core::symbol(step.output);
  }
  return table;
}

/// A diagonal layer of a level of coordinates whose states are points: `number(j, entry)` stands for an entry of
/// coordinate j, which a move multiplies by `gate(j, move)` and adds `offset(j, move)` to.
template <class K, class Number, class Gate, class Offset>
[[nodiscard]] lrnn::Layer<typename K::Scalar> layer_of_points(const K& k, const algebra::CascadeLevel& level,
                                                              const Number& number, const Gate& gate,
                                                              const Offset& offset) {
  using S = typename K::Scalar;
  const auto& machine = std::get<algebra::CoordinateMachine>(level.machine);
  const auto code = [&](algebra::Value value) {
    std::vector<S> numbers;
    for (std::size_t j = 0; j < machine.moduli.size(); ++j) numbers.push_back(number(j, level.values[value][j]));
    return lrnn::sparse(k, numbers);
  };
  lrnn::Layer<S> layer{machine.moduli.size(), code(level.start), {}, output_names(level.outputs), {}};
  for (const auto& moves : machine.actions) {
    std::vector<S> gates, offsets;
    for (std::size_t j = 0; j < moves.size(); ++j) {
      gates.push_back(gate(j, moves[j]));
      offsets.push_back(offset(j, moves[j]));
    }
    layer.maps.push_back({lrnn::Diagonal<S>{std::move(gates)}, lrnn::sparse(k, offsets)});
  }
  layer.decoder = table_of_values<S>(level, code);
  return layer;
}

/// What a certificate says of the layer of a level, with one region for each value.
template <class S>
[[nodiscard]] certificate::LayerClaimOver<S> claim_of(const algebra::CascadeLevel& level,
                                                      std::vector<certificate::RegionOver<S>> regions) {
  certificate::LayerClaimOver<S> claim{std::move(regions), level.start, {}, level.contexts, {}};
  for (std::uint32_t s = 0; s < level.inputs(); ++s) {
    for (const algebra::CascadeStep& step : level.steps[s]) claim.steps.push_back({step.value, s, step.next});
  }
  std::sort(claim.steps.begin(), claim.steps.end(),
            [](const auto& a, const auto& b) { return std::pair(a.region, a.symbol) < std::pair(b.region, b.symbol); });
  for (const algebra::Meet& meet : level.meets) claim.meets.push_back({meet.above, meet.value, meet.context});
  return claim;
}

/// The network and its certificate; nothing is checked here. `claim` becomes the network's claim, with the number of
/// factors filled in for products. Needs no obstacle. That a letter which holds needs the eigenvalue 1 is not looked
/// at.
[[nodiscard]] Construction construction_for(const std::string& pass, const algebra::Cascade& cascade,
                                            const LayerStyle& style, std::optional<lrnn::TransitionClass> claim,
                                            const core::Limits& limits);

}  // namespace eigenmata::compiler

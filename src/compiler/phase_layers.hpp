// SPDX-License-Identifier: Apache-2.0
//
// Levels of a cascade that count modulo m, as layers over cyclotomic numbers: a coordinate of modulus m is a number
// that turns, h ← e(a/m) h, and is e(c/m) when the count is c. The decoder is a table of the values, which are points.
//
// A spectrum set need not have e(a/m). Any root of unity u in it whose order N is a multiple of the order of a in ℤ/m
// will do: a coordinate that u turns each time a is added counts these times modulo N, and the sum of a times the
// counts over all a that are ever added is the count modulo m. So a level may get more coordinates, and several values
// for one of the old ones; contexts and outputs stay. Where no root will do for m, each of the prime powers that m is
// the product of is counted by itself.
//
// Householder factors make real layers instead: planes (plane_layers.hpp).
#pragma once

#include <optional>
#include <string>

#include "cascade_layers.hpp"

namespace eigenmata::compiler {

/// Makes every counter one that roots of unity of the set turn. If that cannot be, says in a sentence which level and
/// why. (That holding needs the eigenvalue 1 is not looked at.) Throws `core::LimitReached` for too many values.
[[nodiscard]] std::optional<std::string> turn_counters(algebra::Cascade& cascade,
                                                       const expressivity::SpectrumSet& spectrum,
                                                       const core::Limits& limits);

/// Why the numbers of the cascade's counters are of no cyclotomic field that is done here: all are rational, the
/// order is too large, or for planes the number of steps (more than `max_steps`).
[[nodiscard]] std::optional<std::string> phase_obstacle(const algebra::Cascade& cascade,
                                                        lrnn::TransitionClass::Form form,
                                                        std::size_t max_steps = 50'000);

/// The network and its certificate; nothing is checked here. `claim` gets the number of factors filled in. Needs no
/// obstacle of either kind, and diagonal or Householder form.
[[nodiscard]] Construction phase_construction(const std::string& pass, const algebra::Cascade& cascade,
                                              const LayerStyle& style, std::optional<lrnn::TransitionClass> claim);

}  // namespace eigenmata::compiler

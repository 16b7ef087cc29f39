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

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "cascade_layers.hpp"

namespace eigenmata::compiler {

/// The roots of unity of the set but 1 in whose frames its numbers may be read, in turns, of least order first. All
/// have the same power of a prime p in their orders, unless p divides the order of some ratio and is counted anyway; so
/// a short clock leaves no more work to do than a long one.
[[nodiscard]] std::vector<exact::Rational> angles_of_frames(const expressivity::SpectrumSet& set);

/// The set divided by e(angle): what its numbers are in a frame that turns by it. An interval is followed by −1 only;
/// by others its 0 is.
[[nodiscard]] expressivity::SpectrumSet in_frame_of(const exact::Rational& angle, const expressivity::SpectrumSet& set);

/// What a counter may be made of: anything that the set has the roots for, or only steps of one root for each
/// coordinate, by 1, but modulo 2 and 4. (Modulo 2 and 4 all steps are by powers of i, which every arithmetic has.)
enum class Steps { kAny, kByOne };

/// Makes every counter one that roots of unity of the set turn. If that cannot be, says in a sentence which level and
/// why. (That holding needs the eigenvalue 1 is not looked at.) Throws `core::LimitReached` for too many values.
[[nodiscard]] std::optional<std::string> turn_counters(algebra::Cascade& cascade,
                                                       const expressivity::SpectrumSet& spectrum,
                                                       const core::Limits& limits, Steps steps = Steps::kAny);

/// The powers of different primes whose product is m.
[[nodiscard]] std::vector<std::uint32_t> prime_powers(std::uint32_t m);

/// Why the numbers of the cascade's counters are of no cyclotomic field that is done here: all are rational, the
/// order is too large, or for planes the number of steps (more than `max_steps`).
[[nodiscard]] std::optional<std::string> phase_obstacle(const algebra::Cascade& cascade,
                                                        lrnn::TransitionClass::Form form,
                                                        std::size_t max_steps = 50'000);

/// The network and its certificate; nothing is checked here. `claim` gets the number of factors filled in. Needs no
/// obstacle of either kind, and diagonal or Householder form.
[[nodiscard]] Construction phase_construction(const std::string& pass, const algebra::Cascade& cascade,
                                              const LayerStyle& style, std::optional<lrnn::TransitionClass> claim);

/// The same for diagonal form, or `construction_for` where no level counts beyond 2; or why not.
[[nodiscard]] std::variant<Construction, std::string> counter_construction(const std::string& pass,
                                                                           const algebra::Cascade& cascade,
                                                                           const LayerStyle& style,
                                                                           std::optional<lrnn::TransitionClass> claim,
                                                                           const core::Limits& limits);

}  // namespace eigenmata::compiler

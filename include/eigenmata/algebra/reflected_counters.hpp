// SPDX-License-Identifier: Apache-2.0
//
// Counters that only reflect: addition modulo m by one reflection a step.
//
// Turning a plane takes two reflections. With a clock p = t mod 2 below, one is enough. Let the value c be kept as the
// angle c at even times and −c at odd ones; then adding j is
//     at odd t:   c ↦ −(c + j) = −j − c,        at even t:   −c ↦ c + j = j − (−c),
// a reflection v ↦ ∓j − v each time, and p tells which of the two codes is meant. A toggle and this are two layers of
// one Householder factor a token for ℤ/m (theorem `two-reflections`); in a cascade all counters share the clock.
#pragma once

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// The cascade behind a clock modulo 2, with all counters beyond 2 that do not reflect yet reflecting in every step;
/// itself if there are none. Symbols merged. Needs a cascade that follows its automaton. Cost: twice the cascade.
[[nodiscard]] Cascade with_reflected_counters(const Cascade& cascade);

}  // namespace eigenmata::algebra

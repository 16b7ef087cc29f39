// SPDX-License-Identifier: Apache-2.0
//
// Dihedral groups in a cascade by one reflection a step.
//
// D_m = ⟨r, s⟩ acts on angles modulo 4m: ρ(rᵏ): v ↦ v + 4k, ρ(rᵏs): v ↦ 4k − v; the angle 1 lies on no mirror, so its
// 2m images are different and g is known from ρ(g)⁻¹(1). A letter x changes that by ρ(x)⁻¹, which may be a rotation. So
// let c be the number of rotations among the letters so far, the identity with them, modulo 2, F: v ↦ −v, and keep
// F^c ρ(g)⁻¹(1) instead. Then the step is F^{c'} ρ(x)⁻¹ F^c, always a reflection:
//     x = rᵏ, which changes c:   v ↦ 4k − v if c becomes 1, v ↦ −4k − v if it becomes 0;
//     x = rᵏs:                   v ↦ 4k − v for c = 0, v ↦ −4k − v for c = 1.
// So a toggle and a circle are two layers of one Householder factor a token (theorem `two-reflections`).
#pragma once

#include "eigenmata/algebra/cascade.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::algebra {

/// The cascade with each machine of points whose group is dihedral of order 2m, m ≥ 3, taken apart like this (behind
/// them, if it resets, the machine of c_t of split_groups.hpp); the other levels stay. Symbols merged. Needs a cascade
/// that follows its automaton. Throws `core::LimitReached`.
[[nodiscard]] Cascade split_dihedral_groups(Cascade cascade, const core::Limits& limits);

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// From x′ = A x + B u to x ← Ā x + B̄ u over a step ε with constant input. The generalised bilinear scheme
//
//   x ← (I − α ε A)⁻¹ [(I + (1 − α) ε A) x + ε B u]
//
// is Euler's forward one for α = 0, the bilinear one for 1/2, Euler's backward one for 1; it is exact over ℚ. The exact
// step (zero-order hold) needs e^{εA}: legs.hpp has it for LegS, in ℚ[e^{−ε}].
#pragma once

#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

/// A + x·I.
template <exact::Arithmetic K>
[[nodiscard]] exact::Matrix<typename K::Scalar> shifted(const K& k, exact::Matrix<typename K::Scalar> a,
                                                        const typename K::Scalar& x) {
  for (std::size_t i = 0; i < a.rows(); ++i) a(i, i) = k.add(a(i, i), x);
  return a;
}

/// a⁻¹ b. Throws `core::Error` if a is singular.
[[nodiscard]] exact::Matrix<exact::Rational> divided(const exact::Matrix<exact::Rational>& a,
                                                     const exact::Matrix<exact::Rational>& b);

/// Two matrices side by side, and taken apart again: Ā and B̄ of one solution.
[[nodiscard]] exact::Matrix<exact::Rational> beside(const exact::Matrix<exact::Rational>& a,
                                                    const std::vector<exact::Rational>& b);
[[nodiscard]] LinearSystem<exact::Rational> taken_apart(const exact::Matrix<exact::Rational>& ab);

/// The scheme above. Throws `core::Error` if I − α ε A is singular.
[[nodiscard]] LinearSystem<exact::Rational> generalised_bilinear(const LinearSystem<exact::Rational>& system,
                                                                 const exact::Rational& alpha,
                                                                 const exact::Rational& step);
[[nodiscard]] inline LinearSystem<exact::Rational> bilinear(const LinearSystem<exact::Rational>& system,
                                                            const exact::Rational& step) {
  return generalised_bilinear(system, exact::Rational(1, 2), step);
}

}  // namespace eigenmata::ssm

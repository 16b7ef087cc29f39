// SPDX-License-Identifier: Apache-2.0
//
// Steps for T·x′ = A x + B u, LegS, from time k to k + 1 (the length of a step cancels), as papers and repositories
// have them. A constant input has the state e_0, and A e_0 = −B; not every scheme keeps it.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "eigenmata/exact/rational.hpp"

namespace eigenmata::ssm {

enum class LegsScheme {
  kForwardEuler,       ///< (I + A/k) x + B u/k [GuEtAl2020]
  kBackwardEuler,      ///< (I − A/(k+1))⁻¹ (x + B u/(k+1))
  kBilinearAsPrinted,  ///< (I − A/(2(k+1)))⁻¹ [(I + A/(2k)) x + B u/k] [Su10137]
  kBilinearCorrected,  ///< the same with B u (1/k + 1/(k+1))/2
  kBilinearAtEnd,      ///< A/(k+1) in both factors and B u/(k+1): what the authors' code does
  kExact               ///< legs.hpp
};
/// "forward Euler", ….
[[nodiscard]] std::string_view to_string(LegsScheme scheme);

/// Throws `core::Error` for k = 0 where the scheme divides by k, and for an empty x. Cost: O(N) operations, O(N³) for
/// the exact step.
[[nodiscard]] std::vector<exact::Rational> legs_scheme_step(LegsScheme scheme, std::size_t k,
                                                            const std::vector<exact::Rational>& x,
                                                            const exact::Rational& u);

/// From u_0·e_0 at time 1 through the other inputs.
[[nodiscard]] std::vector<exact::Rational> legs_scheme_run(LegsScheme scheme, std::size_t size,
                                                           const std::vector<exact::Rational>& u);

}  // namespace eigenmata::ssm

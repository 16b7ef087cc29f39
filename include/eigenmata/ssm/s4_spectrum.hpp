// SPDX-License-Identifier: Apache-2.0
//
// The skew part S of LegS, A = −½I + S − ½BBᵀ, S_nk = −½ r_n r_k for k < n. In the rational normalisation its
// characteristic polynomial is rational, even or odd, and its roots are imaginary: x = iy with h(−y²) = 0.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/ball.hpp"
#include "eigenmata/exact/polynomial.hpp"

namespace eigenmata::ssm {

/// det(x − S). Throws `core::Error` for N = 0.
[[nodiscard]] exact::Polynomial<exact::Rational> legs_skew_polynomial(std::size_t size);

/// The positive imaginary parts of the eigenvalues of S, largest first: certified isolation of the roots of that
/// polynomial [Johansson2017].
[[nodiscard]] std::vector<exact::Ball> legs_imaginary_parts(std::size_t size, std::size_t bits);

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// The skew part S of LegS, A = −½I + S − ½BBᵀ, S_nk = −½ r_n r_k for k < n. In the rational normalisation its
// characteristic polynomial is rational, even or odd, and its roots are imaginary: x = iy with h(−y²) = 0.
//
// They also have closed forms. With a_n = n + 1/2 = r_n²/2 and w_n = 1 − 2 Σ_{k<n} r_k v_k, S v = iy v says
//
//   v_n = r_n w_n/(2 (iy + a_n)),   w_{n+1} = w_n (iy − a_n)/(iy + a_n),   w_0 = 1, w_N = −1
//
// for an eigenvector with Σ r_k v_k = 1. All |w_n| are 1, so this loses nothing, and w_N = −1 is, by arguments,
//
//   2 Σ_n arctan(a_n/y_j) = π (2j + 1),   j = 0, 1, …: y_j > 0 falls with j, each is simple, −y_j is the other half.
//
// As arctan x < x and Σ a_n = N²/2, y_j < N²/(π(2j + 1)) for all N and j: the law of S4D-Inv, from one side.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/ball.hpp"
#include "eigenmata/exact/complex_ball.hpp"
#include "eigenmata/exact/polynomial.hpp"

namespace eigenmata::ssm {

/// det(x − S). Throws `core::Error` for N = 0.
[[nodiscard]] exact::Polynomial<exact::Rational> legs_skew_polynomial(std::size_t size);

/// The positive imaginary parts of the eigenvalues of S, largest first: certified isolation of the roots of that
/// polynomial [Johansson2017].
[[nodiscard]] std::vector<exact::Ball> legs_imaginary_parts(std::size_t size, std::size_t bits);

/// The same y_j by their arguments: Newton's method, and a sign of 2 Σ arctan(a_n/y) − π (2j + 1) on both sides. Throws
/// `core::Error` for N = 0 and `core::LimitReached` if `bits` do not decide these signs. Cost: O(size²) arctangents.
[[nodiscard]] std::vector<exact::Ball> legs_imaginary_parts_by_phase(std::size_t size, std::size_t bits);

/// The eigenvector v of iy as above, for a y that is one of them, 0 or negative ones included: Σ r_n v_n = 1.
[[nodiscard]] std::vector<exact::ComplexBall> legs_skew_eigenvector(std::size_t size, const exact::Ball& y,
                                                                    std::size_t bits);

}  // namespace eigenmata::ssm

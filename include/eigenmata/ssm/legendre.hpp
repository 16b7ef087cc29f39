// SPDX-License-Identifier: Apache-2.0
//
// Legendre polynomials over ℚ, by their three-term recurrence, and integrals of polynomials. P_n is of degree n,
// P_n(1) = 1, and they are orthogonal on [−1, 1] with ∫ P_n² = 2/(2n + 1).
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/polynomial.hpp"

namespace eigenmata::ssm {

/// P_0 … P_{count−1}: (n + 1) P_{n+1} = (2n + 1) t P_n − n P_{n−1}. Cost: O(count²) operations.
[[nodiscard]] std::vector<exact::Polynomial<exact::Rational>> legendre_polynomials(std::size_t count);

/// p′.
[[nodiscard]] exact::Polynomial<exact::Rational> derivative(const exact::Polynomial<exact::Rational>& p);

/// ∫_a^b p.
[[nodiscard]] exact::Rational integral(const exact::Polynomial<exact::Rational>& p, const exact::Rational& a,
                                       const exact::Rational& b);

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// Signals on [0, 1] that are polynomials on pieces, and their best approximation in the mean square by polynomials,
// over ℚ: f ≈ Σ c_n P_n(2s − 1), c_n = (2n + 1) ∫_0^1 f(s) P_n(2s − 1) ds.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/polynomial.hpp"

namespace eigenmata::ssm {

/// f = p_i on [ends[i], ends[i+1]); ends goes from 0 to 1.
struct PiecewisePolynomial {
  std::vector<exact::Rational> ends;
  std::vector<exact::Polynomial<exact::Rational>> pieces;
};

/// One value on each of values.size() pieces of the same length. Throws `core::Error` if there are none.
[[nodiscard]] PiecewisePolynomial piecewise_constant(const std::vector<exact::Rational>& values);

/// c_0 … c_{count−1}.
[[nodiscard]] std::vector<exact::Rational> legendre_coefficients(const PiecewisePolynomial& f, std::size_t count);

/// Σ c_n P_n(2s − 1), a polynomial in s.
[[nodiscard]] exact::Polynomial<exact::Rational> reconstructed(const std::vector<exact::Rational>& c);

/// ∫ f² over [0, 1].
[[nodiscard]] exact::Rational squared_norm(const PiecewisePolynomial& f);

/// Σ c_n²/(2n + 1), the squared norm of what `reconstructed` gives.
[[nodiscard]] exact::Rational squared_norm(const std::vector<exact::Rational>& c);

/// P_n(2s − 1), n < count: the coefficient of s^k is (−1)^{n+k} binomial(n, k) binomial(n + k, k).
[[nodiscard]] std::vector<exact::Polynomial<exact::Rational>> shifted_legendre(std::size_t count);

}  // namespace eigenmata::ssm

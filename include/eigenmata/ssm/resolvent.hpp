// SPDX-License-Identifier: Apache-2.0
//
// C (s·I − A)⁻¹ B over ℚ as a quotient of two polynomials, and where their zeros lie.
#pragma once

#include <vector>

#include "eigenmata/exact/polynomial.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

struct Resolvent {
  exact::Polynomial<exact::Rational> numerator, denominator;  ///< not reduced; the denominator is det(s·I − A)
};

/// By det(s·I − A + B C) = det(s·I − A) (1 + C (s·I − A)⁻¹ B): two characteristic polynomials.
[[nodiscard]] Resolvent resolvent(const LinearSystem<exact::Rational>& system, const std::vector<exact::Rational>& c);

/// Do all zeros have negative real parts? Routh's array: if and only if its first column has one sign throughout. Needs
/// a polynomial other than zero. Cost: O(degree²) operations.
[[nodiscard]] bool is_hurwitz(const exact::Polynomial<exact::Rational>& p);

}  // namespace eigenmata::ssm

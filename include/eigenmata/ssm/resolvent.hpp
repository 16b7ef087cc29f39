// SPDX-License-Identifier: Apache-2.0
//
// C (s·I − A)⁻¹ B over ℚ as a quotient of two polynomials, for matrices that are too large for the recursion of
// transfer_function.hpp.
#pragma once

#include <vector>

#include "eigenmata/exact/polynomial.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

struct Resolvent {
  exact::Polynomial<exact::Rational> numerator, denominator;  ///< not reduced; the denominator is det(s·I − A)
};

/// By det(s·I − A + B C) = det(s·I − A) (1 + C (s·I − A)⁻¹ B): two characteristic polynomials, in FLINT.
[[nodiscard]] Resolvent resolvent(const LinearSystem<exact::Rational>& system, const std::vector<exact::Rational>& c);

}  // namespace eigenmata::ssm

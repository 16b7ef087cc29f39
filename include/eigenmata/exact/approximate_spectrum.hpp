// SPDX-License-Identifier: Apache-2.0
//
// Eigenvalues by Eigen's QR iteration over MPFR reals. No error bound: for pictures, and to cross-check the exact ones.
#pragma once

#include <utility>
#include <vector>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/exact/real.hpp"

namespace eigenmata::exact {

/// Real and imaginary part of each eigenvalue, with multiplicity, in no particular order. `digits` is the working
/// precision (≥ 15). Throws `core::LimitReached` if the iteration does not converge. Needs a square matrix.
/// Cost: O(n³) operations. Calls run one at a time, since the precision is a setting of the process.
[[nodiscard]] std::vector<std::pair<Real, Real>> approximate_eigenvalues(const Matrix<Rational>& a,
                                                                         unsigned digits = 30);

}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
//
// Certified linear algebra over complex balls, by Arb [Johansson2017].
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "eigenmata/exact/complex_ball.hpp"
#include "eigenmata/exact/matrix.hpp"

namespace eigenmata::exact {

/// Enclosures of all eigenvalues, one for each and disjoint, and of eigenvectors: left · right = I and left · a · right
/// is diagonal.
struct EnclosedEigensystem {
  std::vector<ComplexBall> values;
  Matrix<ComplexBall> right, left;
};

/// Approximate eigenvectors by QR iteration, then certified. Nothing if the eigenvalues cannot be told apart at this
/// precision. Needs a square matrix. Cost: O(n³) operations.
[[nodiscard]] std::optional<EnclosedEigensystem> enclosed_eigensystem(const Matrix<ComplexBall>& a, std::size_t bits);

/// a⁻¹ b; nothing if a is not known to be invertible.
[[nodiscard]] std::optional<Matrix<ComplexBall>> solve(const Matrix<ComplexBall>& a, const Matrix<ComplexBall>& b,
                                                       std::size_t bits);

/// a b, the midpoints multiplied as integers: much faster than one ball after the other.
[[nodiscard]] Matrix<ComplexBall> multiply(const Matrix<ComplexBall>& a, const Matrix<ComplexBall>& b,
                                           std::size_t bits);

/// e^a.
[[nodiscard]] Matrix<ComplexBall> exponential(const Matrix<ComplexBall>& a, std::size_t bits);

}  // namespace eigenmata::exact

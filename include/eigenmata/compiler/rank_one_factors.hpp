// SPDX-License-Identifier: Apache-2.0
//
// Every square matrix over ℚ as a product of rank(I − A) factors I − u vᵀ, and of no fewer.
//
// Theorem. A is a product of r = rank(I − A) factors I − u vᵀ.
//
// Proof. Let Fix A = {x : Ax = x}, of dimension n − r. If A² = A, then ℚⁿ is the direct sum of Fix A and ker A; with a
// basis u_1 … u_r of ker A and the dual functionals v_i (v_iᵀu_j = [i = j], zero on Fix A) the factors I − u_i v_iᵀ
// multiply to A. Otherwise some x has y = Ax with Ay ≠ y. Choose v that vanishes on Fix A with vᵀx ≠ 0 and vᵀy ≠ 0: the
// functionals that vanish on Fix A are the rows of I − A and their combinations, x and y are not in Fix A, and over an
// infinite field two hyperplanes do not cover that space. Then F = I − (x − y) vᵀ / vᵀx is the identity on {v = 0},
// sends x to y, and is invertible, since det F = vᵀy / vᵀx. A F⁻¹ still fixes Fix A, and now also y, which is not in
// it. So rank(I − A F⁻¹) = r − 1, and A is that matrix times F. ∎
//
// A product of k factors differs from I by a matrix of rank at most k, so r is also the least number.
#pragma once

#include <vector>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/lrnn/transition.hpp"

namespace eigenmata::compiler {

/// Exactly rank(I − A) factors, in the order in which they act. Needs a square matrix. x is looked for among unit
/// vectors and v among the rows of I − A first, which keeps the numbers small. Cost: O(r · n³) operations.
[[nodiscard]] std::vector<lrnn::RankOneFactor<exact::Rational>> rank_one_factors(exact::Matrix<exact::Rational> a);

}  // namespace eigenmata::compiler

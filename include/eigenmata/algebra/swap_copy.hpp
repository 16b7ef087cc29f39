// SPDX-License-Identifier: Apache-2.0
//
// Every map on n points as a shortest product of swaps and copies: the factors of one-hot transition matrices.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"

namespace eigenmata::algebra {

/// One elementary factor of a one-hot transition matrix.
///
/// `kSwap` exchanges points x and y: I − (e_x − e_y)(e_x − e_y)ᵀ, a reflection (norm 1).
/// `kCopy` sends x to y and leaves y: I − (e_x − e_y) e_xᵀ, an oblique projection (norm √2).
struct SwapCopy {
  enum class Kind { kSwap, kCopy };
  Kind kind;
  Point x;
  Point y;

  friend bool operator==(const SwapCopy&, const SwapCopy&) = default;
};

/// Factors, in the order in which they act, whose product is the one-hot matrix M_f, M_f e_x = e_{x·f}.
///
/// Their number is n − components(f) = rank(I − M_f), and no product of rank-one changes of the identity has fewer: a
/// product of k such factors differs from I by a matrix of rank at most k, and yᵀM_f = yᵀ holds iff y is constant on
/// the components of the functional graph. A permutation needs swaps only, n − #cycles of them. Cost: O(n) time and
/// memory. Swaps and copies as generators: [Peng2025]; the exact count is ours.
[[nodiscard]] std::vector<SwapCopy> swap_copy_factors(const Transformation& f);

}  // namespace eigenmata::algebra

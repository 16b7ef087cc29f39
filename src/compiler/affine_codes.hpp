// SPDX-License-Identifier: Apache-2.0
//
// From a space of functions to integer codes and exact affine maps.
#pragma once

#include <optional>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "function_space.hpp"

namespace eigenmata::compiler {

/// c(q) is column q of `codes`; c(q·x) = a[x] c(q) + b[x].
struct AffineCodes {
  exact::Matrix<exact::Rational> codes;
  std::vector<exact::Matrix<exact::Rational>> a;
  std::vector<std::vector<exact::Rational>> b;
};

/// The functions of a space as the rows of a matrix: column q is the code of state q.
[[nodiscard]] exact::Matrix<exact::Rational> values_of(const FunctionSpace& space, std::size_t states);

/// The affine maps of codes given as rows of functions; nothing if a letter is not affine on them (the space is not
/// invariant). Exact. Cost: O(letters · states · n²) operations.
[[nodiscard]] std::optional<AffineCodes> affine_maps(exact::Matrix<exact::Rational> codes,
                                                     const std::vector<algebra::Transformation>& letters);

/// Codes in a short basis of the lattice that they generate, so that codes, a and b are integers; the origin is the
/// common fixed point of the letters if there is one, else the code of state 0. Nothing if the space is not invariant.
[[nodiscard]] std::optional<AffineCodes> integer_codes(const FunctionSpace& space,
                                                       const std::vector<algebra::Transformation>& letters);

/// Coefficients w and c with w·code(q) + c = values[q] for all q; nothing if there are none. The last entry is c.
[[nodiscard]] std::optional<std::vector<exact::Rational>> affine_function(const exact::Matrix<exact::Rational>& codes,
                                                                          const std::vector<exact::Rational>& values);

}  // namespace eigenmata::compiler

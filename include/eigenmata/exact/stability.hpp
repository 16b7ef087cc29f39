// SPDX-License-Identifier: Apache-2.0
//
// Where the zeros of a rational polynomial lie, decided by rational operations alone: no zero is ever computed. Floats
// are dyadic rationals, so this decides the stability of a stored model, not of the one it was meant to be.
//
// - Routh–Hurwitz [Hurwitz1895]: all zeros have a negative real part if and only if the first column of Routh's array
//   has no zero and no change of sign.
// - Schur–Cohn [Schur1917], with normalised steps as in Jury's table: p of degree n has all zeros in the open unit disc
//   if and only if k = p(0)/(leading coefficient) has |k| < 1 and so has (p − k·p*)/z, p* = z^n·p(1/z), and so on.
//
//   zeros_in_unit_disc(make_polynomial(q, {Rational(1, 4), Rational(-1, 2), 1}));   // z² − z/2 + 1/4: true
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "eigenmata/exact/polynomial.hpp"

namespace eigenmata::exact {

/// The first column of Routh's array, from the leading coefficient on; it ends with the first zero (the array has no
/// more rows) or has degree + 1 entries. Throws `core::Error` for the zero polynomial. Cost: O(degree²) operations.
[[nodiscard]] std::vector<Rational> routh_column(const Polynomial<Rational>& p);

/// Is Re z < 0 for every zero z? (A constant has none.) Throws and costs as `routh_column`.
[[nodiscard]] bool zeros_in_left_half_plane(const Polynomial<Rational>& p);

/// The reflection coefficients k_n, k_{n−1}, … of the Schur–Cohn recursion; it ends with the first of modulus ≥ 1 or
/// has as many as the degree. Throws `core::Error` for the zero polynomial. Cost: O(degree²) operations.
[[nodiscard]] std::vector<Rational> reflection_coefficients(const Polynomial<Rational>& p);

/// Is |z| < 1 for every zero z? Decided by balls if they can, otherwise as `reflection_coefficients`, which see for
/// what it throws and costs.
[[nodiscard]] bool zeros_in_unit_disc(const Polynomial<Rational>& p);

/// p(factor·z).
[[nodiscard]] Polynomial<Rational> with_scaled_argument(const Polynomial<Rational>& p, const Rational& factor);

/// low ≤ max |z| < high over the zeros z, with high − low = width, both multiples of width > 0: bisection by
/// `zeros_in_unit_disc`. Throws `core::Error` for the zero polynomial. Cost: log₂(max |z| / width) decisions.
[[nodiscard]] std::pair<Rational, Rational> largest_modulus(const Polynomial<Rational>& p, const Rational& width);

}  // namespace eigenmata::exact

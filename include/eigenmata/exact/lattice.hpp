// SPDX-License-Identifier: Apache-2.0
//
// Lattices: the integer combinations of the rows of a matrix (FLINT).
#pragma once

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact {

/// A basis of the lattice that the rows generate, as rows: the non-zero rows of the Hermite normal form.
[[nodiscard]] Matrix<Integer> lattice_basis(const Matrix<Integer>& generators);

/// Another basis of the same lattice, of short vectors [LenstraLenstraLovasz1982]. Needs independent rows.
[[nodiscard]] Matrix<Integer> reduced_basis(const Matrix<Integer>& basis);

}  // namespace eigenmata::exact

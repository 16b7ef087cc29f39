// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/lattice.hpp"

#include <flint/fmpz_lll.h>
#include <flint/fmpz_mat.h>

namespace eigenmata::exact {
namespace {

struct FmpzMat {
  fmpz_mat_t value;

  explicit FmpzMat(const Matrix<Integer>& m) {
    fmpz_mat_init(value, static_cast<slong>(m.rows()), static_cast<slong>(m.columns()));
    for (std::size_t i = 0; i < m.rows(); ++i) {
      for (std::size_t j = 0; j < m.columns(); ++j) {
        fmpz_set_mpz(fmpz_mat_entry(value, static_cast<slong>(i), static_cast<slong>(j)), m(i, j).backend().data());
      }
    }
  }
  ~FmpzMat() { fmpz_mat_clear(value); }
  FmpzMat(const FmpzMat&) = delete;
  FmpzMat& operator=(const FmpzMat&) = delete;

  [[nodiscard]] Matrix<Integer> first_rows(std::size_t rows) const {
    Matrix<Integer> result(rows, static_cast<std::size_t>(fmpz_mat_ncols(value)), Integer(0));
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < result.columns(); ++j) {
        fmpz_get_mpz(result(i, j).backend().data(),
                     fmpz_mat_entry(value, static_cast<slong>(i), static_cast<slong>(j)));
      }
    }
    return result;
  }
};

}  // namespace

Matrix<Integer> lattice_basis(const Matrix<Integer>& generators) {
  FmpzMat m(generators);
  fmpz_mat_hnf(m.value, m.value);
  std::size_t rank = 0;
  while (rank < generators.rows() && fmpz_mat_is_zero_row(m.value, static_cast<slong>(rank)) == 0) ++rank;
  return m.first_rows(rank);
}

Matrix<Integer> reduced_basis(const Matrix<Integer>& basis) {
  if (basis.rows() == 0) return basis;  // FLINT reads the first row without asking
  FmpzMat m(basis);
  fmpz_lll_t context;
  fmpz_lll_context_init_default(context);
  fmpz_lll(m.value, nullptr, context);
  return m.first_rows(basis.rows());
}

}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/matrix.hpp"

#include <flint/fmpq_mat.h>
#include <flint/fmpz_mat.h>

#include "flint_convert.hpp"

namespace eigenmata::exact {
namespace {

struct FmpqMat {
  fmpq_mat_t value;

  FmpqMat(std::size_t rows, std::size_t columns) {
    fmpq_mat_init(value, static_cast<slong>(rows), static_cast<slong>(columns));
  }
  explicit FmpqMat(const Matrix<Rational>& m) : FmpqMat(m.rows(), m.columns()) {
    for (std::size_t i = 0; i < m.rows(); ++i) {
      for (std::size_t j = 0; j < m.columns(); ++j) fmpq_set_mpq(entry(i, j), m(i, j).backend().data());
    }
  }
  ~FmpqMat() { fmpq_mat_clear(value); }
  FmpqMat(const FmpqMat&) = delete;
  FmpqMat& operator=(const FmpqMat&) = delete;

  [[nodiscard]] fmpq* entry(std::size_t i, std::size_t j) {
    return fmpq_mat_entry(value, static_cast<slong>(i), static_cast<slong>(j));
  }

  [[nodiscard]] Matrix<Rational> get() {
    Matrix<Rational> result(static_cast<std::size_t>(fmpq_mat_nrows(value)),
                            static_cast<std::size_t>(fmpq_mat_ncols(value)), Rational(0));
    for (std::size_t i = 0; i < result.rows(); ++i) {
      for (std::size_t j = 0; j < result.columns(); ++j) result(i, j) = flint::to_rational(entry(i, j));
    }
    return result;
  }
};

}  // namespace

Matrix<Rational> multiply(const RationalArithmetic& /*k*/, const Matrix<Rational>& a, const Matrix<Rational>& b) {
  assert(a.columns() == b.rows());
  const FmpqMat x(a);
  const FmpqMat y(b);
  FmpqMat product(a.rows(), b.columns());
  fmpq_mat_mul(product.value, x.value, y.value);
  return product.get();
}

std::size_t rank(const RationalArithmetic& /*k*/, const Matrix<Rational>& a) {
  FmpqMat x(a);
  fmpz_mat_t cleared;
  fmpz_mat_init(cleared, fmpq_mat_nrows(x.value), fmpq_mat_ncols(x.value));
  fmpq_mat_get_fmpz_mat_rowwise(cleared, nullptr, x.value);
  const slong rank = fmpz_mat_rank(cleared);
  fmpz_mat_clear(cleared);
  return static_cast<std::size_t>(rank);
}

Rational determinant(const Matrix<Rational>& a) {
  assert(a.rows() == a.columns());
  const FmpqMat x(a);
  flint::Fmpq det;
  fmpq_mat_det(det.value, x.value);
  return flint::to_rational(det.value);
}

std::optional<Matrix<Rational>> inverse(const Matrix<Rational>& a) {
  assert(a.rows() == a.columns());
  const FmpqMat x(a);
  FmpqMat result(a.rows(), a.rows());
  if (fmpq_mat_inv(result.value, x.value) == 0) return std::nullopt;
  return result.get();
}

Matrix<Rational> kernel(const Matrix<Rational>& a) {
  FmpqMat x(a);
  const auto rank = static_cast<std::size_t>(fmpq_mat_rref(x.value, x.value));
  const Matrix<Rational> reduced = x.get();
  std::vector<std::size_t> pivots;
  for (std::size_t i = 0, j = 0; i < rank; ++i, ++j) {
    while (reduced(i, j).is_zero()) ++j;
    pivots.push_back(j);
  }
  Matrix<Rational> result(a.columns(), a.columns() - rank, Rational(0));
  std::size_t next_pivot = 0;
  for (std::size_t j = 0, free = 0; j < a.columns(); ++j) {
    if (next_pivot < rank && pivots[next_pivot] == j) {
      ++next_pivot;
      continue;
    }
    result(j, free) = 1;
    for (std::size_t i = 0; i < rank; ++i) result(pivots[i], free) = -reduced(i, j);
    ++free;
  }
  return result;
}

std::optional<Matrix<Rational>> solve(const Matrix<Rational>& a, const Matrix<Rational>& b) {
  assert(a.rows() == b.rows());
  const FmpqMat x(a);
  const FmpqMat y(b);
  FmpqMat result(a.columns(), b.columns());
  if (fmpq_mat_can_solve(result.value, x.value, y.value) == 0) return std::nullopt;
  return result.get();
}

Polynomial<Rational> characteristic_polynomial(const RationalArithmetic& /*k*/, const Matrix<Rational>& a) {
  assert(a.rows() == a.columns());
  FmpqMat x(a);
  flint::FmpqPoly p;
  fmpq_mat_charpoly(p.value, x.value);
  return {flint::coefficients(p.value)};
}

}  // namespace eigenmata::exact

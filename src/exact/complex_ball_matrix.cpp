// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/complex_ball_matrix.hpp"

#include <acb_mat.h>

namespace eigenmata::exact {
namespace {

class AcbMatrix {
 public:
  AcbMatrix(std::size_t rows, std::size_t columns) {
    acb_mat_init(value, static_cast<slong>(rows), static_cast<slong>(columns));
  }
  explicit AcbMatrix(const Matrix<ComplexBall>& a) : AcbMatrix(a.rows(), a.columns()) {
    for (std::size_t i = 0; i < a.rows(); ++i) {
      for (std::size_t j = 0; j < a.columns(); ++j) acb_set(at(i, j), a(i, j).raw());
    }
  }
  ~AcbMatrix() { acb_mat_clear(value); }
  AcbMatrix(const AcbMatrix&) = delete;
  AcbMatrix& operator=(const AcbMatrix&) = delete;

  [[nodiscard]] acb_ptr at(std::size_t i, std::size_t j) {
    return acb_mat_entry(value, static_cast<slong>(i), static_cast<slong>(j));
  }
  [[nodiscard]] Matrix<ComplexBall> get() {
    const auto rows = static_cast<std::size_t>(acb_mat_nrows(value));
    const auto columns = static_cast<std::size_t>(acb_mat_ncols(value));
    Matrix<ComplexBall> result(rows, columns, ComplexBall());
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j) acb_set(result(i, j).raw(), at(i, j));
    }
    return result;
  }

  acb_mat_t value;
};

}  // namespace

std::optional<EnclosedEigensystem> enclosed_eigensystem(const Matrix<ComplexBall>& a, std::size_t bits) {
  assert(a.rows() == a.columns());
  const std::size_t n = a.rows();
  const auto precision = static_cast<slong>(bits);
  AcbMatrix matrix(a), approximate(n, n), left(n, n), right(n, n);
  acb_ptr guesses = _acb_vec_init(static_cast<slong>(n)), values = _acb_vec_init(static_cast<slong>(n));
  acb_mat_approx_eig_qr(guesses, nullptr, approximate.value, matrix.value, nullptr, 0, precision);
  const int found =
      acb_mat_eig_simple(values, left.value, right.value, matrix.value, guesses, approximate.value, precision);
  std::optional<EnclosedEigensystem> result;
  if (found != 0) {
    result = EnclosedEigensystem{std::vector<ComplexBall>(n), right.get(), left.get()};
    for (std::size_t i = 0; i < n; ++i) acb_set(result->values[i].raw(), values + i);
  }
  _acb_vec_clear(guesses, static_cast<slong>(n));
  _acb_vec_clear(values, static_cast<slong>(n));
  return result;
}

std::optional<Matrix<ComplexBall>> solve(const Matrix<ComplexBall>& a, const Matrix<ComplexBall>& b, std::size_t bits) {
  assert(a.rows() == a.columns() && a.rows() == b.rows());
  AcbMatrix x(a.columns(), b.columns());
  const AcbMatrix left(a), right(b);
  if (acb_mat_solve(x.value, left.value, right.value, static_cast<slong>(bits)) == 0) return std::nullopt;
  return x.get();
}

Matrix<ComplexBall> multiply(const Matrix<ComplexBall>& a, const Matrix<ComplexBall>& b, std::size_t bits) {
  assert(a.columns() == b.rows());
  const AcbMatrix left(a), right(b);
  AcbMatrix result(a.rows(), b.columns());
  acb_mat_mul(result.value, left.value, right.value, static_cast<slong>(bits));
  return result.get();
}

Matrix<ComplexBall> exponential(const Matrix<ComplexBall>& a, std::size_t bits) {
  const AcbMatrix matrix(a);
  AcbMatrix result(a.rows(), a.columns());
  acb_mat_exp(result.value, matrix.value, static_cast<slong>(bits));
  return result.get();
}

}  // namespace eigenmata::exact

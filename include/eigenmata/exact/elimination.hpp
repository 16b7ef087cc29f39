// SPDX-License-Identifier: Apache-2.0
//
// Gaussian elimination over any exact field, for small matrices: fractions are formed at every step.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "eigenmata/exact/matrix.hpp"

namespace eigenmata::exact {

/// A basis of {x : a x = 0}. Cost: O(rows · columns · rank) operations.
template <ExactArithmetic K>
[[nodiscard]] std::vector<std::vector<typename K::Scalar>> null_space(const K& k, Matrix<typename K::Scalar> a) {
  using S = typename K::Scalar;
  std::vector<std::size_t> pivots;  // [row]: its column
  std::vector<bool> is_pivot(a.columns(), false);
  for (std::size_t j = 0; j < a.columns() && pivots.size() < a.rows(); ++j) {
    const std::size_t row = pivots.size();
    std::size_t pivot = row;
    while (pivot < a.rows() && k.is_zero(a(pivot, j))) ++pivot;
    if (pivot == a.rows()) continue;
    for (std::size_t l = 0; l < a.columns(); ++l) std::swap(a(row, l), a(pivot, l));
    const S scale = k.divide(k.one(), a(row, j));
    for (std::size_t l = j; l < a.columns(); ++l) a(row, l) = k.multiply(scale, a(row, l));
    for (std::size_t i = 0; i < a.rows(); ++i) {
      if (i == row || k.is_zero(a(i, j))) continue;
      const S factor = a(i, j);
      for (std::size_t l = j; l < a.columns(); ++l) subtract_product(k, a(i, l), factor, a(row, l));
    }
    pivots.push_back(j);
    is_pivot[j] = true;
  }
  std::vector<std::vector<S>> basis;
  for (std::size_t j = 0; j < a.columns(); ++j) {
    if (is_pivot[j]) continue;
    std::vector<S> x(a.columns(), k.zero());
    x[j] = k.one();
    for (std::size_t row = 0; row < pivots.size(); ++row) x[pivots[row]] = k.subtract(k.zero(), a(row, j));
    basis.push_back(std::move(x));
  }
  return basis;
}

/// The unknown x of a x = b. Needs a square matrix that is not singular, with as many rows as b. Cost: O(n² · (n +
/// columns of b)) operations.
template <ExactArithmetic K>
[[nodiscard]] Matrix<typename K::Scalar> solved(const K& k, Matrix<typename K::Scalar> a,
                                                Matrix<typename K::Scalar> b) {
  using S = typename K::Scalar;
  const std::size_t n = a.rows();
  for (std::size_t j = 0; j < n; ++j) {
    std::size_t pivot = j;
    while (k.is_zero(a(pivot, j))) ++pivot;
    for (std::size_t l = 0; l < n; ++l) std::swap(a(j, l), a(pivot, l));
    for (std::size_t l = 0; l < b.columns(); ++l) std::swap(b(j, l), b(pivot, l));
    const S scale = k.divide(k.one(), a(j, j));
    for (std::size_t l = 0; l < n; ++l) a(j, l) = k.multiply(scale, a(j, l));
    for (std::size_t l = 0; l < b.columns(); ++l) b(j, l) = k.multiply(scale, b(j, l));
    for (std::size_t i = 0; i < n; ++i) {
      if (i == j || k.is_zero(a(i, j))) continue;
      const S factor = a(i, j);
      for (std::size_t l = 0; l < n; ++l) subtract_product(k, a(i, l), factor, a(j, l));
      for (std::size_t l = 0; l < b.columns(); ++l) subtract_product(k, b(i, l), factor, b(j, l));
    }
  }
  return b;
}

/// Γ = L D Lᵀ of a symmetric positive definite matrix, grown row by row. Cost of a row: O(rows²) operations. The field
/// has to outlive it.
template <ExactArithmetic K>
class Cholesky {
 public:
  using S = typename K::Scalar;

  explicit Cholesky(const K& k) : k_(k) {}

  /// Adds a row and column: the products of one more vector with those there, and with itself. False, and no change, if
  /// the vector depends on them.
  bool add(const std::vector<S>& products, const S& norm) {
    std::vector<S> row;
    S rest = norm;
    for (std::size_t j = 0; j < rows_.size(); ++j) {
      S sum = products[j];
      for (std::size_t l = 0; l < j; ++l) {
        subtract_product(k_, sum, k_.multiply(row[l], diagonal_[l]), rows_[j][l]);
      }
      row.push_back(k_.divide(sum, diagonal_[j]));
      subtract_product(k_, rest, k_.multiply(row[j], diagonal_[j]), row[j]);
    }
    if (k_.is_zero(rest)) return false;
    rows_.push_back(std::move(row));
    diagonal_.push_back(std::move(rest));
    return true;
  }

  [[nodiscard]] const std::vector<S>& diagonal() const { return diagonal_; }
  [[nodiscard]] Matrix<S> lower() const {
    Matrix<S> l = identity(k_, rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = 0; j < rows_[i].size(); ++j) l(i, j) = rows_[i][j];
    }
    return l;
  }

 private:
  const K& k_;
  std::vector<std::vector<S>> rows_;  // below the diagonal of ones
  std::vector<S> diagonal_;
};

}  // namespace eigenmata::exact

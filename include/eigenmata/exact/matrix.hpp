// SPDX-License-Identifier: Apache-2.0
//
// Dense matrices: a generic part over any arithmetic, and exact linear algebra over ℚ in FLINT, which clears
// denominators and works modulo primes and so is one to three orders of magnitude faster than a loop over rationals.
// The two are tested against each other.
#pragma once

#include <cassert>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/exact/polynomial.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact {

/// Row-major, rows × columns; either may be 0.
template <class S>
class Matrix {
 public:
  Matrix(std::size_t rows, std::size_t columns, const S& fill)
      : rows_(rows), columns_(columns), entries_(rows * columns, fill) {}
  /// Needs rows · columns entries, row by row.
  Matrix(std::size_t rows, std::size_t columns, std::vector<S> entries)
      : rows_(rows), columns_(columns), entries_(std::move(entries)) {
    assert(entries_.size() == rows_ * columns_);
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] const S& operator()(std::size_t i, std::size_t j) const { return entries_[i * columns_ + j]; }
  [[nodiscard]] S& operator()(std::size_t i, std::size_t j) { return entries_[i * columns_ + j]; }
  [[nodiscard]] const std::vector<S>& entries() const { return entries_; }

  friend bool operator==(const Matrix&, const Matrix&) = default;

 private:
  std::size_t rows_, columns_;
  std::vector<S> entries_;
};

template <Arithmetic K>
[[nodiscard]] Matrix<typename K::Scalar> identity(const K& k, std::size_t n) {
  Matrix<typename K::Scalar> result(n, n, k.zero());
  for (std::size_t i = 0; i < n; ++i) result(i, i) = k.one();
  return result;
}

/// Needs columns of a = rows of b. Cost: O(rows · inner · columns) operations.
template <Arithmetic K>
[[nodiscard]] Matrix<typename K::Scalar> multiply(const K& k, const Matrix<typename K::Scalar>& a,
                                                  const Matrix<typename K::Scalar>& b) {
  assert(a.columns() == b.rows());
  Matrix<typename K::Scalar> result(a.rows(), b.columns(), k.zero());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) {
      if (k.is_zero(a(i, j))) continue;
      for (std::size_t l = 0; l < b.columns(); ++l) {
        result(i, l) = k.add(result(i, l), k.multiply(a(i, j), b(j, l)));
      }
    }
  }
  return result;
}

template <Arithmetic K>
[[nodiscard]] Matrix<typename K::Scalar> subtract(const K& k, const Matrix<typename K::Scalar>& a,
                                                  const Matrix<typename K::Scalar>& b) {
  assert(a.rows() == b.rows() && a.columns() == b.columns());
  Matrix<typename K::Scalar> result = a;
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) result(i, j) = k.subtract(a(i, j), b(i, j));
  }
  return result;
}

template <class S>
[[nodiscard]] Matrix<S> transposed(const Matrix<S>& a) {
  std::vector<S> entries;
  entries.reserve(a.rows() * a.columns());
  for (std::size_t j = 0; j < a.columns(); ++j) {
    for (std::size_t i = 0; i < a.rows(); ++i) entries.push_back(a(i, j));
  }
  return {a.columns(), a.rows(), std::move(entries)};
}

/// Gaussian elimination over any exact field. Cost: O(rows · columns · rank) operations.
template <ExactArithmetic K>
[[nodiscard]] std::size_t rank(const K& k, Matrix<typename K::Scalar> a) {
  std::size_t rank = 0;
  for (std::size_t j = 0; j < a.columns() && rank < a.rows(); ++j) {
    std::size_t pivot = rank;
    while (pivot < a.rows() && k.is_zero(a(pivot, j))) ++pivot;
    if (pivot == a.rows()) continue;
    for (std::size_t l = 0; l < a.columns(); ++l) std::swap(a(rank, l), a(pivot, l));
    for (std::size_t i = rank + 1; i < a.rows(); ++i) {
      if (k.is_zero(a(i, j))) continue;
      const auto factor = k.divide(a(i, j), a(rank, j));
      for (std::size_t l = j; l < a.columns(); ++l) a(i, l) = k.subtract(a(i, l), k.multiply(factor, a(rank, l)));
    }
    ++rank;
  }
  return rank;
}

/// det(x·I − a), without divisions (Samuelson–Berkowitz [Berkowitz1984]): works over balls too. Cost: O(n⁴) operations.
/// Needs a square matrix.
template <Arithmetic K>
[[nodiscard]] Polynomial<typename K::Scalar> characteristic_polynomial(const K& k,
                                                                       const Matrix<typename K::Scalar>& a) {
  using S = typename K::Scalar;
  assert(a.rows() == a.columns());
  std::vector<S> coefficients{k.one()};  // of the leading r × r block, from the highest power down
  for (std::size_t r = 0; r < a.rows(); ++r) {
    // First column of the Toeplitz matrix: 1, −a_rr, −R·C, −R·M·C, −R·M²·C, … with the block's last row R and column C.
    std::vector<S> toeplitz{k.one(), k.subtract(k.zero(), a(r, r))};
    std::vector<S> column;
    for (std::size_t i = 0; i < r; ++i) column.push_back(a(i, r));
    for (std::size_t power = 0; power < r; ++power) {
      S product = k.zero();
      for (std::size_t i = 0; i < r; ++i) product = k.add(product, k.multiply(a(r, i), column[i]));
      toeplitz.push_back(k.subtract(k.zero(), product));
      std::vector<S> next(r, k.zero());
      for (std::size_t i = 0; i < r; ++i) {
        for (std::size_t j = 0; j < r; ++j) next[i] = k.add(next[i], k.multiply(a(i, j), column[j]));
      }
      column = std::move(next);
    }
    std::vector<S> next(r + 2, k.zero());
    for (std::size_t i = 0; i < next.size(); ++i) {
      for (std::size_t j = 0; j <= std::min(i, r); ++j)
        next[i] = k.add(next[i], k.multiply(toeplitz[i - j], coefficients[j]));
    }
    coefficients = std::move(next);
  }
  std::reverse(coefficients.begin(), coefficients.end());
  return make_polynomial(k, std::move(coefficients));
}

/// Is xᵀ a x ≥ 0 for all x? The witness of no is such an x with xᵀ a x < 0. Needs a symmetric matrix over an ordered
/// exact field.
///
/// Symmetric elimination a = L D Lᵀ: a negative pivot, or a zero pivot with something left in its row, gives x.
/// Cost: O(n³) operations.
template <ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, std::vector<typename K::Scalar>> positive_semidefinite(
    const K& k, Matrix<typename K::Scalar> a) {
  using S = typename K::Scalar;
  using Result = core::Verdict<core::NoEvidence, std::vector<S>>;
  const std::size_t n = a.rows();
  assert(a.columns() == n);
  // Column j of `basis` is the vector whose form stands in row j of `a` now.
  Matrix<S> basis = identity(k, n);
  const auto combination = [&](std::size_t i, const S& factor, std::size_t j) {  // factor · basis_i + basis_j
    std::vector<S> x;
    for (std::size_t l = 0; l < n; ++l) x.push_back(k.add(k.multiply(factor, basis(l, i)), basis(l, j)));
    return x;
  };
  for (std::size_t i = 0; i < n; ++i) {
    const int sign = k.sign(a(i, i)).value();
    if (sign < 0) return Result::no(combination(i, k.zero(), i), "gram");
    if (sign == 0) {
      for (std::size_t j = i + 1; j < n; ++j) {
        if (k.is_zero(a(i, j))) continue;
        // (t·b_i + b_j) has the form 2t·a_ij + a_jj, which is −1 for this t.
        const S t = k.divide(k.add(a(j, j), k.one()), k.multiply(k.from_rational(-2), a(i, j)));
        return Result::no(combination(i, t, j), "gram");
      }
      continue;
    }
    for (std::size_t j = i + 1; j < n; ++j) {
      if (k.is_zero(a(i, j))) continue;
      const S factor = k.divide(a(i, j), a(i, i));
      for (std::size_t l = 0; l < n; ++l) basis(l, j) = k.subtract(basis(l, j), k.multiply(factor, basis(l, i)));
      for (std::size_t l = i; l < n; ++l) a(j, l) = k.subtract(a(j, l), k.multiply(factor, a(i, l)));
      for (std::size_t l = i + 1; l < n; ++l) a(l, j) = a(j, l);
      // The column operation of j is done: were a_ij left, the row operations to come would subtract it once more.
      a(j, i) = k.zero();
      a(i, j) = k.zero();
    }
  }
  return Result::yes({}, "gram");
}

// Over ℚ, in FLINT. The context argument selects them.

[[nodiscard]] Matrix<Rational> multiply(const RationalArithmetic& k, const Matrix<Rational>& a,
                                        const Matrix<Rational>& b);
[[nodiscard]] std::size_t rank(const RationalArithmetic& k, const Matrix<Rational>& a);
/// Needs a square matrix.
[[nodiscard]] Rational determinant(const Matrix<Rational>& a);
/// Nothing if the matrix is singular. Needs a square matrix.
[[nodiscard]] std::optional<Matrix<Rational>> inverse(const Matrix<Rational>& a);
/// A basis of {x : a x = 0}, as columns.
[[nodiscard]] Matrix<Rational> kernel(const Matrix<Rational>& a);
/// Some x with a x = b, column by column; nothing if there is none.
[[nodiscard]] std::optional<Matrix<Rational>> solve(const Matrix<Rational>& a, const Matrix<Rational>& b);
[[nodiscard]] Polynomial<Rational> characteristic_polynomial(const RationalArithmetic& k, const Matrix<Rational>& a);

}  // namespace eigenmata::exact

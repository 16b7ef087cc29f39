// SPDX-License-Identifier: Apache-2.0
//
// Linear algebra by the definitions, over Boost's rationals alone: what the library's is tested against.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/exact/rational.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::testing {

using exact::Integer;
using exact::Matrix;
using exact::Rational;

inline Matrix<Rational> naive_product(const Matrix<Rational>& a, const Matrix<Rational>& b) {
  Matrix<Rational> result(a.rows(), b.columns(), Rational(0));
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < b.columns(); ++j) {
      for (std::size_t l = 0; l < a.columns(); ++l) result(i, j) += a(i, l) * b(l, j);
    }
  }
  return result;
}

/// By Gauss and Jordan, in place; the pivot columns.
inline std::vector<std::size_t> naive_reduction(Matrix<Rational>& a) {
  std::vector<std::size_t> pivots;
  for (std::size_t j = 0; j < a.columns() && pivots.size() < a.rows(); ++j) {
    const std::size_t row = pivots.size();
    std::size_t from = row;
    while (from < a.rows() && a(from, j) == 0) ++from;
    if (from == a.rows()) continue;
    for (std::size_t l = 0; l < a.columns(); ++l) std::swap(a(row, l), a(from, l));
    const Rational pivot = a(row, j);
    for (std::size_t l = 0; l < a.columns(); ++l) a(row, l) /= pivot;
    for (std::size_t i = 0; i < a.rows(); ++i) {
      const Rational factor = a(i, j);
      if (i == row || factor == 0) continue;
      for (std::size_t l = 0; l < a.columns(); ++l) a(i, l) -= factor * a(row, l);
    }
    pivots.push_back(j);
  }
  return pivots;
}

inline std::size_t naive_rank(Matrix<Rational> a) { return naive_reduction(a).size(); }

/// Sum over all permutations. For n ≤ 6.
inline Rational naive_determinant(const Matrix<Rational>& a) {
  std::vector<std::size_t> images(a.rows());
  for (std::size_t i = 0; i < images.size(); ++i) images[i] = i;
  Rational sum = 0;
  do {
    Rational product = 1;
    for (std::size_t i = 0; i < images.size(); ++i) {
      product *= a(i, images[i]);
      for (std::size_t j = 0; j < i; ++j) {
        if (images[j] > images[i]) product = -product;
      }
    }
    sum += product;
  } while (std::next_permutation(images.begin(), images.end()));
  return sum;
}

/// The rows and columns of these indices.
inline Matrix<Rational> principal_block(const Matrix<Rational>& a, const std::vector<std::size_t>& indices) {
  std::vector<Rational> entries;
  for (const std::size_t i : indices) {
    for (const std::size_t j : indices) entries.push_back(a(i, j));
  }
  return {indices.size(), indices.size(), std::move(entries)};
}

/// A matrix whose rank is likely less than its shape allows: a product through few columns, or a repeated row.
inline Matrix<Rational> random_singular(core::Random& random, std::size_t rows, std::size_t columns,
                                        std::int64_t size) {
  const std::size_t inner = random.below(std::min(rows, columns) + 1);
  return naive_product(random_matrix(random, rows, inner, size), random_matrix(random, inner, columns, size));
}

}  // namespace eigenmata::testing

// SPDX-License-Identifier: Apache-2.0
//
// Elimination over any field, over the rationals against FLINT and over ℚ(√5) by the equations themselves.
#include "eigenmata/exact/elimination.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/exact/number_field.hpp"
#include "exact/naive_linear_algebra.hpp"
#include "support/networks.hpp"

namespace eigenmata::exact {
namespace {

using testing::random_matrix;
using testing::random_singular;

const RationalArithmetic kRationals;

template <class K>
Matrix<typename K::Scalar> random_over(const K& k, core::Random& random, std::size_t rows, std::size_t columns) {
  Matrix<typename K::Scalar> a(rows, columns, k.zero());
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      if (!random.one_in(3)) a(i, j) = testing::random_scalar(k, random);
    }
  }
  return a;
}

/// The vectors as columns.
template <class S>
Matrix<S> columns_of(const std::vector<std::vector<S>>& vectors, std::size_t rows, const S& zero) {
  Matrix<S> result(rows, vectors.size(), zero);
  for (std::size_t j = 0; j < vectors.size(); ++j) {
    for (std::size_t i = 0; i < rows; ++i) result(i, j) = vectors[j][i];
  }
  return result;
}

TEST_CASE("null spaces span what FLINT's kernel spans", "[elimination]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 300; ++round) {
    const std::size_t rows = random.below(6), columns = 1 + random.below(6);
    const Matrix<Rational> a = random_singular(random, rows, columns, 5);
    const auto basis = columns_of(null_space(kRationals, a), columns, Rational(0));
    const Matrix<Rational> flint = kernel(a);
    CAPTURE(round, a.entries());
    REQUIRE(basis.columns() == flint.columns());
    if (basis.columns() == 0) continue;
    REQUIRE(solve(basis, flint).has_value());  // so the spans are the same
  }
}

TEST_CASE("null spaces over a number field", "[elimination]") {
  EIGENMATA_SEEDED(random, 2);
  const NumberField k = testing::field_of_sqrt5();
  for (int round = 0; round < 100; ++round) {
    const std::size_t rows = 1 + random.below(4), inner = 1 + random.below(3), columns = 1 + random.below(4);
    const auto a = multiply(k, random_over(k, random, rows, inner), random_over(k, random, inner, columns));
    const auto basis = columns_of(null_space(k, a), columns, k.zero());
    CAPTURE(round, rows, inner, columns);
    REQUIRE(basis.columns() == columns - rank(k, a));
    REQUIRE(rank(k, basis) == basis.columns());
    const auto zero = multiply(k, a, basis);
    for (const FieldElement& entry : zero.entries()) REQUIRE(k.is_zero(entry));
  }
}

TEST_CASE("solutions", "[elimination]") {
  EIGENMATA_SEEDED(random, 3);
  const NumberField k = testing::field_of_sqrt5();
  std::size_t solved_count = 0;
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 1 + random.below(5), columns = 1 + random.below(3);
    const Matrix<Rational> a = random_matrix(random, n, n, 4), b = random_matrix(random, n, columns, 4);
    CAPTURE(round, a.entries(), b.entries());
    if (determinant(a) != 0) {
      REQUIRE(solved(kRationals, a, b) == *solve(a, b));
      ++solved_count;
    }
    const auto c = random_over(k, random, n, n), d = random_over(k, random, n, columns);
    if (rank(k, c) < n) continue;
    const auto difference = subtract(k, multiply(k, c, solved(k, c, d)), d);
    for (const FieldElement& entry : difference.entries()) REQUIRE(k.is_zero(entry));
  }
  CHECK(solved_count > 100);
}

TEST_CASE("Gram matrices as L D Lᵀ, vectors that depend on others left out", "[elimination]") {
  EIGENMATA_SEEDED(random, 4);
  for (int round = 0; round < 200; ++round) {
    const std::size_t dimension = 1 + random.below(4), count = 1 + random.below(6);
    const Matrix<Rational> vectors = random_singular(random, count, dimension, 4);  // as rows
    const auto product = [&](std::size_t i, std::size_t j) {
      Rational sum = 0;
      for (std::size_t l = 0; l < dimension; ++l) sum += vectors(i, l) * vectors(j, l);
      return sum;
    };
    Cholesky<RationalArithmetic> form(kRationals);
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<Rational> products;
      for (const std::size_t j : chosen) products.push_back(product(i, j));
      if (form.add(products, product(i, i))) chosen.push_back(i);
    }
    CAPTURE(round, vectors.entries());
    REQUIRE(chosen.size() == testing::naive_rank(vectors));
    const Matrix<Rational> lower = form.lower();
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      REQUIRE(form.diagonal()[i] > 0);
      for (std::size_t j = 0; j < chosen.size(); ++j) {
        Rational sum = 0;
        for (std::size_t l = 0; l < chosen.size(); ++l) sum += lower(i, l) * form.diagonal()[l] * lower(j, l);
        REQUIRE(sum == product(chosen[i], chosen[j]));
        if (j > i) REQUIRE(lower(i, j) == 0);
      }
    }
  }
}

}  // namespace
}  // namespace eigenmata::exact

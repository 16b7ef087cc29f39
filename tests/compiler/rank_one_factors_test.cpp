// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/rank_one_factors.hpp"

#include <catch2/catch.hpp>

#include "support/networks.hpp"

namespace eigenmata::compiler {
namespace {

using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

std::size_t distance_from_identity(const Matrix<Rational>& a) {
  return exact::rank(kRationals, exact::subtract(kRationals, exact::identity(kRationals, a.rows()), a));
}

std::string shown(const Matrix<Rational>& a) {
  std::string text = std::to_string(a.rows()) + ":";
  for (const Rational& x : a.entries()) text += " " + exact::to_string(x);
  return text;
}

/// The factors multiply to the matrix, the first acting first, and there are rank(I − A) of them.
void require_factors(const Matrix<Rational>& a) {
  CAPTURE(shown(a));
  const auto factors = rank_one_factors(a);
  REQUIRE(factors.size() == distance_from_identity(a));
  const std::size_t n = a.rows();
  const lrnn::Transition<Rational> product = lrnn::RankOneProduct<Rational>{n, factors};
  const auto rows = testing::naive_matrix(kRationals, product);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) REQUIRE(rows[i][j] == a(i, j));
  }
}

/// An invertible matrix with an integer inverse: row operations applied to the identity.
Matrix<Rational> unimodular(core::Random& random, std::size_t n) {
  Matrix<Rational> m = exact::identity(kRationals, n);
  for (std::size_t step = 0; step < 2 * n && n > 1; ++step) {
    const std::size_t i = random.below(n);
    const std::size_t j = (i + 1 + random.below(n - 1)) % n;
    const std::int64_t factor = random.between(-1, 1);
    for (std::size_t l = 0; l < n; ++l) m(i, l) += factor * m(j, l);
  }
  return m;
}

Matrix<Rational> conjugate(core::Random& random, const Matrix<Rational>& a) {
  const auto s = unimodular(random, a.rows());
  return multiply(kRationals, multiply(kRationals, s, a), exact::inverse(s).value());
}

TEST_CASE("any matrix is the product of rank(I - A) factors", "[rank_one_factors]") {
  EIGENMATA_SEEDED(random, 161);
  for (int round = 0; round < 150; ++round) {
    const std::size_t n = random.below(7);
    require_factors(testing::random_matrix(random, n, n, 3));
  }
}

TEST_CASE("matrices of low rank and those near the identity", "[rank_one_factors]") {
  EIGENMATA_SEEDED(random, 162);
  for (int round = 0; round < 150; ++round) {
    const std::size_t n = 1 + random.below(7);
    const std::size_t r = random.below(n + 1);
    const auto low =
        multiply(kRationals, testing::random_matrix(random, n, r, 2), testing::random_matrix(random, r, n, 2));
    require_factors(low);
    require_factors(exact::subtract(kRationals, exact::identity(kRationals, n), low));
  }
}

TEST_CASE("idempotent matrices", "[rank_one_factors]") {
  EIGENMATA_SEEDED(random, 163);
  for (int round = 0; round < 80; ++round) {
    const std::size_t n = 1 + random.below(6);
    Matrix<Rational> projection(n, n, Rational(0));
    for (std::size_t i = 0; i < n; ++i) projection(i, i) = random.below(2);
    const auto a = conjugate(random, projection);
    REQUIRE(multiply(kRationals, a, a) == a);
    require_factors(a);
  }
}

TEST_CASE("nilpotent and unipotent matrices, and involutions", "[rank_one_factors]") {
  EIGENMATA_SEEDED(random, 164);
  for (int round = 0; round < 80; ++round) {
    const std::size_t n = 1 + random.below(6);
    Matrix<Rational> shift(n, n, Rational(0));
    for (std::size_t i = 0; i + 1 < n; ++i) shift(i, i + 1) = random.below(2);
    const auto nilpotent = conjugate(random, shift);
    require_factors(nilpotent);
    require_factors(exact::subtract(kRationals, exact::identity(kRationals, n), nilpotent));
    Matrix<Rational> signs(n, n, Rational(0));
    for (std::size_t i = 0; i < n; ++i) signs(i, i) = random.one_in(2) ? 1 : -1;
    require_factors(conjugate(random, signs));
  }
}

TEST_CASE("the identity has no factor, the zero matrix n, the empty matrix none", "[rank_one_factors]") {
  for (std::size_t n = 0; n <= 5; ++n) {
    CHECK(rank_one_factors(exact::identity(kRationals, n)).empty());
    const Matrix<Rational> zero(n, n, Rational(0));
    CHECK(rank_one_factors(zero).size() == n);
    require_factors(zero);
    Matrix<Rational> minus = exact::identity(kRationals, n);
    for (std::size_t i = 0; i < n; ++i) minus(i, i) = -1;
    require_factors(minus);
  }
  require_factors(Matrix<Rational>(1, 1, Rational(7, 3)));
}

TEST_CASE("one-hot matrices of maps take as many factors as swaps and copies", "[rank_one_factors]") {
  EIGENMATA_SEEDED(random, 165);
  for (int round = 0; round < 80; ++round) {
    const auto f = testing::random_map(random, 1 + random.below(8));
    Matrix<Rational> a(f.degree(), f.degree(), Rational(0));
    for (algebra::Point x = 0; x < f.degree(); ++x) a(f.image_of(x), x) = 1;
    REQUIRE(rank_one_factors(a).size() == f.degree() - f.components());
    require_factors(a);
  }
}

}  // namespace
}  // namespace eigenmata::compiler

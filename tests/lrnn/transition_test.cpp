// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/transition.hpp"

#include <catch2/catch.hpp>

#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;
using testing::MatrixForm;

const RationalArithmetic kRationals{};

SparseVector<Rational> vector(const std::vector<Rational>& values) { return sparse(kRationals, values); }

Matrix<Rational> matrix(std::size_t n, const std::vector<Rational>& entries) { return {n, n, entries}; }

template <class K>
bool same_entries(const K& k, const Matrix<typename K::Scalar>& a, const testing::Rows<typename K::Scalar>& b) {
  if (a.rows() != b.size() || a.columns() != b.size()) return false;
  for (std::size_t i = 0; i < b.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (!k.equal(a(i, j), b[i][j])) return false;
    }
  }
  return true;
}

TEST_CASE("the dense matrix of every form is the product of its factors written out", "[transition]") {
  EIGENMATA_SEEDED(random, 41);
  const exact::NumberField field = testing::field_of_sqrt5();
  for (int round = 0; round < 400; ++round) {
    const std::size_t n = random.below(6);
    const auto form = static_cast<MatrixForm>(random.below(testing::kMatrixForms));
    CAPTURE(round, n, static_cast<int>(form));
    const auto a = testing::random_transition(kRationals, random, n, form);
    REQUIRE(dimension(a) == n);
    REQUIRE(same_entries(kRationals, to_dense(kRationals, a), testing::naive_matrix(kRationals, a)));
    const auto b = testing::random_transition(field, random, n, form);
    REQUIRE(same_entries(field, to_dense(field, b), testing::naive_matrix(field, b)));
  }
}

TEST_CASE("a factor with beta 2 and v = e_i - e_j exchanges i and j", "[transition]") {
  const Transition<Rational> swap = HouseholderProduct<Rational>{3, {{2, vector({1, 0, -1})}}};
  CHECK(to_dense(kRationals, swap) == matrix(3, {0, 0, 1, 0, 1, 0, 1, 0, 0}));
}

TEST_CASE("v need not be normalised", "[transition]") {
  const Transition<Rational> a = HouseholderProduct<Rational>{2, {{Rational(1, 3), vector({1, 2})}}};
  const Transition<Rational> b = HouseholderProduct<Rational>{2, {{Rational(1, 3), vector({-5, -10})}}};
  CHECK(to_dense(kRationals, a) == to_dense(kRationals, b));
  // I − (1/15) [[1,2],[2,4]] by hand.
  CHECK(to_dense(kRationals, a) == matrix(2, {Rational(14, 15), Rational(-2, 15), Rational(-2, 15), Rational(11, 15)}));
}

TEST_CASE("factors act in the order in which they are listed", "[transition]") {
  // First 0 onto 1 (copy), then 1 and 2 exchanged: e_0 → e_1 → e_2.
  const Transition<Rational> a =
      RankOneProduct<Rational>{3, {{vector({1, -1, 0}), vector({1, 0, 0})}, {vector({0, 1, -1}), vector({0, 1, -1})}}};
  CHECK(to_dense(kRationals, a) == matrix(3, {0, 0, 0, 0, 0, 1, 1, 1, 0}));
}

TEST_CASE("three positive contractions whose product has complex eigenvalues", "[transition]") {
  // A published example: I − 2/5 v vᵀ for v = (1,0), (1,2)/√5, (−1,2)/√5, multiplied in this order; the last
  // acts first.
  const Rational beta(2, 5);
  const Transition<Rational> a =
      HouseholderProduct<Rational>{2, {{beta, vector({-1, 2})}, {beta, vector({1, 2})}, {beta, vector({1, 0})}}};
  CHECK(to_dense(kRationals, a) ==
        matrix(2, {Rational(1539, 3125), Rational(72, 3125), Rational(-24, 625), Rational(273, 625)}));
}

TEST_CASE("products have factors, other forms have none", "[transition]") {
  const auto e = unit_vector(kRationals, 2, 0);
  CHECK(factor_count<Rational>(HouseholderProduct<Rational>{2, {{1, e}, {2, e}}}) == 2);
  CHECK(factor_count<Rational>(RankOneProduct<Rational>{2, {{e, e}}}) == 1);
  CHECK(factor_count<Rational>(RankOneProduct<Rational>{2, {}}) == 0);
  CHECK(factor_count<Rational>(Diagonal<Rational>{{1, 0}}) == 0);
  CHECK(factor_count<Rational>(Dense<Rational>{matrix(1, {3})}) == 0);
}

TEST_CASE("a product without factors is the identity, also of dimension 0", "[transition]") {
  CHECK(to_dense(kRationals, Transition<Rational>(HouseholderProduct<Rational>{2, {}})) ==
        exact::identity(kRationals, 2));
  CHECK(to_dense(kRationals, Transition<Rational>(RankOneProduct<Rational>{0, {}})).rows() == 0);
  CHECK(to_dense(kRationals, Transition<Rational>(Diagonal<Rational>{})).rows() == 0);
}

TEST_CASE("mapping the numbers commutes with writing the matrix out", "[transition]") {
  EIGENMATA_SEEDED(random, 42);
  const exact::NumberField field = testing::field_of_sqrt5();
  const auto into_field = [&](const Rational& x) { return field.from_rational(x); };
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = random.below(5);
    const auto form = static_cast<MatrixForm>(random.below(testing::kMatrixForms));
    const auto a = testing::random_transition(kRationals, random, n, form);
    CAPTURE(round, n, static_cast<int>(form));
    const auto b = mapped(a, into_field);
    REQUIRE(b.index() == a.index());
    const auto expected = to_dense(kRationals, a);
    const auto found = to_dense(field, b);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) REQUIRE(field.equal(found(i, j), field.from_rational(expected(i, j))));
    }
  }
}

}  // namespace
}  // namespace eigenmata::lrnn

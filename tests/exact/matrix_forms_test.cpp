// SPDX-License-Identifier: Apache-2.0
//
// Characteristic polynomials and quadratic forms.
#include <catch2/catch.hpp>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "exact/naive_linear_algebra.hpp"

namespace eigenmata::exact {
namespace {

using testing::naive_determinant;
using testing::naive_product;
using testing::principal_block;
using testing::random_matrix;
using testing::random_rational;

const RationalArithmetic kRationals;

/// Faddeev and LeVerrier: M₁ = I, c_{n−k} = −tr(A M_k)/k, M_{k+1} = A M_k + c_{n−k} I.
Polynomial<Rational> by_faddeev_leverrier(const Matrix<Rational>& a) {
  const std::size_t n = a.rows();
  std::vector<Rational> coefficients(n + 1, Rational(1));
  Matrix<Rational> m = identity(kRationals, n);
  for (std::size_t k = 1; k <= n; ++k) {
    m = naive_product(a, m);
    Rational trace = 0;
    for (std::size_t i = 0; i < n; ++i) trace += m(i, i);
    coefficients[n - k] = -trace / static_cast<long>(k);
    for (std::size_t i = 0; i < n; ++i) m(i, i) += coefficients[n - k];
  }
  return {coefficients};
}

Matrix<Rational> value_at(const Polynomial<Rational>& p, const Matrix<Rational>& a) {
  Matrix<Rational> value(a.rows(), a.rows(), Rational(0));
  for (std::size_t i = p.coefficients.size(); i-- > 0;) {
    value = naive_product(value, a);
    for (std::size_t j = 0; j < a.rows(); ++j) value(j, j) += p.coefficients[i];
  }
  return value;
}

TEST_CASE("the characteristic polynomial is det(xI - a), three ways", "[matrix]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = random.below(8);
    const Matrix<Rational> a = random_matrix(random, n, n, random.one_in(2) ? 3 : 1'000'000'000);
    CAPTURE(n, a.entries());
    const Polynomial<Rational> p = characteristic_polynomial(kRationals, a);
    REQUIRE(p == by_faddeev_leverrier(a));
    REQUIRE(characteristic_polynomial<RationalArithmetic>(kRationals, a) == p);
    REQUIRE(value_at(p, a) == Matrix<Rational>(n, n, Rational(0)));  // Cayley and Hamilton
    if (n > 5) continue;
    const Rational x = random_rational(random, 9);
    Matrix<Rational> shifted = a;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) shifted(i, j) = (i == j ? x : Rational(0)) - a(i, j);
    }
    REQUIRE(evaluate(kRationals, p, x) == naive_determinant(shifted));
  }
  CHECK(to_string(characteristic_polynomial(kRationals, Matrix<Rational>(0, 0, Rational(0)))) == "1");
  CHECK(to_string(characteristic_polynomial(kRationals, Matrix<Rational>(1, 1, Rational(2)))) == "x-2");
}

TEST_CASE("over balls and number fields the polynomial is that of the rationals", "[matrix]") {
  EIGENMATA_SEEDED(random, 2);
  const BallArithmetic balls{200};
  const NumberField field({{-2, 0, 1}}, 1, 2, "sqrt(2)");
  for (int round = 0; round < 50; ++round) {
    const std::size_t n = random.below(6);
    const Matrix<Rational> a = random_matrix(random, n, n, 10);
    CAPTURE(a.entries());
    const Polynomial<Rational> p = by_faddeev_leverrier(a);
    Matrix<Ball> in_balls(n, n, balls.zero());
    Matrix<FieldElement> in_field(n, n, field.zero());
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        in_balls(i, j) = balls.from_rational(a(i, j));
        in_field(i, j) = field.from_rational(a(i, j));
      }
    }
    const auto q = characteristic_polynomial(balls, in_balls);
    const auto r = characteristic_polynomial(field, in_field);
    REQUIRE(q.coefficients.size() == n + 1);
    REQUIRE(r.coefficients.size() == n + 1);
    for (std::size_t i = 0; i <= n; ++i) {
      REQUIRE(q.coefficients[i].contains(p.coefficients[i]));
      REQUIRE(q.coefficients[i].is_narrower_than(100));
      REQUIRE(field.equal(r.coefficients[i], field.from_rational(p.coefficients[i])));
    }
  }
  // (1 √2; √2 3): x² − 4x + 1
  const auto x = field.generator();
  const auto p = characteristic_polynomial(
      field, Matrix<FieldElement>(2, 2, std::vector<FieldElement>{field.one(), x, x, field.from_rational(3)}));
  REQUIRE(p.degree() == 2);
  CHECK(field.format(p.coefficients[1]) == "-4");
  CHECK(field.format(p.coefficients[0]) == "1");
}

/// Sylvester: every principal minor, not only the leading ones, is at least 0.
bool semidefinite_by_minors(const Matrix<Rational>& a) {
  for (std::size_t subset = 1; subset < std::size_t{1} << a.rows(); ++subset) {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < a.rows(); ++i) {
      if ((subset >> i & 1) != 0) indices.push_back(i);
    }
    if (naive_determinant(principal_block(a, indices)) < 0) return false;
  }
  return true;
}

Rational form_at(const Matrix<Rational>& a, const std::vector<Rational>& x) {
  Rational value = 0;
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.rows(); ++j) value += x[i] * a(i, j) * x[j];
  }
  return value;
}

/// The verdict on the matrix, its evidence checked.
bool is_semidefinite(const Matrix<Rational>& a) {
  const auto verdict = positive_semidefinite(kRationals, a);
  CHECK(verdict.theorem() == "gram");
  if (verdict.is_no()) {
    CHECK(verdict.witness().size() == a.rows());
    CHECK(form_at(a, verdict.witness()) < 0);
  } else {
    CHECK(verdict.is_yes());
  }
  return verdict.is_yes();
}

TEST_CASE("semidefinite are the matrices without a negative principal minor", "[matrix]") {
  EIGENMATA_SEEDED(random, 3);
  std::size_t yes = 0;
  std::size_t no = 0;
  for (int round = 0; round < 1500; ++round) {
    const std::size_t n = random.below(6);
    Matrix<Rational> a(n, n, Rational(0));
    if (random.one_in(2)) {
      // A Gram matrix, singular if it has few columns; sometimes moved by a little.
      const Matrix<Rational> b = random_matrix(random, n, random.below(n + 2), 3);
      a = naive_product(b, transposed(b));
      if (n > 0 && random.one_in(3)) {
        const std::size_t i = random.below(n);
        const std::size_t j = random.below(n);
        const Rational step = random_rational(random, 3) / 100;
        a(i, j) += step;
        if (i != j) a(j, i) += step;
      }
    } else {
      // Small entries, so that zero pivots are common.
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i; j < n; ++j) a(i, j) = a(j, i) = random.between(i == j ? 0 : -1, i == j ? 2 : 1);
      }
    }
    CAPTURE(a.entries());
    const bool expected = semidefinite_by_minors(a);
    ++(expected ? yes : no);
    REQUIRE(is_semidefinite(a) == expected);
  }
  CHECK(yes > 200);
  CHECK(no > 200);
}

TEST_CASE("every symmetric 3 x 3 matrix of small entries is judged rightly", "[matrix]") {
  std::vector<Rational> entries(6, Rational(-2));
  for (;;) {
    const auto& e = entries;
    const Matrix<Rational> a(3, 3, std::vector<Rational>{e[0], e[1], e[2], e[1], e[3], e[4], e[2], e[4], e[5]});
    if (is_semidefinite(a) != semidefinite_by_minors(a)) FAIL(Catch::Detail::stringify(entries));
    std::size_t i = 0;
    while (i < 6 && ++entries[i] == 3) entries[i++] = -2;
    if (i == 6) break;
  }
}

TEST_CASE("forms of size 0 and 1, and those over a number field", "[matrix]") {
  CHECK(is_semidefinite(Matrix<Rational>(0, 0, Rational(0))));
  CHECK(is_semidefinite(Matrix<Rational>(1, 1, Rational(0))));
  CHECK(is_semidefinite(Matrix<Rational>(1, 1, Rational(1, 7))));
  CHECK_FALSE(is_semidefinite(Matrix<Rational>(1, 1, Rational(-1, 7))));
  // (1 √2; √2 c) is semidefinite if and only if c ≥ 2.
  const NumberField k({{-2, 0, 1}}, 1, 2, "sqrt(2)");
  const auto verdict = [&](const Rational& c) {
    return positive_semidefinite(
        k, Matrix<FieldElement>(2, 2,
                                std::vector<FieldElement>{k.one(), k.generator(), k.generator(), k.from_rational(c)}));
  };
  CHECK(verdict(2).is_yes());
  CHECK(verdict(3).is_yes());
  const auto no = verdict(Rational(199, 100));
  REQUIRE(no.is_no());
  // x² + 2√2 x y + c y² at the witness
  const auto& x = no.witness()[0];
  const auto& y = no.witness()[1];
  const auto value =
      k.add(k.add(k.multiply(x, x), k.multiply(k.multiply(k.from_rational(2), k.generator()), k.multiply(x, y))),
            k.multiply(k.from_rational(Rational(199, 100)), k.multiply(y, y)));
  CHECK(k.sign(value) == -1);
}

}  // namespace
}  // namespace eigenmata::exact

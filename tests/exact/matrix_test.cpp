// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/matrix.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/exact/number_field.hpp"
#include "exact/naive_linear_algebra.hpp"

namespace eigenmata::exact {
namespace {

using testing::naive_determinant;
using testing::naive_product;
using testing::naive_rank;
using testing::random_matrix;
using testing::random_rational;
using testing::random_singular;

const RationalArithmetic kRationals;

Matrix<Rational> zeros(std::size_t rows, std::size_t columns) { return {rows, columns, Rational(0)}; }

/// For messages: by rows.
std::string shown(const Matrix<Rational>& a) {
  std::string text = std::to_string(a.rows()) + "x" + std::to_string(a.columns()) + ":";
  for (std::size_t i = 0; i < a.rows(); ++i) {
    text += " |";
    for (std::size_t j = 0; j < a.columns(); ++j) text += " " + to_string(a(i, j));
  }
  return text;
}

/// Any shape down to nothing, of full rank or not.
Matrix<Rational> random_any(core::Random& random, std::size_t rows, std::size_t columns) {
  const std::int64_t size = random.one_in(3) ? 1'000'000'000'000 : 4;
  return random.one_in(2) ? random_matrix(random, rows, columns, size) : random_singular(random, rows, columns, size);
}

TEST_CASE("entries are stored row by row", "[matrix]") {
  Matrix<int> a(2, 3, std::vector<int>{1, 2, 3, 4, 5, 6});
  CHECK(a.rows() == 2);
  CHECK(a.columns() == 3);
  CHECK(a(0, 2) == 3);
  CHECK(a(1, 0) == 4);
  a(1, 0) = 9;
  CHECK(a.entries() == std::vector<int>{1, 2, 3, 9, 5, 6});
  CHECK(transposed(a) == Matrix<int>(3, 2, std::vector<int>{1, 9, 2, 5, 3, 6}));
  CHECK_FALSE(Matrix<int>(2, 3, 0) == Matrix<int>(3, 2, 0));  // the shape is part of a matrix
  CHECK_FALSE(Matrix<int>(0, 3, 0) == Matrix<int>(0, 2, 0));
  CHECK(Matrix<int>(0, 3, 0) == transposed(Matrix<int>(3, 0, 0)));
}

TEST_CASE("FLINT multiplies as the definition says, and so does the generic loop", "[matrix]") {
  EIGENMATA_SEEDED(random, 1);
  for (int round = 0; round < 200; ++round) {
    const std::size_t inner = random.below(6);
    const Matrix<Rational> a = random_any(random, random.below(6), inner);
    const Matrix<Rational> b = random_any(random, inner, random.below(6));
    CAPTURE(shown(a), shown(b));
    const Matrix<Rational> expected = naive_product(a, b);
    REQUIRE(multiply(kRationals, a, b) == expected);
    REQUIRE(multiply<RationalArithmetic>(kRationals, a, b) == expected);
    REQUIRE(multiply(kRationals, transposed(b), transposed(a)) == transposed(expected));
    REQUIRE(multiply(kRationals, a, identity(kRationals, inner)) == a);
    REQUIRE(subtract(kRationals, a, a) == zeros(a.rows(), inner));
  }
  CHECK(multiply(kRationals, zeros(2, 0), zeros(0, 3)) == zeros(2, 3));
}

TEST_CASE("a difference is taken entry by entry", "[matrix]") {
  const Matrix<Rational> a(1, 3, std::vector<Rational>{1, Rational(1, 2), 0});
  const Matrix<Rational> b(1, 3, std::vector<Rational>{3, Rational(1, 3), -1});
  CHECK(subtract(kRationals, a, b) == Matrix<Rational>(1, 3, std::vector<Rational>{-2, Rational(1, 6), 1}));
}

TEST_CASE("the rank is that of Gaussian elimination", "[matrix]") {
  EIGENMATA_SEEDED(random, 2);
  std::size_t deficient = 0;
  for (int round = 0; round < 400; ++round) {
    const Matrix<Rational> a = random_any(random, random.below(7), random.below(7));
    CAPTURE(shown(a));
    const std::size_t expected = naive_rank(a);
    REQUIRE(rank(kRationals, a) == expected);
    REQUIRE(rank<RationalArithmetic>(kRationals, a) == expected);
    REQUIRE(rank(kRationals, transposed(a)) == expected);
    deficient += expected < std::min(a.rows(), a.columns()) ? 1 : 0;
  }
  CHECK(deficient > 100);
}

TEST_CASE("the determinant is the sum over permutations", "[matrix]") {
  EIGENMATA_SEEDED(random, 3);
  std::size_t singular = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = random.below(6);
    const Matrix<Rational> a = random_any(random, n, n);
    const Matrix<Rational> b = random_any(random, n, n);
    CAPTURE(shown(a), shown(b));
    const Rational expected = naive_determinant(a);
    REQUIRE(determinant(a) == expected);
    REQUIRE(determinant(transposed(a)) == expected);
    REQUIRE(determinant(multiply(kRationals, a, b)) == expected * naive_determinant(b));
    REQUIRE((expected == 0) == (naive_rank(a) < n));
    singular += expected == 0 ? 1 : 0;
  }
  CHECK(singular > 30);
  CHECK(determinant(zeros(0, 0)) == 1);
  CHECK(determinant(Matrix<Rational>(1, 1, Rational(-2, 3))) == Rational(-2, 3));
  CHECK(determinant(Matrix<Rational>(2, 2, std::vector<Rational>{0, 1, 1, 0})) == -1);
}

TEST_CASE("an inverse is one, and a singular matrix has none", "[matrix]") {
  EIGENMATA_SEEDED(random, 4);
  std::size_t singular = 0;
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = random.below(7);
    const Matrix<Rational> a = random_any(random, n, n);
    CAPTURE(shown(a));
    const auto found = inverse(a);
    REQUIRE(found.has_value() == (naive_rank(a) == n));
    if (!found) {
      ++singular;
      continue;
    }
    REQUIRE(naive_product(a, *found) == identity(kRationals, n));
    REQUIRE(naive_product(*found, a) == identity(kRationals, n));
  }
  CHECK(singular > 30);
  CHECK(inverse(zeros(0, 0)) == zeros(0, 0));
  CHECK(inverse(Matrix<Rational>(1, 1, Rational(-2, 3))) == Matrix<Rational>(1, 1, Rational(-3, 2)));
  CHECK_FALSE(inverse(zeros(1, 1)).has_value());
}

TEST_CASE("the kernel is a basis of all that is sent to zero", "[matrix]") {
  EIGENMATA_SEEDED(random, 5);
  for (int round = 0; round < 300; ++round) {
    const Matrix<Rational> a = random_any(random, random.below(7), random.below(7));
    CAPTURE(shown(a));
    const Matrix<Rational> basis = kernel(a);
    REQUIRE(basis.rows() == a.columns());
    REQUIRE(basis.columns() == a.columns() - naive_rank(a));
    REQUIRE(naive_rank(basis) == basis.columns());
    REQUIRE(naive_product(a, basis) == zeros(a.rows(), basis.columns()));
  }
  CHECK(kernel(zeros(0, 3)) == identity(kRationals, 3));
  CHECK(kernel(zeros(2, 3)) == identity(kRationals, 3));
  CHECK(kernel(zeros(3, 0)) == zeros(0, 0));
  CHECK(kernel(identity(kRationals, 3)) == zeros(3, 0));
}

TEST_CASE("equations are solved if and only if they can be", "[matrix]") {
  EIGENMATA_SEEDED(random, 6);
  std::size_t solvable = 0;
  constexpr int kRounds = 400;
  for (int round = 0; round < kRounds; ++round) {
    const Matrix<Rational> a = random_any(random, random.below(6), random.below(6));
    const std::size_t sides = random.below(4);
    const Matrix<Rational> b =
        random.one_in(2) ? naive_product(a, random_matrix(random, a.columns(), sides, 9))  // solvable for sure
                         : random_any(random, a.rows(), sides);
    CAPTURE(shown(a), shown(b));
    Matrix<Rational> both(a.rows(), a.columns() + sides, Rational(0));
    for (std::size_t i = 0; i < a.rows(); ++i) {
      for (std::size_t j = 0; j < a.columns(); ++j) both(i, j) = a(i, j);
      for (std::size_t j = 0; j < sides; ++j) both(i, a.columns() + j) = b(i, j);
    }
    const auto x = solve(a, b);
    REQUIRE(x.has_value() == (naive_rank(both) == naive_rank(a)));  // Rouché and Capelli
    if (!x) continue;
    ++solvable;
    REQUIRE(x->rows() == a.columns());
    REQUIRE(x->columns() == sides);
    REQUIRE(naive_product(a, *x) == b);
  }
  CHECK(solvable > 100);
  CHECK(solvable < kRounds - 50);
}

TEST_CASE("systems without rows, columns or right hand sides are solved too", "[matrix]") {
  CHECK(solve(zeros(0, 0), zeros(0, 0)) == zeros(0, 0));
  CHECK(solve(zeros(0, 0), zeros(0, 2)) == zeros(0, 2));
  const auto free = solve(zeros(0, 3), zeros(0, 2));
  REQUIRE(free.has_value());
  CHECK(free->rows() == 3);
  CHECK(free->columns() == 2);
  CHECK(solve(zeros(2, 0), zeros(2, 1)) == zeros(0, 1));
  CHECK_FALSE(solve(zeros(2, 0), Matrix<Rational>(2, 1, Rational(1))).has_value());
  CHECK_FALSE(solve(zeros(2, 3), Matrix<Rational>(2, 1, Rational(1))).has_value());
  CHECK(solve(zeros(2, 3), zeros(2, 0)) == zeros(3, 0));
}

TEST_CASE("larger matrices too: Hilbert's and Pascal's", "[matrix]") {
  constexpr std::size_t kSize = 12;
  Matrix<Rational> hilbert = zeros(kSize, kSize);
  Matrix<Rational> pascal = zeros(kSize, kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) {
      hilbert(i, j) = Rational(1, static_cast<long>(i + j + 1));
      pascal(i, j) = i == 0 || j == 0 ? Rational(1) : pascal(i - 1, j) + pascal(i, j - 1);
    }
  }
  CHECK(determinant(pascal) == 1);
  // det of the n × n Hilbert matrix is c⁴(n) / c(2n) with c(n) = 1! · 2! ⋯ (n−1)!
  const auto c = [](std::size_t n) {
    Rational product = 1;
    Rational factorial = 1;
    for (std::size_t i = 1; i < n; ++i) {
      factorial *= static_cast<long>(i);
      product *= factorial;
    }
    return product;
  };
  CHECK(determinant(hilbert) == c(kSize) * c(kSize) * c(kSize) * c(kSize) / c(2 * kSize));
  const auto inverted = inverse(hilbert);
  REQUIRE(inverted.has_value());
  CHECK((*inverted)(0, 0) == static_cast<long>(kSize * kSize));
  for (const Rational& entry : inverted->entries()) CHECK(denominator(entry) == 1);
  CHECK(naive_product(hilbert, *inverted) == identity(kRationals, kSize));
}

TEST_CASE("the generic loops work over a number field", "[matrix]") {
  const NumberField k({{-5, 0, 1}}, 2, 3, "sqrt(5)");
  const auto r = k.generator();
  const auto rational = [&](long a) { return k.from_rational(a); };
  // (√5 5; 1 √5) has rank 1, and its square is 2√5 times itself.
  const Matrix<FieldElement> a(2, 2, std::vector<FieldElement>{r, rational(5), rational(1), r});
  CHECK(rank(k, a) == 1);
  const auto square = multiply(k, a, a);
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) CHECK(k.equal(square(i, j), k.multiply(k.multiply(rational(2), r), a(i, j))));
  }
  CHECK(rank(k, subtract(k, a, multiply(k, a, identity(k, 2)))) == 0);
  CHECK(rank(k, Matrix<FieldElement>(2, 2, std::vector<FieldElement>{r, rational(5), rational(2), r})) == 2);
}

}  // namespace
}  // namespace eigenmata::exact

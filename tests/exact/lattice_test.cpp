// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/lattice.hpp"

#include <catch2/catch.hpp>

#include "support/random_objects.hpp"

namespace eigenmata::exact {
namespace {

using Lattice = Matrix<Integer>;

Integer floor_of_quotient(const Integer& a, const Integer& b) {  // b > 0
  Integer quotient = a / b;
  if (quotient * b > a) --quotient;
  return quotient;
}

/// Row a minus factor times row b.
void subtract_row(Lattice& m, std::size_t a, const Integer& factor, std::size_t b) {
  for (std::size_t j = 0; j < m.columns(); ++j) m(a, j) -= factor * m(b, j);
}

/// The Hermite normal form by Euclid's algorithm on rows: pivots positive, what is above them smaller and at least 0.
/// It is unique, so two matrices generate one lattice if and only if they have the same.
Lattice hermite_by_hand(Lattice m) {
  std::size_t rank = 0;
  for (std::size_t j = 0; j < m.columns() && rank < m.rows(); ++j) {
    for (std::size_t i = rank + 1; i < m.rows(); ++i) {
      while (m(i, j) != 0) {
        subtract_row(m, rank, m(rank, j) / m(i, j), i);
        for (std::size_t l = 0; l < m.columns(); ++l) std::swap(m(rank, l), m(i, l));
      }
    }
    if (m(rank, j) == 0) continue;
    if (m(rank, j) < 0) {
      for (std::size_t l = 0; l < m.columns(); ++l) m(rank, l) = -m(rank, l);
    }
    for (std::size_t i = 0; i < rank; ++i) subtract_row(m, i, floor_of_quotient(m(i, j), m(rank, j)), rank);
    ++rank;
  }
  std::vector<Integer> entries(m.entries().begin(),
                               m.entries().begin() + static_cast<std::ptrdiff_t>(rank * m.columns()));
  return {rank, m.columns(), std::move(entries)};
}

Lattice random_lattice(core::Random& random, std::size_t rows, std::size_t columns, std::int64_t size) {
  Lattice m(rows, columns, Integer(0));
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) m(i, j) = random.one_in(3) ? 0 : random.between(-size, size);
  }
  if (rows > 1 && random.one_in(3)) {  // a dependent row
    for (std::size_t j = 0; j < columns; ++j) m(rows - 1, j) = 2 * m(0, j) - (rows > 2 ? m(1, j) : Integer(0));
  }
  return m;
}

std::vector<Rational> row(const Lattice& m, std::size_t i) {
  std::vector<Rational> result;
  for (std::size_t j = 0; j < m.columns(); ++j) result.emplace_back(m(i, j));
  return result;
}

Rational product(const std::vector<Rational>& a, const std::vector<Rational>& b) {
  Rational sum = 0;
  for (std::size_t j = 0; j < a.size(); ++j) sum += a[j] * b[j];
  return sum;
}

Rational squared_length(const Lattice& m, std::size_t i) { return product(row(m, i), row(m, i)); }

/// The conditions of Lenstra, Lenstra and Lovász with δ = 3/4, by exact Gram–Schmidt orthogonalisation; a hundredth is
/// left for FLINT's rounding in |μ| ≤ 1/2.
bool is_reduced(const Lattice& m) {
  std::vector<std::vector<Rational>> orthogonal;
  for (std::size_t i = 0; i < m.rows(); ++i) {
    std::vector<Rational> rest = row(m, i);
    Rational last;
    for (std::size_t l = 0; l < i; ++l) {
      last = product(row(m, i), orthogonal[l]) / product(orthogonal[l], orthogonal[l]);
      if (abs(last) > Rational(52, 100)) return false;
      for (std::size_t j = 0; j < m.columns(); ++j) rest[j] -= last * orthogonal[l][j];
    }
    if (i > 0) {
      const Rational before = product(orthogonal[i - 1], orthogonal[i - 1]);
      if (product(rest, rest) < (Rational(3, 4) - last * last) * before) return false;
    }
    orthogonal.push_back(std::move(rest));
  }
  return true;
}

TEST_CASE("the basis of a lattice is its Hermite normal form", "[lattice]") {
  EIGENMATA_SEEDED(random, 1);
  std::size_t deficient = 0;
  for (int round = 0; round < 400; ++round) {
    const Lattice m =
        random_lattice(random, random.below(6), random.below(6), random.one_in(2) ? 5 : 1'000'000'000'000);
    CAPTURE(m.rows(), m.columns(), m.entries());
    const Lattice basis = lattice_basis(m);
    REQUIRE(basis == hermite_by_hand(m));
    REQUIRE(lattice_basis(basis) == basis);
    deficient += basis.rows() < std::min(m.rows(), m.columns()) ? 1 : 0;
  }
  CHECK(deficient > 30);
}

TEST_CASE("known lattices have known bases", "[lattice]") {
  const Lattice even(3, 2, std::vector<Integer>{1, 1, 1, -1, 3, 5});  // x + y even
  CHECK(lattice_basis(even) == Lattice(2, 2, std::vector<Integer>{1, 1, 0, 2}));
  CHECK(lattice_basis(Lattice(2, 1, std::vector<Integer>{12, -18})) == Lattice(1, 1, Integer(6)));
  CHECK(lattice_basis(Lattice(2, 2, Integer(0))) == Lattice(0, 2, Integer(0)));
  CHECK(lattice_basis(Lattice(0, 3, Integer(0))) == Lattice(0, 3, Integer(0)));
  CHECK(lattice_basis(Lattice(3, 0, Integer(0))).rows() == 0);
  const Integer large = pow(Integer(10), 50u);
  CHECK(lattice_basis(Lattice(2, 1, std::vector<Integer>{large * 6, large * 10})) == Lattice(1, 1, large * 2));
}

TEST_CASE("a reduced basis generates the same lattice and is reduced", "[lattice]") {
  EIGENMATA_SEEDED(random, 2);
  std::size_t shorter = 0;
  for (int round = 0; round < 200; ++round) {
    const std::size_t columns = 1 + random.below(7);
    const Lattice basis = lattice_basis(
        random_lattice(random, 1 + random.below(6), columns, random.one_in(2) ? 50 : 1'000'000'000'000'000));
    CAPTURE(basis.rows(), columns, basis.entries());
    const Lattice reduced = reduced_basis(basis);
    REQUIRE(reduced.rows() == basis.rows());
    REQUIRE(hermite_by_hand(reduced) == hermite_by_hand(basis));
    REQUIRE(is_reduced(reduced));
    if (basis.rows() > 0) shorter += squared_length(reduced, 0) < squared_length(basis, 0) ? 1 : 0;
  }
  CHECK(shorter > 50);
  CHECK(reduced_basis(Lattice(0, 3, Integer(0))) == Lattice(0, 3, Integer(0)));
  CHECK(abs(reduced_basis(Lattice(1, 1, Integer(-7)))(0, 0)) == 7);
}

TEST_CASE("the first vector of a reduced basis is nearly the shortest", "[lattice]") {
  EIGENMATA_SEEDED(random, 3);
  for (int round = 0; round < 40; ++round) {
    // Shortest by trying all vectors: the lattice contains d·ℤ³ for its determinant d, so entries up to d suffice.
    const std::int64_t d = random.between(2, 12);
    const Integer first = random.between(0, d - 1);
    const Integer second = random.between(0, d - 1);
    const Lattice basis(3, 3, std::vector<Integer>{1, 0, first, 0, 1, second, 0, 0, d});
    std::int64_t shortest = d * d;
    for (std::int64_t x = -d; x <= d; ++x) {
      for (std::int64_t y = -d; y <= d; ++y) {
        for (std::int64_t z = -d; z <= d; ++z) {
          if ((x == 0 && y == 0 && z == 0) || (first * x + second * y - z) % d != 0) continue;
          shortest = std::min(shortest, x * x + y * y + z * z);
        }
      }
    }
    CAPTURE(d, first, second, shortest);
    const Rational found = squared_length(reduced_basis(basis), 0);
    REQUIRE(found >= shortest);
    REQUIRE(found <= 4 * shortest);  // 2^(n−1)
  }
}

TEST_CASE("reduction finds the minimal polynomial of a decimal number", "[lattice]") {
  // α = √2 + √3 = 3.14626436994197234232913506571557… : x⁴ − 10x² + 1
  const Integer scale = pow(Integer(10), 30u);
  const Rational alpha(Integer("314626436994197234232913506571557"), pow(Integer(10), 32u));
  Lattice m(5, 6, Integer(0));
  Rational power = scale;
  for (std::size_t i = 0; i < 5; ++i) {
    m(i, i) = 1;
    m(i, 5) = numerator(power) / denominator(power);
    power *= alpha;
  }
  const Lattice reduced = reduced_basis(m);
  const Integer sign = reduced(0, 4) < 0 ? -1 : 1;
  std::vector<Integer> coefficients;
  for (std::size_t j = 0; j < 5; ++j) coefficients.push_back(sign * reduced(0, j));
  CHECK(coefficients == std::vector<Integer>{1, 0, -10, 0, 1});
}

}  // namespace
}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "affine_codes.hpp"

#include <cassert>
#include <utility>

#include "eigenmata/exact/lattice.hpp"

namespace eigenmata::compiler {
namespace {

using algebra::Point;
using algebra::Transformation;
using exact::Integer;
using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;

const RationalArithmetic kRationals{};

/// The codes with a row of ones below: affine maps become linear.
Matrix<Rational> with_ones(const Matrix<Rational>& codes) {
  Matrix<Rational> result(codes.rows() + 1, codes.columns(), Rational(1));
  for (std::size_t i = 0; i < codes.rows(); ++i) {
    for (std::size_t q = 0; q < codes.columns(); ++q) result(i, q) = codes(i, q);
  }
  return result;
}

Matrix<Rational> columns(const Matrix<Rational>& m, const std::vector<Point>& chosen) {
  Matrix<Rational> result(m.rows(), chosen.size(), Rational(0));
  for (std::size_t i = 0; i < m.rows(); ++i) {
    for (std::size_t j = 0; j < chosen.size(); ++j) result(i, j) = m(i, chosen[j]);
  }
  return result;
}

/// Columns that form a basis of the column space. Needs independent rows.
std::vector<Point> independent_columns(const Matrix<Rational>& m) {
  // Incremental elimination, column by column.
  std::vector<std::vector<Rational>> reduced;
  std::vector<std::size_t> pivots;
  std::vector<Point> chosen;
  for (std::size_t q = 0; q < m.columns() && chosen.size() < m.rows(); ++q) {
    std::vector<Rational> column;
    for (std::size_t i = 0; i < m.rows(); ++i) column.push_back(m(i, q));
    for (std::size_t r = 0; r < reduced.size(); ++r) {
      const Rational factor = column[pivots[r]];
      if (factor.is_zero()) continue;
      for (std::size_t i = 0; i < column.size(); ++i) column[i] -= factor * reduced[r][i];
    }
    std::size_t pivot = 0;
    while (pivot < column.size() && column[pivot].is_zero()) ++pivot;
    if (pivot == column.size()) continue;
    const Rational scale = column[pivot];
    for (Rational& value : column) value /= scale;
    reduced.push_back(std::move(column));
    pivots.push_back(pivot);
    chosen.push_back(static_cast<Point>(q));
  }
  return chosen;
}

/// A point that all the affine maps fix: (A(x) − I) o = −B(x) for every x.
std::optional<std::vector<Rational>> common_fixed_point(const AffineCodes& codes) {
  const std::size_t n = codes.codes.rows();
  Matrix<Rational> equations(codes.a.size() * n, n, Rational(0));
  Matrix<Rational> right(codes.a.size() * n, 1, Rational(0));
  for (std::size_t x = 0; x < codes.a.size(); ++x) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) equations(x * n + i, j) = codes.a[x](i, j) - (i == j ? 1 : 0);
      right(x * n + i, 0) = -codes.b[x][i];
    }
  }
  const auto solution = exact::solve(equations, right);
  if (!solution) return std::nullopt;
  std::vector<Rational> point;
  for (std::size_t i = 0; i < n; ++i) point.push_back((*solution)(i, 0));
  return point;
}

Integer common_denominator(const Matrix<Rational>& m) {
  Integer result = 1;
  for (const Rational& value : m.entries()) result = lcm(result, Integer(denominator(value)));
  return result;
}

Matrix<Integer> scaled_to_integers(const Matrix<Rational>& m) {
  const Integer scale = common_denominator(m);
  std::vector<Integer> entries;
  for (const Rational& value : m.entries()) entries.push_back(numerator(Rational(value * scale)));
  return {m.rows(), m.columns(), std::move(entries)};
}

Matrix<Rational> to_rationals(const Matrix<Integer>& m) {
  std::vector<Rational> entries(m.entries().begin(), m.entries().end());
  return {m.rows(), m.columns(), std::move(entries)};
}

}  // namespace

Matrix<Rational> values_of(const FunctionSpace& space, std::size_t states) {
  Matrix<Rational> values(space.dimension(), states, Rational(0));
  for (std::size_t i = 0; i < space.dimension(); ++i) {
    for (std::size_t q = 0; q < states; ++q) values(i, q) = space.basis[i][q];
  }
  return values;
}

std::optional<AffineCodes> affine_maps(Matrix<Rational> codes, const std::vector<Transformation>& letters) {
  const std::size_t n = codes.rows();
  const Matrix<Rational> extended = with_ones(codes);
  const std::vector<Point> basis_states = independent_columns(extended);
  if (basis_states.size() != n + 1) return std::nullopt;
  const auto inverse = exact::inverse(columns(extended, basis_states));
  assert(inverse.has_value());
  AffineCodes result{std::move(codes), {}, {}};
  for (const Transformation& letter : letters) {
    std::vector<Point> targets;
    for (const Point q : basis_states) targets.push_back(letter.image_of(q));
    const Matrix<Rational> map = multiply(kRationals, columns(result.codes, targets), *inverse);  // [A | b]
    if (multiply(kRationals, map, extended) != columns(result.codes, letter.images())) return std::nullopt;
    Matrix<Rational> a(n, n, Rational(0));
    std::vector<Rational> b;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) a(i, j) = map(i, j);
      b.push_back(map(i, n));
    }
    result.a.push_back(std::move(a));
    result.b.push_back(std::move(b));
  }
  return result;
}

std::optional<AffineCodes> integer_codes(const FunctionSpace& space, const std::vector<Transformation>& letters) {
  const std::size_t n = space.dimension();
  const std::size_t states = letters[0].degree();
  Matrix<Rational> values = values_of(space, states);
  const auto raw = affine_maps(values, letters);
  if (!raw) return std::nullopt;
  std::vector<Rational> origin;
  for (std::size_t i = 0; i < n; ++i) origin.push_back(values(i, 0));
  if (const auto fixed = common_fixed_point(*raw)) origin = *fixed;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t q = 0; q < states; ++q) values(i, q) -= origin[i];
  }
  // In a basis of the lattice of the codes, the codes are integers that generate ℤⁿ, and so are the matrices.
  const Matrix<Integer> scaled = scaled_to_integers(values);
  const Matrix<Rational> basis = to_rationals(exact::lattice_basis(exact::transposed(scaled)));
  assert(basis.rows() == n);
  const auto coordinates = exact::solve(exact::transposed(basis), to_rationals(scaled));
  assert(coordinates.has_value());
  // Short functions mean small codes. Any other basis of the row lattice is another basis of ℤⁿ for the codes.
  return affine_maps(to_rationals(exact::reduced_basis(scaled_to_integers(*coordinates))), letters);
}

std::optional<std::vector<Rational>> affine_function(const Matrix<Rational>& codes,
                                                     const std::vector<Rational>& values) {
  const Matrix<Rational> right(values.size(), 1, values);
  const auto solution = exact::solve(exact::transposed(with_ones(codes)), right);
  if (!solution) return std::nullopt;
  return solution->entries();
}

}  // namespace eigenmata::compiler

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/rank_one_factors.hpp"

#include <cassert>
#include <optional>
#include <utility>

namespace eigenmata::compiler {
namespace {

using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;
using Vector = std::vector<Rational>;

const RationalArithmetic kRationals{};

Vector column(const Matrix<Rational>& a, std::size_t j) {
  Vector result;
  for (std::size_t i = 0; i < a.rows(); ++i) result.push_back(a(i, j));
  return result;
}

Vector row(const Matrix<Rational>& a, std::size_t i) {
  Vector result;
  for (std::size_t j = 0; j < a.columns(); ++j) result.push_back(a(i, j));
  return result;
}

Rational dot(const Vector& a, const Vector& b) {
  Rational sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

Vector times(const Matrix<Rational>& a, const Vector& x) {
  Vector result(a.rows(), Rational(0));
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) {
      if (!x[j].is_zero()) result[i] += a(i, j) * x[j];
    }
  }
  return result;
}

lrnn::RankOneFactor<Rational> factor(const Vector& u, const Vector& v) {
  return {lrnn::sparse(kRationals, u), lrnn::sparse(kRationals, v)};
}

/// a ← a (I − u vᵀ)⁻¹, for vᵀu ≠ 1.
void divide_from_right(Matrix<Rational>& a, const Vector& u, const Vector& v) {
  // (I − u vᵀ)⁻¹ = I + u vᵀ / (1 − vᵀu)
  const Vector image = times(a, u);
  const Rational scale = 1 / (1 - dot(v, u));
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) {
      if (!v[j].is_zero()) a(i, j) += image[i] * v[j] * scale;
    }
  }
}

/// The factors of an idempotent matrix: projections along a basis of its kernel.
std::vector<lrnn::RankOneFactor<Rational>> projections(const Matrix<Rational>& a) {
  const Matrix<Rational> u = exact::kernel(a);
  const std::size_t r = u.columns();
  if (r == 0) return {};
  const Matrix<Rational> difference = exact::subtract(kRationals, exact::identity(kRationals, a.rows()), a);
  // (I − A) u = u, and I − A vanishes on Fix A. So with C any left inverse of u, the rows of C (I − A) are dual to u.
  const auto gram = exact::inverse(multiply(kRationals, exact::transposed(u), u));
  assert(gram.has_value());
  const Matrix<Rational> left_inverse = multiply(kRationals, *gram, exact::transposed(u));
  const Matrix<Rational> v = multiply(kRationals, left_inverse, difference);
  std::vector<lrnn::RankOneFactor<Rational>> result;
  for (std::size_t i = 0; i < r; ++i) result.push_back(factor(column(u, i), row(v, i)));
  return result;
}

/// v with vᵀx ≠ 0 and vᵀy ≠ 0 among the rows of I − A and sums of two of them. For vectors outside Fix A one exists: a
/// row that does not vanish at x, one that does not at y, and if neither does both, their sum.
Vector separating_functional(const Matrix<Rational>& difference, const Vector& x, const Vector& y) {
  std::optional<Vector> at_x;
  std::optional<Vector> at_y;
  for (std::size_t i = 0; i < difference.rows(); ++i) {
    Vector v = row(difference, i);
    const bool sees_x = !dot(v, x).is_zero();
    const bool sees_y = !dot(v, y).is_zero();
    if (sees_x && sees_y) return v;
    if (sees_x) {
      at_x = std::move(v);
    } else if (sees_y) {
      at_y = std::move(v);
    }
  }
  assert(at_x && at_y);
  for (std::size_t j = 0; j < at_x->size(); ++j) (*at_x)[j] += (*at_y)[j];
  return *at_x;
}

/// A unit vector x with A(Ax) ≠ Ax; nothing if A² = A.
std::optional<Vector> moved_twice(const Matrix<Rational>& a) {
  for (std::size_t j = 0; j < a.rows(); ++j) {
    const Vector y = column(a, j);
    if (times(a, y) != y) {
      Vector x(a.rows(), Rational(0));
      x[j] = 1;
      return x;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<lrnn::RankOneFactor<Rational>> rank_one_factors(Matrix<Rational> a) {
  assert(a.rows() == a.columns());
  std::vector<lrnn::RankOneFactor<Rational>> factors;
  while (const auto x = moved_twice(a)) {
    const Vector y = times(a, *x);
    const Vector v =
        separating_functional(exact::subtract(kRationals, exact::identity(kRationals, a.rows()), a), *x, y);
    Vector u = *x;
    for (std::size_t i = 0; i < u.size(); ++i) u[i] = (u[i] - y[i]) / dot(v, *x);
    factors.push_back(factor(u, v));
    divide_from_right(a, u, v);
  }
  for (auto& last : projections(a)) factors.push_back(std::move(last));
  return factors;
}

}  // namespace eigenmata::compiler

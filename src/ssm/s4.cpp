// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/s4.hpp"

#include "eigenmata/core/limits.hpp"
#include "eigenmata/exact/complex_ball_matrix.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"

namespace eigenmata::ssm {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Rational;

namespace {

const exact::RationalArithmetic kQ;

/// normal = A + p qᵀ.
NormalPlusLowRank split(const Matrix<Rational>& a, Matrix<Rational> p, Matrix<Rational> q, std::vector<Rational> gram) {
  const auto product = exact::multiply(kQ, p, exact::transposed(q));
  Matrix<Rational> normal = a;
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) normal(i, j) += product(i, j);
  }
  return {std::move(normal), std::move(p), std::move(q), std::move(gram)};
}

std::vector<Rational> legendre_gram(std::size_t size) {
  std::vector<Rational> gram;
  for (std::size_t n = 0; n < size; ++n) gram.emplace_back(1, 2 * n + 1);
  return gram;
}

}  // namespace

NormalPlusLowRank legs_normal_form(std::size_t size) {
  const auto system = legs_form(size);
  Matrix<Rational> p(size, 1, system.b), q(size, 1, Rational(1));
  for (std::size_t n = 0; n < size; ++n) p(n, 0) /= Rational(2);
  return split(system.a, std::move(p), std::move(q), legendre_gram(size));
}

NormalPlusLowRank legt_normal_form(std::size_t size) {
  const auto system = legt_form(size);
  Matrix<Rational> p(size, 2, Rational(0)), q(size, 2, Rational(0));
  for (std::size_t n = 0; n < size; ++n) {
    p(n, n % 2) = Rational(2 * n + 1);
    q(n, n % 2) = 1;
  }
  return split(system.a, std::move(p), std::move(q), legendre_gram(size));
}

NormalPlusLowRank lagt_normal_form(std::size_t size) {
  return split(lagt_form(size).a, {size, 1, Rational(1, 2)}, {size, 1, Rational(1)},
               std::vector<Rational>(size, Rational(1)));
}

Matrix<Rational> power(Matrix<Rational> a, std::size_t n) {
  Matrix<Rational> result = exact::identity(kQ, a.rows());
  for (; n > 0; n /= 2) {
    if (n % 2 == 1) result = exact::multiply(kQ, result, a);
    if (n > 1) a = exact::multiply(kQ, a, a);
  }
  return result;
}

std::vector<Rational> applied_from_left(const std::vector<Rational>& c, const Matrix<Rational>& a) {
  return exact::multiply(kQ, Matrix<Rational>(1, c.size(), c), a).entries();
}

Rational woodbury_value(const NormalPlusLowRank& form, const std::vector<Rational>& b, const std::vector<Rational>& c,
                        const Rational& step, const Rational& z) {
  if (z == -1) throw core::Error("the generating function at -1 by the formula for other points");
  const std::size_t size = b.size(), rank = form.p.columns();
  const Rational g = Rational(2) / step * (Rational(1) - z) / (Rational(1) + z);
  Matrix<Rational> r(size, size, Rational(0)), right(size, rank + 1, Rational(0)), left(rank + 1, size, Rational(0));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) r(i, j) = (i == j ? g : Rational(0)) - form.normal(i, j);
    right(i, 0) = b[i];
    left(0, i) = c[i];
    for (std::size_t j = 0; j < rank; ++j) {
      right(i, j + 1) = form.p(i, j);
      left(j + 1, i) = form.q(i, j);
    }
  }
  const auto products = exact::multiply(kQ, left, divided(r, right));  // [c; qᵀ] R⁻¹ [b, p]
  Matrix<Rational> small(rank, rank, Rational(0)), qb(rank, 1, Rational(0));
  for (std::size_t i = 0; i < rank; ++i) {
    for (std::size_t j = 0; j < rank; ++j) small(i, j) = products(i + 1, j + 1) + Rational(i == j ? 1 : 0);
    qb(i, 0) = products(i + 1, 0);
  }
  const auto inner = divided(small, qb);
  Rational value = products(0, 0);
  for (std::size_t i = 0; i < rank; ++i) value -= products(0, i + 1) * inner(i, 0);
  return Rational(2) / (Rational(1) + z) * value;
}

CauchyForm<ComplexBall> legs_cauchy_form(std::size_t size, const std::vector<ComplexBall>& c, std::size_t bits) {
  const NormalPlusLowRank form = legs_normal_form(size);
  const exact::ComplexBallArithmetic k{bits};
  const auto system = legs_form(size);
  std::vector<Ball> root;  // x_n = c_n / r_n
  for (std::size_t n = 0; n < size; ++n) root.push_back(exact::square_root(Ball(Rational(2 * n + 1), bits), bits));
  Matrix<ComplexBall> normal(size, size, ComplexBall());
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      const Ball entry(form.normal(i, j), bits);
      normal(i, j) = ComplexBall(exact::divide(exact::multiply(entry, root[j], bits), root[i], bits));
    }
  }
  const auto eigen = exact::enclosed_eigensystem(normal, bits);
  if (!eigen) {
    throw core::LimitReached(core::LimitReached::Kind::kSize,
                             "balls of " + std::to_string(bits) + " bits do not separate the eigenvalues");
  }
  CauchyForm<ComplexBall> result;
  result.lambda = eigen->values;
  std::vector<ComplexBall> b, p, row_c, row_q;
  for (std::size_t n = 0; n < size; ++n) {
    const ComplexBall r(root[n]);
    b.push_back(k.divide(k.from_rational(system.b[n]), r));
    p.push_back(k.divide(k.from_rational(form.p(n, 0)), r));
    row_c.push_back(k.multiply(c[n], r));
    row_q.push_back(k.multiply(k.from_rational(form.q(n, 0)), r));
  }
  const auto right = exact::transposed(eigen->right);
  result.b = applied(k, eigen->left, b);
  result.p = applied(k, eigen->left, p);
  result.c = applied(k, right, row_c);
  result.q = applied(k, right, row_q);
  return result;
}

}  // namespace eigenmata::ssm

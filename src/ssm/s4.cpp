// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/s4.hpp"

#include "eigenmata/core/limits.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/s4_spectrum.hpp"

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

// With Σ r_n v_n = 1 for each eigenvector (s4_spectrum.hpp), r being B of the paper's normalisation, v* r = 1 as well:
// after division by |v| the entries of b and q are 1/|v|, those of p half of it.
CauchyForm<ComplexBall> legs_cauchy_form(std::size_t size, const std::vector<ComplexBall>& c, std::size_t bits) {
  const exact::ComplexBallArithmetic k{bits};
  std::vector<Ball> y = legs_imaginary_parts_by_phase(size, bits);
  const std::size_t pairs = y.size();
  for (std::size_t j = 0; j < pairs; ++j) y.push_back(exact::subtract(Ball(), y[j], bits));
  if (size % 2 == 1) y.emplace_back();
  const Ball half(Rational(1, 2), bits);
  CauchyForm<ComplexBall> result;
  for (const Ball& part : y) {
    const auto v = legs_skew_eigenvector(size, part, bits);
    Ball norm;
    ComplexBall output;
    for (std::size_t n = 0; n < size; ++n) {
      norm = exact::add(norm, k.multiply(v[n], v[n].conjugate()).real(), bits);
      const Ball root = exact::square_root(Ball(Rational(2 * n + 1), bits), bits);
      exact::add_product(k, output, k.multiply(c[n], ComplexBall(root)), v[n]);
    }
    const Ball scale = exact::divide(Ball(1, bits), exact::square_root(norm, bits), bits);
    result.lambda.emplace_back(exact::subtract(Ball(), half, bits), part);
    result.b.emplace_back(scale);
    result.q.emplace_back(scale);
    result.p.emplace_back(exact::multiply(half, scale, bits));
    result.c.push_back(k.multiply(output, ComplexBall(scale)));
  }
  return result;
}

}  // namespace eigenmata::ssm

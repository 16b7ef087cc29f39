// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/projection.hpp"

#include "eigenmata/core/error.hpp"
#include "eigenmata/ssm/legendre.hpp"

namespace eigenmata::ssm {

using exact::Polynomial;
using exact::Rational;

namespace {

const exact::RationalArithmetic kQ;

Polynomial<Rational> antiderivative(const Polynomial<Rational>& p) {
  std::vector<Rational> result{0};
  for (std::size_t i = 0; i < p.coefficients.size(); ++i) result.push_back(p.coefficients[i] / Rational(i + 1));
  return exact::make_polynomial(kQ, std::move(result));
}

}  // namespace

PiecewisePolynomial piecewise_constant(const std::vector<Rational>& values) {
  if (values.empty()) throw core::Error("a signal without values");
  PiecewisePolynomial f;
  for (std::size_t i = 0; i <= values.size(); ++i) f.ends.emplace_back(i, values.size());
  for (const Rational& value : values) f.pieces.push_back(exact::make_polynomial(kQ, {value}));
  return f;
}

std::vector<Polynomial<Rational>> shifted_legendre(std::size_t count) {
  std::vector<Polynomial<Rational>> result;
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<Rational> p(n + 1);
    p[0] = n % 2 == 0 ? 1 : -1;
    for (std::size_t k = 0; k < n; ++k) p[k + 1] = -p[k] * Rational((n - k) * (n + k + 1), (k + 1) * (k + 1));
    result.push_back({std::move(p)});
  }
  return result;
}

std::vector<Rational> legendre_coefficients(const PiecewisePolynomial& f, std::size_t count) {
  std::vector<Rational> c;
  for (const auto& p : shifted_legendre(count)) {
    const Polynomial<Rational> primitive = antiderivative(p);
    Rational sum = 0;
    for (std::size_t i = 0; i < f.pieces.size(); ++i) {
      if (f.pieces[i].is_zero()) continue;
      if (f.pieces[i].degree() == 0) {
        sum += f.pieces[i].coefficients[0] *
               (exact::evaluate(kQ, primitive, f.ends[i + 1]) - exact::evaluate(kQ, primitive, f.ends[i]));
      } else {
        sum += integral(exact::multiply(kQ, f.pieces[i], p), f.ends[i], f.ends[i + 1]);
      }
    }
    c.push_back(Rational(2 * c.size() + 1) * sum);
  }
  return c;
}

Polynomial<Rational> reconstructed(const std::vector<Rational>& c) {
  Polynomial<Rational> sum;
  const auto p = shifted_legendre(c.size());
  for (std::size_t n = 0; n < c.size(); ++n)
    sum = exact::add(kQ, sum, exact::multiply(kQ, exact::make_polynomial(kQ, {c[n]}), p[n]));
  return sum;
}

Rational squared_norm(const PiecewisePolynomial& f) {
  Rational sum = 0;
  for (std::size_t i = 0; i < f.pieces.size(); ++i)
    sum += integral(exact::multiply(kQ, f.pieces[i], f.pieces[i]), f.ends[i], f.ends[i + 1]);
  return sum;
}

Rational squared_norm(const std::vector<Rational>& c) {
  Rational sum = 0;
  for (std::size_t n = 0; n < c.size(); ++n) sum += c[n] * c[n] / Rational(2 * n + 1);
  return sum;
}

}  // namespace eigenmata::ssm

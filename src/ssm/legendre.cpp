// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/legendre.hpp"

namespace eigenmata::ssm {

using exact::Polynomial;
using exact::Rational;

std::vector<Polynomial<Rational>> legendre_polynomials(std::size_t count) {
  const exact::RationalArithmetic q;
  std::vector<Polynomial<Rational>> p;
  for (std::size_t n = 0; n < count; ++n) {
    std::vector<Rational> next(n + 1, Rational(0));
    if (n == 0) next[0] = 1;
    if (n == 1) next[1] = 1;
    if (n >= 2) {
      const auto& a = p[n - 1].coefficients;
      const auto& b = p[n - 2].coefficients;
      for (std::size_t i = 0; i < a.size(); ++i) next[i + 1] += Rational(2 * n - 1, n) * a[i];
      for (std::size_t i = 0; i < b.size(); ++i) next[i] -= Rational(n - 1, n) * b[i];
    }
    p.push_back(exact::make_polynomial(q, std::move(next)));
  }
  return p;
}

Polynomial<Rational> derivative(const Polynomial<Rational>& p) {
  std::vector<Rational> result;
  for (std::size_t i = 1; i < p.coefficients.size(); ++i) result.push_back(p.coefficients[i] * Rational(i));
  return exact::make_polynomial(exact::RationalArithmetic(), std::move(result));
}

Rational integral(const Polynomial<Rational>& p, const Rational& a, const Rational& b) {
  std::vector<Rational> primitive{0};
  for (std::size_t i = 0; i < p.coefficients.size(); ++i) primitive.push_back(p.coefficients[i] / Rational(i + 1));
  const exact::RationalArithmetic q;
  const Polynomial<Rational> antiderivative = exact::make_polynomial(q, std::move(primitive));
  return exact::evaluate(q, antiderivative, b) - exact::evaluate(q, antiderivative, a);
}

}  // namespace eigenmata::ssm

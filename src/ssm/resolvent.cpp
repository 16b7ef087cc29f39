// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/resolvent.hpp"

namespace eigenmata::ssm {

using exact::Polynomial;
using exact::Rational;

Resolvent resolvent(const LinearSystem<Rational>& system, const std::vector<Rational>& c) {
  const exact::RationalArithmetic q;
  exact::Matrix<Rational> shifted = system.a;  // A − B C
  for (std::size_t i = 0; i < system.size(); ++i) {
    for (std::size_t j = 0; j < system.size(); ++j) shifted(i, j) -= system.b[i] * c[j];
  }
  Polynomial<Rational> denominator = exact::characteristic_polynomial(q, system.a);
  std::vector<Rational> numerator = exact::characteristic_polynomial(q, shifted).coefficients;
  for (std::size_t i = 0; i < numerator.size(); ++i) numerator[i] -= denominator.coefficients[i];
  return {exact::make_polynomial(q, std::move(numerator)), std::move(denominator)};
}

bool is_hurwitz(const Polynomial<Rational>& p) {
  const std::size_t degree = p.degree();
  std::vector<Rational> above, row;
  for (std::size_t i = degree + 1; i-- > 0;) ((degree - i) % 2 == 0 ? above : row).push_back(p.coefficients[i]);
  const int sign = above.front().sign();
  // A row shorter by one at every second step; a 0 in the first column is no sign, so not Hurwitz.
  for (std::size_t i = 0; i < degree; ++i) {
    if (row.empty() || row.front().sign() != sign) return false;
    const Rational factor = above.front() / row.front();
    std::vector<Rational> next;
    for (std::size_t j = 1; j < above.size(); ++j)
      next.push_back(j < row.size() ? above[j] - factor * row[j] : above[j]);
    above = std::move(row);
    row = std::move(next);
  }
  return true;
}

}  // namespace eigenmata::ssm

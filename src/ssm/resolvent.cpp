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

}  // namespace eigenmata::ssm

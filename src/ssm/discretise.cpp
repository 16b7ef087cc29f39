// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/discretise.hpp"

namespace eigenmata::ssm {

using exact::Matrix;
using exact::Rational;

Matrix<Rational> divided(const Matrix<Rational>& a, const Matrix<Rational>& b) {
  if (exact::determinant(a) == 0) throw core::Error("a step for which the matrix to be inverted is singular");
  return exact::solve(a, b).value();
}

Matrix<Rational> beside(const Matrix<Rational>& a, const std::vector<Rational>& b) {
  Matrix<Rational> ab(a.rows(), a.columns() + 1, Rational(0));
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) ab(i, j) = a(i, j);
    ab(i, a.columns()) = b[i];
  }
  return ab;
}

LinearSystem<Rational> taken_apart(const Matrix<Rational>& ab) {
  const std::size_t size = ab.rows();
  LinearSystem<Rational> result{{size, size, Rational(0)}, {}};
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) result.a(i, j) = ab(i, j);
    result.b.push_back(ab(i, size));
  }
  return result;
}

LinearSystem<Rational> generalised_bilinear(const LinearSystem<Rational>& system, const Rational& alpha,
                                            const Rational& step) {
  const exact::RationalArithmetic q;
  require_state(system.size());
  const auto implicit = accelerated(q, system, -alpha * step), explicit_part = accelerated(q, system, step);
  auto right = accelerated(q, system, (Rational(1) - alpha) * step).a;
  return taken_apart(
      divided(shifted(q, implicit.a, Rational(1)), beside(shifted(q, right, Rational(1)), explicit_part.b)));
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/legs.hpp"

#include "eigenmata/ssm/hippo_forms.hpp"

namespace eigenmata::ssm {

using exact::Matrix;
using exact::Rational;

namespace {

const exact::RationalArithmetic kQ;

template <class Entry>
Matrix<Rational> lower_triangular(std::size_t size, const Entry& entry) {
  require_state(size);
  Matrix<Rational> result(size, size, Rational(0));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) result(i, j) = entry(i, j);
  }
  return result;
}

}  // namespace

Matrix<Rational> legs_eigenvectors(std::size_t size) {
  return lower_triangular(size, [](std::size_t i, std::size_t j) {
    const Rational value = Rational(2 * i + 1) * Rational(binomial(i + j, i - j));
    return (i - j) % 2 == 0 ? value : -value;
  });
}

Matrix<Rational> legs_inverse_eigenvectors(std::size_t size) {
  return lower_triangular(
      size, [](std::size_t i, std::size_t j) { return Rational(binomial(2 * i, i - j)) / Rational(i + j + 1); });
}

Matrix<Rational> legs_power(std::size_t size, const Rational& s) {
  Matrix<Rational> scaled = legs_eigenvectors(size);
  Rational power = 1;
  for (std::size_t j = 0; j < size; ++j) {
    power *= s;
    for (std::size_t i = j; i < size; ++i) scaled(i, j) *= power;
  }
  return exact::multiply(kQ, scaled, legs_inverse_eigenvectors(size));
}

LinearSystem<Rational> legs_step(std::size_t size, const Rational& from, const Rational& to) {
  if (from <= 0 || to < from) {
    throw core::Error("a LegS step from time " + exact::to_string(from) + " to " + exact::to_string(to) +
                      "; it has to begin after 0 and not to end before it begins");
  }
  LinearSystem<Rational> step{legs_power(size, from / to), {}};
  for (std::size_t i = 0; i < size; ++i) step.b.push_back(Rational(i == 0 ? 1 : 0) - step.a(i, 0));
  return step;
}

std::vector<exact::Polynomial<Rational>> legs_exponential(std::size_t size) {
  const Matrix<Rational> v = legs_eigenvectors(size), w = legs_inverse_eigenvectors(size);
  std::vector<exact::Polynomial<Rational>> result;
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) {
      std::vector<Rational> p(size + 1, Rational(0));
      for (std::size_t l = j; l <= i; ++l) p[l + 1] = v(i, l) * w(l, j);
      result.push_back(exact::make_polynomial(kQ, std::move(p)));
    }
  }
  return result;
}

}  // namespace eigenmata::ssm

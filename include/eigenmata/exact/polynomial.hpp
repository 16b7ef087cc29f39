// SPDX-License-Identifier: Apache-2.0
//
// Polynomials in one variable: a generic part over any arithmetic, and what FLINT does over the rationals.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact {

/// Coefficients from the constant term up; the last one is not zero, and the zero polynomial has none. (Over balls
/// "not zero" means: not exactly zero.)
template <class S>
struct Polynomial {
  std::vector<S> coefficients;

  [[nodiscard]] bool is_zero() const { return coefficients.empty(); }
  /// Needs a polynomial other than zero.
  [[nodiscard]] std::size_t degree() const { return coefficients.size() - 1; }

  friend bool operator==(const Polynomial&, const Polynomial&) = default;
};

template <Arithmetic K>
[[nodiscard]] Polynomial<typename K::Scalar> make_polynomial(const K& k, std::vector<typename K::Scalar> coefficients) {
  while (!coefficients.empty() && k.is_zero(coefficients.back())) coefficients.pop_back();
  return {std::move(coefficients)};
}

/// Cost: O(deg a · deg b).
template <Arithmetic K>
[[nodiscard]] Polynomial<typename K::Scalar> multiply(const K& k, const Polynomial<typename K::Scalar>& a,
                                                      const Polynomial<typename K::Scalar>& b) {
  if (a.is_zero() || b.is_zero()) return {};
  std::vector<typename K::Scalar> product(a.coefficients.size() + b.coefficients.size() - 1, k.zero());
  for (std::size_t i = 0; i < a.coefficients.size(); ++i) {
    for (std::size_t j = 0; j < b.coefficients.size(); ++j) {
      product[i + j] = k.add(product[i + j], k.multiply(a.coefficients[i], b.coefficients[j]));
    }
  }
  return make_polynomial(k, std::move(product));
}

template <Arithmetic K>
[[nodiscard]] Polynomial<typename K::Scalar> add(const K& k, const Polynomial<typename K::Scalar>& a,
                                                 const Polynomial<typename K::Scalar>& b) {
  std::vector<typename K::Scalar> sum = a.coefficients;
  sum.resize(std::max(a.coefficients.size(), b.coefficients.size()), k.zero());
  for (std::size_t i = 0; i < b.coefficients.size(); ++i) sum[i] = k.add(sum[i], b.coefficients[i]);
  return make_polynomial(k, std::move(sum));
}

/// Horner's rule.
template <Arithmetic K>
[[nodiscard]] typename K::Scalar evaluate(const K& k, const Polynomial<typename K::Scalar>& p,
                                          const typename K::Scalar& x) {
  typename K::Scalar value = k.zero();
  for (std::size_t i = p.coefficients.size(); i-- > 0;) value = k.add(k.multiply(value, x), p.coefficients[i]);
  return value;
}

/// The irreducible monic factors over ℚ and their multiplicities, by FLINT; the leading coefficient is left out.
/// Needs a polynomial other than zero.
[[nodiscard]] std::vector<std::pair<Polynomial<Rational>, std::size_t>> factors(const Polynomial<Rational>& p);

/// Monic; zero only for two zero polynomials.
[[nodiscard]] Polynomial<Rational> greatest_common_divisor(const Polynomial<Rational>& a,
                                                           const Polynomial<Rational>& b);

/// "x^3-1/2*x+5", highest power first; "0" for the zero polynomial.
[[nodiscard]] std::string to_string(const Polynomial<Rational>& p, std::string_view variable = "x");

/// Inverse of `to_string`: strictly decreasing powers, canonical coefficients, no blanks, degree at most 10,000.
/// Throws `core::Error` at `place`.
[[nodiscard]] Polynomial<Rational> parse_polynomial(std::string_view text, std::string_view variable,
                                                    const core::Place& place);

/// One term of a polynomial: coefficient · variable^power.
struct Term {
  Rational coefficient = 1;
  std::size_t power = 0;
};

/// Reads "3/4", "x", "-x^2", "5*x^3": no leading '+', a coefficient 1 is not written. Throws `core::Error` at `place`.
[[nodiscard]] Term parse_term(std::string_view text, std::string_view variable, const core::Place& place);

}  // namespace eigenmata::exact

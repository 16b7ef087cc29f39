// SPDX-License-Identifier: Apache-2.0
//
// LegS, the system T·x′ = A x + B u that keeps the whole past (hippo.hpp). A is lower triangular with eigenvalues −1 …
// −N and explicit eigenvectors, so that powers s^{−A} are rational for rational s, and the exact step over [t₀, t₁]
// with constant input u,
//
//   x ← E x + A⁻¹(E − I) B u,   E = (t₀/t₁)^{−A},   A⁻¹B = −e_0,
//
// is, too. As a time-invariant system x′ = A x + B u, its e^{tA} is a matrix over ℚ[q], q = e^{−t}. A is also a
// diagonal matrix minus prefix sums, so A x and (I − λA)⁻¹ x cost O(N) operations.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/exact/polynomial.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

/// A V = V diag(−1, …, −N), V_ij = (−1)^{i−j} (2i + 1) binomial(i + j, i − j). Throws `core::Error` for N = 0, as all
/// here.
[[nodiscard]] exact::Matrix<exact::Rational> legs_eigenvectors(std::size_t size);
/// V⁻¹_ij = binomial(2i, i − j)/(i + j + 1).
[[nodiscard]] exact::Matrix<exact::Rational> legs_inverse_eigenvectors(std::size_t size);

/// s^{−A} = V diag(s, s², …, s^N) V⁻¹.
[[nodiscard]] exact::Matrix<exact::Rational> legs_power(std::size_t size, const exact::Rational& s);

/// The exact step from time t₀ to t₁. Throws `core::Error` unless 0 < t₀ ≤ t₁: before time 0 there is no past, and the
/// state at t₁ > 0 after input u from 0 on is u·e_0.
[[nodiscard]] LinearSystem<exact::Rational> legs_step(std::size_t size, const exact::Rational& from,
                                                      const exact::Rational& to);

/// e^{tA} as polynomials in q = e^{−t}, row by row.
[[nodiscard]] std::vector<exact::Polynomial<exact::Rational>> legs_exponential(std::size_t size);

/// A x: (A x)_n = n x_n − (2n + 1) Σ_{k≤n} x_k. Cost: O(N) operations.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> legs_applied(const K& k, const std::vector<typename K::Scalar>& x) {
  std::vector<typename K::Scalar> result;
  typename K::Scalar prefix = k.zero();
  for (std::size_t n = 0; n < x.size(); ++n) {
    prefix = k.add(prefix, x[n]);
    result.push_back(k.subtract(k.multiply(k.from_rational(exact::Rational(n)), x[n]),
                                k.multiply(k.from_rational(exact::Rational(2 * n + 1)), prefix)));
  }
  return result;
}

/// The z with (I − λA) z = v: its prefix sums obey S_n (1 + λ(n + 1)) = (1 − λn) S_{n−1} + v_n. Needs λ other than
/// −1/(n + 1). Cost: O(N) operations.
template <exact::Field K>
[[nodiscard]] std::vector<typename K::Scalar> legs_solved(const K& k, const typename K::Scalar& lambda,
                                                          const std::vector<typename K::Scalar>& v) {
  using S = typename K::Scalar;
  std::vector<S> z;
  S before = k.zero();
  for (std::size_t n = 0; n < v.size(); ++n) {
    const S keep = k.subtract(k.one(), k.multiply(k.from_rational(exact::Rational(n)), lambda));
    const S divisor = k.add(k.one(), k.multiply(k.from_rational(exact::Rational(n + 1)), lambda));
    const S prefix = k.divide(k.add(k.multiply(keep, before), v[n]), divisor);
    z.push_back(k.subtract(prefix, before));
    before = prefix;
  }
  return z;
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// The identities of Legendre polynomials that the HiPPO derivations use.
#include "claims.hpp"
#include "compare.hpp"
#include "eigenmata/ssm/legendre.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Polynomial;
using exact::Rational;

Failure unless_equal(const Polynomial<Rational>& left, const Polynomial<Rational>& right) {
  if (left == right) return {};
  return exact::to_string(left, "t") + " is not " + exact::to_string(right, "t");
}

Polynomial<Rational> scaled(const Rational& factor, const Polynomial<Rational>& p) {
  return exact::multiply(kQ, exact::make_polynomial(kQ, {factor}), p);
}

Finding orthogonality(const Scope& scope) {
  return for_sizes(scope, 1, 32, exactly_in("Q"), [](std::size_t size) -> Failure {
    const auto p = legendre_polynomials(size);
    const std::size_t n = size - 1;
    for (std::size_t k = 0; k <= n; ++k) {
      const Rational product = integral(exact::multiply(kQ, p[n], p[k]), -1, 1);
      const Rational expected = n == k ? Rational(2, 2 * n + 1) : Rational(0);
      if (product != expected) return "with P_" + std::to_string(k) + " it is " + exact::to_string(product);
    }
    return {};
  });
}

Finding derivative_difference(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q[t]"), [](std::size_t n) {
    const auto p = legendre_polynomials(n + 2);
    return unless_equal(exact::add(kQ, derivative(p[n + 1]), scaled(-1, derivative(p[n - 1]))),
                        scaled(Rational(2 * n + 1), p[n]));
  });
}

Polynomial<Rational> times_shifted(const Rational& shift, const Polynomial<Rational>& p) {  // (t + shift) p
  return exact::multiply(kQ, {{shift, Rational(1)}}, p);
}

Finding derivative_step(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q[t]"), [](std::size_t size) {
    const std::size_t n = size - 1;
    const auto p = legendre_polynomials(n + 2);
    return unless_equal(derivative(p[n + 1]),
                        exact::add(kQ, scaled(Rational(n + 1), p[n]), times_shifted(0, derivative(p[n]))));
  });
}

Finding derivative_sum(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q[t]"), [](std::size_t size) {
    const std::size_t n = size - 1;
    const auto p = legendre_polynomials(n + 2);
    Polynomial<Rational> sum;
    for (std::size_t k = n % 2; k <= n; k += 2) sum = exact::add(kQ, sum, scaled(Rational(2 * k + 1), p[k]));
    return unless_equal(derivative(p[n + 1]), sum);
  });
}

Finding shifted_derivative(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q[t]"), [](std::size_t size) {
    const std::size_t n = size - 1;
    const auto p = legendre_polynomials(size);
    Polynomial<Rational> sum = scaled(-Rational(n + 1), p[n]);
    for (std::size_t k = 0; k <= n; ++k) sum = exact::add(kQ, sum, scaled(Rational(2 * k + 1), p[k]));
    return unless_equal(times_shifted(1, derivative(p[n])), sum);
  });
}

// 2χ(n − 1 − k) + (−1)^{n−k}, χ being 1 on even numbers: what is left of LegT's boundary term and derivative for k < n.
Finding parity(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Z"), [](std::size_t n) -> Failure {
    for (std::size_t k = 0; k < n; ++k) {
      if (((n - 1 - k) % 2 == 0 ? 2 : 0) + ((n - k) % 2 == 0 ? 1 : -1) != 1) return "k = " + std::to_string(k);
    }
    return {};
  });
}

}  // namespace

Claims legendre_claims() {
  return {
      {"legendre.orthogonality", ClaimKind::kIdentity, "∫ P_n P_k over [-1, 1] is 2/(2n + 1) for k = n and 0 for k < n",
       "this project", orthogonality},
      {"legendre.derivative-difference", ClaimKind::kIdentity, "P'_{n+1} - P'_{n-1} = (2n + 1) P_n", "this project",
       derivative_difference},
      {"legendre.derivative-step", ClaimKind::kIdentity, "P'_{n+1} = (n + 1) P_n + t P'_n, n = N - 1", "this project",
       derivative_step},
      {"legendre.derivative-sum", ClaimKind::kIdentity,
       "P'_{n+1} is the sum of (2k + 1) P_k over k <= n with n - k even, n = N - 1", "this project", derivative_sum},
      {"legendre.shifted-derivative", ClaimKind::kIdentity,
       "(t + 1) P'_n = -(n + 1) P_n + the sum of (2k + 1) P_k over k <= n, n = N - 1", "this project",
       shifted_derivative},
      {"legendre.parity", ClaimKind::kIdentity, "2 [n - 1 - k is even] + (-1)^(n-k) = 1 for k < n", "this project",
       parity},
  };
}

}  // namespace eigenmata::ssm

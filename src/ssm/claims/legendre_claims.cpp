// SPDX-License-Identifier: Apache-2.0
//
// The identities of Legendre polynomials that the HiPPO derivations use.
#include "claims.hpp"
#include "eigenmata/ssm/legendre.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Polynomial;
using exact::Rational;

const exact::RationalArithmetic kQ;

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

}  // namespace

Claims legendre_claims() {
  return {
      {"legendre.orthogonality", ClaimKind::kIdentity, "∫ P_n P_k over [-1, 1] is 2/(2n + 1) for k = n and 0 for k < n",
       "this project", orthogonality},
      {"legendre.derivative-difference", ClaimKind::kIdentity, "P'_{n+1} - P'_{n-1} = (2n + 1) P_n", "this project",
       derivative_difference},
  };
}

}  // namespace eigenmata::ssm

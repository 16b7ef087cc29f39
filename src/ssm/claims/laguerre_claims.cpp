// SPDX-License-Identifier: Apache-2.0
//
// HiPPO with Laguerre polynomials: LagT, tilted and generalised.
#include "compare.hpp"
#include "eigenmata/ssm/hippo.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Matrix;
using exact::Rational;

Finding lagt_matrix(const Scope& scope) {
  return for_sizes(scope, 1, 48, exactly_in("Q"), [](std::size_t n) { return unless_equal(lagt(n), lagt_form(n)); });
}

Finding generalised_lagt_matrix(const Scope& scope) {
  return for_sizes(scope, 1, 24, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (const Rational& alpha : {Rational(0), Rational(-1, 2), Rational(1, 3), Rational(2)}) {
      for (const Rational& beta : {Rational(1), Rational(1, 4), Rational(-1, 3)}) {
        if (const Failure failure = unless_equal(generalised_lagt(n, alpha, beta), lagt_form(n, alpha, beta)))
          return "alpha = " + exact::to_string(alpha) + ", beta = " + exact::to_string(beta) + ": " + *failure;
      }
    }
    return {};
  });
}

// α = 0: between LagT (β = 0) and the paper's own LagT (β = 1), which is −tril(1).
Finding tilted_matrix(const Scope& scope) {
  return for_sizes(scope, 1, 24, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (const Rational& beta : {Rational(0), Rational(1, 3), Rational(1), Rational(5, 2)}) {
      const auto system = generalised_lagt(n, 0, beta);
      Matrix<Rational> printed(n, n, Rational(0));
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) printed(i, j) = i == j ? (Rational(1) - beta) / 2 - 1 : Rational(-1);
      }
      if (Failure failure = unless_equal("A", system.a, printed)) return failure;
      // The repository's B = β: the input times β, as the measure β e^{−βx} has it.
      if (Failure failure = unless_equal("B", system.b, ones(n))) return failure;
      if (beta.is_zero()) {
        if (Failure failure = unless_equal(system, lagt(n))) return failure;
      }
      if (beta == 1) {
        for (std::size_t i = 0; i < n; ++i) {
          for (std::size_t j = 0; j <= i; ++j) {
            if (system.a(i, j) != -1) return "beta = 1 is not -tril(1)";
          }
        }
      }
    }
    return {};
  });
}

// Repositories conjugate by L_n = √(Γ(n + α + 1)/Γ(n + 1)): L_n²/Γ(α + 1) = (α + 1)⋯(α + n)/n! is the norm of
// L_n^{(α)}.
Finding laguerre_norms(const Scope& scope) {
  return for_sizes(scope, 1, 24, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (const Rational& alpha : {Rational(-1, 2), Rational(0), Rational(1, 3), Rational(2)}) {
      const auto basis = laguerre_basis(n, alpha);
      const auto products = inner_products(kQ, basis.p, basis);
      Rational norm = 1;
      for (std::size_t i = 0; i < n; ++i) {
        if (i > 0) norm *= (alpha + Rational(i)) / Rational(i);
        for (std::size_t j = 0; j < n; ++j) {
          if (Failure failure = unless_equal("the product of " + std::to_string(i) + " and " + std::to_string(j),
                                             products(i, j), i == j ? norm : Rational(0)))
            return failure;
        }
      }
    }
    return {};
  });
}

Finding lagt_energy(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"),
                   [](std::size_t n) { return unless_energy(lagt_form(n).a, ones(n), {ones(n)}, false); });
}
}  // namespace

Claims laguerre_claims() {
  return {
      {"hippo.lagt.matrix", ClaimKind::kIdentity,
       "L_n(x) exp(-x/2) gives A_nk = -{1 for k < n, 1/2 for k = n, 0 for k > n}, B_n = 1", "GuEtAl2020", lagt_matrix},
      {"hippo.lagt.generalised", ClaimKind::kIdentity,
       "L_n^(a)(x) exp(-(1 + b) x/2) gives (1 - b)/2 - tril(1), B_n = binomial(n + a, n)", "GuEtAl2020",
       generalised_lagt_matrix},
      {"hippo.lagt.tilted", ClaimKind::kIdentity,
       "a = 0 gives (1 - b)/2 - tril(1), B = 1: LagT for b = 0, and for b = 1 the paper's -tril(1)", "GuEtAl2020",
       tilted_matrix},
      {"hippo.lagt.norms", ClaimKind::kIdentity,
       "L_n^(a) has the norm Gamma(n + a + 1)/(n! Gamma(a + 1)) for x^a exp(-x)/Gamma(a + 1): conjugating by the root "
       "of Gamma(n + a + 1)/n!, as repositories do, makes the basis orthonormal up to a constant",
       "this project", laguerre_norms},
      {"hippo.lagt.energy", ClaimKind::kIdentity, "A + A^T = -1 1^T for LagT: d|x|^2/dt = u^2 - (1.x - u)^2",
       "this project", lagt_energy},
  };
}

}  // namespace eigenmata::ssm

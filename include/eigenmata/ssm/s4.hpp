// SPDX-License-Identifier: Apache-2.0
//
// S4 [GuEtAl2022]: the kernel K_k = C Ā^k B̄, k < L, of a system that is normal plus low rank, A = N − P Qᵀ, from its
// truncated generating function at the L-th roots of unity. With the bilinear Ā of step ε,
//
//   Σ_k K_k z^k = C (I − zĀ)⁻¹ B̄ = 2/(1 + z) · C (g − A)⁻¹ B,   g = (2/ε)(1 − z)/(1 + z),
//
// the sum over k < L has C̃ = C (I − Ā^L) for C where z^L = 1, and Woodbury's identity with R = g − N gives
//
//   C̃ (g − A)⁻¹ B = C̃R⁻¹B − C̃R⁻¹P (I + QᵀR⁻¹P)⁻¹ QᵀR⁻¹B.
//
// Diagonalised, N = diag(λ), these are Cauchy sums Σ_n a_n b_n/(g − λ_n). At z = −1 (L even) the formula is 0·∞; its
// value is (ε/2) C̃ B.
//
// For the HiPPO matrices N is a multiple of I plus what is skew for the inner product diag(gram), so all of this but
// the eigenvalues is rational (hippo.hpp: the rational normalisation).
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/complex_ball.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

/// A = normal − p qᵀ, with p and q of `rank` columns.
struct NormalPlusLowRank {
  exact::Matrix<exact::Rational> normal, p, q;
  std::vector<exact::Rational> gram;  ///< the inner product for which `normal` is normal
};

/// −½I + S, p = B/2 and q = 1: rank 1. All throw `core::Error` for N = 0.
[[nodiscard]] NormalPlusLowRank legs_normal_form(std::size_t size);
/// S; the even and the odd coordinates: rank 2.
[[nodiscard]] NormalPlusLowRank legt_normal_form(std::size_t size);
/// S, p = 1/2 and q = 1: rank 1.
[[nodiscard]] NormalPlusLowRank lagt_normal_form(std::size_t size);

/// a^n by squaring. Cost: O(size³ log n) operations.
[[nodiscard]] exact::Matrix<exact::Rational> power(exact::Matrix<exact::Rational> a, std::size_t n);

/// c a.
[[nodiscard]] std::vector<exact::Rational> applied_from_left(const std::vector<exact::Rational>& c,
                                                             const exact::Matrix<exact::Rational>& a);

/// The value of the generating function by Woodbury's identity as above, over ℚ. Throws `core::Error` at z = −1 and
/// where g is an eigenvalue.
[[nodiscard]] exact::Rational woodbury_value(const NormalPlusLowRank& form, const std::vector<exact::Rational>& b,
                                             const std::vector<exact::Rational>& c, const exact::Rational& step,
                                             const exact::Rational& z);

/// The diagonalised form of rank 1: what the Cauchy sums are of.
template <class S>
struct CauchyForm {
  std::vector<S> lambda, b, c, p, q;  ///< c and q as rows: c(g − A)⁻¹b with A = diag(lambda) − p q
};

/// 2/(1 + z) · c (g − A)⁻¹ b by four Cauchy sums. Needs z other than −1. Cost: O(N) operations.
template <exact::Field K>
[[nodiscard]] typename K::Scalar cauchy_value(const K& k, const CauchyForm<typename K::Scalar>& form,
                                              const typename K::Scalar& two_over_step, const typename K::Scalar& z) {
  using S = typename K::Scalar;
  const S one_plus = k.add(k.one(), z);
  const S g = k.divide(k.multiply(two_over_step, k.subtract(k.one(), z)), one_plus);
  S cb = k.zero(), cp = k.zero(), qb = k.zero(), qp = k.zero();
  for (std::size_t n = 0; n < form.lambda.size(); ++n) {
    const S r = k.divide(k.one(), k.subtract(g, form.lambda[n]));
    const S rb = k.multiply(r, form.b[n]), rp = k.multiply(r, form.p[n]);
    exact::add_product(k, cb, form.c[n], rb);
    exact::add_product(k, cp, form.c[n], rp);
    exact::add_product(k, qb, form.q[n], rb);
    exact::add_product(k, qp, form.q[n], rp);
  }
  const S correction = k.divide(k.multiply(cp, qb), k.add(k.one(), qp));
  return k.multiply(k.divide(k.add(k.one(), k.one()), one_plus), k.subtract(cb, correction));
}

/// LegS diagonalised in balls, in the paper's normalisation (x_n = c_n/√(2n + 1)), where the eigenvectors are
/// unitary: their closed forms (s4_spectrum.hpp). `c` holds a row for the rational normalisation. Throws
/// `core::LimitReached` if `bits` do not separate the eigenvalues. Cost: O(N²) operations.
[[nodiscard]] CauchyForm<exact::ComplexBall> legs_cauchy_form(std::size_t size,
                                                              const std::vector<exact::ComplexBall>& c,
                                                              std::size_t bits);

}  // namespace eigenmata::ssm

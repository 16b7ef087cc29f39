// SPDX-License-Identifier: Apache-2.0
//
// HiPPO [GuEtAl2020]: a state that holds the coefficients of the past input in a basis of orthogonal polynomials obeys
// a linear differential equation. The equations are derived here from basis and measure, by exact integration of
// polynomials, and nothing is typed in; what papers and repositories print is in hippo_forms.hpp, and that the two
// agree is a claim.
//
// A window [T − w, T] or [0, T] is mapped to s ∈ [−1, 1], u(t_T(s)) is expanded in p_0 … p_{N−1},
//
//   c_n(T) = ∫ u(t_T(s)) p_n(s) ds / ∫ p_n² ,        u(t_T(s)) ≈ Σ c_n p_n(s) ,
//
// and with ρ(s) = (∂t/∂T)/(∂t/∂s) integration by parts gives
//
//   c_n′ ∫ p_n² = [u ρ p_n]_{−1}^{1} − ∫ u (ρ p_n)′ ds.
//
// (ρ p_n)′ is a combination of p_0 … p_n. The input at the upper end is the present one. The one at the lower end,
// where ρ(−1) ≠ 0, is the only thing unknown: the truncated series Σ c_k p_k(−1) stands for it, which is the only
// approximation.
//
// The norms of the basis are free, and change the state by a diagonal similarity. With Legendre polynomials as they are
// (P_n(1) = 1) all is rational, so this is the normalisation here unless a name says otherwise. Papers and code have
// x_n = c_n/√(2n + 1), that is p_n = √(2n + 1)·P_n; with the orthonormal p_n = √((2n + 1)/2)·P_n it is
// x_n = c_n·√(2/(2n + 1)).
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/polynomial.hpp"
#include "eigenmata/ssm/legendre.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

/// Polynomials p_0, p_1, …, of degrees 0, 1, …, orthogonal for a functional given by what it makes of 1, s, s², ….
template <class S>
struct OrthogonalBasis {
  std::vector<exact::Polynomial<S>> p;
  std::vector<S> moments;  ///< at least 2·p.size(), beginning with that of 1
};

/// Legendre polynomials on [−1, 1], times `scale`[n] each (as they are if it is empty).
template <exact::Field K>
[[nodiscard]] OrthogonalBasis<typename K::Scalar> legendre_basis(const K& k, std::size_t size,
                                                                 const std::vector<typename K::Scalar>& scale = {});

/// P_n(−s).
[[nodiscard]] OrthogonalBasis<exact::Rational> mirrored(const OrthogonalBasis<exact::Rational>& basis);

/// Laguerre polynomials L_n^{(α)}, orthogonal on [0, ∞) for x^α e^{−x} dx / Γ(α + 1), whose moments (α + 1)_j are
/// rational. Throws `core::Error` unless α > −1.
[[nodiscard]] OrthogonalBasis<exact::Rational> laguerre_basis(std::size_t size, const exact::Rational& alpha);

/// The derivation above over [−1, 1] for a polynomial ρ. Throws `core::Error` for an empty basis. Cost: O(size³)
/// operations.
template <exact::Field K>
[[nodiscard]] LinearSystem<typename K::Scalar> derived(const K& k, const OrthogonalBasis<typename K::Scalar>& basis,
                                                       const exact::Polynomial<typename K::Scalar>& rho);

/// x_n(T) = ∫_0^∞ u(T − x) p_n(x) e^{−rate·x} dx: the boundary at infinity vanishes, and p_n′ − rate·p_n is a
/// combination of the basis.
[[nodiscard]] LinearSystem<exact::Rational> derived_decaying(const OrthogonalBasis<exact::Rational>& basis,
                                                             const exact::Rational& rate);

/// The last w of time, t = (s + 1) w/2 + T − w, so that ρ = 2/w. Throws `core::Error` for N = 0 or w ≤ 0, as the next.
[[nodiscard]] LinearSystem<exact::Rational> legt(std::size_t size, const exact::Rational& window = 1);
/// The same with the basis P_n(−s): the Legendre memory unit [VoelkerEtAl2019].
[[nodiscard]] LinearSystem<exact::Rational> lmu(std::size_t size, const exact::Rational& window = 1);
/// All of the past, t = (s + 1) T/2, ρ = (s + 1)/T: T·c′ = A c + B u.
[[nodiscard]] LinearSystem<exact::Rational> legs(std::size_t size);
/// The past with weight e^{−(T − t)/2} for the basis as well as the measure.
[[nodiscard]] LinearSystem<exact::Rational> lagt(std::size_t size);
/// L_n^{(α)} with the weight e^{−(1 + β)(T − t)/2}.
[[nodiscard]] LinearSystem<exact::Rational> generalised_lagt(std::size_t size, const exact::Rational& alpha,
                                                             const exact::Rational& beta);

// --- templates ---

template <exact::Field K>
OrthogonalBasis<typename K::Scalar> legendre_basis(const K& k, std::size_t size,
                                                   const std::vector<typename K::Scalar>& scale) {
  using S = typename K::Scalar;
  OrthogonalBasis<S> basis;
  for (const auto& rational : legendre_polynomials(size)) {
    std::vector<S> p;
    for (const exact::Rational& coefficient : rational.coefficients) {
      p.push_back(k.from_rational(coefficient));
      if (!scale.empty()) p.back() = k.multiply(scale[basis.p.size()], p.back());
    }
    basis.p.push_back({std::move(p)});
  }
  for (std::size_t j = 0; j < 2 * size + 2; ++j)
    basis.moments.push_back(k.from_rational(j % 2 == 0 ? exact::Rational(2, j + 1) : exact::Rational(0)));
  return basis;
}

/// ∫ f_i p_k for polynomials f_i of degrees up to that of the basis: the rows are f_0, f_1, ….
template <exact::Field K>
[[nodiscard]] exact::Matrix<typename K::Scalar> inner_products(
    const K& k, const std::vector<exact::Polynomial<typename K::Scalar>>& f,
    const OrthogonalBasis<typename K::Scalar>& basis) {
  using S = typename K::Scalar;
  const std::size_t size = basis.p.size();
  exact::Matrix<S> rows(f.size(), size, k.zero()), moments(size, size, k.zero()), columns(size, size, k.zero());
  for (std::size_t i = 0; i < f.size(); ++i) {
    for (std::size_t j = 0; j < f[i].coefficients.size(); ++j) rows(i, j) = f[i].coefficients[j];
  }
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < size; ++j) moments(i, j) = basis.moments[i + j];
    for (std::size_t j = 0; j < basis.p[i].coefficients.size(); ++j) columns(j, i) = basis.p[i].coefficients[j];
  }
  return multiply(k, rows, multiply(k, moments, columns));
}

template <exact::Field K>
LinearSystem<typename K::Scalar> derived(const K& k, const OrthogonalBasis<typename K::Scalar>& basis,
                                         const exact::Polynomial<typename K::Scalar>& rho) {
  using S = typename K::Scalar;
  const std::size_t size = basis.p.size();
  require_state(size);
  const S upper = k.one(), lower = k.subtract(k.zero(), k.one());
  std::vector<exact::Polynomial<S>> slopes;  // (ρ p_n)′
  for (const auto& p : basis.p) {
    const auto product = exact::multiply(k, rho, p);
    std::vector<S> slope;
    for (std::size_t i = 1; i < product.coefficients.size(); ++i)
      slope.push_back(k.multiply(k.from_rational(exact::Rational(i)), product.coefficients[i]));
    slopes.push_back({std::move(slope)});
  }
  const auto norms = inner_products(k, basis.p, basis), products = inner_products(k, slopes, basis);
  LinearSystem<S> system{{size, size, k.zero()}, std::vector<S>(size, k.zero())};
  for (std::size_t n = 0; n < size; ++n) {
    const S& norm = norms(n, n);
    const S at_upper = exact::evaluate(k, basis.p[n], upper), at_lower = exact::evaluate(k, basis.p[n], lower);
    system.b[n] = k.divide(k.multiply(exact::evaluate(k, rho, upper), at_upper), norm);
    for (std::size_t j = 0; j < size; ++j) {
      // −ρ(−1) p_n(−1) Σ_j c_j p_j(−1) − Σ_j c_j ∫ (ρ p_n)′ p_j
      S sum = k.multiply(k.multiply(exact::evaluate(k, rho, lower), at_lower), exact::evaluate(k, basis.p[j], lower));
      sum = k.add(sum, products(n, j));
      system.a(n, j) = k.divide(k.subtract(k.zero(), sum), norm);
    }
  }
  return system;
}

}  // namespace eigenmata::ssm

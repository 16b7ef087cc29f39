// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/hippo.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Polynomial;
using exact::Rational;

const exact::RationalArithmetic kQ;

LinearSystem<Rational> over_window(const OrthogonalBasis<Rational>& basis, const Rational& window) {
  if (window <= 0) throw core::Error("a window of " + exact::to_string(window) + "; it has to be positive");
  return derived(kQ, basis, {{Rational(2) / window}});
}

}  // namespace

OrthogonalBasis<Rational> mirrored(const OrthogonalBasis<Rational>& basis) {
  OrthogonalBasis<Rational> result = basis;
  for (auto& p : result.p) {
    for (std::size_t i = 1; i < p.coefficients.size(); i += 2) p.coefficients[i] = -p.coefficients[i];
  }
  for (std::size_t j = 1; j < result.moments.size(); j += 2) result.moments[j] = -result.moments[j];
  return result;
}

OrthogonalBasis<Rational> laguerre_basis(std::size_t size, const Rational& alpha) {
  if (alpha <= -1)
    throw core::Error("a Laguerre basis with alpha = " + exact::to_string(alpha) + "; it has to be > -1");
  OrthogonalBasis<Rational> basis;
  std::vector<Rational> before, now{1};
  for (std::size_t n = 0; n < size; ++n) {
    basis.p.push_back({now});
    // (n + 1) L_{n+1} = (2n + 1 + α − x) L_n − (n + α) L_{n−1}
    std::vector<Rational> next(n + 2, Rational(0));
    for (std::size_t i = 0; i <= n; ++i) {
      next[i] += (Rational(2 * n + 1) + alpha) / Rational(n + 1) * now[i];
      next[i + 1] -= now[i] / Rational(n + 1);
    }
    for (std::size_t i = 0; i < before.size(); ++i) next[i] -= (Rational(n) + alpha) / Rational(n + 1) * before[i];
    before = std::move(now);
    now = std::move(next);
  }
  basis.moments.emplace_back(1);
  for (std::size_t j = 1; j < 2 * size + 2; ++j) basis.moments.push_back(basis.moments.back() * (alpha + Rational(j)));
  return basis;
}

LinearSystem<Rational> derived_decaying(const OrthogonalBasis<Rational>& basis, const Rational& rate) {
  const std::size_t size = basis.p.size();
  require_state(size);
  std::vector<Polynomial<Rational>> slopes;  // p_n′ − rate · p_n
  for (const auto& p : basis.p) {
    std::vector<Rational> slope;
    for (std::size_t i = 0; i < p.coefficients.size(); ++i) {
      slope.push_back(-rate * p.coefficients[i]);
      if (i + 1 < p.coefficients.size()) slope.back() += Rational(i + 1) * p.coefficients[i + 1];
    }
    slopes.push_back(exact::make_polynomial(kQ, std::move(slope)));
  }
  const auto norms = inner_products(kQ, basis.p, basis), products = inner_products(kQ, slopes, basis);
  LinearSystem<Rational> system{{size, size, Rational(0)}, {}};
  for (std::size_t n = 0; n < size; ++n) {
    system.b.push_back(basis.p[n].coefficients[0]);
    for (std::size_t j = 0; j < size; ++j) system.a(n, j) = products(n, j) / norms(j, j);
  }
  return system;
}

LinearSystem<Rational> legt(std::size_t size, const Rational& window) {
  return over_window(legendre_basis(kQ, size), window);
}

LinearSystem<Rational> lmu(std::size_t size, const Rational& window) {
  return over_window(mirrored(legendre_basis(kQ, size)), window);
}

LinearSystem<Rational> legs(std::size_t size) { return derived(kQ, legendre_basis(kQ, size), {{1, 1}}); }

LinearSystem<Rational> lagt(std::size_t size) { return derived_decaying(laguerre_basis(size, 0), Rational(1, 2)); }

LinearSystem<Rational> generalised_lagt(std::size_t size, const Rational& alpha, const Rational& beta) {
  return derived_decaying(laguerre_basis(size, alpha), (Rational(1) + beta) / Rational(2));
}

}  // namespace eigenmata::ssm

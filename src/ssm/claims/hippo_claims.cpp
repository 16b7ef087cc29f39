// SPDX-License-Identifier: Apache-2.0
//
// HiPPO: the matrices, LegT's transfer functions, energies, and the coefficients as projections.
#include "claims.hpp"
#include "eigenmata/exact/algebraic.hpp"
#include "eigenmata/exact/stability.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/projection.hpp"
#include "eigenmata/ssm/resolvent.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Matrix;
using exact::Polynomial;
using exact::Rational;

std::vector<Rational> alternating(std::size_t size) {
  std::vector<Rational> x;
  for (std::size_t n = 0; n < size; ++n) x.emplace_back(n % 2 == 0 ? 1 : -1);
  return x;
}

// --- the matrices ---

Finding legt_matrix(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (const Rational& window : {Rational(1), Rational(3, 2)}) {
      if (n > 16 && window != 1) continue;
      if (const Failure failure = unless_equal(legt(n, window), legt_form(n, window))) return failure;
    }
    return {};
  });
}

// What is published for w = 1 and halved; and P_n(1 − 2t/w) at t from the window's beginning, which is P_n(−s).
Finding legt_published(const Scope& scope) {
  return for_sizes(scope, 1, 32, exactly_in("Q"), [](std::size_t n) -> Failure {
    LinearSystem<Rational> half = legt_form(n), reversed = lmu_form(n);
    for (LinearSystem<Rational>* system : {&half, &reversed}) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) system->a(i, j) /= 2;
        system->b[i] /= 2;
      }
    }
    if (Failure failure = unless_equal(legt(n, 2), half)) return failure;
    return unless_equal(lmu(n, 2), reversed);
  });
}

Finding lmu_matrix(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) { return unless_equal(lmu(n), lmu_form(n)); });
}

Finding lmu_conjugate(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"),
                   [](std::size_t n) { return unless_equal(rescaled(kQ, legt_form(n), alternating(n)), lmu_form(n)); });
}

Finding legs_matrix(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) { return unless_equal(legs(n), legs_form(n)); });
}

// The three normalisations, each derived from its own basis over the algebraic numbers: the state is ∫ u p_n with
// p_n = factor_n · P_n, not yet divided by ∫ p_n², so x_n ∫ p_n² stands where c_n stands in `derived`.
Finding normalisations(const Scope& scope) {
  return for_sizes(scope, 1, 6, exactly_in("algebraic numbers"), [](std::size_t size) -> Failure {
    const exact::AlgebraicArithmetic k;
    std::vector<exact::Algebraic> root, orthonormal, to_root, to_orthonormal;
    for (std::size_t n = 0; n < size; ++n) {
      root.push_back(exact::square_root(Rational(2 * n + 1)));
      orthonormal.push_back(exact::square_root(Rational(2 * n + 1, 2)));
      to_root.push_back(k.one() / root[n]);  // p_n = r_n P_n and f = Σ x_n p_n: x_n = c_n / r_n
      to_orthonormal.push_back(k.one() / orthonormal[n]);
    }
    const auto embedded = [&](const LinearSystem<Rational>& system) {
      LinearSystem<exact::Algebraic> result{{size, size, k.zero()}, {}};
      for (std::size_t n = 0; n < size; ++n) {
        for (std::size_t j = 0; j < size; ++j) result.a(n, j) = system.a(n, j);
        result.b.emplace_back(system.b[n]);
      }
      return result;
    };
    const auto same = [&](const LinearSystem<exact::Algebraic>& a, const LinearSystem<exact::Algebraic>& b) {
      return a.a == b.a && a.b == b.b;
    };
    for (const bool is_legs : {true, false}) {
      const Polynomial<exact::Algebraic> rho{is_legs ? std::vector<exact::Algebraic>{Rational(1), Rational(1)}
                                                     : std::vector<exact::Algebraic>{Rational(2)}};
      const auto rational = embedded(is_legs ? legs_form(size) : legt_form(size));
      // The paper's matrices.
      LinearSystem<exact::Algebraic> paper{{size, size, k.zero()}, root};
      for (std::size_t n = 0; n < size; ++n) {
        for (std::size_t j = 0; j < size; ++j) {
          const exact::Algebraic product = root[n] * root[j];
          if (is_legs) {
            paper.a(n, j) = j < n ? k.zero() - product : exact::Algebraic(j == n ? -Rational(n + 1) : Rational(0));
          } else {
            paper.a(n, j) = k.zero() - product * Rational(j < n || (j - n) % 2 == 0 ? 1 : -1);
          }
        }
      }
      const auto by_root = derived(k, legendre_basis(k, size, root), rho);
      const auto by_orthonormal = derived(k, legendre_basis(k, size, orthonormal), rho);
      const std::string name = is_legs ? "LegS" : "LegT";
      if (!same(by_root, paper)) return name + ": the basis r_n P_n does not give the paper's matrices";
      // Λ = diag(λ): c = Λ x.
      if (!same(by_root, rescaled(k, rational, root))) return name + ": A_rat is not D A D^-1";
      if (!same(by_orthonormal, rescaled(k, rational, orthonormal))) return name + ": orthonormal is not similar";
      if (!(by_orthonormal.a == by_root.a)) return name + ": A of the orthonormal basis is not the paper's";
      for (std::size_t n = 0; n < size; ++n) {
        if (!(by_orthonormal.b[n] == exact::square_root(Rational(2)) * root[n])) return name + ": B is not sqrt(2) r_n";
      }
    }
    return {};
  });
}

// [Su10114]: from the orthonormal basis to B_n = (2n + 1)/w.
Finding scaling_erratum(const Scope& scope) {
  std::string smallest;
  Finding finding = for_sizes(scope, 1, 6, exactly_in("algebraic numbers"), [&](std::size_t size) -> Failure {
    const exact::AlgebraicArithmetic k;
    std::vector<exact::Algebraic> orthonormal, printed, corrected;
    for (std::size_t n = 0; n < size; ++n) {
      orthonormal.push_back(exact::square_root(Rational(2 * n + 1, 2)));
      printed.push_back(exact::square_root(Rational(4, 2 * n + 1)));
      corrected.push_back(exact::square_root(Rational(2, 2 * n + 1)));
    }
    const auto system = derived(k, legendre_basis(k, size, orthonormal), {{exact::Algebraic(Rational(2))}});
    const auto as_printed = rescaled(k, system, printed), as_corrected = rescaled(k, system, corrected);
    for (std::size_t n = 0; n < size; ++n) {
      const exact::Algebraic wanted = Rational(2 * n + 1);
      if (as_printed.b[n] == wanted) return "the printed scaling gives B_n = 2n + 1 after all";
      if (!(as_printed.b[n] * exact::square_root(Rational(2)) == wanted)) return "B_n is not (2n + 1)/sqrt(2)";
      if (!(as_corrected.b[n] == wanted)) return "the corrected scaling does not give B_n = 2n + 1";
    }
    if (size == 1)
      smallest = "N = 1, w = 1: B_0 = " + k.format(as_printed.b[0]) + " as printed, " + k.format(as_corrected.b[0]) +
                 " corrected";
    return {};
  });
  finding.value = smallest;
  return finding;
}

// --- LegT's transfer functions ---

// [N − 1/N] Padé: p with deg p < N, q with deg q = N and q(s) e^{−s} − p(s) = O(s^{2N}).
Failure unless_pade(const Resolvent& h, std::size_t size) {
  if (h.denominator.degree() != size || h.numerator.coefficients.size() > size) return "the degrees are wrong";
  std::vector<Rational> exponential{1};
  while (exponential.size() < 2 * size) exponential.push_back(-exponential.back() / Rational(exponential.size()));
  for (std::size_t i = 0; i < 2 * size; ++i) {
    Rational sum = i < h.numerator.coefficients.size() ? -h.numerator.coefficients[i] : Rational(0);
    for (std::size_t j = 0; j <= std::min(i, size); ++j) sum += h.denominator.coefficients[j] * exponential[i - j];
    if (sum != 0) return "q(s) exp(-s) - p(s) has the term " + exact::to_string(sum) + "*s^" + std::to_string(i);
  }
  return {};
}

Finding pade(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q(s)"),
                   [](std::size_t n) { return unless_pade(resolvent(legt_form(n), alternating(n)), n); });
}

Finding legt_characteristic(const Scope& scope) {
  std::string value;
  Finding finding = for_sizes(scope, 1, 64, exactly_in("Z[s]"), [&](std::size_t n) -> Failure {
    const auto p = exact::characteristic_polynomial(kQ, legt_form(n).a);
    Rational rising = 1;  // (N + j − 1)!/(N − 1)!
    for (std::size_t j = 0; j <= n; ++j) {
      if (j > 0) rising *= Rational(n + j - 1);
      const Rational expected = Rational(binomial(n, j)) * rising;
      if (p.coefficients[n - j] != expected)
        return unless_equal("the coefficient of s^" + std::to_string(n - j), p.coefficients[n - j], expected);
    }
    if (n <= 4) value += (value.empty() ? "" : ", ") + exact::to_string(p, "s");
    return {};
  });
  finding.value = value;
  return finding;
}

Finding present_end(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q(s)"), [](std::size_t n) -> Failure {
    const Resolvent h = resolvent(legt_form(n), ones(n));
    std::vector<Rational> expected = h.denominator.coefficients;  // q − s^N
    expected.pop_back();
    if (h.numerator.coefficients != expected) return exact::to_string(h.numerator, "s") + " is not q - s^N";
    return {};
  });
}

Finding legt_stable(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) -> Failure {
    if (exact::zeros_in_left_half_plane(exact::characteristic_polynomial(kQ, legt_form(n).a))) return {};
    return "Routh's array has a change of sign";
  });
}

// --- energies ---
//
// |x|² of the paper's state is Σ c_n²/(2n + 1) = cᵀ G c, whose derivative along c′ = A c is cᵀ(G A + Aᵀ G) c.

std::vector<Rational> legendre_gram(std::size_t size) {
  std::vector<Rational> g;
  for (std::size_t n = 0; n < size; ++n) g.emplace_back(1, 2 * n + 1);
  return g;
}

Finding legs_energy(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"),
                   [](std::size_t n) { return unless_energy(legs_form(n).a, legendre_gram(n), {ones(n)}, true); });
}

Finding legt_energy(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) {
    return unless_energy(legt_form(n).a, legendre_gram(n), {ones(n), alternating(n)}, false);
  });
}

// |x⁺|² − |x|² = ε (u² − [|m|²] − (v·m − u)² − (w·m)²), m = (x + x⁺)/2.
Finding bilinear_energy(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 12, exactly_in("Q"), [&](std::size_t n) -> Failure {
    struct Case {
      std::string name;
      LinearSystem<Rational> system;
      std::vector<Rational> gram;
      bool loses_norm, forgets_end;
    };
    const std::vector<Case> cases{{"LegS", legs_form(n), legendre_gram(n), true, false},
                                  {"LegT", legt_form(n), legendre_gram(n), false, true},
                                  {"LagT", lagt_form(n), ones(n), false, false}};
    for (const Case& c : cases) {
      const Rational step = random.positive(), u = random.number();
      const auto x = random.vector(n), next = stepped(kQ, bilinear(c.system, step), x, u);
      Rational before = 0, after = 0, middle = 0, present = -u, end = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const Rational m = (x[i] + next[i]) / Rational(2);
        before += c.gram[i] * x[i] * x[i];
        after += c.gram[i] * next[i] * next[i];
        middle += c.gram[i] * m * m;
        present += m;
        end += i % 2 == 0 ? m : -m;
      }
      Rational rate = u * u - present * present;
      if (c.loses_norm) rate -= middle;
      if (c.forgets_end) rate -= end * end;
      if (const Failure failure = unless_equal(c.name + ": the gain", Rational(after - before), Rational(step * rate)))
        return *failure + " for x = " + listed(x) + ", u = " + exact::to_string(u);
    }
    return {};
  });
}

// --- LegS ---

Finding legs_eigenvalues(const Scope& scope) {
  return for_sizes(scope, 1, 48, exactly_in("Q[s]"), [](std::size_t n) -> Failure {
    Polynomial<Rational> product{{Rational(1)}};
    for (std::size_t j = 1; j <= n; ++j) product = exact::multiply(kQ, product, {{Rational(j), Rational(1)}});
    if (exact::characteristic_polynomial(kQ, legs_form(n).a) == product) return {};
    return "det(s - A) is another polynomial";
  });
}

Finding legs_constants(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) -> Failure {
    const auto system = legs_form(n);
    std::vector<Rational> e(n, Rational(0));
    e[0] = 1;
    return unless_equal("(A e_0 + B)", stepped(kQ, system, e, Rational(1)), std::vector<Rational>(n, Rational(0)));
  });
}

Finding legs_projection(const Scope& scope) {
  RandomRationals random(scope.seed);
  const auto run = [](const std::vector<Rational>& u, std::size_t n) {
    std::vector<Rational> x(n, Rational(0));
    x[0] = u[0];
    for (std::size_t k = 1; k < u.size(); ++k) x = stepped(kQ, legs_step(n, k, k + 1), x, u[k]);
    return x;
  };
  const std::size_t length = length_of(scope, 1, 12);
  Finding finding = for_sizes(scope, 1, 24, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const auto u = random.vector(length);
    const Failure failure = unless_equal("x", run(u, n), legendre_coefficients(piecewise_constant(u), n));
    if (failure) return *failure + " for u = " + listed(u);
    return {};
  });
  finding.value = "u = (1, 2, -1, 3) gives " + listed(run({1, 2, -1, 3}, 5));
  return finding;
}

Finding legs_long_tail(const Scope& scope) {
  // t₁ ∂c(t₁)/∂u(t₀) = ρ·ρ^A B with ρ = t₁/t₀, whose limit is what the slowest mode ρ^{−1} carries.
  const auto influence = [](std::size_t n, const Rational& ratio) {
    auto x = applied(kQ, legs_power(n, Rational(1) / ratio), legs_form(n).b);
    for (Rational& value : x) value *= ratio;
    return x;
  };
  Finding finding = for_sizes(scope, 1, 24, exactly_in("Q"), [&](std::size_t n) -> Failure {
    // Each component is a polynomial in 1/ρ of degree < N, so N exact values give its value at 1/ρ = 0.
    std::vector<Rational> limit(n, Rational(0));
    for (std::size_t i = 1; i <= n; ++i) {
      Rational weight = 1;  // Lagrange, at 0
      for (std::size_t j = 1; j <= n; ++j) {
        if (j != i) weight *= Rational(static_cast<long>(j)) / Rational(static_cast<long>(j) - static_cast<long>(i));
      }
      const auto x = influence(n, Rational(1, i));
      for (std::size_t l = 0; l < n; ++l) limit[l] += weight * x[l];
    }
    std::vector<Rational> expected;
    for (std::size_t l = 0; l < n; ++l) expected.push_back((l % 2 == 0 ? 1 : -1) * Rational(2 * l + 1));
    return unless_equal("the limit", limit, expected);
  });
  finding.value = "t1/t0 = 1000, N = 4: " + listed(influence(4, 1000));
  return finding;
}

// --- approximation ---

PiecewisePolynomial absolute_value() {  // |2s − 1|
  return {{0, Rational(1, 2), 1}, {{{Rational(1), Rational(-2)}}, {{Rational(-1), Rational(2)}}}};
}
PiecewisePolynomial step_function() { return {{0, Rational(1, 2), 1}, {{}, {{Rational(1)}}}}; }

Rational squared_error(const PiecewisePolynomial& f, std::size_t n) {
  return squared_norm(f) - squared_norm(legendre_coefficients(f, n));
}

Finding absolute_coefficients(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t size) -> Failure {
    // c_{2m} = (−1)^{m+1} (4m + 1) (2m − 2)! / (4^m (m − 1)! (m + 1)!) for m ≥ 1, 0 for odd n, 1/2 for n = 0.
    const std::size_t n = size - 1;
    Rational expected = n == 0 ? Rational(1, 2) : Rational(0);
    if (n > 0 && n % 2 == 0) {
      const std::size_t m = n / 2;
      expected = Rational(4 * m + 1) * Rational(binomial(2 * m - 2, m - 1)) / Rational(m * (m + 1));
      for (std::size_t i = 0; i < m; ++i) expected /= Rational(4);
      if (m % 2 == 0) expected = -expected;
    }
    return unless_equal("c_n", legendre_coefficients(absolute_value(), size).back(), expected);
  });
}

/// low ≤ N^power · squared error ≤ high.
Finding error_rate(const Scope& scope, const PiecewisePolynomial& f, std::size_t power, const Rational& low,
                   const Rational& high) {
  std::string value;
  Finding finding = for_sizes(scope, 2, 64, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const Rational error = squared_error(f, n);
    Rational scaled = error;
    for (std::size_t i = 0; i < power; ++i) scaled *= Rational(n);
    if ((n & (n - 1)) == 0) {
      value += (value.empty() ? "" : ", ") + std::to_string(n) + ": ";
      const std::string text = exact::to_string(error);
      value += text.size() < 16 ? text : exact::Ball(error, 64).to_string(9);
    }
    if (scaled >= low && scaled <= high) return {};
    return "the squared error is " + exact::to_string(error);
  });
  finding.value = "squared errors " + value;
  return finding;
}

Finding absolute_error(const Scope& scope) {
  return error_rate(scope, absolute_value(), 3, Rational(1, 8), Rational(2, 3));
}
Finding step_error(const Scope& scope) {
  return error_rate(scope, step_function(), 1, Rational(1, 10), Rational(1, 4));
}

}  // namespace

Claims hippo_claims() {
  return {
      {"hippo.legt.matrix", ClaimKind::kIdentity,
       "the basis P_n over [T - w, T] gives A_nk = -(2n + 1)/w {1 for k < n, (-1)^(n-k) for k >= n}, B_n = (2n + 1)/w",
       "Su10114", legt_matrix},
      {"hippo.legt.published", ClaimKind::kIdentity,
       "half of the matrices for w = 1, as a repository has them, are those for w = 2: LegT's and the LMU's",
       "GuEtAl2022", legt_published},
      {"hippo.legt.lmu", ClaimKind::kIdentity,
       "the basis P_n(-s) gives the Legendre memory unit: A_nk = (2n + 1)/w {-1 for n < k, (-1)^(n-k+1) for n >= k}, "
       "B_n = (2n + 1)(-1)^n/w",
       "VoelkerEtAl2019", lmu_matrix},
      {"hippo.legt.lmu-conjugate", ClaimKind::kIdentity,
       "the Legendre memory unit is S A S, S B of LegT with S = diag((-1)^n)", "this project", lmu_conjugate,
       "StateSpace.lmu_conjugate, StateSpace.lmu_conjugate_input, StateSpace.signs_involutive"},
      {"hippo.legt.pade", ClaimKind::kIdentity,
       "the read-out ((-1)^n) of LegT, w = 1, has the transfer function C (s - A)^-1 B = [N - 1/N] Padé of exp(-s)",
       "VoelkerEtAl2019", pade, "LegendrePade.legt_pade, LegendrePade.legt_pade_size"},
      {"hippo.legt.characteristic", ClaimKind::kIdentity,
       "det(s - A) = sum over j of binomial(N, j) (N + j - 1)!/(N - 1)! s^(N-j) for LegT, w = 1", "this project",
       legt_characteristic},
      {"hippo.legt.present-end", ClaimKind::kIdentity,
       "the read-out (1, ..., 1) of LegT, w = 1, has the transfer function 1 - s^N/det(s - A)", "this project",
       present_end},
      {"hippo.legt.hurwitz", ClaimKind::kSpectrum, "all eigenvalues of LegT have negative real parts", "this project",
       legt_stable},
      {"hippo.legt.energy", ClaimKind::kIdentity,
       "A + A^T = -(r r^T + r~ r~^T) for LegT, w = 1: d|x|^2/dt = u^2 - (r.x - u)^2 - (r~.x)^2", "this project",
       legt_energy},
      {"hippo.legt.scaling", ClaimKind::kErratum,
       "the scaling 2/sqrt(2n + 1), as printed, gives B_n = (2n + 1)/(sqrt(2) w); B_n = (2n + 1)/w needs sqrt(2/(2n + "
       "1))",
       "Su10114", scaling_erratum},
      {"hippo.normalisations", ClaimKind::kIdentity,
       "LegS and LegT derived from P_n, sqrt(2n + 1) P_n and sqrt((2n + 1)/2) P_n are similar by diagonal matrices; "
       "the last two have the paper's A, with B = r and sqrt(2) r",
       "GuEtAl2020", normalisations},
      {"hippo.bilinear-energy", ClaimKind::kIdentity,
       "a bilinear step of LegS, LegT and LagT changes |x|^2 by the step times the continuous rate at (x + x')/2",
       "this project", bilinear_energy},
      {"hippo.legs.matrix", ClaimKind::kIdentity,
       "the basis P_n over [0, T] gives T c' = A c + B u with A_nk = -{2n + 1 for k < n, n + 1 for k = n, 0 for k > "
       "n}, B_n = 2n + 1",
       "GuEtAl2020", legs_matrix},
      {"hippo.legs.eigenvalues", ClaimKind::kSpectrum, "det(s - A) = (s + 1)(s + 2)...(s + N) for LegS", "GuEtAl2020",
       legs_eigenvalues, "StateSpace.legs_eigenvalues"},
      {"hippo.legs.constants", ClaimKind::kIdentity, "A e_0 = -B for LegS: a constant input is kept", "this project",
       legs_constants, "StateSpace.legs_constants"},
      {"hippo.legs.energy", ClaimKind::kIdentity,
       "A + A^T + B B^T = -I for LegS: d|x|^2/dt = u^2 - |x|^2 - (B.x - u)^2", "this project", legs_energy,
       "StateSpace.legs_nplr"},
      {"hippo.legs.projection", ClaimKind::kIdentity,
       "the exact steps of LegS give, for a piecewise constant input, (2n + 1) times the integral of u(Ls) P_n(2s - 1) "
       "over [0, 1]",
       "Su10137", legs_projection},
      {"hippo.legs.long-tail", ClaimKind::kIdentity,
       "t1 times the influence of u(t0) on c_n(t1) tends to (-1)^n (2n + 1) as t1/t0 grows", "GuEtAl2020",
       legs_long_tail},
      {"hippo.legs.coefficients", ClaimKind::kIdentity,
       "|2s - 1| has c_2m = (-1)^(m+1) (4m + 1) (2m - 2)!/(4^m (m - 1)! (m + 1)!), c_0 = 1/2 and no odd ones",
       "this project", absolute_coefficients},
      {"hippo.legs.error-of-a-kink", ClaimKind::kBound,
       "|2s - 1| is approximated with a squared error between 1/8 and 2/3 of N^-3, far below the O(1/N) for Lipschitz "
       "functions",
       "GuEtAl2020", absolute_error},
      {"hippo.legs.error-of-a-jump", ClaimKind::kBound,
       "the step at 1/2 is approximated with a squared error between 1/10 and 1/4 of N^-1", "this project", step_error},
  };
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// LegS's own steps: T c′ = A c + B u has an exact solution for piecewise constant input, and the schemes are compared
// with it.
#include "claims.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/legs_schemes.hpp"
#include "eigenmata/ssm/projection.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Matrix;
using exact::Polynomial;
using exact::Rational;

std::vector<Rational> unit(std::size_t size) {
  std::vector<Rational> e(size, Rational(0));
  e[0] = 1;
  return e;
}

// --- LegS in continuous time: ℚ[q], q = e^{−t} ---

Finding exponential(const Scope& scope) {
  return for_sizes(scope, 1, 24, exactly_in("Q[q]"), [](std::size_t n) -> Failure {
    const auto system = legs_form(n);
    const auto e = legs_exponential(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const std::string entry = "[" + std::to_string(i) + ", " + std::to_string(j) + "]";
        if (exact::evaluate(kQ, e[i * n + j], Rational(1)) != Rational(i == j ? 1 : 0)) return "at t = 0 not I" + entry;
        // d/dt = −q d/dq, and A E.
        std::vector<Rational> left(n + 1, Rational(0)), right(n + 1, Rational(0));
        for (std::size_t l = 0; l < e[i * n + j].coefficients.size(); ++l)
          left[l] = -Rational(l) * e[i * n + j].coefficients[l];
        for (std::size_t m = j; m <= i; ++m) {
          for (std::size_t l = 0; l < e[m * n + j].coefficients.size(); ++l)
            right[l] += system.a(i, m) * e[m * n + j].coefficients[l];
        }
        if (left != right) return "the derivative of E" + entry + " is not that of A E";
      }
    }
    return {};
  });
}

Finding warped_legendre(const Scope& scope) {
  return for_sizes(scope, 1, 32, exactly_in("Q[q]"), [](std::size_t n) -> Failure {
    const auto e = legs_exponential(n);
    const auto p = shifted_legendre(n);
    for (std::size_t i = 0; i < n; ++i) {
      Polynomial<Rational> sum;
      for (std::size_t j = 0; j <= i; ++j)
        sum = exact::add(kQ, sum, exact::multiply(kQ, {{Rational(2 * j + 1)}}, e[i * n + j]));
      if (!(sum == exact::multiply(kQ, {{Rational(0), Rational(2 * i + 1)}}, p[i])))
        return "(e^{tA} B)_" + std::to_string(i) + " is " + exact::to_string(sum, "q");
    }
    return {};
  });
}

Finding zero_order_hold_input(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 32, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const Rational from = random.positive(), to = from + random.positive();
    const auto step = legs_step(n, from, to);
    const auto system = legs_form(n);
    // A⁻¹ (E − I) B by elimination.
    auto right = applied(kQ, step.a, system.b);
    for (std::size_t i = 0; i < n; ++i) right[i] -= system.b[i];
    return unless_equal("B", divided(system.a, Matrix<Rational>(n, 1, right)).entries(), step.b);
  });
}

// --- LegS's steps ---

Finding group_law(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 24, exactly_in("Q"), [&](std::size_t n) {
    const Rational s = random.positive(), t = random.positive();
    return unless_equal("s^-A t^-A", exact::multiply(kQ, legs_power(n, s), legs_power(n, t)), legs_power(n, s * t));
  });
}

Finding eigenvectors(const Scope& scope) {
  return for_sizes(scope, 1, 64, exactly_in("Q"), [](std::size_t n) -> Failure {
    const auto v = legs_eigenvectors(n), w = legs_inverse_eigenvectors(n);
    Matrix<Rational> scaled = v;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) scaled(i, j) *= -Rational(j + 1);
    }
    if (const Failure failure = unless_equal("A V", exact::multiply(kQ, legs_form(n).a, v), scaled)) return failure;
    return unless_equal("V V^-1", exact::multiply(kQ, v, w), exact::identity(kQ, n));
  });
}

Finding matvec(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 64, exactly_in("Q"), [&](std::size_t n) {
    const auto x = random.vector(n);
    return unless_equal("A x", legs_applied(kQ, x), applied(kQ, legs_form(n).a, x));
  });
}

Finding solving(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 40, exactly_in("Q"), [&](std::size_t n) {
    const auto x = random.vector(n);
    const Rational lambda = random.positive();
    const auto shifted_a = shifted(kQ, accelerated(kQ, legs_form(n), Rational(-lambda)).a, Rational(1));
    return unless_equal("(I - lambda A)^-1 x", legs_solved(kQ, lambda, x),
                        divided(shifted_a, Matrix<Rational>(n, 1, x)).entries());
  });
}

// The schemes for x′ = (A x + B u)/t written with t = kε and a step of ε, by elimination: ε is not in the result, which
// is what legs_schemes.hpp has with k alone.
Finding step_cancels(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 10, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const auto system = legs_form(n);
    const std::size_t k = 1 + n % 4;
    const Rational step = random.positive(), now = Rational(k) * step, then = Rational(k + 1) * step,
                   u = random.number();
    const auto x = random.vector(n);
    struct Weights {
      LegsScheme scheme;
      Rational implicit, explicit_part, input;  // (I − implicit A)⁻¹ ((I + explicit A) x + input B u)
    };
    const std::vector<Weights> schemes{
        {LegsScheme::kForwardEuler, 0, step / now, step / now},
        {LegsScheme::kBackwardEuler, step / then, 0, step / then},
        {LegsScheme::kBilinearAsPrinted, step / then / 2, step / now / 2, step / now},
        {LegsScheme::kBilinearCorrected, step / then / 2, step / now / 2, (step / now + step / then) / 2},
        {LegsScheme::kBilinearAtEnd, step / then / 2, step / then / 2, step / then}};
    for (const Weights& w : schemes) {
      Matrix<Rational> left = exact::identity(kQ, n), right(n, 1, Rational(0));
      const auto moved = applied(kQ, system.a, x);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) left(i, j) -= w.implicit * system.a(i, j);
        right(i, 0) = x[i] + w.explicit_part * moved[i] + w.input * system.b[i] * u;
      }
      if (const Failure failure = unless_equal(std::string(to_string(w.scheme)) + ": x", divided(left, right).entries(),
                                               legs_scheme_step(w.scheme, k, x, u)))
        return *failure + " for a step of " + exact::to_string(step);
    }
    return unless_equal("exact: x", stepped(kQ, legs_step(n, now, then), x, u),
                        legs_scheme_step(LegsScheme::kExact, k, x, u));
  });
}

// --- which schemes keep constants ---

Failure keeps_constants(LegsScheme scheme, std::size_t n) {
  for (std::size_t k = 1; k <= 8; ++k) {
    const auto x = legs_scheme_step(scheme, k, unit(n), Rational(1));
    if (const Failure failure = unless_equal("x", x, unit(n))) return "k = " + std::to_string(k) + ": " + *failure;
  }
  return {};
}

Finding constants(const Scope& scope) {
  return for_sizes(scope, 1, 32, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (const LegsScheme scheme : {LegsScheme::kForwardEuler, LegsScheme::kBackwardEuler, LegsScheme::kBilinearAtEnd,
                                    LegsScheme::kBilinearCorrected, LegsScheme::kExact}) {
      if (const Failure failure = keeps_constants(scheme, n)) return std::string(to_string(scheme)) + ": " + *failure;
    }
    return {};
  });
}

Finding constants_erratum(const Scope& scope) {
  Finding finding = for_sizes(scope, 1, 32, exactly_in("Q"), [](std::size_t n) -> Failure {
    if (!keeps_constants(LegsScheme::kBilinearAsPrinted, n)) return "the printed step keeps constants after all";
    return keeps_constants(LegsScheme::kBilinearCorrected, n);
  });
  const std::vector<Rational> ones(6, Rational(1)), u{1, 2, -1, 3};
  finding.value = "N = 1 already, 1 becomes " +
                  exact::to_string(legs_scheme_step(LegsScheme::kBilinearAsPrinted, 1, unit(1), Rational(1))[0]) +
                  " at k = 1; as printed, u = 1, after 5 steps: " +
                  listed(legs_scheme_run(LegsScheme::kBilinearAsPrinted, 5, ones)) + "; u = (1, 2, -1, 3): exact " +
                  listed(legs_scheme_run(LegsScheme::kExact, 5, u)) + ", printed " +
                  listed(legs_scheme_run(LegsScheme::kBilinearAsPrinted, 5, u)) + ", A/(k + 1) in both factors " +
                  listed(legs_scheme_run(LegsScheme::kBilinearAtEnd, 5, u)) + ", corrected " +
                  listed(legs_scheme_run(LegsScheme::kBilinearCorrected, 5, u));
  return finding;
}

// hippo-code starts its bilinear step at k = 0 from c = 0: with A/t, t = 1, that is a step like all others.
Finding start_from_zero(const Scope& scope) {
  const auto run = [](std::size_t n, std::size_t steps) {
    std::vector<Rational> x(n, Rational(0));
    for (std::size_t k = 0; k < steps; ++k) x = legs_scheme_step(LegsScheme::kBilinearAtEnd, k, x, Rational(1));
    return x;
  };
  Finding finding = for_sizes(scope, 1, 16, exactly_in("Q"), [&](std::size_t n) -> Failure {
    for (std::size_t steps = 1; steps <= 6; ++steps) {
      if (run(n, steps) == unit(n)) return "the constant is there after " + std::to_string(steps) + " steps";
    }
    return {};
  });
  finding.value = "N = 5, after 6 steps: " + listed(run(5, 6));
  return finding;
}

// hippo(f(γ·))(t) = hippo(f)(γt): steps depend on ratios of times only.
Finding time_scale(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 24, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const Rational from = random.positive(), to = from + random.positive(), gamma = random.positive();
    if (const Failure failure = unless_equal(legs_step(n, from * gamma, to * gamma), legs_step(n, from, to)))
      return failure;
    // And two steps with the same input are one.
    const Rational end = to + random.positive(), u = random.number();
    const auto x = random.vector(n);
    return unless_equal("x", stepped(kQ, legs_step(n, to, end), stepped(kQ, legs_step(n, from, to), x, u), u),
                        stepped(kQ, legs_step(n, from, end), x, u));
  });
}

}  // namespace

Claims legs_step_claims() {
  return {
      {"discretisation.legs.eigenvectors", ClaimKind::kSpectrum,
       "A V = V diag(-1, ..., -N), V_ij = (-1)^(i-j) (2i + 1) binomial(i + j, i - j), V^-1_ij = binomial(2i, i - j)/(i "
       "+ j + 1)",
       "Su10162", eigenvectors},
      {"discretisation.legs.exponential", ClaimKind::kIdentity,
       "e^(tA) = V diag(q, q^2, ..., q^N) V^-1 with q = e^-t: it is I at q = 1 and its derivative is A e^(tA)",
       "this project", exponential},
      {"discretisation.legs.impulse", ClaimKind::kIdentity,
       "(e^(tA) B)_n = (2n + 1) q P_n(2q - 1) with q = e^-t: LegS as a time-invariant system forgets exponentially",
       "Su10162", warped_legendre},
      {"discretisation.legs.hold", ClaimKind::kIdentity, "A^-1 (E - I) B = (I - E) e_0 for E = (t0/t1)^-A",
       "this project", zero_order_hold_input},
      {"discretisation.legs.group", ClaimKind::kIdentity, "s^-A t^-A = (s t)^-A", "Su10137", group_law},
      {"discretisation.legs.time-scale", ClaimKind::kIdentity,
       "exact steps from t0 to t1 and from c t0 to c t1 are the same, and two of them with one input are one",
       "GuEtAl2020", time_scale},
      {"discretisation.legs.step-size", ClaimKind::kIdentity,
       "written with t = k step, every scheme for LegS depends on k alone: the step cancels", "Su10137", step_cancels},
      {"discretisation.legs.matvec", ClaimKind::kIdentity, "(A x)_n = n x_n - (2n + 1)(x_0 + ... + x_n): O(N)",
       "GuEtAl2020", matvec},
      {"discretisation.legs.solve", ClaimKind::kIdentity,
       "(I - a A)^-1 x by S_n (1 + a(n + 1)) = (1 - a n) S_(n-1) + x_n, z_n = S_n - S_(n-1): O(N)", "GuEtAl2020",
       solving},
      {"discretisation.legs.constants", ClaimKind::kIdentity,
       "both Euler schemes, the bilinear one with A/(k + 1) in both factors, the one with the input weight (1/k + 1/(k "
       "+ 1))/2, and the exact step keep constants",
       "this project", constants},
      {"discretisation.legs.constants-lost", ClaimKind::kErratum,
       "the bilinear step (I - A/(2(k + 1)))^-1 [(I + A/(2k)) x + B u/k], as printed, does not keep constants; with "
       "the input weight (1/k + 1/(k + 1))/2 it does",
       "Su10137", constants_erratum},
      {"discretisation.legs.start", ClaimKind::kBound,
       "the bilinear step started from 0 at t = 1 has not reached a constant input's coefficients e_0 after 1 to 6 "
       "steps",
       "this project", start_from_zero},
  };
}

}  // namespace eigenmata::ssm

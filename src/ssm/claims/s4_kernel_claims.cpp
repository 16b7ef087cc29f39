// SPDX-License-Identifier: Apache-2.0
//
// S4: the convolution kernel, by its generating function and by the recurrence.
#include <algorithm>
#include <cstdio>

#include "claims.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/resolvent.hpp"
#include "eigenmata/ssm/s4.hpp"
#include "eigenmata/ssm/s4_spectrum.hpp"
#include "eigenmata/ssm/transfer_function.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Polynomial;
using exact::Rational;

/// Values at which a rational function of this degree is decided: 1/2, 1/3, …
std::vector<Rational> points(std::size_t count) {
  std::vector<Rational> z;
  for (std::size_t i = 0; i < count; ++i) z.emplace_back(1, i + 2);
  return z;
}

Rational quadratic(const std::vector<Rational>& c, const Matrix<Rational>& a, const std::vector<Rational>& b) {
  return dot(kQ, c, divided(a, Matrix<Rational>(b.size(), 1, b)).entries());
}

Finding generating_function(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 8, exactly_in("Q(z)"), [&](std::size_t n) -> Failure {
    const auto system = legs_form(n);
    const auto c = random.vector(n);
    const Rational step = random.positive();
    const auto discrete = bilinear(system, step);
    // Both sides have det(I − zĀ) for denominator and a numerator of degree < N: 2N points decide it.
    for (const Rational& z : points(2 * n)) {
      const auto left = shifted(kQ, accelerated(kQ, discrete, Rational(-z)).a, Rational(1));
      const Rational g = Rational(2) / step * (Rational(1) - z) / (Rational(1) + z);
      const auto right = shifted(kQ, accelerated(kQ, system, Rational(-1)).a, g);
      if (const Failure failure = unless_equal("G(" + exact::to_string(z) + ")", quadratic(c, left, discrete.b),
                                               Rational(2) / (Rational(1) + z) * quadratic(c, right, system.b)))
        return failure;
    }
    return {};
  });
}

Finding truncated_function(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 8);
  return for_sizes(scope, 1, 6, exactly_in("Q(z)"), [&](std::size_t n) -> Failure {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    const auto taps = kernel_within(scope.limits, discrete, c, length);
    const auto tail = power(discrete.a, length);
    for (const Rational& z : points(length + n)) {
      scope.limits.poll();
      Rational sum = 0, last = 1;
      for (const Rational& value : taps) {
        sum += value * last;
        last *= z;
      }
      auto row = applied_from_left(c, tail);
      for (std::size_t i = 0; i < n; ++i) row[i] = c[i] - last * row[i];
      const auto a = shifted(kQ, accelerated(kQ, discrete, Rational(-z)).a, Rational(1));
      if (const Failure failure = unless_equal("G_L(" + exact::to_string(z) + ")", quadratic(row, a, discrete.b), sum))
        return failure;
    }
    return {};
  });
}

Finding woodbury(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 8, exactly_in("Q(z)"), [&](std::size_t n) -> Failure {
    for (const auto& [form, system] :
         {std::pair{legs_normal_form(n), legs_form(n)}, std::pair{legt_normal_form(n), legt_form(n)},
          std::pair{lagt_normal_form(n), lagt_form(n)}}) {
      const auto c = random.vector(n);
      const Rational step = random.positive();
      const auto discrete = bilinear(system, step);
      for (const Rational& z : points(2 * n)) {
        const auto a = shifted(kQ, accelerated(kQ, discrete, Rational(-z)).a, Rational(1));
        if (const Failure failure =
                unless_equal("G(" + exact::to_string(z) + ")", woodbury_value(form, system.b, c, step, z),
                             quadratic(c, a, discrete.b)))
          return failure;
      }
    }
    return {};
  });
}

Finding woodbury_identity(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 12, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const std::size_t rank = 1 + n / 3;
    const Matrix<Rational> m = shifted(kQ, random.matrix(n, n), Rational(20 * n)), u = random.matrix(n, rank),
                           v = random.matrix(rank, n);
    const auto inverse = exact::inverse(m);
    const auto direct = exact::inverse(exact::subtract(kQ, m, exact::multiply(kQ, u, v)));
    if (!inverse || !direct) return {};  // the identity speaks of invertible matrices
    const auto vm = exact::multiply(kQ, v, *inverse), mu = exact::multiply(kQ, *inverse, u);
    const auto inner = exact::inverse(exact::subtract(kQ, exact::identity(kQ, rank), exact::multiply(kQ, vm, u)));
    if (!inner) return "I - V M^-1 U is singular";
    const auto correction = exact::multiply(kQ, mu, exact::multiply(kQ, *inner, vm));
    return unless_equal("(M - U V)^-1 - M^-1 U (...)^-1 V M^-1", exact::subtract(kQ, *direct, correction), *inverse);
  });
}

Finding at_minus_one(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 16);
  if (length % 2 == 1) throw core::Error("-1 is an L-th root of unity for even L, not " + std::to_string(length));
  const auto values = [&](std::size_t n, const Rational& step, const std::vector<Rational>& c, std::size_t l) {
    const auto system = legs_form(n);
    const auto discrete = bilinear(system, step);
    Rational sum = 0;
    const auto taps = kernel_within(scope.limits, discrete, c, l);
    for (std::size_t k = 0; k < l; ++k) sum += k % 2 == 0 ? taps[k] : -taps[k];
    return std::pair{sum,
                     Rational(step / 2 * dot(kQ, truncated_output(StateSpace<Rational>{discrete, c}, l), system.b))};
  };
  Finding finding = for_sizes(scope, 1, 16, exactly_in("Q"), [&](std::size_t n) {
    const auto [sum, formula] = values(n, random.positive(), random.vector(n), length);
    return unless_equal("G_L(-1)", formula, sum);
  });
  finding.value = "N = 2, step 1, L = 4: " + exact::to_string(values(2, 1, ones(2), 4).first) +
                  "; N = 3, step 1/2, L = 4: " + exact::to_string(values(3, Rational(1, 2), ones(3), 4).first);
  return finding;
}

Finding worked_kernels(const Scope& scope) {
  (void)scope;
  // Two routes to the same numbers: the recurrence, and the series of the transfer function's two polynomials.
  Failure failure;
  std::string value;
  for (const auto& [n, step] : {std::pair{std::size_t{2}, Rational(1)}, std::pair{std::size_t{3}, Rational(1, 2)}}) {
    const auto discrete = bilinear(legs_form(n), step);
    const auto taps = kernel(kQ, StateSpace<Rational>{discrete, ones(n)}, 6);
    const Resolvent h = resolvent(discrete, ones(n));
    std::vector<Rational> series;  // Σ K_k z^k with z = 1/s: reversed numerator over reversed denominator
    for (std::size_t k = 0; k < taps.size(); ++k) {
      Rational sum =
          k < n && n - 1 - k < h.numerator.coefficients.size() ? h.numerator.coefficients[n - 1 - k] : Rational(0);
      for (std::size_t j = 1; j <= std::min(k, n); ++j) sum -= h.denominator.coefficients[n - j] * series[k - j];
      series.push_back(sum);
    }
    if (!failure) failure = unless_equal("K", series, taps);
    value += (value.empty() ? "N = 2, step 1: " : "; N = 3, step 1/2: ") + listed(taps);
  }
  return for_one_case(exactly_in("Q"), "N = 2, 3, L = 6", failure, value);
}

// IDFT of G at the L-th roots of unity, without truncation: κ with det(I − zĀ) κ ≡ numerator in ℚ[z]/(z^L − 1), against
// C (I − Ā^L)⁻¹ Ā^k B̄.
Finding aliasing(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 12);
  return for_sizes(scope, 1, 10, exactly_in("Q[z]/(z^L - 1)"), [&](std::size_t n) -> Failure {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    const Resolvent h = resolvent(discrete, c);
    std::vector<Rational> numerator(length, Rational(0)), denominator(length, Rational(0));
    for (std::size_t i = 0; i < h.numerator.coefficients.size(); ++i)
      numerator[(n - 1 - i) % length] += h.numerator.coefficients[i];
    for (std::size_t i = 0; i <= n; ++i) denominator[(n - i) % length] += h.denominator.coefficients[i];
    const auto folded =
        shifted(kQ, accelerated(kQ, LinearSystem<Rational>{power(discrete.a, length), discrete.b}, Rational(-1)).a,
                Rational(1));
    const auto row = divided(exact::transposed(folded), Matrix<Rational>(n, 1, c)).entries();
    const auto taps = kernel_within(scope.limits, discrete, row, length);
    std::vector<Rational> product(length, Rational(0));
    for (std::size_t i = 0; i < length; ++i) {
      scope.limits.poll();
      for (std::size_t j = 0; j < length; ++j) product[(i + j) % length] += denominator[i] * taps[j];
    }
    return unless_equal("the numerator", product, numerator);
  });
}

Finding doubling(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 8);
  return for_sizes(scope, 1, 10, exactly_in("Q"), [&](std::size_t n) {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    auto row = truncated_output(StateSpace<Rational>{discrete, c}, length);
    const auto more = applied_from_left(row, power(discrete.a, length));
    for (std::size_t i = 0; i < n; ++i) row[i] += more[i];
    return unless_equal("C~", row, truncated_output(StateSpace<Rational>{discrete, c}, 2 * length));
  });
}

// Ā = A₁ A₀ and B̄ = 2 A₁ B with A₀ = (2/ε) I + A, A₁ = D − D P (I + Qᵀ D P)⁻¹ Qᵀ D, D = ((2/ε) − N)⁻¹.
Finding recurrent_step(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 16, exactly_in("Q"), [&](std::size_t n) -> Failure {
    for (const bool is_legs : {true, false}) {
      const auto form = is_legs ? legs_normal_form(n) : legt_normal_form(n);
      const auto system = is_legs ? legs_form(n) : legt_form(n);
      const Rational step = random.positive(), rate = Rational(2) / step;
      Matrix<Rational> m(n, n, Rational(0));
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) m(i, j) = (i == j ? rate : Rational(0)) - form.normal(i, j);
      }
      const auto d = exact::inverse(m);
      if (!d) return "the step is an eigenvalue";
      const auto dp = exact::multiply(kQ, *d, form.p), qd = exact::multiply(kQ, exact::transposed(form.q), *d);
      auto small = exact::multiply(kQ, exact::transposed(form.q), dp);
      small = shifted(kQ, small, Rational(1));
      const auto a1 = exact::subtract(kQ, *d, exact::multiply(kQ, dp, divided(small, qd)));
      LinearSystem<Rational> result{exact::multiply(kQ, a1, shifted(kQ, system.a, rate)), applied(kQ, a1, system.b)};
      for (Rational& value : result.b) value *= Rational(2);
      if (const Failure failure = unless_equal(result, bilinear(system, step))) return failure;
    }
    return {};
  });
}

Finding singular_steps(const Scope& scope) {
  return for_sizes(scope, 1, 16, exactly_in("Q"), [](std::size_t n) -> Failure {
    for (std::size_t j = 1; j <= 2 * n; ++j) {
      const bool is_singular = exact::determinant(bilinear(legs_form(n), Rational(2, j)).a) == 0;
      if (is_singular != (j <= n)) return "step 2/" + std::to_string(j);
      if (exact::determinant(bilinear(legs_form(n), Rational(4, 2 * j + 1)).a) == 0)
        return "step 4/" + std::to_string(2 * j + 1);
    }
    return {};
  });
}

// y_L = Σ_{k<L} K_k u_{L−1−k}.
Finding output_index(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t length = length_of(scope, 1, 10);
  return for_sizes(scope, 1, 8, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const auto discrete = bilinear(legs_form(n), random.positive());
    const auto c = random.vector(n);
    auto u = random.vector(length + 1);
    u[0] = 1;
    u[1] = 2;  // so that the printed formula is wrong at L = 1 already, if K_0 is not 0
    const auto taps = kernel_within(scope.limits, discrete, c, length);
    std::vector<Rational> x(n, Rational(0));
    bool printed_holds = true;
    for (std::size_t l = 1; l <= length; ++l) {
      scope.limits.poll();
      x = stepped(kQ, discrete, x, u[l - 1]);
      Rational sum = 0, printed = 0;
      for (std::size_t k = 0; k < l; ++k) {
        sum += taps[k] * u[l - 1 - k];
        printed += taps[k] * u[l - k];
      }
      const Rational y = dot(kQ, c, x);
      if (const Failure failure = unless_equal("y_" + std::to_string(l), sum, y)) return failure;
      printed_holds = printed_holds && printed == y;
      if (l == 1 && taps[0] != 0 && printed == y) return "the printed index is right at L = 1";
    }
    if (printed_holds) return "the printed index is right";
    return {};
  });
}

// The same in balls, with the spectrum: K from Cauchy sums at the nodes contains the exact kernel.
Finding cauchy_kernel(const Scope& scope) {
  const std::size_t bits = scope.bits, length = length_of(scope, 1, 32);
  RandomRationals random(scope.seed);
  const exact::ComplexBallArithmetic k{bits};
  Rational radius;
  Finding finding = for_sizes(scope, 1, 12, in_balls(bits), [&](std::size_t n) -> Failure {
    const Rational step(1, length);
    const auto c = random.vector(n);
    const auto system = legs_form(n);
    const auto discrete = bilinear(system, step);
    const auto truncated = truncated_output(StateSpace<Rational>{discrete, c}, length);
    std::vector<ComplexBall> row;
    for (const Rational& value : truncated) row.push_back(k.from_rational(value));
    const auto form = legs_cauchy_form(n, row, bits);
    std::vector<ComplexBall> g, roots;
    for (std::size_t l = 0; l < length; ++l) {
      roots.push_back(exact::root_of_unity(-Rational(l, length), bits));
      g.push_back(2 * l == length ? k.from_rational(step / Rational(2) * dot(kQ, truncated, system.b))
                                  : cauchy_value(k, form, k.from_rational(Rational(2) / step), roots.back()));
    }
    const auto taps = kernel_within(scope.limits, discrete, c, length);
    for (std::size_t at = 0; at < length; ++at) {
      scope.limits.poll();
      ComplexBall sum;
      for (std::size_t l = 0; l < length; ++l) exact::add_product(k, sum, g[l], roots[at * l % length].conjugate());
      sum = k.divide(sum, k.from_rational(Rational(length)));
      const ComplexBall difference = k.subtract(sum, k.from_rational(taps[at]));
      if (!difference.contains_zero()) return "K_" + std::to_string(at) + " is " + sum.to_string();
      const Ball size = difference.modulus(bits);
      if (!size.is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
      radius = std::max(radius, Rational(size.dyadic_ends(bits).second));
    }
    return {};
  });
  finding.range += ", L = " + std::to_string(length);
  finding.value = "every K_k within " + Ball(radius, 64).to_string(2) + " of the rational one";
  return finding;
}

}  // namespace

Claims s4_kernel_claims() {
  return {
      {"s4.kernel.generating-function", ClaimKind::kIdentity,
       "C (I - z A')^-1 B' = 2/(1 + z) C (g - A)^-1 B with g = (2/step)(1 - z)/(1 + z)", "GuEtAl2022",
       generating_function},
      {"s4.kernel.truncated", ClaimKind::kIdentity, "the sum of K_k z^k over k < L is C (I - z^L A'^L)(I - z A')^-1 B'",
       "GuEtAl2022", truncated_function},
      {"s4.kernel.woodbury", ClaimKind::kIdentity, "(M - U V)^-1 = M^-1 + M^-1 U (I - V M^-1 U)^-1 V M^-1",
       "GuEtAl2022", woodbury_identity},
      {"s4.kernel.low-rank", ClaimKind::kIdentity,
       "the generating function by Woodbury's identity from the normal plus low rank form is that of the recurrence, "
       "for LegS, LegT and LagT",
       "GuEtAl2022", woodbury},
      {"s4.kernel.minus-one", ClaimKind::kIdentity,
       "the truncated generating function is (step/2) C~ B at z = -1, L even", "this project", at_minus_one},
      {"s4.kernel.worked", ClaimKind::kIdentity,
       "C = (1, ..., 1): the kernel by recurrence is the series of its transfer function", "this project",
       worked_kernels},
      {"s4.kernel.aliasing", ClaimKind::kIdentity,
       "without truncation the inverse transform gives C (I - A'^L)^-1 A'^k B', the sum of K_(k+mL) over m", "Su10162",
       aliasing},
      {"s4.kernel.doubling", ClaimKind::kIdentity, "C~ for 2L is C~ (I + A'^L)", "GuEtAl2022", doubling},
      {"s4.kernel.recurrent", ClaimKind::kIdentity,
       "A' = A1 A0 and B' = 2 A1 B with A0 = 2/step + A, A1 = D - D P (I + Q^T D P)^-1 Q^T D, D = (2/step - N)^-1",
       "GuEtAl2022", recurrent_step},
      {"s4.kernel.singular", ClaimKind::kSpectrum, "A' of LegS is singular if and only if step = 2/j for some j <= N",
       "this project", singular_steps},
      {"s4.kernel.cauchy", ClaimKind::kIdentity,
       "Cauchy sums over the enclosed spectrum, at the L-th roots of unity, give the rational kernel", "GuEtAl2022",
       cauchy_kernel},
      {"s4.kernel.index", ClaimKind::kErratum,
       "y_L is the sum of K_k u_(L-1-k); u_(L-k), as printed, is wrong, first at L = 1", "Su10162", output_index},
  };
}

}  // namespace eigenmata::ssm

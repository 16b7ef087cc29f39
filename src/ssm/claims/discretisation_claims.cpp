// SPDX-License-Identifier: Apache-2.0
//
// Discretisation: schemes for x′ = A x + B u.
#include "claims.hpp"
#include "eigenmata/exact/complex_ball_matrix.hpp"
#include "eigenmata/ssm/discretise.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Matrix;
using exact::Rational;

const Rational kHalf(1, 2);

Finding two_half_steps(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 16, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const LinearSystem<Rational> system{random.matrix(n, n), random.vector(n)};
    const auto x = random.vector(n);
    const Rational u = random.number(), step = random.positive() / Rational(64);
    const auto forward = generalised_bilinear(system, 0, step / Rational(2));
    const auto backward = generalised_bilinear(system, 1, step / Rational(2));
    return unless_equal("x", stepped(kQ, backward, stepped(kQ, forward, x, u), u),
                        stepped(kQ, bilinear(system, step), x, u));
  });
}

// The series of r(z) = (1 + (1 − α) z)/(1 − α z), by long division.
std::vector<Rational> amplification_series(const Rational& alpha, std::size_t count) {
  std::vector<Rational> r{1};  // r · (1 − α z) = 1 + (1 − α) z
  while (r.size() < count) r.push_back(alpha * r.back() + (r.size() == 1 ? Rational(1) - alpha : Rational(0)));
  return r;
}

// The other convention for the parameter, a at the earlier end, is 1 − a of this one: and going back with 1 − a and the
// step negated undoes a step with a, the input included.
Finding undone(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 16, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const auto system = legt_form(n);
    for (const Rational& alpha : {Rational(0), Rational(1, 3), Rational(1, 2), Rational(1)}) {
      const Rational step = random.positive() / Rational(100), u = random.number();
      const auto x = random.vector(n);
      const auto moved = stepped(kQ, generalised_bilinear(system, alpha, step), x, u);
      const auto back = stepped(kQ, generalised_bilinear(system, 1 - alpha, -step), moved, u);
      if (const Failure failure = unless_equal("x", back, x)) return *failure + " for a = " + exact::to_string(alpha);
    }
    return {};
  });
}

Finding orders(const Scope& scope) {
  (void)scope;
  Failure failure;
  std::string value;
  for (int numerator = -6; numerator <= 12 && !failure; ++numerator) {
    const Rational alpha(numerator, 6);
    // The series is that of the scheme: r(z) at rational z, from the code, against the closed fraction.
    const LinearSystem<Rational> scalar{{1, 1, std::vector<Rational>{Rational(-3, 7)}}, {Rational(0)}};
    const Rational z(-3, 7);
    if (Rational(1) - alpha * z != 0) {
      failure = unless_equal("r", generalised_bilinear(scalar, alpha, 1).a(0, 0),
                             (Rational(1) + (Rational(1) - alpha) * z) / (Rational(1) - alpha * z));
      if (failure) break;
    }
    const auto r = amplification_series(alpha, 4);
    Rational factorial = 1;
    std::size_t order = 0;
    while (order + 1 < 4) {
      factorial *= Rational(order + 1);
      if (r[order + 1] != Rational(1) / factorial) break;
      ++order;
    }
    const std::size_t expected = alpha == kHalf ? 2 : 1;
    if (order != expected) failure = "alpha = " + exact::to_string(alpha) + " has order " + std::to_string(order);
    if (!failure) failure = unless_equal("the term of z^2", Rational(r[2] - kHalf), Rational(alpha - kHalf));
    if (!failure)
      failure = unless_equal("that of z^3", Rational(r[3] - Rational(1, 6)), Rational(alpha * alpha - Rational(1, 6)));
    if (alpha == kHalf) value = "bilinear: r(z) - exp(z) = " + exact::to_string(r[3] - Rational(1, 6)) + " z^3 + ...";
  }
  return for_one_case(exactly_in("Q[[z]]"), "alpha = -1, -5/6, .., 2", failure, value);
}

// |1 + (1 − α) z|² − |1 − α z|² = 2 Re z + (1 − 2α) |z|², both of degree ≤ 2 in each of α, Re z, Im z: three values of
// each decide it. What follows: for α ≥ 1/2, |r| ≤ 1 on Re z ≤ 0; for α < 1/2 it is > 1 at z = i.
Finding stability(const Scope& scope) {
  (void)scope;
  Failure failure;
  const auto norm = [](const Rational& a, const Rational& b) -> Rational { return a * a + b * b; };
  for (int a = -1; a <= 1 && !failure; ++a) {
    for (int x = -1; x <= 1; ++x) {
      for (int y = -1; y <= 1; ++y) {
        const Rational alpha(a), beta(1 - a), re(x), im(y);
        const Rational left = norm(1 + beta * re, beta * im) - norm(1 - alpha * re, alpha * im);
        const Rational right = 2 * re + (1 - 2 * alpha) * norm(re, im);
        if (left != right) failure = "the difference of the squares is another";
      }
    }
  }
  // The scheme itself, on the rotation x′ = i x written over ℚ: x ← r(i ε) x scales |x|² by |r|².
  for (int numerator = 0; numerator <= 12 && !failure; ++numerator) {
    const Rational alpha(numerator, 12);
    const LinearSystem<Rational> rotation{{2, 2, std::vector<Rational>{0, -1, 1, 0}}, {0, 0}};
    for (const Rational& step : {Rational(1, 10), Rational(1), Rational(10)}) {
      const auto x = stepped(kQ, generalised_bilinear(rotation, alpha, step), {Rational(1), Rational(0)}, Rational(0));
      const Rational size = norm(x[0], x[1]);
      const bool grows = size > 1, stays = size == 1;
      if (grows != (alpha < kHalf) || stays != (alpha == kHalf))
        failure = "alpha = " + exact::to_string(alpha) + ", step " + exact::to_string(step) +
                  ": |r|^2 = " + exact::to_string(size);
    }
  }
  return for_one_case(exactly_in("Q[alpha, Re z, Im z]"), "all alpha and z", failure);
}

// r = (1 + z/2)/(1 − z/2): (1 − z/2) e^z − (1 + z/2) = O(z³), so it is the [1/1] Padé approximant; z = 2 (r − 1)/(r +
// 1) takes it back wherever z ≠ 2 and r ≠ −1, and |2 + z|² − |2 − z|² = 8 Re z says which side goes where. Each
// identity is one of polynomials of degree ≤ 2 in each variable.
Finding cayley(const Scope& scope) {
  (void)scope;
  Failure failure;
  std::vector<Rational> rest(5, Rational(0));
  Rational factorial = 1, before = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (i > 0) factorial *= Rational(i);
    rest[i] = Rational(1) / factorial - kHalf * before - Rational(i == 0 ? 1 : 0) - (i == 1 ? kHalf : Rational(0));
    before = Rational(1) / factorial;
  }
  for (std::size_t i = 0; i < 3 && !failure; ++i)
    failure = unless_equal("the term of z^" + std::to_string(i), rest[i], 0);
  if (!failure && rest[3] == 0) failure = "it agrees further than [1/1] can";
  std::size_t places = 0;
  for (int x = -6; x <= 6 && !failure; ++x) {
    for (int y = -6; y <= 6 && !failure; ++y) {
      if (x == 4 && y == 0) continue;  // z = 2
      // The scheme itself on x′ = z x over ℚ, z = (x + iy)/2 as a matrix of 2 × 2.
      const Rational re(x, 2), im(y, 2);
      const LinearSystem<Rational> turn{{2, 2, std::vector<Rational>{re, -im, im, re}}, {0, 0}};
      const auto r = bilinear(turn, 1).a;
      const Rational a = r(0, 0), b = r(1, 0), size = a * a + b * b;
      if (r(1, 1) != a || r(0, 1) != -b) failure = "r is not a complex number";
      if (a == -1 && b == 0) failure = "r = -1 is attained";
      // 2 (r − 1)/(r + 1), the quotient made real.
      const Rational divisor = (a + 1) * (a + 1) + b * b;
      if (!failure) failure = unless_equal("Re z", Rational(2 * (a * a + b * b - 1) / divisor), re);
      if (!failure) failure = unless_equal("Im z", Rational(4 * b / divisor), im);
      const bool is_left = re < 0, is_inside = size < 1, is_axis = re.is_zero(), is_circle = size == 1;
      if (is_left != is_inside || is_axis != is_circle) failure = "the half plane does not go to the disc";
      const Rational gap = (2 - re) * (2 - re) + im * im;  // |2 − z|²
      if (!failure) failure = unless_equal("(|r|² - 1)|2 - z|²", Rational((size - 1) * gap), Rational(8 * re));
      ++places;
    }
  }
  return for_one_case(exactly_in("Q[[z]], Q(i)"),
                      "four terms; " + std::to_string(places) + " z, which decide the identities", failure,
                      "(1 - z/2) exp(z) - (1 + z/2) = " + exact::to_string(rest[3]) + " z^3 + ...");
}

// ε (I − εA/2)⁻¹ B against ∫_0^ε e^{tA} B dt, whose series is Σ ε^{k+1} A^k B/(k + 1)!.
Finding input_difference(const Scope& scope) {
  RandomRationals random(scope.seed);
  return for_sizes(scope, 1, 12, exactly_in("Q"), [&](std::size_t n) -> Failure {
    const LinearSystem<Rational> system{random.matrix(n, n), random.vector(n)};
    // The terms of ε, ε², ε³: of the bilinear B̄ from (I − εA/2) B̄ = ε B, order by order.
    std::vector<std::vector<Rational>> bilinear_terms{system.b}, exact_terms{system.b};
    for (std::size_t order = 2; order <= 3; ++order) {
      auto next = applied(kQ, system.a, bilinear_terms.back());
      for (Rational& value : next) value /= Rational(2);
      bilinear_terms.push_back(next);
      next = applied(kQ, system.a, exact_terms.back());
      for (Rational& value : next) value /= Rational(order);
      exact_terms.push_back(next);
    }
    if (const Failure failure = unless_equal("the term of the step's square", bilinear_terms[1], exact_terms[1]))
      return failure;
    auto difference = bilinear_terms[2];
    for (std::size_t i = 0; i < n; ++i) difference[i] -= exact_terms[2][i];
    auto expected = applied(kQ, system.a, applied(kQ, system.a, system.b));
    for (Rational& value : expected) value /= Rational(12);
    if (const Failure failure = unless_equal("the term of its cube", difference, expected)) return failure;
    // The series is that of the code: for ε = 2^−20, what is left after three terms is below 2^−70 or so.
    const Rational step(1, 1 << 20);
    const auto b = bilinear(system, step).b;
    for (std::size_t i = 0; i < n; ++i) {
      const Rational rest =
          b[i] - step * (bilinear_terms[0][i] + step * (bilinear_terms[1][i] + step * bilinear_terms[2][i]));
      Rational bound = 1;
      for (int power = 0; power < 3; ++power) bound *= step;
      if (abs(rest) > bound * Rational(1, 64)) return "the series is not that of the scheme";
    }
    return {};
  });
}

// exp of ε [[A, B], [0, 0]] holds e^{εA} and ∫_0^ε e^{tA} B dt, whether A is singular or not: against A⁻¹ (e^{εA} − I)
// B, and for a nilpotent A against its series, which ends.
Finding zero_order_hold(const Scope& scope) {
  RandomRationals random(scope.seed);
  const std::size_t bits = scope.bits;
  return for_sizes(scope, 1, 8, in_balls(bits), [&](std::size_t n) -> Failure {
    const exact::ComplexBallArithmetic k{bits};
    const Rational step = random.positive() / Rational(16);
    const auto held = [&](const LinearSystem<Rational>& system) {
      Matrix<exact::ComplexBall> both(n + 1, n + 1, exact::ComplexBall());
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) both(i, j) = k.from_rational(step * system.a(i, j));
        both(i, n) = k.from_rational(step * system.b[i]);
      }
      return exact::exponential(both, bits);
    };
    const LinearSystem<Rational> system{random.matrix(n, n), random.vector(n)};
    const auto e = held(system);
    if (exact::determinant(system.a) != 0) {
      const auto inverse = *exact::inverse(system.a);
      for (std::size_t i = 0; i < n; ++i) {
        exact::ComplexBall sum;
        for (std::size_t j = 0; j < n; ++j) {
          exact::ComplexBall moved = k.from_rational(-system.b[j]);
          for (std::size_t l = 0; l < n; ++l) exact::add_product(k, moved, e(j, l), k.from_rational(system.b[l]));
          exact::add_product(k, sum, k.from_rational(inverse(i, j)), moved);
        }
        if (!sum.overlaps(e(i, n))) return "B' is " + e(i, n).to_string() + ", not " + sum.to_string();
        if (!e(i, n).modulus(bits).is_narrower_than(static_cast<long>(bits) / 4)) undecided(bits);
      }
    }
    LinearSystem<Rational> nilpotent = system;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = i; j < n; ++j) nilpotent.a(i, j) = 0;
    }
    const auto f = held(nilpotent);
    std::vector<Rational> term = nilpotent.b, series(n, Rational(0));
    for (std::size_t order = 1; order <= n; ++order) {
      for (std::size_t i = 0; i < n; ++i) {
        term[i] *= step / Rational(order);
        series[i] += term[i];
      }
      term = applied(kQ, nilpotent.a, term);
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (!f(i, n).real().contains(series[i]))
        return "A nilpotent: B' is " + f(i, n).to_string() + ", not " + exact::to_string(series[i]);
    }
    return {};
  });
}

}  // namespace

Claims discretisation_claims() {
  return {
      {"discretisation.half-steps", ClaimKind::kIdentity,
       "a bilinear step is half a step of forward Euler, then half a step of backward Euler, the input included",
       "Su10137", two_half_steps},
      {"discretisation.conventions", ClaimKind::kIdentity,
       "a step with weight a on the later end is undone by a step of the opposite size with 1 - a: the two conventions "
       "for a are each other's inverses",
       "this project", undone},
      {"discretisation.order", ClaimKind::kOrder,
       "the generalised bilinear scheme has r(z) - exp(z) = (a - 1/2) z^2 + (a^2 - 1/6) z^3 + ...: order 2 for a = "
       "1/2, then with z^3/12, else order 1",
       "GuEtAl2020", orders},
      {"discretisation.stability", ClaimKind::kBound,
       "|1 + (1 - a) z|^2 - |1 - a z|^2 = 2 Re z + (1 - 2a)|z|^2: |r| <= 1 on Re z <= 0 if and only if a >= 1/2, and "
       "for a = 1/2 Re z < 0 if and only if |r| < 1",
       "GuEtAl2020", stability},
      {"discretisation.cayley", ClaimKind::kIdentity,
       "the bilinear r(z) is the [1/1] Padé approximant of exp(z); it maps z other than 2 one to one onto r other than "
       "-1, and Re z < 0 onto |r| < 1",
       "Su10137", cayley},
      {"discretisation.zero-order-hold", ClaimKind::kIdentity,
       "the exact step for a held input is exp of step [[A, B], [0, 0]]: B' = A^-1 (exp(step A) - I) B, or its series "
       "where A is singular",
       "Su10137", zero_order_hold},
      {"discretisation.input", ClaimKind::kOrder,
       "the bilinear input vector exceeds the exact one by step^3 A^2 B/12 + O(step^4)", "this project",
       input_difference},
  };
}

}  // namespace eigenmata::ssm

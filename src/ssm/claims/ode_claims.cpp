// SPDX-License-Identifier: Apache-2.0
//
// A recurrent network as a step of an ordinary differential equation: Runge–Kutta methods as cells, their orders by
// exact power series, and the competition model fitted to data with an enclosure.
#include <algorithm>
#include <array>
#include <cmath>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/runge_kutta.hpp"
#include "random_data.hpp"
#include "series_arithmetic.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Rational;

/// y' = f(y) in three unknowns, quadratic with random coefficients: f_i = c_i + Σ l_ij y_j + Σ q_ijk y_j y_k.
template <class K>
auto random_field(const K& k, Random& random) {
  std::vector<Rational> c;
  for (int i = 0; i < 3 * (1 + 3 + 9); ++i) c.push_back(random_rational(random));
  return [k, c](const std::vector<typename K::Scalar>& y) {
    std::vector<typename K::Scalar> result;
    for (std::size_t i = 0; i < 3; ++i) {
      const std::size_t at = i * 13;
      auto sum = k.from_rational(c[at]);
      for (std::size_t j = 0; j < 3; ++j) {
        sum = k.add(sum, k.multiply(k.from_rational(c[at + 1 + j]), y[j]));
        for (std::size_t l = 0; l < 3; ++l)
          sum = k.add(sum, k.multiply(k.from_rational(c[at + 4 + 3 * j + l]), k.multiply(y[j], y[l])));
      }
      result.push_back(sum);
    }
    return result;
  };
}

Finding order_by_series(const Scope& scope) {
  Failure failure;
  std::string value;
  for (const RungeKutta& method : runge_kutta_methods()) {
    const SeriesArithmetic k{method.order + 2};
    bool next_term_agrees = true;
    for (std::uint64_t i = 0; i < 3 && !failure; ++i) {
      scope.limits.poll();
      Random random(scope.seed + i);
      const auto f = random_field(k, random);
      std::vector<std::vector<Rational>> start;
      for (int j = 0; j < 3; ++j) start.push_back(k.from_rational(random_rational(random)));
      auto h = k.zero();
      h[1] = 1;
      const auto step = runge_kutta_step(k, method, h, start, f);
      // The solution itself: y = y_0 + ∫ f(y), a term more by each iteration.
      auto y = start;
      for (std::size_t n = 0; n < k.terms; ++n) {
        const auto slope = f(y);
        for (std::size_t j = 0; j < 3; ++j) {
          y[j] = start[j];
          for (std::size_t m = 1; m < k.terms; ++m) y[j][m] += slope[j][m - 1] / Rational(m);
        }
      }
      for (std::size_t j = 0; j < 3; ++j) {
        for (std::size_t m = 0; m <= method.order; ++m) {
          if (step[j][m] != y[j][m]) failure = method.name + ": the term of h^" + std::to_string(m);
        }
        next_term_agrees = next_term_agrees && step[j][method.order + 1] == y[j][method.order + 1];
      }
    }
    if (!failure && next_term_agrees) failure = method.name + " has a higher order";
    value += (value.empty() ? "" : ", ") + method.name + " " + std::to_string(method.order);
  }
  return for_one_case(exactly_in("Q[h]/h^(p+2)"), "random quadratic fields in three unknowns", failure, value);
}

Finding butcher_conditions(const Scope& /*scope*/) {
  Failure failure;
  std::string value;
  for (const RungeKutta& method : runge_kutta_methods()) {
    const std::size_t satisfied = order_by_conditions(method);
    if (satisfied != method.order) failure = method.name + ": order " + std::to_string(satisfied);
    // Whoever changes a weight loses order 1.
    RungeKutta broken = method;
    broken.weights[0] += Rational(1, 7);
    if (order_by_conditions(broken) != 0) failure = method.name + " with another weight";
    value += (value.empty() ? "" : ", ") + method.name + " " + std::to_string(satisfied);
  }
  return for_one_case(exactly_in("Q"), "all conditions up to order 4", failure, value);
}

Finding stability_polynomials(const Scope& /*scope*/) {
  Failure failure;
  std::string value;
  for (const RungeKutta& method : runge_kutta_methods()) {
    // One step for y' = y from 1, as a series in h: R(h).
    const SeriesArithmetic k{method.weights.size() + 2};
    auto h = k.zero();
    h[1] = 1;
    const auto r = runge_kutta_step(k, method, h, std::vector<SeriesArithmetic::Scalar>(1, k.one()),
                                    [](const std::vector<std::vector<Rational>>& y) { return y; })[0];
    Rational expected = 1;
    for (std::size_t m = 0; m < k.terms; ++m) {
      if (m > 0) expected /= Rational(m);
      const Rational wanted = m <= method.weights.size() ? expected : Rational(0);
      // As many stages as the order is high: the exponential series, cut.
      if (r[m] != wanted) failure = method.name + ": " + listed(r);
    }
    if (method.name == "RK4" || method.name == "Euler")
      value += (value.empty() ? "" : "; ") + method.name + " " + listed(r);
  }
  return for_one_case(exactly_in("Q[z]"), "all methods here have as many stages as their order", failure, value);
}

/// Global errors for y' = y on [0, 1] with n and 2n steps: their ratio is 2^p, up to terms of the order of h.
Finding global_order(const Scope& scope) {
  const exact::BallArithmetic k{scope.bits};
  const Ball e = exact::exponential(k.one(), scope.bits);
  Failure failure;
  std::string value;
  for (const RungeKutta& method : runge_kutta_methods()) {
    std::array<Ball, 2> errors;
    for (std::size_t i = 0; i < 2; ++i) {
      const std::size_t steps = i == 0 ? 256 : 512;
      std::vector<Ball> y{k.one()};
      for (std::size_t n = 0; n < steps; ++n)
        y = runge_kutta_step(k, method, k.from_rational(Rational(1, steps)), y,
                             [](const std::vector<Ball>& x) { return x; });
      errors[i] = k.subtract(e, y[0]);
    }
    const Ball ratio = k.divide(errors[0], errors[1]);
    const Rational power(exact::Integer(1) << method.order);
    const Ball relative = k.subtract(k.divide(ratio, k.from_rational(power)), k.one());
    const auto is_close = k.subtract(k.from_rational(Rational(1, 100)), exact::absolute(relative)).sign();
    if (!is_close) undecided(scope.bits);
    if (*is_close != 1) failure = method.name + ": " + ratio.to_string();
    value += (value.empty() ? "" : ", ") + method.name + " " + ratio.to_string(6);
  }
  return for_one_case(in_balls(scope.bits), "y' = y on [0, 1], 256 and 512 steps", failure,
                      "ratios of errors: " + value);
}

Finding gru_is_euler(const Scope& scope) {
  return for_random_sequences(scope, 12, [](Random& random, const Shape& shape) -> Failure {
    // h ← (1 − z)∘h + z∘ĥ, and the Euler step of size z_i of y' = ĥ − y in each coordinate.
    const RationalMatrix gates = random_gates(random, shape.tokens, 1),
                         candidates = random_matrix(random, shape.tokens, 1);
    Rational h = 0;
    std::vector<Rational> y{0};
    for (std::size_t t = 0; t < shape.tokens; ++t) {
      h = (1 - gates(t, 0)) * h + gates(t, 0) * candidates(t, 0);
      y = runge_kutta_step(kQ, runge_kutta_methods().front(), gates(t, 0), y, [&](const std::vector<Rational>& x) {
        return std::vector<Rational>{candidates(t, 0) - x[0]};
      });
      if (h != y[0]) return exact::to_string(h) + " is not " + exact::to_string(y[0]);
    }
    return {};
  });
}

// x_i' = r_i x_i (1 − x_i/N_i) − a_i x_1 x_2, by Euler's method as in the article.

constexpr std::array<int, 7> kTimes{0, 10, 15, 30, 36, 40, 42};
constexpr std::array<int, 7> kFirst{100, 165, 197, 280, 305, 318, 324};
constexpr std::array<int, 7> kSecond{150, 283, 290, 276, 269, 266, 264};

/// The largest |x_i − data| over all times, for parameters r_1, r_2, N_1, N_2, a_1, a_2 in balls.
Ball largest_residual(const exact::BallArithmetic& k, const std::array<Ball, 6>& p, std::size_t steps_a_unit) {
  const Ball h = k.from_rational(Rational(1, steps_a_unit));
  std::vector<Ball> x{k.from_rational(kFirst[0]), k.from_rational(kSecond[0])};
  const auto f = [&](const std::vector<Ball>& y) {
    const Ball both = k.multiply(y[0], y[1]);
    std::vector<Ball> slope;
    for (std::size_t i = 0; i < 2; ++i) {
      const Ball growth = k.multiply(k.multiply(p[i], y[i]), k.subtract(k.one(), k.divide(y[i], p[2 + i])));
      slope.push_back(k.subtract(growth, k.multiply(p[4 + i], both)));
    }
    return slope;
  };
  Ball largest;
  std::size_t next = 1;
  for (std::size_t step = 1; next < kTimes.size(); ++step) {
    x = runge_kutta_step(k, runge_kutta_methods().front(), h, x, f);
    if (step != static_cast<std::size_t>(kTimes[next]) * steps_a_unit) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      const Ball residual = exact::absolute(k.subtract(x[i], k.from_rational(i == 0 ? kFirst[next] : kSecond[next])));
      arb_max(largest.raw(), largest.raw(), residual.raw(), static_cast<slong>(k.bits));
    }
    ++next;
  }
  return largest;
}

std::array<Ball, 6> parameters(const exact::BallArithmetic& k, const std::array<Rational, 6>& p,
                               const Rational& relative) {
  std::array<Ball, 6> balls;
  for (std::size_t i = 0; i < 6; ++i) {
    balls[i] = k.from_rational(p[i]);
    arb_add_error(balls[i].raw(), k.from_rational(p[i] * relative).raw());
  }
  return balls;
}

Finding competition(const Scope& scope) {
  const exact::BallArithmetic k{scope.bits};
  // Fitted with steps of 1/10; the data are integers, so that any residual below 1/2 is explained by rounding.
  const std::array<Rational, 6> fitted{Rational(9930, 100000), Rational(29671, 100000), Rational(4911, 10),
                                       Rational(3352, 10),     Rational(956, 10000000), Rational(2028, 10000000)};
  const Ball at_fit = largest_residual(k, parameters(k, fitted, 0), 10);
  const Ball half = k.from_rational(Rational(1, 2));
  Failure failure;
  if (!k.subtract(half, at_fit).sign()) undecided(scope.bits);
  if (k.subtract(half, at_fit).sign() != 1) failure = "the fit is not within rounding: " + at_fit.to_string();
  // Not a point: a box of parameters, all of which round to the data.
  Rational relative(1, exact::Integer(1) << 60);
  while (k.subtract(half, largest_residual(k, parameters(k, fitted, 2 * relative), 10)).sign() == 1) relative *= 2;
  const Ball over_box = largest_residual(k, parameters(k, fitted, relative), 10);
  if (!failure && !k.subtract(half, over_box).sign()) undecided(scope.bits);
  if (!failure && k.subtract(half, over_box).sign() != 1) failure = "no box around the fit: " + over_box.to_string();
  // And parameters that are further apart than the box is wide: each scaled alone as far as the data allow.
  std::string apart;
  const char* names[] = {"r1", "r2", "N1", "N2", "a1", "a2"};
  for (std::size_t i = 0; i < 6; ++i) {
    Rational step(1, 1 << 20);
    const auto fits = [&](const Rational& factor) {
      std::array<Rational, 6> p = fitted;
      p[i] *= factor;
      return k.subtract(half, largest_residual(k, parameters(k, p, 0), 10)).sign() == 1;
    };
    while (fits(1 + 2 * step) && fits(1 - 2 * step)) step *= 2;
    if (!failure && !(fits(1 + step) || fits(1 - step))) failure = std::string(names[i]) + " is determined";
    apart += (i > 0 ? ", " : "") + std::string(names[i]) + " " + Ball(step, 64).to_string(2);
    scope.limits.poll();
  }
  return for_one_case(in_balls(scope.bits), "Euler's method, h = 1/10, t = 0 .. 42", failure,
                      "largest residual " + at_fit.to_string(4) + "; all of a box of relative radius " +
                          Ball(relative, 64).to_string(2) + " fits; one parameter alone may change by " + apart);
}

// A translation of the article has r_2 = 1/10 and N_2 = 400. Competition only takes away: whatever a_2 ≥ 0 and x_1 ≥ 0
// are, x_2 stays below the logistic curve N/(1 + (N/x_0 − 1) e^{−rt}), and Euler's method below that of the logistic
// equation, whose step x + h r x (1 − x/N) is increasing for x ≤ N (1 + hr)/(2hr).
Finding translated_parameters(const Scope& scope) {
  const exact::BallArithmetic k{scope.bits};
  const Rational r(1, 10), n(400), h(1, 10), start(kSecond[0]);
  const std::size_t time = 10;
  static_assert(kTimes[1] == 10);
  const Ball decay = exact::exponential(k.from_rational(-r * Rational(time)), scope.bits);
  const Ball curve = k.divide(k.from_rational(n), k.add(k.one(), k.multiply(k.from_rational(n / start - 1), decay)));
  Ball euler = k.from_rational(start);
  const Ball largest = k.from_rational(n * (1 + h * r) / (2 * h * r));
  Failure failure;
  for (std::size_t step = 0; step < 10 * time && !failure; ++step) {
    if (k.subtract(largest, euler).sign() != 1) failure = "Euler's step is not increasing at " + euler.to_string(4);
    const Ball part = k.subtract(k.one(), k.divide(euler, k.from_rational(n)));
    euler = k.add(euler, k.multiply(k.from_rational(h * r), k.multiply(euler, part)));
  }
  const Ball needed = k.from_rational(Rational(2 * kSecond[1] - 1, 2));  // what rounds to the datum
  for (const Ball& bound : {curve, euler}) {
    const auto sign = k.subtract(needed, bound).sign();
    if (!sign) undecided(scope.bits);
    if (*sign != 1 && !failure) failure = bound.to_string(6) + " is enough";
  }
  return for_one_case(in_balls(scope.bits), "all a_2 >= 0 and all x_1 >= 0, t = 10; Euler with h = 1/10", failure,
                      "x_2(10) is at most " + curve.to_string(6) + ", by Euler " + euler.to_string(6) +
                          "; the datum is " + std::to_string(kSecond[1]));
}

}  // namespace

Claims ode_claims() {
  return {
      {"ode.butcher", ClaimKind::kOrder,
       "the order conditions Σb = 1, Σbc = 1/2, … hold up to the order of each method and no further", "Butcher2008",
       butcher_conditions},
      {"ode.order", ClaimKind::kOrder, "one step agrees with the solution's power series up to h^p and no further",
       "Butcher2008", order_by_series},
      {"ode.stability-polynomial", ClaimKind::kIdentity, "R(z) = Σ_{k≤p} z^k/k! for p stages of order p", "Butcher2008",
       stability_polynomials},
      {"ode.global-order", ClaimKind::kOrder, "half the step divides the global error by 2^p, within a percent",
       "Butcher2008", global_order},
      {"ode.gru", ClaimKind::kIdentity, "a GRU's update is Euler's step of h' = ĥ - h with the gate as step", "Su5643",
       gru_is_euler},
      {"ode.competition", ClaimKind::kBound,
       "the article's data, rounded to integers, fit a whole box of parameters: they do not determine a point",
       "Su5643", competition},
      {"ode.translated-parameters", ClaimKind::kErratum,
       "r_2 = 1/10 and N_2 = 400, as in a translation of the article, do not fit its data, whatever the other "
       "parameters are",
       "Su5643", translated_parameters},
  };
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// Proofs that floats are near the solution, for F_t(x) = x_t − f(x_{t−1}, u_t) in the maximum norm. Newton and
// Kantorovich: a certificate from one iterate. With
//
//   β ≥ |J⁻¹|,   η = |J⁻¹ F|,   K ≥ |f″|,   h = β K η
//
// at an iterate x̃ (J has ones on the diagonal and −f′ below it, so both β and η are sums from the left), h ≤ 1/2 proves
// a solution within 2η/(1 + √(1 − 2h)). And whatever h is, no solution is nearer than 2η/(1 + √(1 + 2h)): by Taylor's
// formula η ≤ e + β K e²/2 for its distance e. When h is small both are η: the certificate is sharp.
//
// Krawczyk's operator proves as much from a box around the iterate, which has to be mapped into itself.
#include <algorithm>
#include <cmath>

#include "claims.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/native_field.hpp"
#include "eigenmata/ssm/parallel_newton.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Rational;

/// x_t = tanh(a x_{t−1} + u_t), x_0 = 0.
struct Recurrence {
  Rational a;
  std::vector<Rational> u;
  std::size_t bits;
  exact::BallArithmetic k{bits};

  [[nodiscard]] Ball f(const Ball& x, std::size_t t) const {
    return exact::hyperbolic_tangent(k.add(k.multiply(k.from_rational(a), x), k.from_rational(u[t])), bits);
  }
  /// By x, where f has this value.
  [[nodiscard]] Ball slope(const Ball& value) const {
    return k.multiply(k.from_rational(a), k.subtract(k.one(), k.multiply(value, value)));
  }
};

Ball larger(const Ball& a, const Ball& b, std::size_t bits) {
  Ball result;
  arb_max(result.raw(), a.raw(), b.raw(), static_cast<slong>(bits));
  return result;
}

struct Kantorovich {
  Ball h, nearest, farthest;  ///< bounds of the distance to the solution; `farthest` if h ≤ 1/2
  bool is_certified = false;
};

Kantorovich kantorovich_at(const Recurrence& r, const std::vector<double>& x, const Ball& curvature) {
  const exact::BallArithmetic& k = r.k;
  Ball moved, sum, eta, beta;
  for (std::size_t t = 0; t < x.size(); ++t) {
    const Ball value = r.f(t == 0 ? Ball() : Ball(Rational(x[t - 1]), r.bits), t);
    const Ball slope = r.slope(value);
    moved = k.add(k.multiply(slope, moved), k.subtract(Ball(Rational(x[t]), r.bits), value));
    sum = t == 0 ? k.one() : k.add(k.one(), k.multiply(exact::absolute(slope), sum));
    eta = larger(eta, exact::absolute(moved), r.bits);
    beta = larger(beta, sum, r.bits);
  }
  Kantorovich result;
  result.h = k.multiply(k.multiply(beta, curvature), eta);
  const Ball twice = k.add(result.h, result.h), doubled = k.add(eta, eta);
  const auto bound = [&](const Ball& inside) {
    return k.divide(doubled, k.add(k.one(), exact::square_root(inside, r.bits)));
  };
  const auto room = k.subtract(k.one(), twice);
  result.nearest = bound(k.add(k.one(), twice));
  result.is_certified = room.sign() == 1;
  if (result.is_certified) result.farthest = bound(room);
  return result;
}

/// (tanh″)² = 4 s (1 − s)² with s = tanh², and 16/27 − that = 4 (s − 1/3)² (4/3 − s) ≥ 0 for s in [0, 1].
Failure unless_curvature() {
  for (int i = 0; i < 4; ++i) {
    const Rational s(i), third = s - Rational(1, 3);
    const Rational left = Rational(16, 27) - 4 * s * (1 - s) * (1 - s),
                   right = 4 * third * third * (Rational(4, 3) - s);
    if (left != right) return "the bound of |tanh''| at s = " + exact::to_string(s);
  }
  return {};
}

Finding kantorovich(const Scope& scope) {
  const std::size_t length = length_of(scope, 2, 500), bits = std::max<std::size_t>(scope.bits, 192);
  const NativeField<double> doubles;
  Failure failure = unless_curvature();
  std::string value;
  for (const Rational& a : {Rational(4, 5), Rational(3, 2), Rational(3)}) {
    Random random(scope.seed);
    const Recurrence r{a, noise(random, length), bits};
    const exact::BallArithmetic& k = r.k;
    const Ball curvature = k.multiply(k.from_rational(a * a), exact::square_root(Ball(Rational(16, 27), bits), bits));
    std::vector<Ball> solution;
    for (std::size_t t = 0; t < length; ++t) solution.push_back(r.f(t == 0 ? Ball() : solution.back(), t));

    std::vector<double> inputs, x(length, 0.0);
    for (const Rational& u : r.u) inputs.push_back(u.convert_to<double>());
    const auto factor = a.convert_to<double>();
    const auto f = [&](double at, double u) { return std::tanh(factor * at + u); };
    const auto slope = [&](double at, double u) { return factor * (1 - f(at, u) * f(at, u)); };
    std::size_t first = 0, certified = 0;
    std::string radii;
    for (std::size_t n = 1; n <= length && certified < 4 && !failure; ++n) {
      scope.limits.poll();
      x = newton_iteration(doubles, 0.0, inputs, x, f, slope);
      for (double& number : x) number = std::isfinite(number) ? number : 0;
      if (*std::max_element(x.begin(), x.end()) > 1e100 || *std::min_element(x.begin(), x.end()) < -1e100) continue;
      const Kantorovich proof = kantorovich_at(r, x, curvature);
      Ball error;
      for (std::size_t t = 0; t < length; ++t)
        error = larger(error, exact::absolute(k.subtract(Ball(Rational(x[t]), bits), solution[t])), bits);
      const std::string at = "a = " + exact::to_string(a) + ", iteration " + std::to_string(n) + ": ";
      const auto is_below = [&](const Ball& small, const Ball& large) {
        const auto sign = k.subtract(large, small).sign();
        if (!sign) undecided(bits);
        return *sign >= 0;
      };
      if (!is_below(proof.nearest, error)) failure = at + "nearer than " + proof.nearest.to_string();
      if (!proof.is_certified) {
        if (first > 0) failure = at + "no certificate any more";
        continue;
      }
      if (!is_below(error, proof.farthest)) failure = at + "farther than " + proof.farthest.to_string();
      if (first == 0) first = n;
      ++certified;
      radii += (radii.empty() ? "" : ", ") + proof.farthest.to_string(2);
      if (proof.h.approximate_midpoint() < 1e-12) break;
    }
    if (first == 0 && !failure) failure = "a = " + exact::to_string(a) + ": no iterate is certified";
    value += (value.empty() ? "" : "; ") + std::string("a = ") + exact::to_string(a) + ": from iteration " +
             std::to_string(first) + " on, within " + radii;
  }
  return for_one_case(in_balls(bits),
                      "x = tanh(a x + u), T = " + std::to_string(length) + ", seed " + std::to_string(scope.seed),
                      failure, value);
}

/// Krawczyk's operator around what doubles give. F_t(x) = x_t − f(x_{t−1}, u_t) has a Jacobian with ones on the
/// diagonal and −f′ below it; Y is the inverse of the one at the doubles. If x̃ − Y F(x̃) + (I − Y J(X))(X − x̃) lies
/// inside X then X contains one solution and no other.
Finding krawczyk(const Scope& scope) {
  const std::size_t length = length_of(scope, 2, 1000), bits = scope.bits;
  const exact::BallArithmetic k{bits};
  Failure failure;
  std::string value;
  for (const Rational& a : {Rational(4, 5), Rational(3, 2), Rational(3)}) {
    scope.limits.poll();
    Random random(scope.seed);
    const std::vector<Rational> u = noise(random, length);
    std::vector<double> floats(length, 0.0), inputs;
    const double factor = a.convert_to<double>();
    for (const Rational& r : u) inputs.push_back(r.convert_to<double>());
    // Newton in doubles, with what is not finite set to 0, until nothing changes any more.
    std::size_t iterations = 0;
    for (double change = 1; change > 1e-14 && iterations < length; ++iterations) {
      std::vector<double> next(length);
      change = 0;
      for (std::size_t t = 0; t < length; ++t) {
        const double before = t == 0 ? 0 : floats[t - 1];
        const double value_there = std::tanh(factor * before + inputs[t]);
        const double slope = factor * (1 - value_there * value_there);
        next[t] = value_there + slope * ((t == 0 ? 0 : next[t - 1]) - before);
        if (!std::isfinite(next[t])) next[t] = 0;
        change = std::max(change, std::abs(next[t] - floats[t]));
      }
      floats = std::move(next);
    }
    const auto f = [&](const Ball& x, std::size_t t) {
      return exact::hyperbolic_tangent(k.add(k.multiply(k.from_rational(a), x), k.from_rational(u[t])), bits);
    };
    const auto slope_of = [&](const Ball& x, std::size_t t) {
      const Ball y = f(x, t);
      return k.multiply(k.from_rational(a), k.subtract(k.one(), k.multiply(y, y)));
    };
    // X: within `radius` of the doubles, the same for all t.
    const Rational radius(1, exact::Integer(1) << 40);
    Ball ball_radius = k.from_rational(radius), d, e, x_before, exact_before;
    Ball largest;
    bool is_inside = true;
    const Ball start;
    for (std::size_t t = 0; t < length; ++t) {
      const Ball here = k.from_rational(Rational(floats[t]));
      const Ball before = t == 0 ? start : k.from_rational(Rational(floats[t - 1]));
      Ball wide = before;
      if (t > 0) arb_add_error(wide.raw(), ball_radius.raw());
      const Ball slope = slope_of(before, t);
      // Y by substitution: z_t = slope·z_{t−1} + right-hand side.
      d = k.subtract(k.multiply(slope, d), k.subtract(here, f(before, t)));
      e = k.add(k.multiply(slope, e), k.multiply(k.subtract(slope_of(wide, t), slope), k.subtract(wide, before)));
      const Ball moved = exact::absolute(k.add(d, e));
      arb_max(largest.raw(), largest.raw(), moved.raw(), static_cast<slong>(bits));
      is_inside = is_inside && k.subtract(ball_radius, moved).sign() == 1;
    }
    // Enclosed one after the other, too: the solution from the left lies in the same X.
    Ball x = start;
    for (std::size_t t = 0; t < length && is_inside; ++t) {
      x = f(x, t);
      Ball tube = k.from_rational(Rational(floats[t]));
      arb_add_error(tube.raw(), ball_radius.raw());
      if (!tube.overlaps(x)) failure = "the solution is not where the certificate has it";
    }
    if (!is_inside && !largest.is_narrower_than(64)) undecided(bits);
    if (!is_inside) failure = "a = " + exact::to_string(a) + ": no certificate, " + largest.to_string();
    value += (value.empty() ? "" : "; ") + std::string("a = ") + exact::to_string(a) + ": " +
             std::to_string(iterations) + " iterations, doubles within " + largest.to_string(2);
  }
  return for_one_case(in_balls(bits), "x = tanh(a x + u), T = " + std::to_string(length) + ", boxes of radius 2^-40",
                      failure, value);
}

}  // namespace

Claims kantorovich_claims() {
  return {
      {"deer.krawczyk", ClaimKind::kBound, "Krawczyk's operator proves one solution within 2^-40 of Newton's doubles",
       "this project", krawczyk},
      {"deer.kantorovich", ClaimKind::kBound,
       "h = |J⁻¹| K |J⁻¹F| <= 1/2 at one of Newton's iterates proves a solution within 2|J⁻¹F|/(1 + √(1 - 2h)), and "
       "none is nearer than 2|J⁻¹F|/(1 + √(1 + 2h)); K = a² 4/(3√3) for tanh",
       "this project", kantorovich},
  };
}

}  // namespace eigenmata::ssm

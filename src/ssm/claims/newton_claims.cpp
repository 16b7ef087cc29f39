// SPDX-License-Identifier: Apache-2.0
//
// Non-linear recurrences in parallel [Lim2024]: what an iteration is, and when the iterations are right. All exact.
#include <algorithm>
#include <stdexcept>

#include "claims.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/ball.hpp"
#include "eigenmata/ssm/parallel_newton.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Rational;

/// How many of the first numbers are right.
std::size_t right_prefix(const std::vector<Rational>& x, const std::vector<Rational>& solution) {
  return static_cast<std::size_t>(std::mismatch(x.begin(), x.end(), solution.begin()).first - x.begin());
}

/// f = x²/2 − x/3 + u.
Rational toy(const Rational& x, const Rational& u) { return x * x / 2 - x / 3 + u; }

Finding finite_termination(const Scope& scope) {
  const std::size_t length = std::min<std::size_t>(length_of(scope, 1, 6), 9);  // numbers double in length at each step
  Failure failure;
  std::string prefixes, errors;
  const char* names[] = {"Newton", "constant", "Picard"};
  for (int method = 0; method < 3 && !failure; ++method) {
    for (std::uint64_t seed = scope.seed; seed < scope.seed + 3 && !failure; ++seed) {
      Random random(seed);
      std::vector<Rational> u;
      for (std::size_t t = 0; t < length; ++t) u.push_back(random_rational(random));
      const Rational start = random_gate(random);
      const std::vector<Rational> solution = solved_in_sequence(start, u, toy);
      std::vector<Rational> x(length, Rational(0));
      std::string counts;
      for (std::size_t n = 1; n <= length; ++n) {
        scope.limits.poll();
        x = newton_iteration(kQ, start, u, x, toy, [method](const Rational& at, const Rational& /*u*/) {
          return method == 0 ? Rational(at - Rational(1, 3)) : Rational(method == 1 ? Rational(-1, 3) : Rational(0));
        });
        const std::size_t prefix = right_prefix(x, solution);
        if (prefix < n)
          failure = std::string(names[method]) + ": " + std::to_string(prefix) + " right after " + std::to_string(n);
        counts += (n > 1 ? "," : "") + std::to_string(prefix);
        if (method == 0 && seed == scope.seed) {
          Rational error = 0;
          for (std::size_t t = 0; t < length; ++t) error = std::max(error, Rational(abs(x[t] - solution[t])));
          errors += (n > 1 ? ", " : "") + (error.is_zero() ? "0" : Ball(error, 64).to_string(3));
        }
      }
      if (seed == scope.seed) prefixes += (prefixes.empty() ? "" : "; ") + std::string(names[method]) + " " + counts;
    }
  }
  return for_one_case(exactly_in("Q"), "f = x²/2 - x/3 + u, T = " + std::to_string(length) + ", 3 random inputs each",
                      failure, "right after each iteration: " + prefixes + "; Newton's errors " + errors);
}

// F_t(x) = x_t − f(x_{t−1}, u_t) has the Jacobian J with ones on the diagonal and −f′ below it. The iteration, a scan,
// against x − J⁻¹ F(x) by elimination.
Finding newton_step(const Scope& scope) {
  return for_sizes(scope, 1, 24, exactly_in("Q"), [&scope](std::size_t length) -> Failure {
    Random random(scope.seed + length);
    std::vector<Rational> u, guess;
    for (std::size_t t = 0; t < length; ++t) {
      u.push_back(random_rational(random));
      guess.push_back(random_rational(random));
    }
    const Rational start = random_gate(random);
    const auto slope = [](const Rational& at, const Rational& /*u*/) { return Rational(at - Rational(1, 3)); };
    exact::Matrix<Rational> jacobian = exact::identity(kQ, length), defect(length, 1, Rational(0));
    for (std::size_t t = 0; t < length; ++t) {
      const Rational& before = t == 0 ? start : guess[t - 1];
      if (t > 0) jacobian(t, t - 1) = -slope(before, u[t]);
      defect(t, 0) = guess[t] - toy(before, u[t]);
    }
    if (exact::determinant(jacobian) != 1) return "the Jacobian's determinant is not 1";
    const auto correction = exact::solve(jacobian, defect);
    std::vector<Rational> expected = guess;
    for (std::size_t t = 0; t < length; ++t) expected[t] -= (*correction)(t, 0);
    return unless_equal("x", newton_iteration(kQ, start, u, guess, toy, slope), expected);
  });
}

/// a + ε b with ε² = 0; σ and tanh are known at 0 only, which is all that is asked of them.
struct Dual {
  Rational value, slope;
};
Dual operator+(const Dual& a, const Dual& b) { return {a.value + b.value, a.slope + b.slope}; }
Dual operator*(const Dual& a, const Dual& b) { return {a.value * b.value, a.value * b.slope + a.slope * b.value}; }
Dual at_zero(const Dual& x, const Rational& value, const Rational& slope) {
  if (!x.value.is_zero()) throw std::logic_error("an argument other than 0");
  return {value, slope * x.slope};
}
Dual sigmoid(const Dual& x) { return at_zero(x, Rational(1, 2), Rational(1, 4)); }
Dual tangent(const Dual& x) { return at_zero(x, 0, 1); }

// z = σ(U_z h), r = σ(U_r h), ĥ = tanh(U_h (r ∘ h)), h ← (1 − z) ∘ h + z ∘ ĥ, for x = 0 at h = 0.
Finding gru_linearisation(const Scope& scope) {
  return for_sizes(scope, 1, 8, exactly_in("Q[e]/(e^2)"), [&scope](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    const RationalMatrix u_z = random_matrix(random, n, n), u_r = random_matrix(random, n, n),
                         u_h = random_matrix(random, n, n);
    for (std::size_t column = 0; column < n; ++column) {
      std::vector<Dual> h(n, Dual{0, 0}), gated(n);
      h[column].slope = 1;
      const auto row = [n](const RationalMatrix& m, std::size_t i, const std::vector<Dual>& x) {
        Dual sum{0, 0};
        for (std::size_t j = 0; j < n; ++j) sum = sum + Dual{m(i, j), 0} * x[j];
        return sum;
      };
      for (std::size_t i = 0; i < n; ++i) gated[i] = sigmoid(row(u_r, i, h)) * h[i];
      for (std::size_t i = 0; i < n; ++i) {
        const Dual z = sigmoid(row(u_z, i, h)), candidate = tangent(row(u_h, i, gated));
        const Dual next = (Dual{1, 0} + Dual{-1, 0} * z) * h[i] + z * candidate;
        const Rational expected = (Rational(i == column ? 1 : 0) + u_h(i, column) / 2) / 2;
        if (Failure failure = unless_equal("the derivative", next.slope, expected)) return failure;
      }
    }
    return {};
  });
}

// A diagonal slope for x_t = f(A x_{t−1} + u_t), A = P Λ P⁻¹, f entry by entry with f(0) = 0 and f′(0) = 1: y = P⁻¹ x
// obeys y_t = P⁻¹ f(P Λ y_{t−1} + u_t), whose derivative by y at 0 is P⁻¹ · PΛ = Λ. With free matrices, P̂ f(Q y + u),
// it is P̂ Q.
Finding diagonal_form(const Scope& scope) {
  return for_sizes(scope, 1, 8, exactly_in("Q"), [&scope](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    RationalMatrix p = random_matrix(random, n, n), scaled(n, n, Rational(0)), lambda = scaled;
    while (exact::determinant(p).is_zero()) p = random_matrix(random, n, n);
    for (std::size_t i = 0; i < n; ++i) lambda(i, i) = random_gate(random);
    const RationalMatrix inverse = *exact::inverse(p), q = exact::multiply(kQ, p, lambda);
    const RationalMatrix a = exact::multiply(kQ, q, inverse);
    const auto f = [](RationalMatrix at) {  // x + x²/2
      for (std::size_t i = 0; i < at.rows(); ++i) at(i, 0) += at(i, 0) * at(i, 0) / 2;
      return at;
    };
    const auto next = [&](const RationalMatrix& matrix, const RationalMatrix& state, const RationalMatrix& u) {
      RationalMatrix sum = exact::multiply(kQ, matrix, state);
      for (std::size_t i = 0; i < n; ++i) sum(i, 0) += u(i, 0);
      return f(sum);
    };
    RationalMatrix x(n, 1, Rational(0)), y = x;
    for (int t = 0; t < 3; ++t) {
      scope.limits.poll();
      const RationalMatrix u = random_matrix(random, n, 1);
      x = next(a, x, u);
      y = exact::multiply(kQ, inverse, next(q, y, u));
      if (Failure failure = unless_equal("P y_" + std::to_string(t + 1), exact::multiply(kQ, p, y), x)) return failure;
    }
    // The derivative at 0, u = 0: P⁻¹ f(Q h e_j) = h · column j + h² …, at h and −h.
    const RationalMatrix nothing(n, 1, Rational(0));
    for (std::size_t j = 0; j < n; ++j) {
      RationalMatrix plus = nothing, minus = nothing;
      plus(j, 0) = Rational(1, 2);
      minus(j, 0) = Rational(-1, 2);
      plus = exact::multiply(kQ, inverse, next(q, plus, nothing));
      minus = exact::multiply(kQ, inverse, next(q, minus, nothing));
      for (std::size_t i = 0; i < n; ++i) {
        if (plus(i, 0) - minus(i, 0) != lambda(i, j)) return "the derivative at 0 is not diagonal";
      }
    }
    return {};
  });
}

Finding nan_is_harmless(const Scope& scope) {
  // What an implementation puts in the place of NaN is arbitrary: here it is 17 wherever a number is above 2.
  const std::size_t length = std::min<std::size_t>(length_of(scope, 1, 6), 9);
  Random random(scope.seed);
  std::vector<Rational> u;
  for (std::size_t t = 0; t < length; ++t) u.push_back(random_gate(random));
  const std::vector<Rational> solution = solved_in_sequence(Rational(0), u, toy);
  std::vector<Rational> x(length, Rational(9));
  Failure failure;
  std::size_t replaced = 0;
  for (std::size_t n = 1; n <= length && !failure; ++n) {
    x = newton_iteration(kQ, Rational(0), u, x, toy,
                         [](const Rational& at, const Rational& /*u*/) { return Rational(at - Rational(1, 3)); });
    // Only numbers that are not right yet may be replaced: right ones are finite.
    for (std::size_t t = n; t < length; ++t) {
      if (abs(x[t]) > 2) {
        x[t] = 0;
        ++replaced;
      }
    }
    if (right_prefix(x, solution) < n)
      failure = std::to_string(right_prefix(x, solution)) + " right after " + std::to_string(n);
  }
  if (!failure && length >= 6 && replaced == 0) failure = "nothing was replaced";
  return for_one_case(exactly_in("Q"), "T = " + std::to_string(length) + ", guess 9", failure,
                      std::to_string(replaced) + " numbers set to 0 on the way");
}

}  // namespace

Claims newton_claims() {
  return {
      {"deer.finite-termination", ClaimKind::kIdentity,
       "after n iterations the first n numbers are right, for Newton's, a constant and no slope", "Lim2024",
       finite_termination, "StateSpace.deer_terminates"},
      {"deer.newton-step", ClaimKind::kIdentity,
       "an iteration with G = f' is Newton's step x - J⁻¹ F(x) of all times at once; J has ones on the diagonal, so "
       "det J = 1 always",
       "Lim2024", newton_step},
      {"deer.gru-linearisation", ClaimKind::kIdentity, "at 0 a GRU's derivative by its state is (I + U_h/2)/2",
       "Su9783", gru_linearisation},
      {"deer.diagonal-form", ClaimKind::kIdentity,
       "x_t = f(A x_{t-1} + u_t) with A = P Λ P⁻¹ is P y_t with y_t = P⁻¹ f(P Λ y_{t-1} + u_t), whose slope at 0 is "
       "P⁻¹ · P Λ = Λ: the matrices that are trained instead, P⁻¹ and Q = P Λ, have to begin with the product Λ",
       "Su9783", diagonal_form},
      {"deer.replaced-numbers", ClaimKind::kErratum,
       "convergence is guaranteed (it was said not to be), in at most T iterations, whatever stands in for numbers "
       "that are not right yet",
       "Su9783", nan_is_harmless},
  };
}

}  // namespace eigenmata::ssm

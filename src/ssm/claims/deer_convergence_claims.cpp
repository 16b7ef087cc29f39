// SPDX-License-Identifier: Apache-2.0
//
// How fast the iterations for a non-linear recurrence converge, all in balls: Newton's slopes, slopes at the inputs and
// constant ones, for maps that contract and maps that expand, and what the Lyapunov exponent of the solution says.
#include <algorithm>
#include <functional>
#include <optional>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/parallel_newton.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Ball;
using exact::Rational;

/// x_t = g(a x_{t−1} + u_t) from 0.
class Recurrence {
 public:
  enum class Shape { kTangent, kSine };  ///< g = tanh, g = sin
  enum class Slopes {
    kNewton,    ///< at the guess
    kAtInputs,  ///< where the state is 0
    kConstant   ///< a
  };

  /// Inputs are about normal.
  Recurrence(const Scope& scope, Shape shape, const Rational& a, std::size_t length, std::size_t bits)
      : limits_(scope.limits), k_{bits}, shape_(shape), factor_(k_.from_rational(a)) {
    Random random(scope.seed);
    for (const Rational& r : noise(random, length)) u_.push_back(k_.from_rational(r));
    solution_ = solved_in_sequence(k_.zero(), u_, [this](const Ball& x, const Ball& u) { return next(x, u); });
  }

  /// The largest errors of iterations 1 … count, from the guess 0 or one that is off by `distance` everywhere, above
  /// and below in turn. Ends with the first that is certainly below `enough`.
  [[nodiscard]] std::vector<Ball> errors(Slopes slopes, std::size_t count,
                                         const std::optional<Rational>& enough = std::nullopt,
                                         const std::optional<Rational>& distance = std::nullopt) const {
    const auto f = [this](const Ball& x, const Ball& u) { return next(x, u); };
    const auto slope = [this, slopes](const Ball& x, const Ball& u) {
      if (slopes == Slopes::kConstant) return factor_;
      return derivative(slopes == Slopes::kNewton ? x : k_.zero(), u);
    };
    std::vector<Ball> x(u_.size()), result;
    for (std::size_t t = 0; distance && t < x.size(); ++t)
      x[t] = k_.add(solution_[t], k_.from_rational(t % 2 == 0 ? *distance : Rational(-*distance)));
    while (result.size() < count) {
      limits_.poll();
      x = newton_iteration(k_, k_.zero(), u_, x, f, slope);
      Ball largest;
      for (std::size_t t = 0; t < x.size(); ++t) {
        const Ball error = exact::absolute(k_.subtract(x[t], solution_[t]));
        arb_max(largest.raw(), largest.raw(), error.raw(), static_cast<slong>(k_.bits));
      }
      result.push_back(largest);
      if (enough && k_.subtract(k_.from_rational(*enough), largest).sign() == 1) break;
    }
    return result;
  }

  /// The mean of log|∂x_t/∂x_{t−1}| along the solution, t = 2 … T: what J⁻¹ grows by, whose entry (T, 1) is the product
  /// of these slopes. Needs T ≥ 2.
  [[nodiscard]] Ball lyapunov_exponent() const {
    Ball sum;
    for (std::size_t t = 1; t < u_.size(); ++t) {
      const Ball slope = exact::absolute(derivative(solution_[t - 1], u_[t]));
      if (slope.sign() != 1) undecided(k_.bits);
      sum = k_.add(sum, exact::logarithm(slope, k_.bits));
    }
    return k_.divide(sum, k_.from_rational(Rational(u_.size() - 1)));
  }

 private:
  [[nodiscard]] Ball argument(const Ball& x, const Ball& u) const { return k_.add(k_.multiply(factor_, x), u); }

  [[nodiscard]] Ball next(const Ball& x, const Ball& u) const {
    const Ball at = argument(x, u);
    if (shape_ == Shape::kTangent) return exact::hyperbolic_tangent(at, k_.bits);
    Ball result;
    arb_sin(result.raw(), at.raw(), static_cast<slong>(k_.bits));
    return result;
  }

  [[nodiscard]] Ball derivative(const Ball& x, const Ball& u) const {
    const Ball at = argument(x, u);
    Ball slope;
    if (shape_ == Shape::kTangent) {
      const Ball y = exact::hyperbolic_tangent(at, k_.bits);
      slope = k_.subtract(k_.one(), k_.multiply(y, y));
    } else {
      arb_cos(slope.raw(), at.raw(), static_cast<slong>(k_.bits));
    }
    return k_.multiply(factor_, slope);
  }

  const core::Limits& limits_;
  exact::BallArithmetic k_;
  Shape shape_;
  Ball factor_;
  std::vector<Ball> u_;
  std::vector<Ball> solution_;
};

using Shape = Recurrence::Shape;
using Slopes = Recurrence::Slopes;

constexpr struct {
  Slopes slopes;
  const char* name;
} kSlopes[] = {{Slopes::kNewton, "Newton"}, {Slopes::kAtInputs, "G = a sech² u"}, {Slopes::kConstant, "G = a"}};

std::string listed(const std::vector<Ball>& errors, std::size_t most = SIZE_MAX) {
  std::string text;
  for (std::size_t n = 0; n < std::min(errors.size(), most); ++n) text += " " + errors[n].to_string(2);
  return text;
}

/// Is a certainly below b? Throws `core::LimitReached` if the balls do not say.
bool is_below(const exact::BallArithmetic& k, const Ball& a, const Ball& b) {
  const auto sign = k.subtract(b, a).sign();
  if (!sign) undecided(k.bits);
  return *sign == 1;
}

std::string case_of(const char* map, std::size_t length, const Scope& scope) {
  return std::string("x = ") + map + ", T = " + std::to_string(length) + ", seed " + std::to_string(scope.seed);
}

// Long enough for errors to be compared with what is stated of long sequences.
constexpr std::size_t kLong = 50;

Finding quadratic(const Scope& scope) {
  const std::size_t length = length_of(scope, 2, 100), bits = std::max<std::size_t>(scope.bits, 1024);
  const exact::BallArithmetic k{bits};
  const Recurrence recurrence(scope, Shape::kTangent, Rational(4, 5), length, bits);
  Failure failure;
  std::string value;
  for (const auto& [slopes, name] : kSlopes) {
    const std::vector<Ball> errors = recurrence.errors(slopes, slopes == Slopes::kNewton ? 7 : 12);
    value += (value.empty() ? "" : "; ") + std::string(name) + ":" + listed(errors);
    if (slopes == Slopes::kNewton) {
      // Quadratic: e' ≤ C e² with C = ½ max|f″| / (1 − max|f′|) ≤ ½·a²·0.77 / (1 − 4/5) < 5/4, once e is small.
      std::size_t compared = 0;
      for (std::size_t n = 1; n < errors.size(); ++n) {
        if (errors[n - 1].approximate_midpoint() > 0.1 || errors[n].approximate_midpoint() < 1e-250) continue;
        ++compared;
        const Ball square = k.multiply(k.from_rational(Rational(5, 4)), k.multiply(errors[n - 1], errors[n - 1]));
        if (!is_below(k, errors[n], square)) failure = "iteration " + std::to_string(n + 1) + " is not quadratic";
      }
      if (compared < 2 && length >= kLong && !failure) failure = "no iteration to compare";
    } else if (!failure && length >= kLong && is_below(k, errors.back(), k.from_rational(power_of_ten(-20)))) {
      failure = std::string(name) + " converges as fast as Newton";
    }
  }
  return for_one_case(in_balls(bits), case_of("tanh(4x/5 + u)", length, scope), failure, value);
}

Finding constant_slope(const Scope& scope) {
  const std::size_t length = length_of(scope, 2, 100), bits = std::max<std::size_t>(scope.bits, 4096);
  const exact::BallArithmetic k{bits};
  const Recurrence recurrence(scope, Shape::kTangent, Rational(3, 2), length, bits);
  const Ball small = k.from_rational(power_of_ten(-8)), large = k.from_rational(power_of_ten(10));
  Failure failure;
  std::string value;
  for (const auto& [slopes, name] : kSlopes) {
    const bool is_newton = slopes == Slopes::kNewton;
    const std::vector<Ball> errors = recurrence.errors(slopes, is_newton ? 20 : 12, power_of_ten(-8));
    value += (value.empty() ? "" : "; ") + std::string(name) + ":" + listed(errors);
    if (length < kLong) continue;
    if (is_newton && !is_below(k, errors.back(), small)) failure = "Newton's error is " + errors.back().to_string(2);
    if (slopes != Slopes::kConstant) continue;
    for (const Ball& e : errors) {
      if (!failure && is_below(k, e, large)) failure = "with the constant slope the error is " + e.to_string(2);
    }
  }
  return for_one_case(in_balls(bits), case_of("tanh(3x/2 + u)", length, scope), failure, value);
}

Finding expansion(const Scope& scope) {
  // a = 3: the map expands where it is steep. Errors grow before they fall; they have to be 0 in the end.
  const std::size_t length = length_of(scope, 2, 100), bits = std::max<std::size_t>(scope.bits, 2048);
  const Recurrence recurrence(scope, Shape::kTangent, 3, length, bits);
  const std::vector<Ball> errors = recurrence.errors(Slopes::kNewton, length);
  Ball top;
  for (const Ball& e : errors) arb_max(top.raw(), top.raw(), e.raw(), static_cast<slong>(bits));
  Failure failure;
  const Ball& last = errors.back();
  if (!last.contains(0)) failure = "after T iterations the error is " + last.to_string();
  if (!failure && !last.is_narrower_than(64)) undecided(bits);
  return for_one_case(in_balls(bits), case_of("tanh(3x + u)", length, scope), failure,
                      "largest " + top.to_string(2) + "; first:" + listed(errors, 8));
}

// From the guess 0 until Newton's error is below 10⁻⁸.
Finding lyapunov(const Scope& scope) {
  const std::size_t length = length_of(scope, 2, 40), bits = std::max<std::size_t>(scope.bits, 8192);
  struct Case {
    Shape shape;
    Rational a;
    const char* name;
    int sign;      ///< of the exponent
    bool is_slow;  ///< takes more than half of T iterations
  };
  const Case cases[] = {{Shape::kTangent, Rational(4, 5), "tanh(4x/5 + u)", -1, false},
                        {Shape::kTangent, Rational(3, 2), "tanh(3x/2 + u)", -1, false},
                        {Shape::kSine, Rational(8, 5), "sin(8x/5 + u)", -1, true},
                        {Shape::kSine, 3, "sin(3x + u)", 1, true}};
  Failure failure;
  std::string value;
  for (const Case& c : cases) {
    const Recurrence recurrence(scope, c.shape, c.a, length, bits);
    const Ball exponent = recurrence.lyapunov_exponent();
    const auto sign = exponent.sign();
    if (!sign) undecided(bits);
    const std::vector<Ball> errors = recurrence.errors(Slopes::kNewton, length, power_of_ten(-8));
    if (!is_below(exact::BallArithmetic{bits}, errors.back(), Ball(power_of_ten(-8), bits))) undecided(bits);
    value += (value.empty() ? "" : "; ") + std::string(c.name) + ": exponent " + exponent.to_string(4) + ", " +
             std::to_string(errors.size()) + " iterations";
    if (length < 30 || failure) continue;
    if (*sign != c.sign) failure = std::string(c.name) + " has the exponent " + exponent.to_string(4);
    if ((2 * errors.size() > length) != c.is_slow)
      failure = std::string(c.name) + " takes " + std::to_string(errors.size()) + " iterations";
  }
  return for_one_case(in_balls(bits), "T = " + std::to_string(length) + ", seed " + std::to_string(scope.seed), failure,
                      value);
}

// With F″ bounded by K, Newton's errors obey e' ≤ |J⁻¹| K/2 e². |J⁻¹| is a sum of products of slopes along the
// sequence: bounded for all T where they fall off like e^{λ(t − s)} with λ < 0, and e^{λT} at least where λ > 0. So
// near the solution the sign tells whether the number of iterations depends on T.
Finding near_guess(const Scope& scope) {
  const std::size_t length = length_of(scope, 8, 64), bits = std::max<std::size_t>(scope.bits, 8192);
  struct Case {
    Shape shape;
    Rational a;
    const char* name;
  };
  const Case cases[] = {{Shape::kTangent, Rational(3, 2), "tanh(3x/2 + u)"},
                        {Shape::kSine, Rational(8, 5), "sin(8x/5 + u)"},
                        {Shape::kSine, 3, "sin(3x + u)"}};
  Failure failure;
  std::string value;
  for (const Case& c : cases) {
    std::string counts, exponent;
    for (const std::size_t part : {length / 4, length / 2, length}) {
      const Recurrence recurrence(scope, c.shape, c.a, part, bits);
      const std::vector<Ball> errors =
          recurrence.errors(Slopes::kNewton, part, power_of_ten(-8), Rational(1, exact::Integer(1) << 10));
      if (!is_below(exact::BallArithmetic{bits}, errors.back(), Ball(power_of_ten(-8), bits))) undecided(bits);
      counts += (counts.empty() ? "" : ", ") + std::to_string(errors.size());
      if (part < length) continue;
      const Ball mean = recurrence.lyapunov_exponent();
      const auto sign = mean.sign();
      if (!sign) undecided(bits);
      exponent = mean.to_string(4);
      if (length < kLong || failure) continue;
      if ((*sign == 1) != (c.a == 3)) failure = std::string(c.name) + " has the exponent " + exponent;
      if (*sign == 1 ? 4 * errors.size() <= length : errors.size() > 3)
        failure = std::string(c.name) + " takes " + std::to_string(errors.size()) + " iterations";
    }
    value += (value.empty() ? "" : "; ") + std::string(c.name) + ": exponent " + exponent + ", " + counts;
  }
  return for_one_case(in_balls(bits),
                      "T = " + std::to_string(length / 4) + ", " + std::to_string(length / 2) + ", " +
                          std::to_string(length) + ", seed " + std::to_string(scope.seed),
                      failure, "iterations for each T: " + value);
}

}  // namespace

Claims deer_convergence_claims() {
  return {
      {"deer.quadratic", ClaimKind::kOrder,
       "for x = tanh(4x/5 + u) Newton's errors are e' < 5/4 e² once they are below 1/10; constant slopes are slower",
       "Lim2024", quadratic},
      {"deer.constant-slope", ClaimKind::kBound,
       "for x = tanh(3x/2 + u) Newton's errors fall below 10^-8 within 20 iterations, and those with the constant "
       "slope 3/2 stay above 10^10 for 12",
       "Su9783", constant_slope},
      {"deer.expansion", ClaimKind::kBound, "for x = tanh(3x + u) the error is 0 after T iterations, however it grew",
       "this project", expansion},
      {"deer.lyapunov", ClaimKind::kBound,
       "Newton's method needs more than T/2 iterations for x = sin(3x + u), whose solution has a positive Lyapunov "
       "exponent, and fewer for tanh(4x/5 + u) and tanh(3x/2 + u), where it is negative; but negative it is for "
       "sin(8x/5 + u), too, which needs more: the sign predicts one way only",
       "this project", lyapunov},
      {"deer.near-guess", ClaimKind::kBound,
       "from a guess within 2^-10 of the solution Newton's method needs at most 3 iterations at each of three lengths "
       "where the Lyapunov exponent is negative, as for tanh(3x/2 + u) and sin(8x/5 + u), and more than T/4 at the "
       "longest where it is positive, as for sin(3x + u): there the sign predicts",
       "this project", near_guess},
  };
}

}  // namespace eigenmata::ssm

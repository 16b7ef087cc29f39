// SPDX-License-Identifier: Apache-2.0
//
// DEER for y' = f(t, y): what the published repository makes of the linear equation that an iteration solves,
//
//   y' + G(t) y = h(t),   G = −∂f/∂y and h = f + G y along the guess,
//
// from one time to the next. With X and H the means of G and h at both ends, times the step, the exponential e^{−X} is
// a polynomial of degree 4:
//
//   y ← E y + S H,   S = I − X/2 + X²/6 − X³/24,   E = I − S X.
//
// How good that is: the exact solution, as a power series in the step, is put into it.
#include <algorithm>

#include "claims.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "random_data.hpp"
#include "series_arithmetic.hpp"

namespace eigenmata::ssm {
namespace {

using core::Random;
using exact::Rational;
using Series = SeriesArithmetic::Scalar;
using SeriesMatrix = exact::Matrix<Series>;

/// E and S of a matrix X over any arithmetic, with Taylor's polynomial of this degree in E.
template <exact::Arithmetic K>
struct TaylorStep {
  exact::Matrix<typename K::Scalar> e, s;

  TaylorStep(const K& k, const exact::Matrix<typename K::Scalar>& x, std::size_t degree)
      : e(exact::identity(k, x.rows())), s(x.rows(), x.rows(), k.zero()) {
    exact::Matrix<typename K::Scalar> power = e;  // (−X)^j
    Rational weight = 1;                          // 1/(j + 1)!
    for (std::size_t j = 0; j < degree; ++j) {
      weight /= Rational(j + 1);
      const auto factor = k.from_rational(weight);
      for (std::size_t i = 0; i < x.rows(); ++i) {
        for (std::size_t l = 0; l < x.rows(); ++l) exact::add_product(k, s(i, l), factor, power(i, l));
      }
      const auto next = exact::multiply(k, power, x);
      for (std::size_t i = 0; i < x.rows(); ++i) {
        for (std::size_t l = 0; l < x.rows(); ++l) power(i, l) = k.subtract(k.zero(), next(i, l));
      }
    }
    e = exact::subtract(k, e, exact::multiply(k, s, x));
  }
};

// For a matrix X that does not change: E = Σ_{j≤4} (−X)^j/j!, S = Σ_{j≤3} (−X)^j/(j + 1)!, and a constant solution
// (h = G c) is kept whatever the degree is.
Finding taylor_polynomial(const Scope& scope) {
  return for_sizes(scope, 1, 8, exactly_in("Q"), [&scope](std::size_t n) -> Failure {
    Random random(scope.seed + n);
    const RationalMatrix x = random_matrix(random, n, n), c = random_matrix(random, n, 1);
    const TaylorStep<exact::RationalArithmetic> step(kQ, x, 4);
    RationalMatrix sum = exact::identity(kQ, n), power = sum;
    for (int j = 1; j <= 4; ++j) {
      power = exact::multiply(kQ, power, x);
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t l = 0; l < n; ++l) {
          power(i, l) /= Rational(-j);
          sum(i, l) += power(i, l);
        }
      }
    }
    if (Failure failure = unless_equal("E", step.e, sum)) return failure;
    RationalMatrix kept = exact::multiply(kQ, step.e, c);
    const RationalMatrix moved = exact::multiply(kQ, step.s, exact::multiply(kQ, x, c));
    for (std::size_t i = 0; i < n; ++i) kept(i, 0) += moved(i, 0);
    return unless_equal("a constant", kept, c);
  });
}

/// y' = f(t, y) in two unknowns, f_i = Σ over monomials t^a y_0^b y_1^c; its derivatives by y.
struct Field {
  struct Monomial {
    std::size_t t, first, second;
    Rational coefficient;
  };
  std::vector<Monomial> f[2];

  static Series power(const SeriesArithmetic& k, const Series& a, std::size_t exponent) {
    Series result = k.one();
    for (; exponent > 0; --exponent) result = k.multiply(result, a);
    return result;
  }
  static Series monomial(const SeriesArithmetic& k, const Monomial& m, const Series& t, const SeriesMatrix& y) {
    const Series product = k.multiply(power(k, y(0, 0), m.first), power(k, y(1, 0), m.second));
    return k.multiply(k.from_rational(m.coefficient), k.multiply(power(k, t, m.t), product));
  }
  [[nodiscard]] SeriesMatrix value(const SeriesArithmetic& k, const Series& t, const SeriesMatrix& y) const {
    SeriesMatrix result(2, 1, k.zero());
    for (std::size_t i = 0; i < 2; ++i) {
      for (const Monomial& m : f[i]) result(i, 0) = k.add(result(i, 0), monomial(k, m, t, y));
    }
    return result;
  }
  [[nodiscard]] SeriesMatrix slope(const SeriesArithmetic& k, const Series& t, const SeriesMatrix& y) const {
    SeriesMatrix result(2, 2, k.zero());
    for (std::size_t i = 0; i < 2; ++i) {
      for (const Monomial& m : f[i]) {
        if (m.first > 0) {
          const Monomial d{m.t, m.first - 1, m.second, m.coefficient * Rational(m.first)};
          result(i, 0) = k.add(result(i, 0), monomial(k, d, t, y));
        }
        if (m.second > 0) {
          const Monomial d{m.t, m.first, m.second - 1, m.coefficient * Rational(m.second)};
          result(i, 1) = k.add(result(i, 1), monomial(k, d, t, y));
        }
      }
    }
    return result;
  }
};

/// All monomials up to these degrees in t and in y, with random coefficients that are not 0.
Field random_equation(Random& random, std::size_t degree_t, std::size_t degree_y) {
  Field field;
  for (auto& part : field.f) {
    for (std::size_t t = 0; t <= degree_t; ++t) {
      for (std::size_t first = 0; first <= degree_y; ++first) {
        for (std::size_t second = 0; first + second <= degree_y; ++second) {
          const Rational size = random_gate(random);
          part.push_back({t, first, second, random.between(0, 1) == 0 ? size : Rational(-size)});
        }
      }
    }
  }
  return field;
}

/// The order: what the exact solution leaves is O(step^{order+1}). Stops at the number of terms.
std::size_t order_of_step(const Field& field, const std::vector<Rational>& start, std::size_t degree,
                          std::size_t terms) {
  const SeriesArithmetic k{terms};
  SeriesMatrix y(2, 1, k.zero());
  for (std::size_t i = 0; i < 2; ++i) y(i, 0) = k.from_rational(start[i]);
  const SeriesMatrix before = y;
  Series t = k.zero();
  if (terms > 1) t[1] = 1;
  // The exact solution, a coefficient more each time: y = start + ∫ f.
  for (std::size_t known = 1; known < terms; ++known) {
    const SeriesMatrix slope = field.value(k, t, y);
    for (std::size_t i = 0; i < 2; ++i) y(i, 0)[known] = slope(i, 0)[known - 1] / Rational(known);
  }
  const auto linear = [&](const Series& at, const SeriesMatrix& state) {
    SeriesMatrix g = field.slope(k, at, state);
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 2; ++j) g(i, j) = k.subtract(k.zero(), g(i, j));
    }
    SeriesMatrix h = field.value(k, at, state);
    const SeriesMatrix moved = exact::multiply(k, g, state);
    for (std::size_t i = 0; i < 2; ++i) h(i, 0) = k.add(h(i, 0), moved(i, 0));
    return std::pair{g, h};
  };
  const auto [g0, h0] = linear(k.zero(), before);
  const auto [g1, h1] = linear(t, y);
  const Series half = k.multiply(k.from_rational(Rational(1, 2)), t);
  const auto mean = [&](SeriesMatrix a, const SeriesMatrix& b) {
    for (std::size_t i = 0; i < a.rows(); ++i) {
      for (std::size_t j = 0; j < a.columns(); ++j) a(i, j) = k.multiply(half, k.add(a(i, j), b(i, j)));
    }
    return a;
  };
  const SeriesMatrix x = mean(g0, g1), input = mean(h0, h1);
  const TaylorStep<SeriesArithmetic> step(k, x, degree);
  const SeriesMatrix kept = exact::multiply(k, step.e, before), added = exact::multiply(k, step.s, input);
  for (std::size_t order = 0; order < terms; ++order) {
    for (std::size_t i = 0; i < 2; ++i) {
      if (y(i, 0)[order] != kept(i, 0)[order] + added(i, 0)[order]) return order - 1;
    }
  }
  return terms - 1;
}

Finding taylor_order(const Scope& scope) {
  struct Kind {
    const char* name;
    std::size_t degree_t, degree_y;
    std::size_t orders[4];  ///< with polynomials of degrees 1 … 4
  };
  const Kind kinds[] = {{"G and h constant", 0, 1, {1, 2, 3, 4}},
                        {"linear, G and h moving", 1, 1, {1, 2, 2, 2}},
                        {"quadratic", 1, 2, {1, 2, 2, 2}}};
  Failure failure;
  std::string value;
  for (const Kind& kind : kinds) {
    value += (value.empty() ? "" : "; ") + std::string(kind.name) + ":";
    for (std::size_t degree = 1; degree <= 4; ++degree) {
      for (std::uint64_t seed = scope.seed; seed < scope.seed + 3 && !failure; ++seed) {
        scope.limits.poll();
        Random random(seed);
        const Field field = random_equation(random, kind.degree_t, kind.degree_y);
        const std::size_t order = order_of_step(field, {random_gate(random), random_gate(random)}, degree, 7);
        if (seed == scope.seed) value += " " + std::to_string(order);
        if (order != kind.orders[degree - 1]) {
          failure = std::string(kind.name) + ", degree " + std::to_string(degree) + ", seed " + std::to_string(seed) +
                    ": order " + std::to_string(order);
        }
      }
    }
  }
  return for_one_case(exactly_in("Q[h]/h^7"), "2 unknowns, 3 random equations of each kind", failure,
                      "orders with degrees 1..4: " + value);
}

// |Σ_{j≤4} (−x)^j/j!| ≤ 1 for x in [0, r] and not beyond: the polynomial minus 1 is x (−1 + x/2 − x²/6 + x³/24), whose
// cubic rises (its derivative 1/2 − x/3 + x²/8 has discriminant 1/9 − 1/4 < 0), so it has one zero; and the polynomial
// is positive everywhere: x² (x − 2)²/24 + (x²/3 − x + 1), and 1 − 4/3 < 0.
Finding taylor_stability(const Scope& scope) {
  scope.limits.poll();
  const auto cubic = exact::make_polynomial(kQ, {-1, Rational(1, 2), Rational(-1, 6), Rational(1, 24)});
  Failure failure;
  const auto value_at = [&](const Rational& x) {
    return TaylorStep<exact::RationalArithmetic>(kQ, RationalMatrix(1, 1, x), 4).e(0, 0);
  };
  // The formulas of the comment, at more points than their degree.
  for (int i = -3; i <= 3 && !failure; ++i) {
    const Rational x(i, 2);
    failure = unless_equal("E - 1", value_at(x) - 1, Rational(x * exact::evaluate(kQ, cubic, x)));
    const Rational squares = x * x * (x - 2) * (x - 2) / 24 + x * x / 3 - x + 1;
    if (!failure) failure = unless_equal("the sum of squares", value_at(x), squares);
  }
  Rational low = 2, high = 3;
  while (high - low > Rational(1, exact::Integer(1) << 40)) {
    const Rational middle = (low + high) / 2;
    (exact::evaluate(kQ, cubic, middle) > 0 ? high : low) = middle;
  }
  if (!failure && !(value_at(low) <= 1 && value_at(high) > 1)) failure = "the end of the interval";
  if (!failure && !(Rational(2785, 1000) < low && high < Rational(2786, 1000))) failure = "it is not 2.785";
  return for_one_case(exactly_in("Q"), "all real x", failure,
                      "up to x = " + exact::Ball(low, 64).to_string(12) + ", where exp(-x) is " +
                          exact::exponential(exact::Ball(-low, 64), 64).to_string(3));
}

}  // namespace

Claims deer_step_claims() {
  return {
      {"deer.taylor-polynomial", ClaimKind::kIdentity,
       "the published step of y' + G y = h has E = Taylor's polynomial of degree 4 of exp(-X), and keeps constants: E "
       "c + S X c = c",
       "Lim2024", taylor_polynomial},
      {"deer.taylor-order", ClaimKind::kOrder,
       "the published step, X and H by the trapezoidal rule, is of order 4 if G and h are constant, and of order 2 "
       "otherwise, as with a polynomial of degree 2",
       "Lim2024", taylor_order},
      {"deer.taylor-stability", ClaimKind::kBound,
       "|E| <= 1 for 0 <= X <= 2.785… and not beyond, where exp(-X) still decays: the step of a stiff equation is "
       "bounded",
       "this project", taylor_stability},
  };
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/runge_kutta.hpp"

namespace eigenmata::ssm {
namespace {

using exact::Rational;
using Vector = std::vector<Rational>;

Vector times(const Vector& x, const Vector& y) {
  Vector product;
  for (std::size_t i = 0; i < x.size(); ++i) product.push_back(x[i] * y[i]);
  return product;
}

Rational total(const Vector& x) {
  Rational sum = 0;
  for (const Rational& a : x) sum += a;
  return sum;
}

}  // namespace

const std::vector<RungeKutta>& runge_kutta_methods() {
  static const std::vector<RungeKutta> methods = [] {
    const auto method = [](std::string name, std::size_t order, const Vector& below, Vector weights) {
      const std::size_t stages = weights.size();
      exact::Matrix<Rational> a(stages, stages, Rational(0));
      std::size_t at = 0;
      for (std::size_t i = 1; i < stages; ++i) {
        for (std::size_t j = 0; j < i; ++j) a(i, j) = below[at++];
      }
      return RungeKutta{std::move(name), std::move(a), std::move(weights), order};
    };
    const Rational half(1, 2), third(1, 3), sixth(1, 6);
    return std::vector<RungeKutta>{method("Euler", 1, {}, {1}),
                                   method("midpoint", 2, {half}, {0, 1}),
                                   method("Heun", 2, {1}, {half, half}),
                                   method("Kutta3", 3, {half, -1, 2}, {sixth, Rational(2, 3), sixth}),
                                   method("RK4", 4, {half, 0, half, 0, 0, 1}, {sixth, third, third, sixth}),
                                   method("3/8", 4, {third, -third, 1, 1, -1, 1},
                                          {Rational(1, 8), Rational(3, 8), Rational(3, 8), Rational(1, 8)})};
  }();
  return methods;
}

std::size_t order_by_conditions(const RungeKutta& method) {
  const std::size_t stages = method.weights.size();
  const auto a_times = [&](const Vector& x) {
    Vector product;
    for (std::size_t i = 0; i < stages; ++i) {
      product.emplace_back(0);
      for (std::size_t j = 0; j < stages; ++j) product[i] += method.a(i, j) * x[j];
    }
    return product;
  };
  const Vector& b = method.weights;
  const Vector c = a_times(Vector(stages, Rational(1))), c2 = times(c, c), ac = a_times(c);
  // One condition for each rooted tree of up to four vertices.
  const std::vector<std::vector<std::pair<Rational, Rational>>> conditions{
      {{total(b), 1}},
      {{total(times(b, c)), Rational(1, 2)}},
      {{total(times(b, c2)), Rational(1, 3)}, {total(times(b, ac)), Rational(1, 6)}},
      {{total(times(b, times(c2, c))), Rational(1, 4)},
       {total(times(b, times(c, ac))), Rational(1, 8)},
       {total(times(b, a_times(c2))), Rational(1, 12)},
       {total(times(b, a_times(ac))), Rational(1, 24)}}};
  std::size_t order = 0;
  for (const auto& of_order : conditions) {
    for (const auto& [left, right] : of_order) {
      if (left != right) return order;
    }
    ++order;
  }
  return order;
}

}  // namespace eigenmata::ssm

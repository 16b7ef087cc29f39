// SPDX-License-Identifier: Apache-2.0
//
// Explicit Runge–Kutta methods [Butcher2008] as recurrent cells: y ← y + h Σ b_i k_i, k_i = f(y + h Σ_{j<i} a_ij k_j).
// Over power series in h a step shows its order, over balls it is an enclosure of the cell, over ℚ an identity.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/exact/matrix.hpp"

namespace eigenmata::ssm {

struct RungeKutta {
  std::string name;
  exact::Matrix<exact::Rational> a;      ///< strictly lower triangular
  std::vector<exact::Rational> weights;  ///< b
  std::size_t order;
};

/// Euler, midpoint, Heun, Kutta's of order 3, RK4 and the 3/8 rule; Euler first.
[[nodiscard]] const std::vector<RungeKutta>& runge_kutta_methods();

/// The largest p ≤ 4 such that the conditions of all orders up to p hold.
[[nodiscard]] std::size_t order_by_conditions(const RungeKutta& method);

/// One step for y' = f(y); `f` takes and gives a vector.
template <exact::Arithmetic K, class F>
[[nodiscard]] std::vector<typename K::Scalar> runge_kutta_step(const K& k, const RungeKutta& method,
                                                               const typename K::Scalar& h,
                                                               std::vector<typename K::Scalar> y, const F& f) {
  using S = typename K::Scalar;
  std::vector<std::vector<S>> slopes;
  const auto moved = [&](std::vector<S> x, const exact::Rational& factor, const std::vector<S>& slope) {
    const S step = k.multiply(h, k.from_rational(factor));
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = k.add(x[i], k.multiply(step, slope[i]));
    return x;
  };
  for (std::size_t stage = 0; stage < method.weights.size(); ++stage) {
    std::vector<S> x = y;
    for (std::size_t j = 0; j < stage; ++j) {
      if (!method.a(stage, j).is_zero()) x = moved(std::move(x), method.a(stage, j), slopes[j]);
    }
    slopes.push_back(f(x));
  }
  for (std::size_t stage = 0; stage < slopes.size(); ++stage)
    y = moved(std::move(y), method.weights[stage], slopes[stage]);
  return y;
}

}  // namespace eigenmata::ssm

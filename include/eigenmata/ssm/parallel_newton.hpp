// SPDX-License-Identifier: Apache-2.0
//
// Non-linear recurrences x_t = f(x_{t−1}, u_t) solved for all t at once [Lim2024]: from a guess of the whole sequence,
//
//   x_t^(n) = f(x_{t−1}^(n−1), u_t) + G_t (x_{t−1}^(n) − x_{t−1}^(n−1)),   x_0 fixed,
//
// is linear in x^(n), hence a scan. G_t = ∂f/∂x at the guess is Newton's method, a constant G a chord method, G = 0
// Picard's. Whatever G is, the first n numbers are right after n iterations: by induction, if x_{t−1}^(n−1) and
// x_{t−1}^(n) are both right then so is x_t^(n). How fast the others follow is another question.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/ssm/scan.hpp"

namespace eigenmata::ssm {

/// x_t = f(x_{t−1}, u_t) one after the other: x_1 … x_T.
template <class S, class F>
[[nodiscard]] std::vector<S> solved_in_sequence(const S& start, const std::vector<S>& u, const F& f) {
  std::vector<S> x;
  for (std::size_t t = 0; t < u.size(); ++t) x.push_back(f(t == 0 ? start : x.back(), u[t]));
  return x;
}

/// One iteration: `guess` is x_1 … x_T, `slope(x, u)` is G_t at x_{t−1} and u_t. The scan combines (A, b) by
/// (A_2 A_1, A_2 b_1 + b_2).
template <exact::Arithmetic K, class F, class G>
[[nodiscard]] std::vector<typename K::Scalar> newton_iteration(const K& k, const typename K::Scalar& start,
                                                               const std::vector<typename K::Scalar>& u,
                                                               const std::vector<typename K::Scalar>& guess, const F& f,
                                                               const G& slope) {
  using S = typename K::Scalar;
  struct Affine {
    S a, b;
  };
  std::vector<Affine> maps;
  for (std::size_t t = 0; t < u.size(); ++t) {
    const S& before = t == 0 ? start : guess[t - 1];
    const S g = slope(before, u[t]);
    maps.push_back({g, k.subtract(f(before, u[t]), k.multiply(g, before))});
  }
  maps = scan_by_odd_and_even(std::move(maps), [&k](const Affine& first, const Affine& second) {
    return Affine{k.multiply(second.a, first.a), k.add(k.multiply(second.a, first.b), second.b)};
  });
  std::vector<S> x;
  for (const Affine& map : maps) x.push_back(k.add(k.multiply(map.a, start), map.b));
  return x;
}

}  // namespace eigenmata::ssm

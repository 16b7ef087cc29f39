// SPDX-License-Identifier: Apache-2.0
//
// A linear system with one input, and perhaps an output: x′ = A x + B u, or x ← A x + B u once it is discrete. Generic
// over the arithmetic.
#pragma once

#include <cassert>
#include <cstddef>
#include <string>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/elimination.hpp"
#include "eigenmata/exact/matrix.hpp"

namespace eigenmata::ssm {

template <class S>
struct LinearSystem {
  exact::Matrix<S> a;  ///< size × size
  std::vector<S> b;    ///< size

  [[nodiscard]] std::size_t size() const { return b.size(); }
  friend bool operator==(const LinearSystem&, const LinearSystem&) = default;
};

/// With an output y = C x.
template <class S>
struct StateSpace : LinearSystem<S> {
  std::vector<S> c;  ///< size
};

/// Throws `core::Error` for a state of size 0.
inline void require_state(std::size_t size) {
  if (size == 0) throw core::Error("a state of size 0; the size has to be at least 1");
}

/// a x. Cost: O(rows · columns) operations.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> applied(const K& k, const exact::Matrix<typename K::Scalar>& a,
                                                      const std::vector<typename K::Scalar>& x) {
  assert(a.columns() == x.size());
  std::vector<typename K::Scalar> result(a.rows(), k.zero());
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < x.size(); ++j) exact::add_product(k, result[i], a(i, j), x[j]);
  }
  return result;
}

/// Σ a_i b_i.
template <exact::Arithmetic K>
[[nodiscard]] typename K::Scalar dot(const K& k, const std::vector<typename K::Scalar>& a,
                                     const std::vector<typename K::Scalar>& b) {
  assert(a.size() == b.size());
  typename K::Scalar sum = k.zero();
  for (std::size_t i = 0; i < a.size(); ++i) exact::add_product(k, sum, a[i], b[i]);
  return sum;
}

/// A x + B u.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> stepped(const K& k, const LinearSystem<typename K::Scalar>& system,
                                                      const std::vector<typename K::Scalar>& x,
                                                      const typename K::Scalar& u) {
  auto next = applied(k, system.a, x);
  for (std::size_t i = 0; i < next.size(); ++i) exact::add_product(k, next[i], system.b[i], u);
  return next;
}

/// factor · (A, B): another unit of time.
template <exact::Arithmetic K>
[[nodiscard]] LinearSystem<typename K::Scalar> accelerated(const K& k, LinearSystem<typename K::Scalar> system,
                                                           const typename K::Scalar& factor) {
  for (std::size_t i = 0; i < system.size(); ++i) {
    system.b[i] = k.multiply(factor, system.b[i]);
    for (std::size_t j = 0; j < system.size(); ++j) system.a(i, j) = k.multiply(factor, system.a(i, j));
  }
  return system;
}

/// The same system for the state Λ⁻¹ x, Λ = diag(scale): Λ⁻¹ A Λ, Λ⁻¹ B. Needs scales that are not 0.
template <exact::Field K>
[[nodiscard]] LinearSystem<typename K::Scalar> rescaled(const K& k, LinearSystem<typename K::Scalar> system,
                                                        const std::vector<typename K::Scalar>& scale) {
  for (std::size_t i = 0; i < system.size(); ++i) {
    system.b[i] = k.divide(system.b[i], scale[i]);
    for (std::size_t j = 0; j < system.size(); ++j)
      system.a(i, j) = k.divide(k.multiply(system.a(i, j), scale[j]), scale[i]);
  }
  return system;
}

}  // namespace eigenmata::ssm

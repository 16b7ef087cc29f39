// SPDX-License-Identifier: Apache-2.0
//
// Rational transfer functions [Parnichkun2024]: a discrete system x_{k+1} = A x_k + B u_k with one input and one output
// is, as far as inputs and outputs go,
//
//   G(z) = C (I − zA)⁻¹ B = (b_1 + b_2 z + … + b_d z^{d−1}) / (1 + a_1 z + … + a_d z^d) = Σ_k (C A^k B) z^k
//
// in positive powers of z: K_k = C A^k B is the kernel of y_k = C x_{k+1}. (With y_k = C x_k + h_0 u_k there is one
// more z, and the taps are h_0, K_0, K_1, ….) Poles in the sense of stability are the zeros of λ^d + a_1 λ^{d−1} + … +
// a_d.
//
// A discrete Fourier transform of length L computes not K but, with A^L folded in, b/a in ℚ[z]/(z^L − 1): the kernel of
// (I − A^L)⁻¹. So a model that is given by b and a has the output vector C̃ = C (I − A^L) in b, and
// C = C̃ (I − A^L)⁻¹ acts step by step.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "eigenmata/exact/complex_ball.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

template <class S>
struct TransferFunction {
  std::vector<S> b;  ///< b_1 … b_d
  std::vector<S> a;  ///< a_1 … a_d
};

/// By Faddeev and LeVerrier: adj(λI − A) = Σ_j M_j λ^{d−j} with M_1 = I, M_{j+1} = A M_j + a_j I, a_j = −tr(A M_j)/j.
/// Needs a field of characteristic 0. Cost: O(d⁴) operations.
template <exact::Field K>
[[nodiscard]] TransferFunction<typename K::Scalar> transfer_function(const K& k,
                                                                     const StateSpace<typename K::Scalar>& system) {
  using S = typename K::Scalar;
  const std::size_t d = system.b.size();
  TransferFunction<S> result;
  exact::Matrix<S> m = exact::identity(k, d);
  for (std::size_t j = 1; j <= d; ++j) {
    S numerator = k.zero();
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t l = 0; l < d; ++l)
        exact::add_product(k, numerator, system.c[i], k.multiply(m(i, l), system.b[l]));
    }
    result.b.push_back(numerator);
    m = exact::multiply(k, system.a, m);
    S trace = k.zero();
    for (std::size_t i = 0; i < d; ++i) trace = k.subtract(trace, m(i, i));
    result.a.push_back(k.divide(trace, k.from_rational(exact::Rational(j))));
    for (std::size_t i = 0; i < d; ++i) m(i, i) = k.add(m(i, i), result.a.back());
  }
  return result;
}

/// First row −a, ones below the diagonal, B = e_1, C = b: the step is x ← (u − ⟨a, x⟩, x_0, …, x_{d−2}).
template <exact::Arithmetic K>
[[nodiscard]] StateSpace<typename K::Scalar> companion(const K& k, const TransferFunction<typename K::Scalar>& f) {
  using S = typename K::Scalar;
  const std::size_t d = f.a.size();
  StateSpace<S> system{{exact::Matrix<S>(d, d, k.zero()), std::vector<S>(d, k.zero())}, f.b};
  for (std::size_t j = 0; j < d; ++j) {
    system.a(0, j) = k.subtract(k.zero(), f.a[j]);
    if (j > 0) system.a(j, j - 1) = k.one();
  }
  if (d > 0) system.b[0] = k.one();
  return system;
}

/// K_0 … K_{length−1}, step by step. Cost: O(d²) operations each.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> kernel(const K& k, const StateSpace<typename K::Scalar>& system,
                                                     std::size_t length) {
  std::vector<typename K::Scalar> taps, x = system.b;
  while (taps.size() < length) {
    taps.push_back(dot(k, system.c, x));
    x = applied(k, system.a, x);
  }
  return taps;
}

/// The same from the fraction, by long division. Cost: O(d) operations each.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> kernel(const K& k, const TransferFunction<typename K::Scalar>& f,
                                                     std::size_t length) {
  std::vector<typename K::Scalar> taps;
  for (std::size_t i = 0; i < length; ++i) {
    typename K::Scalar tap = i < f.b.size() ? f.b[i] : k.zero();
    for (std::size_t j = 0; j < f.a.size() && j < i; ++j) exact::subtract_product(k, tap, f.a[j], taps[i - 1 - j]);
    taps.push_back(tap);
  }
  return taps;
}

// Over ℚ.

/// Floats as what they stand for. Throws `core::Error` that names the first coefficient that is NaN or infinite, and
/// if there are not as many b as a.
[[nodiscard]] TransferFunction<exact::Rational> stored_transfer_function(const std::vector<double>& b,
                                                                         const std::vector<double>& a);

/// λ^d + a_1 λ^{d−1} + … + a_d.
[[nodiscard]] exact::Polynomial<exact::Rational> pole_polynomial(const TransferFunction<exact::Rational>& f);

/// Are all poles in the open unit disc? Exact (exact/stability.hpp).
[[nodiscard]] bool is_stable(const TransferFunction<exact::Rational>& f);
/// Have numerator and denominator no common zero? Then d is the least number of states.
[[nodiscard]] bool is_minimal(const TransferFunction<exact::Rational>& f);
/// Throws `core::Error` unless stable and minimal.
void require_sound(const TransferFunction<exact::Rational>& f);

/// numerator/denominator in ℚ[z]/(z^length − 1), as coefficients from the constant term up. Throws `core::Error` if one
/// of them has more than `length` coefficients, and if the denominator has a zero in common with z^length − 1. Cost: a
/// linear system of `length` unknowns, in FLINT.
[[nodiscard]] std::vector<exact::Rational> cyclic_quotient(const std::vector<exact::Rational>& numerator,
                                                           const std::vector<exact::Rational>& denominator,
                                                           std::size_t length);

/// What a discrete Fourier transform of this length makes of b/a. Throws as `cyclic_quotient`: d < length is needed,
/// and no pole may be an L-th root of unity.
[[nodiscard]] std::vector<exact::Rational> folded_kernel(const TransferFunction<exact::Rational>& f,
                                                         std::size_t length);

/// The same by fast Fourier transforms. In doubles: throws `core::Error` for a pole that cannot be told from a root of
/// unity, and for coefficients that are NaN or infinite. In balls: throws for a pole that certainly is one, and gives
/// balls that are not finite if they do not decide it. Both throw unless d < length. Cost: O(length · log length),
/// whatever d is.
[[nodiscard]] std::vector<double> folded_kernel_by_fft(const std::vector<double>& b, const std::vector<double>& a,
                                                       std::size_t length);
[[nodiscard]] std::vector<exact::ComplexBall> folded_kernel_by_fft(const TransferFunction<exact::Rational>& f,
                                                                   std::size_t length, std::size_t bits);

/// C (I − A^length): what b has to be for transforms of this length to give C A^k B.
[[nodiscard]] std::vector<exact::Rational> truncated_output(const StateSpace<exact::Rational>& system,
                                                            std::size_t length);
/// The inverse of it: C of C̃ = C (I − A^length). Throws `core::Error` if some eigenvalue is a root of unity of this
/// order.
[[nodiscard]] std::vector<exact::Rational> corrected_output(const StateSpace<exact::Rational>& system,
                                                            std::size_t length);

}  // namespace eigenmata::ssm

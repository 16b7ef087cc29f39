// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/s4d.hpp"

#include <algorithm>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/ball_functions.hpp"
#include "eigenmata/ssm/s4.hpp"

namespace eigenmata::ssm {

using exact::Ball;
using exact::ComplexBall;
using exact::Rational;

std::vector<ComplexBall> s4d_eigenvalues(S4dSpectrum spectrum, std::size_t size, std::size_t bits) {
  if (size == 0 || size % 2 == 1)
    throw core::Error("S4D with " + std::to_string(size) + " states; they come in pairs, so it has to be even and > 0");
  std::vector<ComplexBall> result;
  if (spectrum == S4dSpectrum::kLegs) {
    for (const ComplexBall& lambda : legs_cauchy_form(size, std::vector<ComplexBall>(size), bits).lambda) {
      if (lambda.imaginary().sign() == 1) result.push_back(lambda);
    }
    std::sort(result.begin(), result.end(), [](const ComplexBall& a, const ComplexBall& b) {
      return a.imaginary().approximate_midpoint() > b.imaginary().approximate_midpoint();
    });
    return result;
  }
  const Ball pi = exact::pi(bits);
  for (std::size_t n = 0; n < size / 2; ++n) {
    const Ball half(Rational(-1, 2), bits);
    switch (spectrum) {
      case S4dSpectrum::kLinear:
        result.emplace_back(half, exact::multiply(pi, Ball(n, bits), bits));
        break;
      case S4dSpectrum::kInverse:
        result.emplace_back(
            half, exact::divide(Ball(Rational(size) * (Rational(size, 2 * n + 1) - Rational(1)), bits), pi, bits));
        break;
      case S4dSpectrum::kReal:
      case S4dSpectrum::kLegs:
        result.emplace_back(Ball(-Rational(n + 1), bits));
        break;
    }
  }
  return result;
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/hippo_fourier.hpp"

#include "eigenmata/exact/ball_functions.hpp"

namespace eigenmata::ssm {

using exact::Ball;
using exact::ComplexBall;
using exact::Rational;

LinearSystem<ComplexBall> fout(std::size_t largest, const Rational& window, const Rational& g, std::size_t bits) {
  if (window <= 0) throw core::Error("a window of " + exact::to_string(window) + "; it has to be positive");
  const std::size_t size = 2 * largest + 1;
  const ComplexBall input(Ball(g / window, bits)), loss(Ball(-g / window, bits));
  LinearSystem<ComplexBall> system{{size, size, loss}, std::vector<ComplexBall>(size, input)};
  for (std::size_t i = 0; i < size; ++i) {
    const Rational n = Rational(i) - Rational(largest);
    system.a(i, i) = ComplexBall(Ball(-g / window, bits),
                                 exact::multiply(exact::pi(bits), Ball(Rational(2) * n / window, bits), bits));
  }
  return system;
}

LinearSystem<ComplexBall> fous(std::size_t largest, std::size_t bits) {
  const std::size_t size = 2 * largest + 1;
  LinearSystem<ComplexBall> system{{size, size, ComplexBall()},
                                   std::vector<ComplexBall>(size, ComplexBall(Ball(1, bits)))};
  for (std::size_t i = 0; i < size; ++i) {
    const Rational n = Rational(i) - Rational(largest);
    for (std::size_t j = 0; j < size; ++j) {
      system.a(i, j) = i == j ? ComplexBall(Ball(-1, bits), exact::multiply(exact::pi(bits), Ball(n, bits), bits))
                              : ComplexBall(Ball(-n / (Rational(i) - Rational(j)), bits));
    }
  }
  return system;
}

}  // namespace eigenmata::ssm

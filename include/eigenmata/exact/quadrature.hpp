// SPDX-License-Identifier: Apache-2.0
//
// Certified integrals, by Arb's adaptive Gauss–Legendre quadrature [Johansson2017].
#pragma once

#include <cstddef>
#include <functional>

#include "eigenmata/exact/complex_ball.hpp"

namespace eigenmata::exact {

/// Encloses ∫_a^b f along the straight line. `f` has to be an entire function: its value on a ball encloses those at
/// all points of it.
[[nodiscard]] ComplexBall integral(const std::function<ComplexBall(const ComplexBall&)>& f, const Rational& a,
                                   const Rational& b, std::size_t bits);

}  // namespace eigenmata::exact

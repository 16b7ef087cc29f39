// SPDX-License-Identifier: Apache-2.0
//
// Transcendental functions of balls, by Arb [Johansson2017]: the result contains the function's value at every point of
// the operand.
#pragma once

#include <cstddef>

#include "eigenmata/exact/ball.hpp"

namespace eigenmata::exact {

[[nodiscard]] Ball absolute(const Ball& a);
[[nodiscard]] Ball pi(std::size_t bits);
[[nodiscard]] Ball exponential(const Ball& a, std::size_t bits);
/// Not finite unless every point of `a` is positive.
[[nodiscard]] Ball logarithm(const Ball& a, std::size_t bits);
[[nodiscard]] Ball hyperbolic_tangent(const Ball& a, std::size_t bits);

}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/ball_functions.hpp"

namespace eigenmata::exact {

Ball absolute(const Ball& a) {
  Ball result;
  arb_abs(result.raw(), a.raw());
  return result;
}

Ball pi(std::size_t bits) {
  Ball result;
  arb_const_pi(result.raw(), static_cast<slong>(bits));
  return result;
}

Ball exponential(const Ball& a, std::size_t bits) {
  Ball result;
  arb_exp(result.raw(), a.raw(), static_cast<slong>(bits));
  return result;
}

Ball logarithm(const Ball& a, std::size_t bits) {
  Ball result;
  arb_log(result.raw(), a.raw(), static_cast<slong>(bits));
  return result;
}

Ball hyperbolic_tangent(const Ball& a, std::size_t bits) {
  Ball result;
  arb_tanh(result.raw(), a.raw(), static_cast<slong>(bits));
  return result;
}

}  // namespace eigenmata::exact

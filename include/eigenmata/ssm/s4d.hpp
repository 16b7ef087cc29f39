// SPDX-License-Identifier: Apache-2.0
//
// S4D [Gu2022]: S4 with a diagonal A, of which one eigenvalue of each conjugate pair is stored; the initial ones.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/exact/complex_ball.hpp"

namespace eigenmata::ssm {

enum class S4dSpectrum {
  kLinear,   ///< −1/2 + πi n
  kInverse,  ///< −1/2 + i (N/π)(N/(2n + 1) − 1)
  kReal,     ///< −(n + 1)
  kLegs      ///< of LegS's normal part (s4.hpp), largest imaginary part first
};

/// For n < N/2, N being the number of states. Throws `core::Error` unless N is even and positive, and
/// `core::LimitReached` if `bits` do not separate the eigenvalues of LegS.
[[nodiscard]] std::vector<exact::ComplexBall> s4d_eigenvalues(S4dSpectrum spectrum, std::size_t size, std::size_t bits);

}  // namespace eigenmata::ssm

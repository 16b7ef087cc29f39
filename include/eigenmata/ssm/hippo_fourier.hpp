// SPDX-License-Identifier: Apache-2.0
//
// HiPPO with the Fourier basis e^{2πi n s}, n = −M … M, in complex balls (the matrices have π in them).
//
// FouT, window [T − w, T], s = 0 at its lower end: integration by parts gives w c_n′ = 2πi n c_n + u(T) − u(T − w), and
// something has to stand for u(T − w). The series at s = 0 is Σ c_k; but a periodic series converges at the seam to the
// mean of both ends, (u(T) + u(T − w))/2. Taking Σ c_k for u(T − w) gives g = 1 below, and for the mean g = 2:
//
//   w c′ = (2πi diag(n) − g 1 1ᵀ) c + g 1 u.
//
// FouS, all of [0, T]: T c′ = A c + 1 u with A_nn = iπn − 1, A_nk = −n/(n − k). Every eigenvalue of it has real part
// −1: A + I = i·diag(n)·K with K = πI + iH, H_nk = 1/(n − k) off the diagonal, real and skew. K is Hermitian, and
// positive definite since ‖H‖ < π (Hilbert's inequality). So diag(n)·K has the spectrum of the Hermitian K^½ diag(n)
// K^½, which is real, and i times it is imaginary.
#pragma once

#include <cstddef>

#include "eigenmata/exact/complex_ball.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

/// Index i stands for n = i − M. Throws `core::Error` unless w > 0.
[[nodiscard]] LinearSystem<exact::ComplexBall> fout(std::size_t largest, const exact::Rational& window,
                                                    const exact::Rational& g, std::size_t bits);
[[nodiscard]] LinearSystem<exact::ComplexBall> fous(std::size_t largest, std::size_t bits);

}  // namespace eigenmata::ssm

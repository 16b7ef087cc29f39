// SPDX-License-Identifier: Apache-2.0
//
// The discrete Fourier transform of any length n, X_l = Σ_k x_k e^{−2πi kl/n}, in doubles (by FFTW if the library was
// built with it, otherwise by Eigen) and in complex balls (Arb's [Johansson2017]). Cost: O(n log n) operations.
#pragma once

#include <complex>
#include <cstddef>
#include <string_view>
#include <vector>

#include "eigenmata/exact/complex_ball.hpp"

namespace eigenmata::ssm {

/// Who transforms doubles: "FFTW" or "Eigen".
[[nodiscard]] std::string_view fourier_library();

/// May be called from several threads at once.
[[nodiscard]] std::vector<std::complex<double>> fourier(const std::vector<std::complex<double>>& x);
/// Divides by n.
[[nodiscard]] std::vector<std::complex<double>> inverse_fourier(const std::vector<std::complex<double>>& x);

/// Of n real numbers: X_0 … X_{⌊n/2⌋}, of which the others are conjugates. Half the time and memory.
[[nodiscard]] std::vector<std::complex<double>> real_fourier(const std::vector<double>& x);
/// The inverse; needs ⌊n/2⌋ + 1 numbers. Divides by n.
[[nodiscard]] std::vector<double> inverse_real_fourier(std::vector<std::complex<double>> half, std::size_t n);

[[nodiscard]] std::vector<exact::ComplexBall> fourier(const std::vector<exact::ComplexBall>& x, std::size_t bits);
[[nodiscard]] std::vector<exact::ComplexBall> inverse_fourier(const std::vector<exact::ComplexBall>& x,
                                                              std::size_t bits);

}  // namespace eigenmata::ssm

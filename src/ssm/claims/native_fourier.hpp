// SPDX-License-Identifier: Apache-2.0
//
// Fourier transforms in the hardware's floats, for measurements of programs that use them throughout: FFTW and the
// rest of the library have doubles alone.
#pragma once

#include <complex>
#include <unsupported/Eigen/FFT>
#include <vector>

namespace eigenmata::ssm {

/// X_l = Σ x_k e^{−2πi kl/n}, all in T.
template <class T>
[[nodiscard]] std::vector<std::complex<T>> native_fourier(const std::vector<std::complex<T>>& x) {
  std::vector<std::complex<T>> result(x.size());
  if (x.size() < 2) return x;  // Eigen does not expect that
  Eigen::FFT<T>().fwd(result, x);
  return result;
}

/// Divides by n.
template <class T>
[[nodiscard]] std::vector<std::complex<T>> native_inverse_fourier(const std::vector<std::complex<T>>& x) {
  std::vector<std::complex<T>> result(x.size());
  if (x.size() < 2) return x;
  Eigen::FFT<T>().inv(result, x);
  return result;
}

}  // namespace eigenmata::ssm

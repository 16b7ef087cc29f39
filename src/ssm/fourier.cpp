// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/fourier.hpp"

#include <acb_dft.h>

#include <unsupported/Eigen/FFT>

namespace eigenmata::ssm {
namespace {

template <class Transform>
std::vector<exact::ComplexBall> in_arb(const std::vector<exact::ComplexBall>& x, const Transform& transform) {
  const auto n = static_cast<slong>(x.size());
  const acb_ptr in = _acb_vec_init(n), out = _acb_vec_init(n);
  for (slong i = 0; i < n; ++i) acb_set(in + i, x[static_cast<std::size_t>(i)].raw());
  transform(out, in, n);
  std::vector<exact::ComplexBall> result(x.size());
  for (slong i = 0; i < n; ++i) acb_swap(result[static_cast<std::size_t>(i)].raw(), out + i);
  _acb_vec_clear(in, n);
  _acb_vec_clear(out, n);
  return result;
}

}  // namespace

std::vector<std::complex<double>> fourier(const std::vector<std::complex<double>>& x) {
  std::vector<std::complex<double>> result(x.size());
  if (!x.empty()) Eigen::FFT<double>().fwd(result, x);
  return result;
}

std::vector<std::complex<double>> inverse_fourier(const std::vector<std::complex<double>>& x) {
  std::vector<std::complex<double>> result(x.size());
  if (!x.empty()) Eigen::FFT<double>().inv(result, x);
  return result;
}

std::vector<exact::ComplexBall> fourier(const std::vector<exact::ComplexBall>& x, std::size_t bits) {
  return in_arb(x, [bits](acb_ptr out, acb_srcptr in, slong n) { acb_dft(out, in, n, static_cast<slong>(bits)); });
}

std::vector<exact::ComplexBall> inverse_fourier(const std::vector<exact::ComplexBall>& x, std::size_t bits) {
  return in_arb(x,
                [bits](acb_ptr out, acb_srcptr in, slong n) { acb_dft_inverse(out, in, n, static_cast<slong>(bits)); });
}

}  // namespace eigenmata::ssm

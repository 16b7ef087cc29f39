// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/fourier.hpp"

#include <acb_dft.h>

#ifdef EIGENMATA_FFTW
#include <fftw3.h>

#include <limits>
#include <mutex>

#include "eigenmata/core/error.hpp"
#else
#include <unsupported/Eigen/FFT>
#endif

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

#ifdef EIGENMATA_FFTW

std::vector<std::complex<double>> in_fftw(const std::vector<std::complex<double>>& x, int sign) {
  if (x.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw core::Error("a transform of length " + std::to_string(x.size()) + " is beyond FFTW");
  // Of FFTW only the execution of a plan may run in several threads at once.
  static std::mutex planner;
  std::vector<std::complex<double>> result(x.size());
  // FFTW_ESTIMATE leaves both arrays alone, and a transform out of place its input.
  const auto in = reinterpret_cast<fftw_complex*>(const_cast<std::complex<double>*>(x.data()));
  const auto out = reinterpret_cast<fftw_complex*>(result.data());
  const auto plan = [&] {
    const std::lock_guard lock(planner);
    return fftw_plan_dft_1d(static_cast<int>(x.size()), in, out, sign, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
  }();
  fftw_execute(plan);
  const std::lock_guard lock(planner);
  fftw_destroy_plan(plan);
  return result;
}

#endif

}  // namespace

#ifdef EIGENMATA_FFTW

std::string_view fourier_library() { return "FFTW"; }

std::vector<std::complex<double>> fourier(const std::vector<std::complex<double>>& x) {
  return x.empty() ? x : in_fftw(x, FFTW_FORWARD);
}

std::vector<std::complex<double>> inverse_fourier(const std::vector<std::complex<double>>& x) {
  if (x.empty()) return x;
  std::vector<std::complex<double>> result = in_fftw(x, FFTW_BACKWARD);
  for (std::complex<double>& a : result) a /= static_cast<double>(x.size());
  return result;
}

#else

std::string_view fourier_library() { return "Eigen"; }

std::vector<std::complex<double>> fourier(const std::vector<std::complex<double>>& x) {
  if (x.size() < 2) return x;  // Eigen does not expect that
  std::vector<std::complex<double>> result(x.size());
  Eigen::FFT<double>().fwd(result, x);
  return result;
}

std::vector<std::complex<double>> inverse_fourier(const std::vector<std::complex<double>>& x) {
  if (x.size() < 2) return x;
  std::vector<std::complex<double>> result(x.size());
  Eigen::FFT<double>().inv(result, x);
  return result;
}

#endif

std::vector<exact::ComplexBall> fourier(const std::vector<exact::ComplexBall>& x, std::size_t bits) {
  return in_arb(x, [bits](acb_ptr out, acb_srcptr in, slong n) { acb_dft(out, in, n, static_cast<slong>(bits)); });
}

std::vector<exact::ComplexBall> inverse_fourier(const std::vector<exact::ComplexBall>& x, std::size_t bits) {
  return in_arb(x,
                [bits](acb_ptr out, acb_srcptr in, slong n) { acb_dft_inverse(out, in, n, static_cast<slong>(bits)); });
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/ssm/fourier.hpp"

#include <acb_dft.h>

#include <cassert>

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

void require_half([[maybe_unused]] std::size_t half, [[maybe_unused]] std::size_t n) {
  assert(n == 0 || half == n / 2 + 1);
}

#ifdef EIGENMATA_FFTW

/// A plan, made, run and destroyed: of FFTW only the running may happen in several threads at once.
template <class Plan>
void run_plan(std::size_t n, const Plan& plan) {
  if (n > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    throw core::Error("a transform of length " + std::to_string(n) + " is beyond FFTW");
  static std::mutex planner;
  const fftw_plan made = [&] {
    const std::lock_guard lock(planner);
    return plan(static_cast<int>(n));  // FFTW_ESTIMATE leaves the arrays alone
  }();
  fftw_execute(made);
  const std::lock_guard lock(planner);
  fftw_destroy_plan(made);
}

fftw_complex* raw(const std::vector<std::complex<double>>& x) {
  return reinterpret_cast<fftw_complex*>(const_cast<std::complex<double>*>(x.data()));
}

std::vector<std::complex<double>> in_fftw(const std::vector<std::complex<double>>& x, int sign) {
  std::vector<std::complex<double>> result(x.size());
  run_plan(x.size(),
           [&](int n) { return fftw_plan_dft_1d(n, raw(x), raw(result), sign, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT); });
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

std::vector<std::complex<double>> real_fourier(const std::vector<double>& x) {
  if (x.empty()) return {};
  std::vector<std::complex<double>> half(x.size() / 2 + 1);
  run_plan(x.size(), [&](int n) {
    return fftw_plan_dft_r2c_1d(n, const_cast<double*>(x.data()), raw(half), FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
  });
  return half;
}

std::vector<double> inverse_real_fourier(std::vector<std::complex<double>> half, std::size_t n) {
  require_half(half.size(), n);
  std::vector<double> x(n);
  if (n == 0) return x;
  run_plan(n, [&](int length) { return fftw_plan_dft_c2r_1d(length, raw(half), x.data(), FFTW_ESTIMATE); });
  for (double& a : x) a /= static_cast<double>(n);
  return x;
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

std::vector<std::complex<double>> real_fourier(const std::vector<double>& x) {
  if (x.empty()) return {};
  if (x.size() == 1) return {x[0]};
  std::vector<std::complex<double>> half;
  Eigen::FFT<double> transform;
  transform.SetFlag(Eigen::FFT<double>::HalfSpectrum);
  transform.fwd(half, x);
  return half;
}

std::vector<double> inverse_real_fourier(std::vector<std::complex<double>> half, std::size_t n) {
  require_half(half.size(), n);
  if (n < 2) return std::vector<double>(n, n == 0 ? 0 : half[0].real());
  std::vector<double> x(n);
  Eigen::FFT<double> transform;
  transform.SetFlag(Eigen::FFT<double>::HalfSpectrum);
  transform.inv(x, half, static_cast<Eigen::Index>(n));
  return x;
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

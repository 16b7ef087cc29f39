// SPDX-License-Identifier: Apache-2.0
//
// State space models: certified linear algebra against Arb called directly, the O(N) forms of LegS against dense ones,
// and three ways to a kernel of 2^16 taps in doubles.
#include <acb_mat.h>

#include <cmath>
#include <complex>
#include <cstdio>

#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/complex_ball_matrix.hpp"
#include "eigenmata/ssm/fourier.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/native_field.hpp"
#include "eigenmata/ssm/s4.hpp"
#include "eigenmata/ssm/transfer_function.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Rational;

constexpr std::size_t kSize = 64;
constexpr std::size_t kBits = 256;
constexpr std::size_t kLength = std::size_t{1} << 16;
constexpr std::size_t kTransferSizes[] = {16, 256, 4096};
constexpr const char* kTable = "ssm/legs-64/";
constexpr const char* kKernels = "ssm/kernel-65536/";

const exact::ComplexBallArithmetic kBalls{kBits};

/// I − A/3 of LegS, in balls.
Matrix<ComplexBall> implicit_matrix() {
  const auto system = ssm::legs_form(kSize);
  Matrix<ComplexBall> m(kSize, kSize, ComplexBall());
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j)
      m(i, j) = kBalls.from_rational(Rational(i == j ? 1 : 0) - system.a(i, j) / Rational(3));
  }
  return m;
}

/// The normal part of LegS in the normalisation in which its eigenvectors are unitary.
Matrix<ComplexBall> normal_matrix() {
  const auto form = ssm::legs_normal_form(kSize);
  Matrix<ComplexBall> m(kSize, kSize, ComplexBall());
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) {
      const Ball scale = exact::square_root(Ball(Rational(2 * j + 1, 2 * i + 1), kBits), kBits);
      m(i, j) = ComplexBall(exact::multiply(Ball(form.normal(i, j), kBits), scale, kBits));
    }
  }
  return m;
}

std::vector<ComplexBall> ones() { return std::vector<ComplexBall>(kSize, kBalls.one()); }

void fill(acb_mat_t to, const Matrix<ComplexBall>& from) {
  acb_mat_init(to, static_cast<slong>(from.rows()), static_cast<slong>(from.columns()));
  for (std::size_t i = 0; i < from.rows(); ++i) {
    for (std::size_t j = 0; j < from.columns(); ++j)
      acb_set(acb_mat_entry(to, static_cast<slong>(i), static_cast<slong>(j)), from(i, j).raw());
  }
}

void solve_by_arb(::benchmark::State& s) {
  acb_mat_t a, b, x;
  fill(a, implicit_matrix());
  fill(b, Matrix<ComplexBall>(kSize, 1, ones()));
  acb_mat_init(x, kSize, 1);
  for (auto _ : s) ::benchmark::DoNotOptimize(acb_mat_solve(x, a, b, kBits));
  acb_mat_clear(a);
  acb_mat_clear(b);
  acb_mat_clear(x);
}

void spectrum_by_arb(::benchmark::State& s) {
  acb_mat_t a, guesses, left, right;
  fill(a, normal_matrix());
  acb_mat_init(guesses, kSize, kSize);
  acb_mat_init(left, kSize, kSize);
  acb_mat_init(right, kSize, kSize);
  acb_ptr approximate = _acb_vec_init(kSize), values = _acb_vec_init(kSize);
  for (auto _ : s) {
    acb_mat_approx_eig_qr(approximate, nullptr, guesses, a, nullptr, 0, kBits);
    if (acb_mat_eig_simple(values, left, right, a, approximate, guesses, kBits) == 0) s.SkipWithError("not certified");
  }
  _acb_vec_clear(approximate, kSize);
  _acb_vec_clear(values, kSize);
  acb_mat_clear(a);
  acb_mat_clear(guesses);
  acb_mat_clear(left);
  acb_mat_clear(right);
}

/// The kernel of LegS with step 1/L by Cauchy sums at the roots of unity and one transform.
std::vector<double> kernel_by_cauchy(const ssm::CauchyForm<std::complex<double>>& form) {
  const ssm::NativeField<std::complex<double>> k;
  std::vector<std::complex<double>> values;
  for (std::size_t l = 0; l < kLength; ++l) {
    const std::complex<double> z = std::polar(1.0, -2 * M_PI * static_cast<double>(l) / static_cast<double>(kLength));
    // At −1 the value is (ε/2) C̃ B; for the time it takes any number will do.
    values.push_back(2 * l == kLength ? std::complex<double>(0)
                                      : ssm::cauchy_value(k, form, std::complex<double>(2.0 * kLength), z));
  }
  std::vector<double> taps;
  for (const auto& tap : ssm::inverse_fourier(values)) taps.push_back(tap.real());
  return taps;
}

/// By the recurrence, O(N) operations a step: legs_applied and legs_solved written out for doubles.
std::vector<double> kernel_by_recurrence() {
  const double half = 0.5 / kLength;
  std::vector<double> x(kSize), keep(kSize), scale(kSize);
  for (std::size_t n = 0; n < kSize; ++n) {
    keep[n] = 1 - half * static_cast<double>(n);
    scale[n] = 1 / (1 + half * static_cast<double>(n + 1));
  }
  const auto solve = [&] {
    double before = 0;
    for (std::size_t n = 0; n < kSize; ++n) {
      const double prefix = (keep[n] * before + x[n]) * scale[n];
      x[n] = prefix - before;
      before = prefix;
    }
  };
  for (std::size_t n = 0; n < kSize; ++n) x[n] = static_cast<double>(2 * n + 1) / kLength;
  solve();
  std::vector<double> taps;
  for (std::size_t i = 0; i < kLength; ++i) {
    double prefix = 0;
    for (std::size_t n = 0; n < kSize; ++n) {
      prefix += x[n];
      x[n] += half * (static_cast<double>(n) * x[n] - static_cast<double>(2 * n + 1) * prefix);
    }
    taps.push_back(prefix);  // C = (1, …, 1), before the step
    solve();
  }
  return taps;
}

void register_kernels() {
  register_run(std::string(kKernels) + "s4-cauchy", [](::benchmark::State& s) {
    const auto balls = ssm::legs_cauchy_form(kSize, ones(), kBits);
    ssm::CauchyForm<std::complex<double>> form;
    const auto convert = [](const std::vector<ComplexBall>& from, std::vector<std::complex<double>>& to) {
      for (const ComplexBall& z : from)
        to.emplace_back(z.real().approximate_midpoint(), z.imaginary().approximate_midpoint());
    };
    convert(balls.lambda, form.lambda);
    convert(balls.b, form.b);
    convert(balls.c, form.c);
    convert(balls.p, form.p);
    convert(balls.q, form.q);
    for (auto _ : s) ::benchmark::DoNotOptimize(kernel_by_cauchy(form).data());
  });
  register_run(std::string(kKernels) + "recurrence", [](::benchmark::State& s) {
    for (auto _ : s) ::benchmark::DoNotOptimize(kernel_by_recurrence().data());
  });
  for (const std::size_t d : kTransferSizes) {
    register_run(std::string(kKernels) + "rtf-" + std::to_string(d), [d](::benchmark::State& s) {
      core::Random random(1);
      std::vector<double> a, b;
      for (std::size_t i = 0; i < d; ++i) {
        a.push_back(static_cast<double>(random.between(-999, 999)) / (1000.0 * static_cast<double>(d)));  // stable
        b.push_back(static_cast<double>(random.between(-999, 999)) / 1000);
      }
      for (auto _ : s) ::benchmark::DoNotOptimize(ssm::folded_kernel_by_fft(b, a, kLength).data());
    });
  }
}

}  // namespace

void register_ssm() {
  register_run(std::string(kTable) + "solve", [](::benchmark::State& s) {
    const auto a = implicit_matrix();
    const Matrix<ComplexBall> b(kSize, 1, ones());
    for (auto _ : s) ::benchmark::DoNotOptimize(exact::solve(a, b, kBits)->entries().data());
  });
  register_run(std::string(kTable) + "solve-arb", solve_by_arb);
  register_run(std::string(kTable) + "solve-structured", [](::benchmark::State& s) {
    const auto b = ones();
    const ComplexBall third = kBalls.from_rational(Rational(1, 3));
    for (auto _ : s) ::benchmark::DoNotOptimize(ssm::legs_solved(kBalls, third, b).data());
  });
  register_run(std::string(kTable) + "matvec", [](::benchmark::State& s) {
    const auto a = implicit_matrix();
    const auto x = ones();
    for (auto _ : s) ::benchmark::DoNotOptimize(ssm::applied(kBalls, a, x).data());
  });
  register_run(std::string(kTable) + "matvec-structured", [](::benchmark::State& s) {
    const auto x = ones();
    for (auto _ : s) ::benchmark::DoNotOptimize(ssm::legs_applied(kBalls, x).data());
  });
  register_run(std::string(kTable) + "spectrum", [](::benchmark::State& s) {
    const auto a = normal_matrix();
    for (auto _ : s) {
      const auto found = exact::enclosed_eigensystem(a, kBits);
      if (!found) s.SkipWithError("not certified");
      ::benchmark::DoNotOptimize(&found);
    }
  });
  register_run(std::string(kTable) + "spectrum-arb", spectrum_by_arb);
  register_kernels();
}

void print_ssm(const Figures& figures) {
  const auto at = [&](const std::string& name) {
    return figures.count(name) == 0 ? 0 : figures.at(name).seconds * 1e3;
  };
  const std::string table = kTable;
  if (at(table + "solve-arb") > 0) {
    std::printf("\nLegS, N = %zu, balls of %zu bits\n  %-10s %12s %12s %8s %14s %8s\n", kSize, kBits, "", "dense ms",
                "Arb ms", "ratio", "structured ms", "ratio");
    const auto row = [&](const char* name, double dense, double arb, double structured) {
      std::printf("  %-10s %12.3f ", name, dense);
      if (arb > 0) std::printf("%12.3f %8.2f ", arb, dense / arb);
      if (!(arb > 0)) std::printf("%12s %8s ", "", "");
      if (structured > 0) std::printf("%14.3f %8.1f", structured, dense / structured);
      std::printf("\n");
    };
    row("solve", at(table + "solve"), at(table + "solve-arb"), at(table + "solve-structured"));
    row("A x", at(table + "matvec"), 0, at(table + "matvec-structured"));
    row("spectrum", at(table + "spectrum"), at(table + "spectrum-arb"), 0);
  }
  const std::string kernels = kKernels;
  if (at(kernels + "recurrence") > 0) {
    std::printf("\nKernels of %zu taps, f64\n  %-34s %10s\n", kLength, "", "ms");
    std::printf("  %-34s %10.1f\n", "LegS, N = 64: O(N) recurrence", at(kernels + "recurrence"));
    std::printf("  %-34s %10.1f\n", "LegS, N = 64: Cauchy sums and FFT", at(kernels + "s4-cauchy"));
    for (const std::size_t d : kTransferSizes) {
      const std::string name = "RTF, N = " + std::to_string(d) + ": three FFTs";
      std::printf("  %-34s %10.1f\n", name.c_str(), at(kernels + "rtf-" + std::to_string(d)));
    }
  }
}

}  // namespace eigenmata::bench

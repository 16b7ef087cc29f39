// SPDX-License-Identifier: Apache-2.0
//
// State space models: certified linear algebra against Arb called directly, the O(N) forms of LegS against dense ones.
#include <acb_mat.h>

#include <chrono>
#include <cstdio>

#include "eigenmata/exact/complex_ball_matrix.hpp"
#include "eigenmata/ssm/hippo_forms.hpp"
#include "eigenmata/ssm/legs.hpp"
#include "eigenmata/ssm/s4.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using exact::Ball;
using exact::ComplexBall;
using exact::Matrix;
using exact::Rational;

constexpr std::size_t kSize = 64;
constexpr std::size_t kBits = 256;
constexpr const char* kTable = "ssm/legs-64/";

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

/// The same by Arb's functions, from its matrix on.
class SpectrumByArb {
 public:
  SpectrumByArb() : approximate_(_acb_vec_init(kSize)), values_(_acb_vec_init(kSize)) {
    fill(a_, normal_matrix());
    for (auto m : {guesses_, left_, right_}) acb_mat_init(m, kSize, kSize);
  }
  ~SpectrumByArb() {
    for (auto m : {a_, guesses_, left_, right_}) acb_mat_clear(m);
    _acb_vec_clear(approximate_, kSize);
    _acb_vec_clear(values_, kSize);
  }
  SpectrumByArb(const SpectrumByArb&) = delete;
  SpectrumByArb& operator=(const SpectrumByArb&) = delete;

  bool run() {
    acb_mat_approx_eig_qr(approximate_, nullptr, guesses_, a_, nullptr, 0, kBits);
    return acb_mat_eig_simple(values_, left_, right_, a_, approximate_, guesses_, kBits) != 0;
  }

 private:
  acb_mat_t a_, guesses_, left_, right_;
  acb_ptr approximate_, values_;
};

/// Ours, and Arb's for the counter: one after the other, so that what else the machine does falls on both.
void spectrum_beside_arb(::benchmark::State& s) {
  using Clock = std::chrono::steady_clock;
  const auto a = normal_matrix();
  SpectrumByArb arb;
  for (auto _ : s) {
    const auto start = Clock::now();
    const auto found = exact::enclosed_eigensystem(a, kBits);
    const auto between = Clock::now();
    const bool found_too = arb.run();
    const auto end = Clock::now();
    if (!found || !found_too) s.SkipWithError("not certified");
    s.SetIterationTime(std::chrono::duration<double>(between - start).count());
    s.counters["arb"] = std::chrono::duration<double>(end - between).count();
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
  ::benchmark::RegisterBenchmark((std::string(kTable) + "spectrum").c_str(), spectrum_beside_arb)
      ->Iterations(1)
      ->Repetitions(kRuns)
      ->ReportAggregatesOnly(true)
      ->Unit(::benchmark::kMillisecond)
      ->UseManualTime();
  register_run(std::string(kTable) + "spectrum-structured", [](::benchmark::State& s) {
    const auto c = ones();
    for (auto _ : s) ::benchmark::DoNotOptimize(ssm::legs_cauchy_form(kSize, c, kBits).lambda.data());
  });
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
    const auto spectrum = figures.find(table + "spectrum");
    if (spectrum != figures.end()) {
      row("spectrum", spectrum->second.seconds * 1e3, spectrum->second.counters.at("arb") * 1e3,
          at(table + "spectrum-structured"));
    }
  }
}

}  // namespace eigenmata::bench

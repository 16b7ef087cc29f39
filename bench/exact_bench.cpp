// SPDX-License-Identifier: Apache-2.0
//
// Why exact linear algebra runs in FLINT: the same products by a loop over Boost's rationals.
#include <cstdio>

#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using exact::Matrix;
using exact::Rational;
using exact::RationalArithmetic;

Matrix<Rational> random_matrix(std::size_t n, std::uint64_t seed) {
  core::Random random(seed);
  Matrix<Rational> m(n, n, Rational(0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) m(i, j) = Rational(random.between(-9, 9), random.between(1, 9));
  }
  return m;
}

constexpr std::size_t kSizes[] = {8, 24, 100};

}  // namespace

void register_exact() {
  for (const std::size_t n : kSizes) {
    const std::string row = "exact/" + std::to_string(n);
    register_run(row + "/flint", [n](::benchmark::State& s) {
      const Matrix<Rational> a = random_matrix(n, 1);
      const Matrix<Rational> b = random_matrix(n, 2);
      for (auto _ : s) ::benchmark::DoNotOptimize(multiply(RationalArithmetic{}, a, b).entries().data());
    });
    register_run(row + "/loop", [n](::benchmark::State& s) {
      const Matrix<Rational> a = random_matrix(n, 1);
      const Matrix<Rational> b = random_matrix(n, 2);
      for (auto _ : s)
        ::benchmark::DoNotOptimize(exact::multiply<RationalArithmetic>(RationalArithmetic{}, a, b).entries().data());
    });
  }
}

void print_exact(const Figures& figures) {
  std::printf("\nProducts of rational matrices\n  %-10s %12s %12s %10s\n", "size", "FLINT ms", "loop ms", "ratio");
  for (const std::size_t n : kSizes) {
    const std::string row = "exact/" + std::to_string(n);
    if (figures.count(row + "/loop") == 0) continue;
    const double flint = figures.at(row + "/flint").seconds;
    const double loop = figures.at(row + "/loop").seconds;
    std::printf("  %-10zu %12.3f %12.3f %10.1f\n", n, flint * 1e3, loop * 1e3, loop / flint);
  }
}

}  // namespace eigenmata::bench

// SPDX-License-Identifier: Apache-2.0
//
// Four ways to the kernel of a state space model in doubles, as its state and its length grow: S4's Cauchy sums, S4D's
// powers and the O(N) recurrence of LegS take O(NL) operations, a rational transfer function three transforms of length
// L whatever N is [Parnichkun2024]. What is timed does not depend on the numbers; they are only kept from overflowing.
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>

#include "eigenmata/core/random.hpp"
#include "eigenmata/ssm/fourier.hpp"
#include "eigenmata/ssm/transfer_function.hpp"
#include "figures.hpp"

namespace eigenmata::bench {
namespace {

using Complex = std::complex<double>;

constexpr const char* kTable = "ssm/kernel/";
constexpr std::size_t kSizes[] = {16, 64, 256, 1024, 4096};
constexpr std::size_t kLengths[] = {std::size_t{1} << 16, std::size_t{1} << 18, std::size_t{1} << 20};
/// The ways that take O(NL) run as far as this, N L: about a second.
constexpr std::size_t kMost = std::size_t{1} << 28, kMostSteps = std::size_t{1} << 26;
/// Numbers that are in hand at once: what is written as loops over them becomes vector instructions.
constexpr std::size_t kBlock = 256, kLanes = 8;

std::vector<double> random_numbers(std::size_t n, double bound) {
  core::Random random(n);
  std::vector<double> x;
  while (x.size() < n) x.push_back(bound * static_cast<double>(random.between(-999, 999)) / 1000);
  return x;
}

/// One pair of conjugate eigenvalues of S4: of each Cauchy sum it has (linear · g + constant)/(g² − 2 Re λ g + |λ|²).
struct Pair {
  double twice_real, norm;
  double linear[4], constant[4];
};

std::vector<Pair> random_pairs(std::size_t size) {
  const std::vector<double> numbers = random_numbers(4 * size, 1);
  std::vector<Pair> pairs(size / 2);
  for (std::size_t n = 0; n < pairs.size(); ++n) {
    const double imaginary = M_PI * static_cast<double>(n);
    pairs[n] = {-1, 0.25 + imaginary * imaginary, {}, {}};
    for (std::size_t i = 0; i < 4; ++i) {
      pairs[n].linear[i] = numbers[8 * n + i];
      pairs[n].constant[i] = numbers[8 * n + 4 + i];
    }
  }
  return pairs;
}

/// The nodes ω^l, l ≤ L/2, are enough: the kernel is real. At −1 the value is another one; for the time it takes any
/// will do.
std::vector<double> kernel_by_cauchy(const std::vector<Pair>& pairs, std::size_t length) {
  const double two_over_step = 2.0 * static_cast<double>(length);
  std::vector<Complex> values(length / 2 + 1);
  double re[kBlock], im[kBlock], sums[8][kBlock];
  for (std::size_t first = 0; first <= length / 2; first += kBlock) {
    const std::size_t count = std::min(kBlock, length / 2 + 1 - first);
    for (std::size_t i = 0; i < kBlock; ++i) {
      const Complex z = std::polar(1.0, -2 * M_PI * static_cast<double>(first + i) / static_cast<double>(length));
      const Complex g = 2 * (first + i) == length ? Complex(1) : two_over_step * (1.0 - z) / (1.0 + z);
      re[i] = g.real();
      im[i] = g.imag();
    }
    for (auto& sum : sums) std::fill(sum, sum + kBlock, 0.0);
    for (const Pair& pair : pairs) {
      for (std::size_t i = 0; i < kBlock; ++i) {
        const double x = re[i] * re[i] - im[i] * im[i] - pair.twice_real * re[i] + pair.norm;
        const double y = 2 * re[i] * im[i] - pair.twice_real * im[i];
        const double scale = 1 / (x * x + y * y);
        for (std::size_t j = 0; j < 4; ++j) {
          const double u = pair.linear[j] * re[i] + pair.constant[j], v = pair.linear[j] * im[i];
          sums[2 * j][i] += (u * x + v * y) * scale;
          sums[2 * j + 1][i] += (v * x - u * y) * scale;
        }
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto sum = [&](std::size_t j) { return Complex(sums[2 * j][i], sums[2 * j + 1][i]); };
      const Complex z = std::polar(1.0, -2 * M_PI * static_cast<double>(first + i) / static_cast<double>(length));
      values[first + i] = 2.0 / (1.0 + z) * (sum(0) - sum(1) * sum(2) / (1.0 + sum(3)));
    }
  }
  return ssm::inverse_real_fourier(std::move(values), length);
}

/// S4D: 2 Re Σ c_n w_n^k over one of each pair, powers step by step.
std::vector<double> kernel_by_powers(std::size_t size, std::size_t length) {
  const std::vector<double> numbers = random_numbers(size, 1);
  std::vector<double> taps(length);
  const double step = 1.0 / static_cast<double>(length);
  for (std::size_t first = 0; first < size / 2; first += kLanes) {
    double x[kLanes], y[kLanes], a[kLanes], b[kLanes];
    for (std::size_t i = 0; i < kLanes; ++i) {
      const Complex w = std::exp(Complex(-0.5, M_PI * static_cast<double>(first + i)) * step);
      x[i] = numbers[first + i];
      y[i] = numbers[size / 2 + first + i];
      a[i] = w.real();
      b[i] = w.imag();
    }
    for (double& tap : taps) {
      double sum = 0;
      for (std::size_t i = 0; i < kLanes; ++i) sum += x[i];
      tap += 2 * sum;
      for (std::size_t i = 0; i < kLanes; ++i) {
        const double next = x[i] * a[i] - y[i] * b[i];
        y[i] = x[i] * b[i] + y[i] * a[i];
        x[i] = next;
      }
    }
  }
  return taps;
}

/// LegS with the bilinear rule, ε = 1/L, C = (1, …, 1): legs_applied and legs_solved written out for doubles.
std::vector<double> kernel_by_recurrence(std::size_t size, std::size_t length) {
  const double step = 1.0 / static_cast<double>(length), half = step / 2;
  std::vector<double> x(size), keep(size), scale(size);
  for (std::size_t n = 0; n < size; ++n) {
    keep[n] = 1 - half * static_cast<double>(n);
    scale[n] = 1 / (1 + half * static_cast<double>(n + 1));
    x[n] = static_cast<double>(2 * n + 1) * step;
  }
  const auto solve = [&] {
    double before = 0;
    for (std::size_t n = 0; n < size; ++n) {
      const double prefix = (keep[n] * before + x[n]) * scale[n];
      x[n] = prefix - before;
      before = prefix;
    }
  };
  solve();
  std::vector<double> taps;
  for (std::size_t i = 0; i < length; ++i) {
    double prefix = 0;
    for (std::size_t n = 0; n < size; ++n) {
      prefix += x[n];
      x[n] += half * (static_cast<double>(n) * x[n] - static_cast<double>(2 * n + 1) * prefix);
    }
    taps.push_back(prefix);  // before the step
    solve();
  }
  return taps;
}

std::string name_of(const char* way, std::size_t size, std::size_t length) {
  return std::string(kTable) + way + "/" + std::to_string(size) + "/" + std::to_string(length);
}

}  // namespace

void register_kernels() {
  for (const std::size_t length : kLengths) {
    for (const std::size_t size : kSizes) {
      register_run(name_of("rtf", size, length), [size, length](::benchmark::State& s) {
        const auto a = random_numbers(size, 1 / static_cast<double>(size)), b = random_numbers(size, 1);
        for (auto _ : s) ::benchmark::DoNotOptimize(ssm::folded_kernel_by_fft(b, a, length).data());
      });
      if (size * length > kMost) continue;
      register_run(name_of("s4", size, length), [size, length](::benchmark::State& s) {
        const auto pairs = random_pairs(size);
        for (auto _ : s) ::benchmark::DoNotOptimize(kernel_by_cauchy(pairs, length).data());
      });
      register_run(name_of("s4d", size, length), [size, length](::benchmark::State& s) {
        for (auto _ : s) ::benchmark::DoNotOptimize(kernel_by_powers(size, length).data());
      });
      if (size * length > kMostSteps) continue;
      register_run(name_of("recurrence", size, length), [size, length](::benchmark::State& s) {
        for (auto _ : s) ::benchmark::DoNotOptimize(kernel_by_recurrence(size, length).data());
      });
    }
  }
}

void print_kernels(const Figures& figures) {
  const auto at = [&](const char* way, std::size_t size, std::size_t length) {
    const auto found = figures.find(name_of(way, size, length));
    return found == figures.end() ? 0 : found->second.seconds * 1e3;
  };
  if (!(at("rtf", kSizes[0], kLengths[0]) > 0)) return;
  std::printf("\nKernels of L taps, f64, milliseconds; transforms by %s; in brackets, times the RTF's\n  %-8s %6s %10s",
              std::string(ssm::fourier_library()).c_str(), "L", "N", "RTF");
  for (const char* way : {"S4 (Cauchy)", "S4D", "recurrence"}) std::printf(" %20s", way);
  std::printf("\n");
  for (const std::size_t length : kLengths) {
    for (const std::size_t size : kSizes) {
      const double rtf = at("rtf", size, length);
      std::printf("  %-8zu %6zu %10.1f", length, size, rtf);
      for (const char* way : {"s4", "s4d", "recurrence"}) {
        const double other = at(way, size, length);
        if (other > 0) std::printf(" %10.1f (%7.1f)", other, other / rtf);
        if (!(other > 0)) std::printf(" %20s", "not run");
      }
      std::printf("\n");
    }
  }
}

}  // namespace eigenmata::bench

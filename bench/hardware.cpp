// SPDX-License-Identifier: Apache-2.0
#include "hardware.hpp"

#include <ctime>

#include "figures.hpp"

#include <Eigen/Core>
#include <complex>
#include <cstring>

namespace eigenmata::bench {
namespace {

// Chains enough to hide the latency of an operation, and no more than there are registers.
#ifdef __AVX512F__
constexpr std::size_t kRegisters = 14;
constexpr std::size_t kFloats = 16;
#else
constexpr std::size_t kRegisters = 12;
constexpr std::size_t kFloats = 8;
#endif
using Vector = float __attribute__((vector_size(4 * kFloats)));

}  // namespace

double fused_operations(std::size_t rounds) { return 2.0 * kRegisters * kFloats * static_cast<double>(rounds); }

float run_fused_operations(std::size_t rounds) {
  Vector sums[kRegisters];
  Vector a, b;
  for (std::size_t i = 0; i < kFloats; ++i) {
    a[i] = 0.999f;
    b[i] = 0.001f;
    for (std::size_t r = 0; r < kRegisters; ++r) sums[r][i] = static_cast<float>(r + i);
  }
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t r = 0; r < kRegisters; ++r) sums[r] = sums[r] * a + b;
  }
  float total = 0;
  for (const Vector& sum : sums) total += sum[0] + sum[kFloats - 1];
  return total;
}

float rank_one_by_eigen(const float* u, const float* v, std::size_t n, std::size_t k, const std::uint8_t* letters,
                        std::size_t length, float* h) {
  using Const = Eigen::Map<const Eigen::VectorXf>;
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::Map<Eigen::VectorXf> state(h, size);
  for (std::size_t t = 0; t < length; ++t) {
    const std::size_t first = letters[t] * k * n;
    for (std::size_t f = 0; f < k; ++f) {
      const float sum = Const(v + first + f * n, size).dot(state);
      state.noalias() -= sum * Const(u + first + f * n, size);
    }
  }
  return h[0];
}

namespace {

/// `Order`: whether a key's values, or a value's keys, stand together.
template <int kOrder>
void delta_rule(const float* keys, const float* betas, const float* values, std::size_t n, std::size_t d,
                std::size_t rows, float* state) {
  using Const = Eigen::Map<const Eigen::VectorXf>;
  const auto height = static_cast<Eigen::Index>(n), width = static_cast<Eigen::Index>(d);
  Eigen::Map<Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, kOrder>> h(state, height, width);
  Eigen::VectorXf e(width);
  for (std::size_t row = 0; row < rows; ++row) {
    const Const k(keys + row * n, height);
    e.noalias() = h.transpose() * k;
    e = betas[row] * (Const(values + row * d, width) - e);
    h.noalias() += k * e.transpose();
  }
}

}  // namespace

void delta_rule_by_eigen(const float* keys, const float* betas, const float* values, std::size_t n, std::size_t d,
                         std::size_t rows, float* state, bool columns_together) {
  columns_together ? delta_rule<Eigen::ColMajor>(keys, betas, values, n, d, rows, state)
                   : delta_rule<Eigen::RowMajor>(keys, betas, values, n, d, rows, state);
}

void copy_memory(const void* from, void* to, std::size_t bytes) { std::memcpy(to, from, bytes); }

void scan_plainly(const std::complex<float>* a, std::complex<float>* x, std::size_t steps, std::size_t channels,
                  std::complex<float>* h) {
  for (std::size_t t = 0; t < steps; ++t, x += channels) {
    for (std::size_t c = 0; c < channels; ++c) {
      const float re = a[c].real() * h[c].real() - a[c].imag() * h[c].imag() + x[c].real();
      const float im = a[c].real() * h[c].imag() + a[c].imag() * h[c].real() + x[c].imag();
      x[c] = h[c] = {re, im};
    }
  }
}

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

void register_peak(const std::string& name) {
  register_run(name, [](::benchmark::State& s) {
    constexpr std::size_t kRounds = std::size_t{1} << 22;
    float sum = 0;
    count_least_seconds(s, [&] { sum += run_fused_operations(kRounds); });
    ::benchmark::DoNotOptimize(sum);
    s.counters["operations"] = fused_operations(kRounds);
  });
}

}  // namespace eigenmata::bench

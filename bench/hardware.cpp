// SPDX-License-Identifier: Apache-2.0
#include "hardware.hpp"

#include <Eigen/Core>

namespace eigenmata::bench {
namespace {

constexpr std::size_t kRegisters = 14;
constexpr std::size_t kFloats = 16;
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

}  // namespace eigenmata::bench

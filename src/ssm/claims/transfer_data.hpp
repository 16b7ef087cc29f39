// SPDX-License-Identifier: Apache-2.0
//
// Random systems with one input and one output.
#pragma once

#include <cstddef>

#include "eigenmata/ssm/transfer_function.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {

[[nodiscard]] inline StateSpace<exact::Rational> random_system(core::Random& random, std::size_t d) {
  return {{random_matrix(random, d, d), random_matrix(random, 1, d).entries()}, random_matrix(random, 1, d).entries()};
}

/// Stable: Σ|a_i| < 1.
[[nodiscard]] inline TransferFunction<exact::Rational> random_stable(core::Random& random, std::size_t d) {
  TransferFunction<exact::Rational> f{random_matrix(random, 1, d).entries(), random_matrix(random, 1, d).entries()};
  exact::Rational sum(1, 7);
  for (const exact::Rational& a : f.a) sum += abs(a);
  for (exact::Rational& a : f.a) a /= sum;
  return f;
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// What the claims about layers share: dense transitions and updates, which tokens a chunk has, and that two runs are
// the same.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eigenmata/ssm/layers/common.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {

/// Row t of u times row t of w: u wᵀ.
[[nodiscard]] inline RationalMatrix outer(const RationalMatrix& u, const RationalMatrix& w, std::size_t t,
                                          const exact::Rational& factor = 1) {
  RationalMatrix product(u.columns(), w.columns(), exact::Rational(0));
  for (std::size_t i = 0; i < u.columns(); ++i) {
    for (std::size_t j = 0; j < w.columns(); ++j) product(i, j) = factor * u(t, i) * w(t, j);
  }
  return product;
}

[[nodiscard]] inline RationalMatrix sum(RationalMatrix a, const RationalMatrix& b, const exact::Rational& factor = 1) {
  for (std::size_t i = 0; i < a.rows(); ++i) {
    for (std::size_t j = 0; j < a.columns(); ++j) a(i, j) += factor * b(i, j);
  }
  return a;
}

[[nodiscard]] inline RationalMatrix scaled_identity(std::size_t n, const exact::Rational& factor) {
  RationalMatrix a(n, n, exact::Rational(0));
  for (std::size_t i = 0; i < n; ++i) a(i, i) = factor;
  return a;
}

[[nodiscard]] inline Failure unless_same(const std::string& form, const LayerRun<exact::Rational>& run,
                                         const LayerRun<exact::Rational>& definition) {
  if (Failure failure = unless_equal("outputs of the " + form + " form", run.outputs, definition.outputs))
    return failure;
  return unless_equal("state of the " + form + " form", run.state, definition.state);
}

/// Chunks of 1, 2, 3, 5 tokens and of all.
[[nodiscard]] inline std::vector<std::size_t> chunk_lengths(std::size_t tokens) {
  std::vector<std::size_t> lengths;
  for (const std::size_t length : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{5}, tokens}) {
    if (length <= tokens) lengths.push_back(length);
  }
  return lengths;
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// Power series in a step h as an arithmetic context: what shows the order of a scheme.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compare.hpp"

namespace eigenmata::ssm {

/// ℚ[h]/h^terms: power series in the step.
struct SeriesArithmetic {
  using Scalar = std::vector<exact::Rational>;
  std::size_t terms;

  [[nodiscard]] Scalar zero() const { return Scalar(terms, exact::Rational(0)); }
  [[nodiscard]] Scalar one() const { return from_rational(1); }
  [[nodiscard]] Scalar from_rational(const exact::Rational& a) const {
    Scalar s = zero();
    s[0] = a;
    return s;
  }
  [[nodiscard]] Scalar add(Scalar a, const Scalar& b) const {
    for (std::size_t i = 0; i < terms; ++i) a[i] += b[i];
    return a;
  }
  [[nodiscard]] Scalar subtract(Scalar a, const Scalar& b) const {
    for (std::size_t i = 0; i < terms; ++i) a[i] -= b[i];
    return a;
  }
  [[nodiscard]] Scalar multiply(const Scalar& a, const Scalar& b) const {
    Scalar s = zero();
    for (std::size_t i = 0; i < terms; ++i) {
      for (std::size_t j = 0; i + j < terms; ++j) s[i + j] += a[i] * b[j];
    }
    return s;
  }
  [[nodiscard]] bool is_zero(const Scalar& a) const {
    return std::all_of(a.begin(), a.end(), [](const exact::Rational& c) { return c.is_zero(); });
  }
  [[nodiscard]] std::optional<int> sign(const Scalar& /*a*/) const { return std::nullopt; }
  [[nodiscard]] std::string format(const Scalar& a) const { return listed(a); }
};
static_assert(exact::Arithmetic<SeriesArithmetic>);

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// What claims share: the field of rationals, the first entry in which two things differ, numbers as lists, and how
// balls that are too wide end a claim.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#include "claims.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

inline constexpr exact::RationalArithmetic kQ;

[[nodiscard]] inline std::vector<exact::Rational> ones(std::size_t n) {
  return std::vector<exact::Rational>(n, exact::Rational(1));
}

inline Failure unless_equal(const std::string& what, const exact::Rational& left, const exact::Rational& right) {
  if (left == right) return {};
  return what + " is " + exact::to_string(left) + ", not " + exact::to_string(right);
}

inline Failure unless_equal(const std::string& what, const std::vector<exact::Rational>& left,
                            const std::vector<exact::Rational>& right) {
  if (left.size() != right.size()) return what + ": sizes differ";
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] != right[i]) return unless_equal(what + "_" + std::to_string(i), left[i], right[i]);
  }
  return {};
}

inline Failure unless_equal(const std::string& what, const exact::Matrix<exact::Rational>& left,
                            const exact::Matrix<exact::Rational>& right) {
  if (left.rows() != right.rows() || left.columns() != right.columns()) return what + ": the shapes differ";
  for (std::size_t i = 0; i < left.rows(); ++i) {
    for (std::size_t j = 0; j < left.columns(); ++j) {
      if (left(i, j) == right(i, j)) continue;
      return what + ": at (" + std::to_string(i) + ", " + std::to_string(j) + ") " + exact::to_string(left(i, j)) +
             " is not " + exact::to_string(right(i, j));
    }
  }
  return {};
}

inline Failure unless_equal(const LinearSystem<exact::Rational>& left, const LinearSystem<exact::Rational>& right) {
  if (Failure failure = unless_equal("A", left.a, right.a)) return failure;
  return unless_equal("B", left.b, right.b);
}

/// With the inner product diag(gram): G A + Aᵀ G + Σ v vᵀ + identity·G = 0?
inline Failure unless_energy(const exact::Matrix<exact::Rational>& a, const std::vector<exact::Rational>& gram,
                             const std::vector<std::vector<exact::Rational>>& outer, bool with_gram) {
  for (std::size_t i = 0; i < gram.size(); ++i) {
    for (std::size_t j = 0; j < gram.size(); ++j) {
      exact::Rational sum = gram[i] * a(i, j) + a(j, i) * gram[j];
      for (const auto& v : outer) sum += v[i] * v[j];
      if (with_gram && i == j) sum += gram[i];
      if (sum != 0)
        return "entry " + std::to_string(i) + ", " + std::to_string(j) + " is " + exact::to_string(sum) + ", not 0";
    }
  }
  return {};
}

/// "(5/4, 9/16)".
[[nodiscard]] inline std::string listed(const std::vector<exact::Rational>& numbers) {
  std::string text;
  for (const exact::Rational& a : numbers) text += (text.empty() ? "(" : ", ") + exact::to_string(a);
  return text + ")";
}

/// "1.5e-03", for measurements and sizes of radii.
[[nodiscard]] inline std::string brief(double a) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", a);
  return text;
}

/// 10^exponent.
[[nodiscard]] inline exact::Rational power_of_ten(int exponent) {
  const exact::Rational power(pow(exact::Integer(10), static_cast<unsigned>(std::abs(exponent))));
  return exponent < 0 ? 1 / power : power;
}

/// What ends a claim that balls of this precision leave open.
[[noreturn]] inline void undecided(std::size_t bits) {
  throw core::LimitReached(core::LimitReached::Kind::kSize,
                           "balls of " + std::to_string(bits) + " bits do not decide it");
}

}  // namespace eigenmata::ssm

// SPDX-License-Identifier: Apache-2.0
//
// What claims about matrices share: the first entry in which two things differ, and random rational data.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "claims.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/ssm/linear_system.hpp"

namespace eigenmata::ssm {

inline Failure unless_equal(const exact::Rational& left, const exact::Rational& right, const std::string& what) {
  if (left == right) return {};
  return what + " is " + exact::to_string(left) + ", not " + exact::to_string(right);
}

inline Failure unless_equal(const std::vector<exact::Rational>& left, const std::vector<exact::Rational>& right,
                            const std::string& what) {
  if (left.size() != right.size()) return what + ": sizes differ";
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] != right[i]) return unless_equal(left[i], right[i], what + "_" + std::to_string(i));
  }
  return {};
}

inline Failure unless_equal(const exact::Matrix<exact::Rational>& left, const exact::Matrix<exact::Rational>& right,
                            const std::string& what) {
  for (std::size_t i = 0; i < left.rows(); ++i) {
    for (std::size_t j = 0; j < left.columns(); ++j) {
      if (left(i, j) != right(i, j)) {
        return unless_equal(left(i, j), right(i, j), what + "[" + std::to_string(i) + ", " + std::to_string(j) + "]");
      }
    }
  }
  return {};
}

inline Failure unless_equal(const LinearSystem<exact::Rational>& left, const LinearSystem<exact::Rational>& right) {
  if (const Failure failure = unless_equal(left.a, right.a, "A")) return failure;
  return unless_equal(left.b, right.b, "B");
}

/// Small rationals from a seed: a/b with |a| ≤ 9, 1 ≤ b ≤ 7.
class RandomRationals {
 public:
  explicit RandomRationals(std::uint64_t seed) : engine_(seed) {}

  exact::Rational number() { return {static_cast<int>(engine_() % 19) - 9, static_cast<int>(engine_() % 7) + 1}; }
  exact::Rational positive() { return {static_cast<int>(engine_() % 9) + 1, static_cast<int>(engine_() % 7) + 1}; }
  std::vector<exact::Rational> vector(std::size_t size) {
    std::vector<exact::Rational> x;
    while (x.size() < size) x.push_back(number());
    return x;
  }
  exact::Matrix<exact::Rational> matrix(std::size_t rows, std::size_t columns) {
    return {rows, columns, vector(rows * columns)};
  }

 private:
  std::mt19937_64 engine_;
};

/// What ends a claim that balls of this precision leave open.
[[noreturn]] inline void undecided(std::size_t bits) {
  throw core::LimitReached(core::LimitReached::Kind::kSize,
                           "balls of " + std::to_string(bits) + " bits do not decide it");
}

/// "(5/4, 9/16)".
inline std::string listed(const std::vector<exact::Rational>& x) {
  std::string text;
  for (const exact::Rational& a : x) text += (text.empty() ? "(" : ", ") + exact::to_string(a);
  return text + ")";
}

}  // namespace eigenmata::ssm

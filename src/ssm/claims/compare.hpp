// SPDX-License-Identifier: Apache-2.0
//
// What claims about linear systems share, besides random_data.hpp: the first entry in which two things differ, random
// rationals of one seed for all sizes, and how balls that are too wide end a claim.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claims.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/matrix.hpp"
#include "eigenmata/ssm/linear_system.hpp"
#include "random_data.hpp"

namespace eigenmata::ssm {

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

inline Failure unless_equal(const LinearSystem<exact::Rational>& left, const LinearSystem<exact::Rational>& right) {
  if (Failure failure = unless_equal("A", left.a, right.a)) return failure;
  return unless_equal("B", left.b, right.b);
}

/// Small rationals from a seed: p/q with |p| ≤ 9, q ≤ 7.
class RandomRationals {
 public:
  explicit RandomRationals(std::uint64_t seed) : random_(seed) {}

  exact::Rational number() {
    const std::int64_t numerator = random_.between(-9, 9);
    return {numerator, random_.between(1, 7)};
  }
  exact::Rational positive() {
    const std::int64_t numerator = random_.between(1, 9);
    return {numerator, random_.between(1, 7)};
  }
  std::vector<exact::Rational> vector(std::size_t size) {
    std::vector<exact::Rational> x;
    while (x.size() < size) x.push_back(number());
    return x;
  }
  exact::Matrix<exact::Rational> matrix(std::size_t rows, std::size_t columns) {
    return {rows, columns, vector(rows * columns)};
  }

 private:
  core::Random random_;
};

/// What ends a claim that balls of this precision leave open.
[[noreturn]] inline void undecided(std::size_t bits) {
  throw core::LimitReached(core::LimitReached::Kind::kSize,
                           "balls of " + std::to_string(bits) + " bits do not decide it");
}

}  // namespace eigenmata::ssm

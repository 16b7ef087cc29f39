// SPDX-License-Identifier: Apache-2.0
//
// Random rational data for claims that are identities.
#pragma once

#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include "claims.hpp"
#include "compare.hpp"
#include "eigenmata/core/error.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/matrix.hpp"

namespace eigenmata::ssm {

using RationalMatrix = exact::Matrix<exact::Rational>;

/// p/q with |p| ≤ 4 and q ≤ 4.
[[nodiscard]] inline exact::Rational random_rational(core::Random& random) {
  const std::int64_t numerator = random.between(-4, 4);
  return {numerator, random.between(1, 4)};
}

/// In (0, 1).
[[nodiscard]] inline exact::Rational random_gate(core::Random& random) {
  const std::int64_t denominator = random.between(2, 5);
  return {random.between(1, denominator - 1), denominator};
}

[[nodiscard]] inline RationalMatrix random_matrix(core::Random& random, std::size_t rows, std::size_t columns) {
  std::vector<exact::Rational> entries;
  for (std::size_t i = 0; i < rows * columns; ++i) entries.push_back(random_rational(random));
  return {rows, columns, std::move(entries)};
}

[[nodiscard]] inline RationalMatrix random_gates(core::Random& random, std::size_t rows, std::size_t columns) {
  std::vector<exact::Rational> entries;
  for (std::size_t i = 0; i < rows * columns; ++i) entries.push_back(random_gate(random));
  return {rows, columns, std::move(entries)};
}

/// About normal: the sum of twelve uniform numbers, minus six, as dyadic rationals.
[[nodiscard]] inline std::vector<exact::Rational> noise(core::Random& random, std::size_t length) {
  std::vector<exact::Rational> u;
  for (std::size_t t = 0; t < length; ++t) {
    std::int64_t sum = 0;
    for (int i = 0; i < 12; ++i) sum += random.between(0, 4096);
    u.emplace_back(sum - 6 * 4096, 4096);
  }
  return u;
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

/// K_0 … K_{length−1} by the recurrence, polled at each step: the numbers grow.
[[nodiscard]] inline std::vector<exact::Rational> kernel_within(const core::Limits& limits,
                                                                const LinearSystem<exact::Rational>& system,
                                                                const std::vector<exact::Rational>& c,
                                                                std::size_t length) {
  std::vector<exact::Rational> taps, x = system.b;
  while (taps.size() < length) {
    limits.poll();
    taps.push_back(dot(kQ, c, x));
    x = applied(kQ, system.a, x);
  }
  return taps;
}

/// ℚ that polls at every product: for what is written for any arithmetic, and so knows of no limits.
struct WithinLimits : exact::RationalArithmetic {
  const core::Limits* limits;

  explicit WithinLimits(const core::Limits& given) : limits(&given) {}
  [[nodiscard]] exact::Rational multiply(const exact::Rational& a, const exact::Rational& b) const {
    limits->poll();
    return RationalArithmetic::multiply(a, b);
  }
  void add_product(exact::Rational& sum, const exact::Rational& a, const exact::Rational& b) const {
    limits->poll();
    RationalArithmetic::add_product(sum, a, b);
  }
  void subtract_product(exact::Rational& sum, const exact::Rational& a, const exact::Rational& b) const {
    limits->poll();
    RationalArithmetic::subtract_product(sum, a, b);
  }
};

/// The shape of a random sequence.
struct Shape {
  std::size_t tokens, dk, dv;
};

/// `check` on random sequences of several shapes (dk and dv up to 4; up to `tokens` tokens, or as the scope says), each
/// with a generator of its own, so that a failure can be repeated alone; it may take a field to compute in, too. Throws
/// `core::Error` for more than 256 tokens.
template <class Check>
[[nodiscard]] Finding for_random_sequences(const Scope& scope, std::size_t tokens, const Check& check) {
  tokens = length_of(scope, 1, tokens);
  if (tokens > 256) {
    throw core::Error("this claim takes sequences of length up to 256, not " + std::to_string(tokens) +
                      ": its numbers grow with every token");
  }
  std::size_t cases = 0;
  Failure failure;
  for (const Shape& shape : {Shape{1, 1, 1}, Shape{2, 1, 2}, Shape{3, 2, 1}, Shape{tokens, 2, 3}, Shape{tokens, 3, 2},
                             Shape{tokens, 4, 4}}) {
    if (shape.tokens > tokens) continue;
    for (std::uint64_t i = 0; i < 2 && !failure; ++i, ++cases) {
      scope.limits.poll();
      core::Random random(scope.seed + 1000 * i);
      if constexpr (std::is_invocable_v<Check, const WithinLimits&, core::Random&, const Shape&>) {
        failure = check(WithinLimits(scope.limits), random, shape);
      } else {
        failure = check(random, shape);
      }
      if (failure) {
        *failure += " (" + std::to_string(shape.tokens) + " tokens, dk = " + std::to_string(shape.dk) +
                    ", dv = " + std::to_string(shape.dv) + ", seed " + std::to_string(scope.seed + 1000 * i) + ")";
      }
    }
  }
  return for_one_case(exactly_in("Q"),
                      std::to_string(cases) + " random sequences of up to " + std::to_string(tokens) + " tokens",
                      failure);
}

}  // namespace eigenmata::ssm

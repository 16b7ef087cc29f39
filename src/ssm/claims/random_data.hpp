// SPDX-License-Identifier: Apache-2.0
//
// Random rational data for claims that are identities of layers, and what differs between two matrices.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "claims.hpp"
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

[[nodiscard]] inline Failure unless_equal(const std::string& what, const RationalMatrix& left,
                                          const RationalMatrix& right) {
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

/// a, b, … as a list in brackets.
[[nodiscard]] inline std::string listed(const std::vector<exact::Rational>& numbers) {
  std::string text;
  for (const exact::Rational& a : numbers) text += (text.empty() ? "(" : ", ") + exact::to_string(a);
  return text + ")";
}

/// The shape of a random sequence.
struct Shape {
  std::size_t tokens, dk, dv;
};

/// `check` on random sequences of several shapes (dk and dv up to 4; up to `tokens` tokens, or as the scope says), each
/// with a generator of its own, so that a failure can be repeated alone.
template <class Check>
[[nodiscard]] Finding for_random_sequences(const Scope& scope, std::size_t tokens, const Check& check) {
  tokens = scope.length.value_or(tokens);
  if (tokens == 0) throw core::Error("a sequence has at least one token");
  std::size_t cases = 0;
  Failure failure;
  for (const Shape& shape : {Shape{1, 1, 1}, Shape{2, 1, 2}, Shape{3, 2, 1}, Shape{tokens, 2, 3}, Shape{tokens, 3, 2},
                             Shape{tokens, 4, 4}}) {
    if (shape.tokens > tokens) continue;
    for (std::uint64_t i = 0; i < 2 && !failure; ++i, ++cases) {
      scope.limits.poll();
      core::Random random(scope.seed + 1000 * i);
      failure = check(random, shape);
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

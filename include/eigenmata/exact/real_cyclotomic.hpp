// SPDX-License-Identifier: Apache-2.0
//
// Real numbers that are rational combinations of roots of unity (values of characters, cosines and sines of rational
// angles), and the number field that they generate.
//
// All work is linear algebra over ℚ in ℚ(ζ_N) = ℚ[x]/Φ_N [Washington1997, Ch. 2]: its automorphisms are ζ ↦ ζ^t, t
// prime to N, so that the degree of the field that some numbers generate is the number of their different joint images;
// a number with as many images generates it; the dependence of its powers is its minimal polynomial.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <type_traits>
#include <variant>
#include <vector>

#include "eigenmata/exact/number_field.hpp"

namespace eigenmata::exact {

/// Σ c · e^(2πi j/order) over the terms j → c, 0 ≤ j < order.
struct RootSum {
  std::uint64_t order = 1;
  std::map<std::uint64_t, Rational> terms;
};

/// 2 cos(2πp/q) and 2 sin(2πp/q).
[[nodiscard]] RootSum twice_cosine(std::uint64_t p, std::uint64_t q);
[[nodiscard]] RootSum twice_sine(std::uint64_t p, std::uint64_t q);

/// ℚ, or a real number field.
using RealField = std::variant<RationalArithmetic, NumberField>;

struct GeneratedField {
  RealField field;
  /// For each number its coefficients of the powers of the generator; over ℚ the number alone.
  std::vector<std::vector<Rational>> values;

  /// The i-th number in the field, which is a K.
  template <ExactArithmetic K>
  [[nodiscard]] typename K::Scalar value(const K& k, std::size_t i) const {
    if constexpr (std::is_same_v<K, NumberField>) {
      return k.from_coefficients(values[i]);
    } else {
      return k.from_rational(values[i][0]);
    }
  }
};

/// ℚ(√radicand) with a squarefree radicand (squares of primes up to 10^5 are found), and the root of the one given.
/// Needs an integer above 0 that is no square.
struct QuadraticField {
  NumberField field;
  FieldElement root;
};
[[nodiscard]] QuadraticField quadratic_field(Integer radicand);

/// The field of a root of an irreducible polynomial, called c, in an interval found from enclosures of the root: `root`
/// gives one of the number of bits asked for.
[[nodiscard]] NumberField field_around(const Polynomial<Rational>& polynomial,
                                       const std::function<Ball(std::size_t)>& root);

/// The field that the numbers, all real, generate. Quadratic fields have a generator sqrt(d), d a squarefree integer;
/// others one of the numbers if one generates, else a small combination. Nothing if the degree is above 64, or N, the
/// common order of the roots, above 5,000. Cost: O(φ(N)² · (degree + numbers)) operations.
[[nodiscard]] std::optional<GeneratedField> field_of(const std::vector<RootSum>& numbers);

}  // namespace eigenmata::exact

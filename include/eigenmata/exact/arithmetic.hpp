// SPDX-License-Identifier: Apache-2.0
//
// The arithmetic is a parameter. Generic code never writes a + b: it asks an arithmetic context for every scalar, 0
// and 1 included, and for every operation. The context knows what its numbers are (rationals, a number field with its
// generator, MPFR reals or balls of a precision) and, for inexact ones, how they round. The recurrence of a linear RNN
// is written once over this concept; checking one arithmetic against another is running the same code twice.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/ball.hpp"
#include "eigenmata/exact/rational.hpp"
#include "eigenmata/exact/real.hpp"

namespace eigenmata::exact {

/// A ring with a partial order.
template <class K>
concept Arithmetic = requires(const K& k, const typename K::Scalar& a, const typename K::Scalar& b) {
  { k.zero() } -> std::same_as<typename K::Scalar>;
  { k.one() } -> std::same_as<typename K::Scalar>;
  { k.from_rational(Rational()) } -> std::same_as<typename K::Scalar>;
  { k.add(a, b) } -> std::same_as<typename K::Scalar>;
  { k.subtract(a, b) } -> std::same_as<typename K::Scalar>;
  { k.multiply(a, b) } -> std::same_as<typename K::Scalar>;
  { k.is_zero(a) } -> std::same_as<bool>;             ///< certainly zero, so that sums may do without it
  { k.sign(a) } -> std::same_as<std::optional<int>>;  ///< −1, 0, 1; nothing if undecided or not real
  { k.format(a) } -> std::same_as<std::string>;
};

/// sum ← sum + a·b; rounds, where numbers round, as these two operations do.
template <Arithmetic K>
void add_product(const K& k, typename K::Scalar& sum, const typename K::Scalar& a, const typename K::Scalar& b) {
  if constexpr (requires { k.add_product(sum, a, b); }) {
    k.add_product(sum, a, b);
  } else {
    sum = k.add(sum, k.multiply(a, b));
  }
}

/// sum ← sum − a·b, likewise.
template <Arithmetic K>
void subtract_product(const K& k, typename K::Scalar& sum, const typename K::Scalar& a, const typename K::Scalar& b) {
  if constexpr (requires { k.subtract_product(sum, a, b); }) {
    k.subtract_product(sum, a, b);
  } else {
    sum = k.subtract(sum, k.multiply(a, b));
  }
}

/// The order of two numbers: the sign of a − b, unless the context knows better than to round a difference. Nothing if
/// undecided.
template <Arithmetic K>
[[nodiscard]] std::optional<int> compare(const K& k, const typename K::Scalar& a, const typename K::Scalar& b) {
  if constexpr (requires { k.compare(a, b); }) {
    return k.compare(a, b);
  } else {
    return k.sign(k.subtract(a, b));
  }
}

/// A sum Σ a_i·b_i in the making: from 0 on, left to right. A context that sums in other ways has a `ProductSum` of its
/// own with these functions.
template <Arithmetic K>
class PlainProductSum {
 public:
  using S = typename K::Scalar;

  explicit PlainProductSum(const K& k) : zero_(k.zero()), sum_(zero_) {}

  void clear() { sum_ = zero_; }
  void add(const K& k, const S& a, const S& b) { add_product(k, sum_, a, b); }
  /// May be changed; the next use begins with `clear`.
  [[nodiscard]] S& total(const K& /*k*/) { return sum_; }

 private:
  S zero_;
  S sum_;
};

template <class K>
struct ProductSumOf {
  using Type = PlainProductSum<K>;
};
template <class K>
requires requires { typename K::ProductSum; }
struct ProductSumOf<K> {
  using Type = typename K::ProductSum;
};
template <class K>
using ProductSum = typename ProductSumOf<K>::Type;

/// Division by everything that is not zero.
template <class K>
concept Field = Arithmetic<K> && requires(const K& k, const typename K::Scalar& a) {
  { k.divide(a, a) } -> std::same_as<typename K::Scalar>;  ///< throws `std::domain_error` for a zero divisor
};

/// Numbers that are the same or not, whatever they stand for: states can be looked up in a table.
template <class K>
concept Comparable = Arithmetic<K> && requires(const K& k, const typename K::Scalar& a) {
  { k.equal(a, a) } -> std::same_as<bool>;
  { k.hash(a) } -> std::same_as<std::size_t>;
};

/// Numbers that are what they stand for: they can be compared, hashed, and written and read without loss.
template <class K>
concept ExactArithmetic = Field<K> && Comparable<K> && K::kExact && requires(const K& k) {
  { k.parse(std::string_view(), core::Place()) } -> std::same_as<typename K::Scalar>;
};

/// ℚ.
struct RationalArithmetic {
  using Scalar = Rational;
  static constexpr bool kExact = true;

  [[nodiscard]] Rational zero() const { return 0; }
  [[nodiscard]] Rational one() const { return 1; }
  [[nodiscard]] Rational from_rational(const Rational& a) const { return a; }
  [[nodiscard]] Rational add(const Rational& a, const Rational& b) const { return a + b; }
  [[nodiscard]] Rational subtract(const Rational& a, const Rational& b) const { return a - b; }
  [[nodiscard]] Rational multiply(const Rational& a, const Rational& b) const { return a * b; }
  [[nodiscard]] Rational divide(const Rational& a, const Rational& b) const;
  /// sum ← sum ± a·b, without a temporary if all three are integers.
  void add_product(Rational& sum, const Rational& a, const Rational& b) const;
  void subtract_product(Rational& sum, const Rational& a, const Rational& b) const;
  [[nodiscard]] bool is_zero(const Rational& a) const { return a.is_zero(); }
  [[nodiscard]] std::optional<int> sign(const Rational& a) const { return a.sign(); }
  [[nodiscard]] bool equal(const Rational& a, const Rational& b) const { return a == b; }
  [[nodiscard]] std::size_t hash(const Rational& a) const { return hash_value(a); }
  [[nodiscard]] std::string format(const Rational& a) const { return to_string(a); }
  [[nodiscard]] Rational parse(std::string_view text, const core::Place& place) const {
    return parse_rational(text, place);
  }
};

/// MPFR reals of a fixed number of decimal digits; every operation rounds to nearest, ties to even. Results have the
/// context's precision, whatever their operands have.
struct ApproximateRealArithmetic {
  using Scalar = Real;
  static constexpr bool kExact = false;
  unsigned digits = 30;

  [[nodiscard]] Real zero() const { return Real(0, digits); }
  [[nodiscard]] Real one() const { return Real(1, digits); }
  [[nodiscard]] Real from_rational(const Rational& a) const { return approximate_real(a, digits); }
  [[nodiscard]] Real add(const Real& a, const Real& b) const;
  [[nodiscard]] Real subtract(const Real& a, const Real& b) const;
  [[nodiscard]] Real multiply(const Real& a, const Real& b) const;
  [[nodiscard]] Real divide(const Real& a, const Real& b) const;
  [[nodiscard]] bool is_zero(const Real& a) const { return a.is_zero(); }
  [[nodiscard]] std::optional<int> sign(const Real& a) const;
  [[nodiscard]] std::string format(const Real& a) const { return to_string(a); }
};

/// Balls of a fixed number of bits: what they say about a sign is proved, or nothing.
struct BallArithmetic {
  using Scalar = Ball;
  static constexpr bool kExact = false;
  std::size_t bits = 128;

  [[nodiscard]] Ball zero() const { return {}; }
  [[nodiscard]] Ball one() const { return {1, bits}; }
  [[nodiscard]] Ball from_rational(const Rational& a) const { return {a, bits}; }
  [[nodiscard]] Ball add(const Ball& a, const Ball& b) const { return exact::add(a, b, bits); }
  [[nodiscard]] Ball subtract(const Ball& a, const Ball& b) const { return exact::subtract(a, b, bits); }
  [[nodiscard]] Ball multiply(const Ball& a, const Ball& b) const { return exact::multiply(a, b, bits); }
  [[nodiscard]] Ball divide(const Ball& a, const Ball& b) const;
  [[nodiscard]] bool is_zero(const Ball& a) const { return a.sign() == 0; }
  [[nodiscard]] std::optional<int> sign(const Ball& a) const { return a.sign(); }
  [[nodiscard]] std::string format(const Ball& a) const { return a.to_string(); }
};

static_assert(ExactArithmetic<RationalArithmetic>);
static_assert(Field<ApproximateRealArithmetic> && Field<BallArithmetic>);

}  // namespace eigenmata::exact

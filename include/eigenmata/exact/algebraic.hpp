// SPDX-License-Identifier: Apache-2.0
//
// Algebraic numbers, real and complex: a minimal polynomial and an enclosure of one of its roots (Calcium's qqbar
// [Johansson2021]). Equality and order are decided exactly. Degrees multiply under + and ·, so these are for a few
// numbers at a time (spectra, entries of small matrices); number_field.hpp is for many numbers of one field.
//
// Texts: rationals as everywhere; a number of degree two as "1/2+1/2*sqrt(5)", "sqrt(-3)", "2-sqrt(2)", unless more
// than 10^15 is left of its discriminant after the primes up to 10^5 (it could hide a square); any other as
// "root(x^5-x-1,0)", the polynomial being minimal over the integers and the second argument the position among its
// roots: real ones first, in decreasing order, then the others by decreasing real part, then increasing |imaginary
// part|, the one with positive imaginary part first.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/exact/ball.hpp"
#include "eigenmata/exact/polynomial.hpp"
#include "eigenmata/exact/rational.hpp"

struct eigenmata_qqbar;

namespace eigenmata::exact {

class Algebraic {
 public:
  Algebraic();                       ///< zero
  Algebraic(const Rational& value);  // NOLINT(google-explicit-constructor): a rational is one
  Algebraic(const Algebraic& other);
  Algebraic(Algebraic&& other) noexcept = default;
  Algebraic& operator=(const Algebraic& other);
  Algebraic& operator=(Algebraic&& other) noexcept = default;
  ~Algebraic() = default;

  friend Algebraic operator+(const Algebraic& a, const Algebraic& b);
  friend Algebraic operator-(const Algebraic& a, const Algebraic& b);
  friend Algebraic operator*(const Algebraic& a, const Algebraic& b);
  /// Throws `std::domain_error` if b is 0.
  friend Algebraic operator/(const Algebraic& a, const Algebraic& b);
  friend bool operator==(const Algebraic& a, const Algebraic& b);

  [[nodiscard]] Algebraic conjugate() const;
  [[nodiscard]] Algebraic real_part() const;
  [[nodiscard]] Algebraic imaginary_part() const;
  [[nodiscard]] Algebraic modulus() const;

  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] bool is_real() const;
  [[nodiscard]] std::optional<Rational> as_rational() const;
  /// Signs of the real and the imaginary part: −1, 0 or 1.
  [[nodiscard]] int sign_of_real_part() const;
  [[nodiscard]] int sign_of_imaginary_part() const;
  /// p/q with 0 ≤ p < q if the number is exp(2πi p/q).
  [[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> as_root_of_unity() const;
  /// Over the integers, primitive, with positive leading coefficient.
  [[nodiscard]] Polynomial<Rational> minimal_polynomial() const;
  [[nodiscard]] std::size_t hash() const;

  /// Enclosures of real and imaginary part, of relative accuracy about 2^−bits.
  [[nodiscard]] std::pair<Ball, Ball> enclosure(std::size_t bits) const;

  /// Total order of the roots of a polynomial, as described at the head of this file.
  friend bool before_as_root(const Algebraic& a, const Algebraic& b);

  friend std::vector<Algebraic> roots(const Polynomial<Rational>& p);
  friend Algebraic root_of_unity(std::size_t p, std::size_t q);
  friend Algebraic square_root(const Algebraic& a);

 private:
  struct Free {
    void operator()(eigenmata_qqbar* x) const;
  };
  std::unique_ptr<eigenmata_qqbar, Free> value_;
};

/// All complex roots with multiplicity, in the order of `before_as_root`. Needs a polynomial other than zero.
[[nodiscard]] std::vector<Algebraic> roots(const Polynomial<Rational>& p);
/// exp(2πi p/q), q ≥ 1.
[[nodiscard]] Algebraic root_of_unity(std::size_t p, std::size_t q);
/// The principal square root.
[[nodiscard]] Algebraic square_root(const Algebraic& a);

[[nodiscard]] std::string to_string(const Algebraic& a);
/// Inverse of `to_string`. Throws `core::Error` at `place` for anything that `to_string` does not print.
[[nodiscard]] Algebraic parse_algebraic(std::string_view text, const core::Place& place);

/// The field of all algebraic numbers.
struct AlgebraicArithmetic {
  using Scalar = Algebraic;
  static constexpr bool kExact = true;

  [[nodiscard]] Algebraic zero() const { return {}; }
  [[nodiscard]] Algebraic one() const { return Algebraic(Rational(1)); }
  [[nodiscard]] Algebraic from_rational(const Rational& a) const { return Algebraic(a); }
  [[nodiscard]] Algebraic add(const Algebraic& a, const Algebraic& b) const { return a + b; }
  [[nodiscard]] Algebraic subtract(const Algebraic& a, const Algebraic& b) const { return a - b; }
  [[nodiscard]] Algebraic multiply(const Algebraic& a, const Algebraic& b) const { return a * b; }
  [[nodiscard]] Algebraic divide(const Algebraic& a, const Algebraic& b) const { return a / b; }
  [[nodiscard]] bool is_zero(const Algebraic& a) const { return a.is_zero(); }
  [[nodiscard]] std::optional<int> sign(const Algebraic& a) const {
    return a.is_real() ? std::optional<int>(a.sign_of_real_part()) : std::nullopt;
  }
  [[nodiscard]] bool equal(const Algebraic& a, const Algebraic& b) const { return a == b; }
  [[nodiscard]] std::size_t hash(const Algebraic& a) const { return a.hash(); }
  [[nodiscard]] std::string format(const Algebraic& a) const { return to_string(a); }
  [[nodiscard]] Algebraic parse(std::string_view text, const core::Place& place) const {
    return parse_algebraic(text, place);
  }
};

static_assert(ExactArithmetic<AlgebraicArithmetic>);

}  // namespace eigenmata::exact

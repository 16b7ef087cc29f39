// SPDX-License-Identifier: Apache-2.0
//
// Number fields, as certificates and models name them: real ones ℚ(α), by a polynomial p and an interval with exactly
// one root α of it; and cyclotomic ones ℚ(z), by m, where z = e(1/m) is a root of the cyclotomic polynomial Φ_m.
//
// A residue is a polynomial modulo p; it stands for the real number that it is at α. What is relied on:
//
//   - p(α) = 0, so sums and products of residues stand for sums and products of numbers, and equal residues for
//     equal numbers. Whatever p is.
//   - p has exactly one root in the interval (Sturm's theorem), so α is one number.
//   - If c and p have no common factor, u·c + v·p = 1 gives c(α) ≠ 0 and u(α) = 1/c(α).
//   - The sign of c(α) is read off an interval around it that does not contain 0. If enclosures of 256 bits do not
//     decide, it is first proved, in this way, that c(α) ≠ 0; so narrower ones will.
//
// That p is irreducible is therefore not needed, and not checked: were it not, then some residue other than 0 would
// divide p, and the first comparison with it, or division by it, would be refused (ReducibleField). All numbers
// that are read are compared with 0.
//
// Φ_m is made by division: x^m − 1 is the product of the Φ_d over the divisors d of m. It is irreducible, so residues
// of cyclotomic fields stand for equal numbers only if they are equal. Those numbers have no order: what would compare
// one that is not rational is refused (Unordered).
#pragma once

#include <gmpxx.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/error.hpp"
#include "checker/rational.hpp"

namespace eigenmata::checker {

/// A number met shows that the polynomial of its field is not irreducible: the file that names it is unreadable.
class ReducibleField : public Error {
 public:
  using Error::Error;
};

/// A number that is not rational, of a cyclotomic field, was to be compared: nothing follows from that.
class Unordered : public Error {
 public:
  using Error::Error;
};

/// numerators[i] / denominator is the coefficient of α^i. Lowest terms: the denominator is positive and no integer
/// above 1 divides all; the last numerator is not 0 (no numerator: zero).
struct Residue {
  std::vector<mpz_class> numerators;
  mpz_class denominator = 1;

  friend bool operator==(const Residue&, const Residue&) = default;
};

class NumberField {
 public:
  static constexpr std::size_t kMaxDegree = 64;
  static constexpr std::uint32_t kMaxOrder = 2000;

  /// The field of the four texts, as in `numbers field x^2-5 2 3 sqrt(5)`: polynomial in x, ends of the interval, how
  /// the generator is written. If they name none, nothing, and `fault` says why.
  static std::shared_ptr<const NumberField> make(std::string_view polynomial, std::string_view low,
                                                 std::string_view high, std::string_view generator, std::string& fault);

  /// ℚ(e(1/order)), 3 ≤ order ≤ kMaxOrder; else nothing, and `fault` says why.
  static std::shared_ptr<const NumberField> make_cyclotomic(std::uint32_t order, std::string& fault);

  [[nodiscard]] bool is_cyclotomic() const { return order_ != 0; }
  /// m; 0 if the field is not cyclotomic.
  [[nodiscard]] std::uint32_t order() const { return order_; }
  [[nodiscard]] std::size_t degree() const { return polynomial_.size() - 1; }
  [[nodiscard]] const std::string& generator() const { return generator_; }

  /// Reads `1/2+1/2*sqrt(5)`: canonical coefficients, lowest power first, no term 0, a coefficient 1 not written.
  [[nodiscard]] std::optional<Residue> parse(std::string_view text) const;
  [[nodiscard]] std::string shown(const Residue& a) const;

  [[nodiscard]] Residue multiply(const Residue& a, const Residue& b) const;
  /// Throws ReducibleField if a and the polynomial have a common factor. Needs a ≠ 0.
  [[nodiscard]] Residue inverse(const Residue& a) const;
  /// −1, 0 or 1. Throws ReducibleField likewise; Unordered in a cyclotomic field, unless a is rational.
  [[nodiscard]] int sign(const Residue& a) const;
  /// The complex conjugate. Needs a cyclotomic field.
  [[nodiscard]] Residue conjugate(const Residue& a) const;

  /// The same polynomial, root of it, and generator as it is written; or the same m.
  friend bool operator==(const NumberField& a, const NumberField& b);

 private:
  NumberField() = default;
  void set_tail();
  /// The enclosures of the powers of α become those for this many bits.
  void enclose(std::size_t bits) const;

  std::vector<mpq_class> polynomial_;  // from the constant term up
  std::vector<mpz_class> tail_;        // α^degree = Σ tail_[i] α^i / tail_denominator_
  mpz_class tail_denominator_;
  mpq_class low_, high_;
  std::string generator_;
  std::uint32_t order_ = 0;  // m, if the field is cyclotomic

  /// α^i is in [low, high] / 2^bits; a cache.
  struct Enclosure {
    mpz_class low, high;
  };
  mutable std::size_t bits_ = 0;
  mutable std::vector<Enclosure> powers_;
  mutable mpq_class root_low_, root_high_;  // around α; p has opposite signs there
};

using FieldPointer = std::shared_ptr<const NumberField>;

/// Brings into lowest terms and drops zeros at the end.
void reduce(Residue& a);

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// Cyclotomic fields ℚ(z), z = e(1/m) = exp(2πi/m): the numbers of networks whose states turn.
//
// An element is a polynomial in z modulo the cyclotomic polynomial Φ_m, of degree φ(m), which is irreducible over ℚ
// [Washington1997, Ch. 2]; so the form of degree below φ(m) is unique, and equality is equality of coefficients. The
// numbers are complex and have no order: a sign is known of rational ones only. What takes its place is the modulus:
// |a|² = a ā, where conjugation is z ↦ z^(m−1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/exact/number_field.hpp"

namespace eigenmata::exact {

/// Modulus · e(angle), the angle in turns, 0 ≤ angle < 1.
struct Polar {
  Rational modulus;
  Rational angle;
};

/// A field, and the arithmetic context of its elements. Copies are the same field. Elements of different fields must
/// not meet.
class CyclotomicField {
 public:
  using Scalar = FieldElement;
  static constexpr bool kExact = true;
  static constexpr std::uint64_t kMaxOrder = 2000;

  /// ℚ(e(1/order)). Throws `core::Error` (at `place`) unless 3 ≤ order ≤ kMaxOrder: for 1 and 2 the field is ℚ.
  explicit CyclotomicField(std::uint64_t order, const core::Place& place = {"cyclotomic field"});

  [[nodiscard]] std::uint64_t order() const { return order_; }
  [[nodiscard]] std::size_t degree() const { return residues_.degree(); }

  [[nodiscard]] FieldElement zero() const { return residues_.zero(); }
  [[nodiscard]] FieldElement one() const { return residues_.one(); }
  [[nodiscard]] FieldElement from_rational(const Rational& a) const { return residues_.from_rational(a); }
  /// z^power.
  [[nodiscard]] FieldElement power_of_generator(std::uint64_t power) const;
  /// e(angle), if it is in the field.
  [[nodiscard]] std::optional<FieldElement> root_of_unity(const Rational& angle) const;

  [[nodiscard]] FieldElement add(const FieldElement& a, const FieldElement& b) const { return residues_.add(a, b); }
  [[nodiscard]] FieldElement subtract(const FieldElement& a, const FieldElement& b) const {
    return residues_.subtract(a, b);
  }
  [[nodiscard]] FieldElement multiply(const FieldElement& a, const FieldElement& b) const {
    return residues_.multiply(a, b);
  }
  /// Throws `std::domain_error` if b is 0.
  [[nodiscard]] FieldElement divide(const FieldElement& a, const FieldElement& b) const {
    return residues_.divide(a, b);
  }
  [[nodiscard]] bool is_zero(const FieldElement& a) const { return residues_.is_zero(a); }
  [[nodiscard]] bool equal(const FieldElement& a, const FieldElement& b) const { return residues_.equal(a, b); }
  [[nodiscard]] std::size_t hash(const FieldElement& a) const { return residues_.hash(a); }
  /// Of rational numbers; nothing for all others, real ones included.
  [[nodiscard]] std::optional<int> sign(const FieldElement& a) const;

  [[nodiscard]] FieldElement conjugate(const FieldElement& a) const;
  /// |a|², if it is rational.
  [[nodiscard]] std::optional<Rational> squared_modulus(const FieldElement& a) const;
  /// The number as a rational multiple of a root of unity, if it is one. Cost: O(order) multiplications.
  [[nodiscard]] std::optional<Polar> polar(const FieldElement& a) const;

  /// "1/2-z^3": lowest power first, as in number fields.
  [[nodiscard]] std::string format(const FieldElement& a) const { return residues_.format(a); }
  /// Inverse of `format`. Throws `core::Error` at `place`.
  [[nodiscard]] FieldElement parse(std::string_view text, const core::Place& place) const {
    return residues_.parse(text, place);
  }

  friend bool operator==(const CyclotomicField& a, const CyclotomicField& b) { return a.order_ == b.order_; }

 private:
  std::uint64_t order_;
  NumberField residues_;  ///< without an embedding
};

/// The number if it is rational.
[[nodiscard]] inline std::optional<Rational> rational_value(const RationalArithmetic& /*k*/, const Rational& a) {
  return a;
}
[[nodiscard]] std::optional<Rational> rational_value(const CyclotomicField& k, const FieldElement& a);

/// Is the number real?
[[nodiscard]] inline bool is_real(const RationalArithmetic& /*k*/, const Rational& /*a*/) { return true; }
[[nodiscard]] inline bool is_real(const NumberField& /*k*/, const FieldElement& /*a*/) { return true; }
[[nodiscard]] inline bool is_real(const CyclotomicField& k, const FieldElement& a) {
  return k.equal(a, k.conjugate(a));
}

/// Is |a| ≤ 1? Nothing if that is not decided: of cyclotomic numbers it is for those with rational |a|².
[[nodiscard]] std::optional<bool> is_in_unit_disc(const RationalArithmetic& k, const Rational& a);
[[nodiscard]] std::optional<bool> is_in_unit_disc(const NumberField& k, const FieldElement& a);
[[nodiscard]] std::optional<bool> is_in_unit_disc(const CyclotomicField& k, const FieldElement& a);

static_assert(ExactArithmetic<CyclotomicField>);

}  // namespace eigenmata::exact

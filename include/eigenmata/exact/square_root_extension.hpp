// SPDX-License-Identifier: Apache-2.0
//
// Square roots in a real number field K = ℚ(α), and the fields K(√a).
//
// Let a > 0 in K, R = K[y]/(y² − a), of dimension 2m over ℚ, and γ = t·α + y with a small integer t for which the
// characteristic polynomial f of multiplication by γ on R is squarefree. If f is irreducible, R is the field ℚ(γ) of
// degree 2m. If not, a is a square s² in K, R ≅ K × K by y ↦ (s, −s), and f has two factors; one of them, evaluated at
// γ, gives b + c·y with value 0 in one of the two fields but not in the other: c ≠ 0, and b/c is s or −s.
#pragma once

#include <optional>

#include "eigenmata/exact/number_field.hpp"

namespace eigenmata::exact {

/// The positive square root if it is in the field. Needs a > 0.
[[nodiscard]] std::optional<Rational> square_root_in(const RationalArithmetic& k, const Rational& a);
[[nodiscard]] std::optional<FieldElement> square_root_in(const NumberField& k, const FieldElement& a);

/// A field K(√a), and how K lies in it.
struct SquareRootExtension {
  NumberField field;
  FieldElement generator;  ///< what the generator of K is here; of no meaning if K is ℚ
  FieldElement root;       ///< √a > 0

  [[nodiscard]] FieldElement embed(const Rational& x) const { return field.from_rational(x); }
  [[nodiscard]] FieldElement embed(const FieldElement& x) const;
};

/// Nothing if the degree would exceed 64. Needs a > 0, not a square in the field. Cost: factoring a polynomial of twice
/// the degree of k.
[[nodiscard]] std::optional<SquareRootExtension> adjoin_square_root(const RationalArithmetic& k, const Rational& a);
[[nodiscard]] std::optional<SquareRootExtension> adjoin_square_root(const NumberField& k, const FieldElement& a);

}  // namespace eigenmata::exact

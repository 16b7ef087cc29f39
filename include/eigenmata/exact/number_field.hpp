// SPDX-License-Identifier: Apache-2.0
//
// Real number fields ℚ(α), α a root of an irreducible polynomial singled out by an interval (antic for the
// arithmetic). An element is a polynomial in α of smaller degree; that form is unique, so equality is equality of
// coefficients. The embedding α ↦ the chosen root orders the field: signs are decided by balls of growing precision,
// after the exact test for zero.
#pragma once

#include <antic/nf_elem.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/exact/arithmetic.hpp"
#include "eigenmata/exact/polynomial.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact {

class CyclotomicField;
class NumberField;

/// An element of a number field. Its field has to outlive it, which `NumberField` sees to by shared ownership.
class FieldElement {
 public:
  FieldElement(const FieldElement& other);
  FieldElement(FieldElement&& other) noexcept;
  FieldElement& operator=(const FieldElement& other);
  FieldElement& operator=(FieldElement&& other) noexcept;
  ~FieldElement();

  /// Coefficients of 1, α, α², …, one for each power below the degree.
  [[nodiscard]] std::vector<Rational> coefficients() const;

 private:
  friend class NumberField;
  struct Data;
  explicit FieldElement(std::shared_ptr<const Data> field);

  std::shared_ptr<const Data> field_;
  nf_elem_t value_;
};

/// A field, and the arithmetic context of its elements. Copies are the same field. Elements of different fields must
/// not meet.
class NumberField {
 public:
  using Scalar = FieldElement;
  static constexpr bool kExact = true;

  /// ℚ(α) with α the only root of `polynomial` in the closed interval [low, high]. `generator` is how α is written:
  /// letters and digits, or sqrt(d) where the polynomial is x² − d and α its positive root.
  ///
  /// Throws `core::Error` (at `place`) if the polynomial has degree < 2 or > 64 or is reducible, if the number of its
  /// roots in the interval is not one, or if the generator is written in another way.
  NumberField(Polynomial<Rational> polynomial, const Rational& low, const Rational& high, std::string generator,
              const core::Place& place = {"number field"});

  [[nodiscard]] const Polynomial<Rational>& polynomial() const;
  [[nodiscard]] const Rational& low() const;
  [[nodiscard]] const Rational& high() const;
  [[nodiscard]] const std::string& generator_name() const;
  [[nodiscard]] std::size_t degree() const { return polynomial().degree(); }

  [[nodiscard]] FieldElement zero() const;
  [[nodiscard]] FieldElement one() const { return from_rational(1); }
  [[nodiscard]] FieldElement generator() const;
  [[nodiscard]] FieldElement from_rational(const Rational& a) const;
  /// From coefficients of 1, α, …; missing ones are 0. Needs at most degree() of them.
  [[nodiscard]] FieldElement from_coefficients(const std::vector<Rational>& coefficients) const;
  [[nodiscard]] FieldElement add(const FieldElement& a, const FieldElement& b) const;
  [[nodiscard]] FieldElement subtract(const FieldElement& a, const FieldElement& b) const;
  [[nodiscard]] FieldElement multiply(const FieldElement& a, const FieldElement& b) const;
  /// Throws `std::domain_error` if b is 0.
  [[nodiscard]] FieldElement divide(const FieldElement& a, const FieldElement& b) const;
  [[nodiscard]] bool is_zero(const FieldElement& a) const;
  [[nodiscard]] bool equal(const FieldElement& a, const FieldElement& b) const;
  [[nodiscard]] std::size_t hash(const FieldElement& a) const;
  /// Sign of the real number that the element stands for. Always decided.
  [[nodiscard]] std::optional<int> sign(const FieldElement& a) const;
  /// Encloses that real number.
  [[nodiscard]] Ball enclosure(const FieldElement& a, std::size_t bits) const;
  /// "1/2+1/2*sqrt(5)": lowest power first, terms with coefficient 0 left out; rationals as everywhere.
  [[nodiscard]] std::string format(const FieldElement& a) const;
  /// Inverse of `format`. Throws `core::Error` at `place`.
  [[nodiscard]] FieldElement parse(std::string_view text, const core::Place& place) const;

  /// The same polynomial, root and name.
  friend bool operator==(const NumberField& a, const NumberField& b);

 private:
  friend class CyclotomicField;
  /// ℚ[x] modulo an irreducible polynomial, without an embedding: no signs, no enclosures.
  NumberField(Polynomial<Rational> polynomial, std::string generator);

  std::shared_ptr<const FieldElement::Data> data_;
};

static_assert(ExactArithmetic<NumberField>);

}  // namespace eigenmata::exact

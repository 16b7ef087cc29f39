// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/cyclotomic_field.hpp"

#include <flint/fmpz_poly.h>

#include <algorithm>

#include "flint_convert.hpp"

namespace eigenmata::exact {
namespace {

std::uint64_t checked_order(std::uint64_t order, const core::Place& place) {
  if (order < 3 || order > CyclotomicField::kMaxOrder) {
    throw core::Error(place, std::to_string(order) + " is no order of a cyclotomic field; expected 3 to " +
                                 std::to_string(CyclotomicField::kMaxOrder));
  }
  return order;
}

Polynomial<Rational> cyclotomic_polynomial(std::uint64_t order) {
  flint::FmpzPoly phi;
  fmpz_poly_cyclotomic(phi.value, order);
  flint::Fmpz coefficient;
  Polynomial<Rational> result;
  for (slong i = 0; i < fmpz_poly_length(phi.value); ++i) {
    fmpz_poly_get_coeff_fmpz(coefficient.value, phi.value, i);
    result.coefficients.emplace_back(flint::to_integer(coefficient.value));
  }
  return result;
}

}  // namespace

CyclotomicField::CyclotomicField(std::uint64_t order, const core::Place& place)
    : order_(checked_order(order, place)), residues_(cyclotomic_polynomial(order_), "z") {}

FieldElement CyclotomicField::power_of_generator(std::uint64_t power) const {
  FieldElement result = one();
  FieldElement square = residues_.generator();
  for (power %= order_; power > 0; power /= 2) {
    if (power % 2 == 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

std::optional<FieldElement> CyclotomicField::root_of_unity(const Rational& angle) const {
  const bool is_odd = order_ % 2 == 1;
  // The roots of unity of the field are those of order 2m for odd m, else of order m.
  const Rational turns = angle * Rational(is_odd ? 2 * order_ : order_);
  if (denominator(turns) != 1) return std::nullopt;
  Integer steps = numerator(turns) % Integer(is_odd ? 2 * order_ : order_);
  if (steps < 0) steps += Integer(is_odd ? 2 * order_ : order_);
  const auto k = static_cast<std::uint64_t>(steps);
  if (!is_odd) return power_of_generator(k);
  if (k % 2 == 0) return power_of_generator(k / 2);
  return subtract(zero(), power_of_generator((k + order_) / 2));  // e(k/2m) = −e((k+m)/2m)
}

std::optional<int> CyclotomicField::sign(const FieldElement& a) const {
  const auto value = rational_value(*this, a);
  return value ? std::optional<int>(value->sign()) : std::nullopt;
}

FieldElement CyclotomicField::conjugate(const FieldElement& a) const {
  // Horner's rule at z^(m−1).
  const FieldElement inverse = power_of_generator(order_ - 1);
  const std::vector<Rational> coefficients = a.coefficients();
  FieldElement result = zero();
  for (std::size_t i = coefficients.size(); i-- > 0;)
    result = add(multiply(result, inverse), from_rational(coefficients[i]));
  return result;
}

std::optional<Rational> CyclotomicField::squared_modulus(const FieldElement& a) const {
  return rational_value(*this, multiply(a, conjugate(a)));
}

std::optional<Polar> CyclotomicField::polar(const FieldElement& a) const {
  FieldElement turned = a;
  const FieldElement z = residues_.generator();
  for (std::uint64_t i = 0; i < order_; ++i) {
    if (const auto value = rational_value(*this, turned)) {  // a = value · z^(−i)
      Polar result{abs(*value), 0};
      if (value->is_zero()) return result;
      Rational angle = Rational((order_ - i) % order_) / Rational(order_);
      if (*value < 0) angle += Rational(1, 2);
      if (angle >= 1) angle -= 1;
      result.angle = angle;
      return result;
    }
    turned = multiply(turned, z);
  }
  return std::nullopt;
}

std::optional<Rational> rational_value(const CyclotomicField& /*k*/, const FieldElement& a) {
  std::vector<Rational> coefficients = a.coefficients();
  if (std::any_of(coefficients.begin() + 1, coefficients.end(), [](const Rational& c) { return !c.is_zero(); }))
    return std::nullopt;
  return std::move(coefficients[0]);
}

std::optional<bool> is_in_unit_disc(const RationalArithmetic& /*k*/, const Rational& a) { return abs(a) <= 1; }

std::optional<bool> is_in_unit_disc(const NumberField& k, const FieldElement& a) {
  return *k.sign(k.subtract(a, k.one())) <= 0 && *k.sign(k.add(a, k.one())) >= 0;
}

std::optional<bool> is_in_unit_disc(const CyclotomicField& k, const FieldElement& a) {
  const auto square = k.squared_modulus(a);
  return square ? std::optional<bool>(*square <= 1) : std::nullopt;
}

}  // namespace eigenmata::exact

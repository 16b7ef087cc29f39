// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/number_field.hpp"

#include <arb_poly.h>

#include <cassert>
#include <cctype>
#include <mutex>
#include <stdexcept>

#include "eigenmata/core/text.hpp"
#include "eigenmata/exact/algebraic.hpp"
#include "flint_convert.hpp"
#include "term_text.hpp"

namespace eigenmata::exact {

using core::in_quotes;

struct FieldElement::Data {
  Polynomial<Rational> polynomial;
  Rational low, high;
  std::string generator;
  Algebraic root;
  nf_t field;

  Data() = default;
  Data(const Data&) = delete;
  Data& operator=(const Data&) = delete;
  ~Data() { nf_clear(field); }
};

namespace {

/// Is the real root of an irreducible polynomial of degree 2 or more, so no rational, above x?
bool is_above(const Algebraic& root, const Rational& x) {
  for (std::size_t bits = 64;; bits *= 2) {
    if (const auto sign = subtract(root.enclosure(bits).first, Ball(x, bits), bits).sign()) return *sign > 0;
  }
}

/// The root of the polynomial in the interval, or an error that says how many there are.
Algebraic only_root(const Polynomial<Rational>& polynomial, const Rational& low, const Rational& high,
                    const core::Place& place) {
  std::vector<Algebraic> inside;
  for (const Algebraic& root : roots(polynomial)) {
    if (!root.is_real()) continue;
    if (is_above(root, low) && !is_above(root, high)) inside.push_back(root);
  }
  if (inside.size() != 1) {
    throw core::Error(place, to_string(polynomial) + " has " + std::to_string(inside.size()) + " real roots in [" +
                                 to_string(low) + ", " + to_string(high) + "]; the interval has to hold exactly one");
  }
  return inside[0];
}

bool is_name(std::string_view text) {
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text[0])) == 0) return false;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) return false;
  }
  return true;
}

void check_generator(const std::string& generator, const Polynomial<Rational>& polynomial, const Algebraic& root,
                     const core::Place& place) {
  if (is_name(generator)) return;
  // sqrt(d) is the positive root of x² − d and nothing else.
  const bool pure = polynomial.degree() == 2 && polynomial.coefficients[1].is_zero() && polynomial.coefficients[2] == 1;
  if (pure && root.sign_of_real_part() > 0 &&
      generator == "sqrt(" + to_string(Rational(-polynomial.coefficients[0])) + ")")
    return;
  throw core::Error(
      place, in_quotes(generator) +
                 " cannot name the generator; use letters and digits, or sqrt(d) for the positive root of x^2-d");
}

}  // namespace

FieldElement::FieldElement(std::shared_ptr<const Data> field) : field_(std::move(field)) {
  nf_elem_init(value_, field_->field);
}

FieldElement::FieldElement(const FieldElement& other) : field_(other.field_) {
  nf_elem_init(value_, field_->field);
  nf_elem_set(value_, other.value_, field_->field);
}

FieldElement::FieldElement(FieldElement&& other) noexcept : field_(other.field_) {
  nf_elem_init(value_, field_->field);
  nf_elem_swap(value_, other.value_, field_->field);
}

FieldElement& FieldElement::operator=(const FieldElement& other) {
  if (this != &other) *this = FieldElement(other);
  return *this;
}

FieldElement& FieldElement::operator=(FieldElement&& other) noexcept {
  // The two may belong to different fields; swapping the raw structures is right in every case.
  std::swap(field_, other.field_);
  std::swap(value_[0], other.value_[0]);
  return *this;
}

FieldElement::~FieldElement() { nf_elem_clear(value_, field_->field); }

std::vector<Rational> FieldElement::coefficients() const {
  std::vector<Rational> result;
  flint::Fmpq q;
  for (std::size_t i = 0; i < field_->polynomial.degree(); ++i) {
    nf_elem_get_coeff_fmpq(q.value, value_, static_cast<slong>(i), field_->field);
    result.push_back(flint::to_rational(q.value));
  }
  return result;
}

NumberField::NumberField(Polynomial<Rational> polynomial, const Rational& low, const Rational& high,
                         std::string generator, const core::Place& place) {
  constexpr std::size_t kMaxDegree = 64;
  if (polynomial.is_zero() || polynomial.degree() < 2 || polynomial.degree() > kMaxDegree) {
    throw core::Error(place, to_string(polynomial) + " does not define a field; the degree has to be 2 to " +
                                 std::to_string(kMaxDegree));
  }
  const auto parts = factors(polynomial);
  if (parts.size() != 1 || parts[0].second != 1) {
    throw core::Error(place,
                      to_string(polynomial) + " is not irreducible; it is divisible by " + to_string(parts[0].first));
  }
  Algebraic root = only_root(polynomial, low, high, place);
  check_generator(generator, polynomial, root, place);
  flint::FmpqPoly defining;
  flint::set_coefficients(defining.value, polynomial.coefficients);
  auto data = std::make_shared<FieldElement::Data>();
  nf_init(data->field, defining.value);
  data->polynomial = std::move(polynomial);
  data->low = low;
  data->high = high;
  data->generator = std::move(generator);
  data->root = std::move(root);
  data_ = std::move(data);
}

NumberField::NumberField(Polynomial<Rational> polynomial, std::string generator) {
  flint::FmpqPoly defining;
  flint::set_coefficients(defining.value, polynomial.coefficients);
  auto data = std::make_shared<FieldElement::Data>();
  nf_init(data->field, defining.value);
  data->polynomial = std::move(polynomial);
  data->generator = std::move(generator);
  data_ = std::move(data);
}

const Polynomial<Rational>& NumberField::polynomial() const { return data_->polynomial; }
const Rational& NumberField::low() const { return data_->low; }
const Rational& NumberField::high() const { return data_->high; }
const std::string& NumberField::generator_name() const { return data_->generator; }

FieldElement NumberField::zero() const { return FieldElement(data_); }

FieldElement NumberField::generator() const { return from_coefficients({0, 1}); }

FieldElement NumberField::from_rational(const Rational& a) const {
  FieldElement result(data_);
  const flint::Fmpq q(a);
  nf_elem_set_fmpq(result.value_, q.value, data_->field);
  return result;
}

FieldElement NumberField::from_coefficients(const std::vector<Rational>& coefficients) const {
  assert(coefficients.size() <= degree());
  flint::FmpqPoly p;
  flint::set_coefficients(p.value, coefficients);
  FieldElement result(data_);
  nf_elem_set_fmpq_poly(result.value_, p.value, data_->field);
  return result;
}

FieldElement NumberField::add(const FieldElement& a, const FieldElement& b) const {
  FieldElement result(data_);
  nf_elem_add(result.value_, a.value_, b.value_, data_->field);
  return result;
}

FieldElement NumberField::subtract(const FieldElement& a, const FieldElement& b) const {
  FieldElement result(data_);
  nf_elem_sub(result.value_, a.value_, b.value_, data_->field);
  return result;
}

FieldElement NumberField::multiply(const FieldElement& a, const FieldElement& b) const {
  FieldElement result(data_);
  nf_elem_mul(result.value_, a.value_, b.value_, data_->field);
  return result;
}

FieldElement NumberField::divide(const FieldElement& a, const FieldElement& b) const {
  if (is_zero(b)) throw std::domain_error("division by zero");
  FieldElement result(data_);
  nf_elem_div(result.value_, a.value_, b.value_, data_->field);
  return result;
}

bool NumberField::is_zero(const FieldElement& a) const { return nf_elem_is_zero(a.value_, data_->field) != 0; }

bool NumberField::equal(const FieldElement& a, const FieldElement& b) const {
  return nf_elem_equal(a.value_, b.value_, data_->field) != 0;
}

std::size_t NumberField::hash(const FieldElement& a) const {
  std::size_t hash = 0;
  for (const Rational& c : a.coefficients()) hash = hash * 0x100000001B3u + hash_value(c);
  return hash;
}

Ball NumberField::enclosure(const FieldElement& a, std::size_t bits) const {
  const Ball alpha = data_->root.enclosure(bits).first;
  const std::vector<Rational> coefficients = a.coefficients();
  const BallArithmetic balls{bits};
  Ball value;
  for (std::size_t i = coefficients.size(); i-- > 0;) {
    value = balls.add(balls.multiply(value, alpha), balls.from_rational(coefficients[i]));
  }
  return value;
}

std::optional<int> NumberField::sign(const FieldElement& a) const {
  if (is_zero(a)) return 0;
  // Not zero, so some precision decides.
  for (std::size_t bits = 64;; bits *= 2) {
    if (const auto sign = enclosure(a, bits).sign()) return sign;
  }
}

std::string NumberField::format(const FieldElement& a) const {
  const std::vector<Rational> coefficients = a.coefficients();
  std::string text;
  for (std::size_t i = 0; i < coefficients.size(); ++i) append_term(text, coefficients[i], data_->generator, i);
  return text.empty() ? "0" : text;
}

FieldElement NumberField::parse(std::string_view text, const core::Place& place) const {
  std::vector<Rational> coefficients(degree(), Rational(0));
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    // A sign inside sqrt(-3) would belong to the generator; real fields have none, so every sign starts a term.
    while (end < text.size() && text[end] != '+' && text[end] != '-') ++end;
    std::string_view piece = text.substr(at, end - at);
    if (at > 0 && piece[0] == '+') piece.remove_prefix(1);
    const Term term = parse_term(piece, data_->generator, place);
    if (term.power >= degree()) {
      throw core::Error(place,
                        in_quotes(text) + " has a power of the generator beyond " + std::to_string(degree() - 1));
    }
    coefficients[term.power] += term.coefficient;
    at = end;
  }
  FieldElement value = from_coefficients(coefficients);
  if (format(value) != text) {
    throw core::Error(place, in_quotes(text) +
                                 " is not the canonical text of a number in this field; expected one like " +
                                 in_quotes(format(value)));
  }
  return value;
}

bool operator==(const NumberField& a, const NumberField& b) {
  return a.data_ == b.data_ || (a.polynomial() == b.polynomial() && a.data_->root == b.data_->root &&
                                a.generator_name() == b.generator_name());
}

}  // namespace eigenmata::exact

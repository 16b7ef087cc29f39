// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/polynomial.hpp"

#include <flint/fmpz_poly_factor.h>

#include <cassert>

#include "eigenmata/core/text.hpp"
#include "flint_convert.hpp"
#include "term_text.hpp"

namespace eigenmata::exact {
namespace {

Polynomial<Rational> monic(const fmpz_poly_t p) {
  flint::FmpqPoly q;
  fmpq_poly_set_fmpz_poly(q.value, p);
  fmpq_poly_make_monic(q.value, q.value);
  return {flint::coefficients(q.value)};
}

}  // namespace

std::vector<std::pair<Polynomial<Rational>, std::size_t>> factors(const Polynomial<Rational>& p) {
  assert(!p.is_zero());
  flint::FmpqPoly q;
  flint::set_coefficients(q.value, p.coefficients);
  flint::FmpzPoly z;
  fmpq_poly_get_numerator(z.value, q.value);
  fmpz_poly_factor_t found;
  fmpz_poly_factor_init(found);
  fmpz_poly_factor(found, z.value);
  std::vector<std::pair<Polynomial<Rational>, std::size_t>> result;
  for (slong i = 0; i < found->num; ++i) {
    result.emplace_back(monic(found->p + i), static_cast<std::size_t>(found->exp[i]));
  }
  fmpz_poly_factor_clear(found);
  return result;
}

Polynomial<Rational> greatest_common_divisor(const Polynomial<Rational>& a, const Polynomial<Rational>& b) {
  flint::FmpqPoly x;
  flint::FmpqPoly y;
  flint::set_coefficients(x.value, a.coefficients);
  flint::set_coefficients(y.value, b.coefficients);
  fmpq_poly_gcd(x.value, x.value, y.value);
  return {flint::coefficients(x.value)};
}

std::string to_string(const Polynomial<Rational>& p, std::string_view variable) {
  if (p.is_zero()) return "0";
  std::string text;
  for (std::size_t i = p.coefficients.size(); i-- > 0;) append_term(text, p.coefficients[i], variable, i);
  return text;
}

Term parse_term(std::string_view text, std::string_view variable, const core::Place& place) {
  constexpr std::uint64_t kMaxDegree = 10'000;
  Term term;
  const std::size_t x = text.find(variable);
  if (x == std::string_view::npos) {
    term.coefficient = parse_rational(text, place);
    return term;
  }
  const std::string_view before = text.substr(0, x);
  const std::string_view after = text.substr(x + variable.size());
  std::uint64_t power = 1;
  if (!after.empty() && (after[0] != '^' || !core::parse_unsigned(after.substr(1), power, kMaxDegree) || power < 2)) {
    throw core::Error(place, "expected a power like ^2 after the variable, found " + core::in_quotes(after));
  }
  term.power = power;
  if (before == "-") {
    term.coefficient = -1;
  } else if (!before.empty()) {
    if (before.back() != '*') throw core::Error(place, "expected '*' before the variable in " + core::in_quotes(text));
    term.coefficient = parse_rational(before.substr(0, before.size() - 1), place);
    if (abs(term.coefficient) == 1)
      throw core::Error(place, "the coefficient 1 is not written, in " + core::in_quotes(text));
  }
  return term;
}

Polynomial<Rational> parse_polynomial(std::string_view text, std::string_view variable, const core::Place& place) {
  if (text == "0") return {};
  if (text.empty()) throw core::Error(place, "an empty polynomial");
  std::vector<Rational> coefficients;
  std::size_t last_power = SIZE_MAX;
  for (std::size_t at = 0; at < text.size();) {
    // A term ends before the next sign that is not its first character.
    const std::size_t end = std::min(text.find_first_of("+-", at + 1), text.size());
    std::string_view piece = text.substr(at, end - at);
    if (at > 0 && piece[0] == '+') piece.remove_prefix(1);
    const Term term = parse_term(piece, variable, place);
    if (term.power >= last_power)
      throw core::Error(place, "the powers of " + core::in_quotes(text) + " do not decrease");
    if (term.coefficient.is_zero())
      throw core::Error(place, "a term with the coefficient 0 in " + core::in_quotes(text));
    if (coefficients.empty()) coefficients.assign(term.power + 1, Rational(0));
    coefficients[term.power] = term.coefficient;
    last_power = term.power;
    at = end;
  }
  return {std::move(coefficients)};
}

}  // namespace eigenmata::exact

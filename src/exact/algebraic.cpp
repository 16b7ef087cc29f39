// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/algebraic.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "eigenmata/core/text.hpp"
#include "flint_convert.hpp"
#include "qqbar_shim.h"

namespace eigenmata::exact {

using core::in_quotes;

void Algebraic::Free::operator()(eigenmata_qqbar* x) const { eigenmata_qqbar_free(x); }

Algebraic::Algebraic() : value_(eigenmata_qqbar_new()) {}

Algebraic::Algebraic(const Rational& value) : Algebraic() {
  const flint::Fmpq q(value);
  eigenmata_qqbar_set_fmpq(value_.get(), q.value);
}

Algebraic::Algebraic(const Algebraic& other) : Algebraic() { eigenmata_qqbar_set(value_.get(), other.value_.get()); }

Algebraic& Algebraic::operator=(const Algebraic& other) {
  if (this != &other) *this = Algebraic(other);
  return *this;
}

Algebraic operator+(const Algebraic& a, const Algebraic& b) {
  Algebraic result;
  eigenmata_qqbar_add(result.value_.get(), a.value_.get(), b.value_.get());
  return result;
}

Algebraic operator-(const Algebraic& a, const Algebraic& b) {
  Algebraic result;
  eigenmata_qqbar_sub(result.value_.get(), a.value_.get(), b.value_.get());
  return result;
}

Algebraic operator*(const Algebraic& a, const Algebraic& b) {
  Algebraic result;
  eigenmata_qqbar_mul(result.value_.get(), a.value_.get(), b.value_.get());
  return result;
}

Algebraic operator/(const Algebraic& a, const Algebraic& b) {
  if (b.is_zero()) throw std::domain_error("division by zero");
  Algebraic result;
  eigenmata_qqbar_div(result.value_.get(), a.value_.get(), b.value_.get());
  return result;
}

bool operator==(const Algebraic& a, const Algebraic& b) {
  return eigenmata_qqbar_equal(a.value_.get(), b.value_.get()) != 0;
}

Algebraic Algebraic::conjugate() const {
  Algebraic result;
  eigenmata_qqbar_conj(result.value_.get(), value_.get());
  return result;
}

Algebraic Algebraic::real_part() const {
  Algebraic result;
  eigenmata_qqbar_re(result.value_.get(), value_.get());
  return result;
}

Algebraic Algebraic::imaginary_part() const {
  Algebraic result;
  eigenmata_qqbar_im(result.value_.get(), value_.get());
  return result;
}

Algebraic Algebraic::modulus() const {
  Algebraic result;
  eigenmata_qqbar_abs(result.value_.get(), value_.get());
  return result;
}

bool Algebraic::is_zero() const { return sign_of_real_part() == 0 && sign_of_imaginary_part() == 0; }

bool Algebraic::is_real() const { return eigenmata_qqbar_is_real(value_.get()) != 0; }

std::optional<Rational> Algebraic::as_rational() const {
  if (eigenmata_qqbar_is_rational(value_.get()) == 0) return std::nullopt;
  flint::Fmpq q;
  eigenmata_qqbar_get_fmpq(q.value, value_.get());
  return flint::to_rational(q.value);
}

int Algebraic::sign_of_real_part() const { return eigenmata_qqbar_sgn_re(value_.get()); }

int Algebraic::sign_of_imaginary_part() const { return eigenmata_qqbar_sgn_im(value_.get()); }

std::optional<std::pair<std::size_t, std::size_t>> Algebraic::as_root_of_unity() const {
  long p = 0;
  unsigned long q = 0;
  if (eigenmata_qqbar_is_root_of_unity(&p, &q, value_.get()) == 0) return std::nullopt;
  const long modulus = static_cast<long>(q);
  return std::make_pair(static_cast<std::size_t>(((p % modulus) + modulus) % modulus), static_cast<std::size_t>(q));
}

Polynomial<Rational> Algebraic::minimal_polynomial() const {
  flint::FmpzPoly z;
  eigenmata_qqbar_minimal_polynomial(z.value, value_.get());
  flint::FmpqPoly q;
  fmpq_poly_set_fmpz_poly(q.value, z.value);
  return {flint::coefficients(q.value)};
}

std::size_t Algebraic::hash() const { return eigenmata_qqbar_hash(value_.get()); }

std::pair<Ball, Ball> Algebraic::enclosure(std::size_t bits) const {
  acb_t z;
  acb_init(z);
  eigenmata_qqbar_enclosure(z, value_.get(), static_cast<long>(bits));
  std::pair<Ball, Ball> result;
  arb_swap(result.first.raw(), acb_realref(z));
  arb_swap(result.second.raw(), acb_imagref(z));
  acb_clear(z);
  return result;
}

bool before_as_root(const Algebraic& a, const Algebraic& b) {
  return eigenmata_qqbar_cmp_root_order(a.value_.get(), b.value_.get()) < 0;
}

std::vector<Algebraic> roots(const Polynomial<Rational>& p) {
  assert(!p.is_zero());
  std::vector<Algebraic> result(p.degree());
  if (result.empty()) return result;
  flint::FmpqPoly q;
  flint::set_coefficients(q.value, p.coefficients);
  flint::FmpzPoly z;
  fmpq_poly_get_numerator(z.value, q.value);
  std::vector<eigenmata_qqbar*> handles;
  for (const Algebraic& root : result) handles.push_back(root.value_.get());
  eigenmata_qqbar_roots(handles.data(), static_cast<long>(handles.size()), z.value);
  std::sort(result.begin(), result.end(), before_as_root);
  return result;
}

Algebraic root_of_unity(std::size_t p, std::size_t q) {
  assert(q > 0);
  Algebraic result;
  eigenmata_qqbar_root_of_unity(result.value_.get(), static_cast<long>(p), q);
  return result;
}

Algebraic square_root(const Algebraic& a) {
  Algebraic result;
  eigenmata_qqbar_sqrt(result.value_.get(), a.value_.get());
  return result;
}

namespace {

/// d and s with value = s²·d, d squarefree, by trial division; nothing if that would take long.
std::optional<std::pair<Integer, Integer>> squarefree_part(Integer value) {
  constexpr std::uint64_t kLargestTrial = 100'000;
  Integer outer = 1;
  Integer inner = value < 0 ? -1 : 1;
  value = abs(value);
  for (std::uint64_t p = 2; p <= kLargestTrial && Integer(p * p) <= value; ++p) {
    while (value % (p * p) == 0) {
      value /= p * p;
      outer *= p;
    }
    if (value % p == 0) {
      value /= p;
      inner *= p;
    }
  }
  // What is left has no prime factor up to the bound: it is a square, or squarefree if it is below the bound's cube.
  const Integer root = sqrt(value);
  if (root * root == value) return std::make_pair(inner, Integer(outer * root));
  if (value > Integer(kLargestTrial) * kLargestTrial * kLargestTrial) return std::nullopt;
  return std::make_pair(Integer(inner * value), outer);
}

/// "p+q*sqrt(d)" for a number of degree two; nothing if d is hard to make squarefree.
std::optional<std::string> quadratic_text(const Algebraic& x, const Polynomial<Rational>& minimal) {
  const Rational& a = minimal.coefficients[2];
  const Rational& b = minimal.coefficients[1];
  const Rational& c = minimal.coefficients[0];
  const auto parts = squarefree_part(numerator(Rational(b * b - 4 * a * c)));
  if (!parts) return std::nullopt;
  const auto& [inner, outer] = *parts;
  const Rational centre = -b / (2 * a);
  Rational factor = Rational(outer) / (2 * a);
  const Algebraic offset = x - Algebraic(centre);
  const int sign = inner > 0 ? offset.sign_of_real_part() : offset.sign_of_imaginary_part();
  if (sign < 0) factor = -factor;
  std::string text = centre.is_zero() ? "" : to_string(centre);
  if (factor > 0 && !text.empty()) text += "+";
  if (factor == -1) {
    text += "-";
  } else if (factor != 1) {
    text += to_string(factor) + "*";
  }
  return text + "sqrt(" + to_string(inner) + ")";
}

std::string root_text(const Algebraic& x, const Polynomial<Rational>& minimal) {
  const std::vector<Algebraic> all = roots(minimal);
  const auto at = std::find(all.begin(), all.end(), x);
  return "root(" + to_string(minimal) + "," + std::to_string(at - all.begin()) + ")";
}

/// What stands between a known beginning and a closing parenthesis at the end of the text.
std::optional<std::string_view> argument_of(std::string_view text, std::string_view function) {
  if (text.substr(0, function.size()) != function || text.size() <= function.size() || text.back() != ')')
    return std::nullopt;
  return text.substr(function.size(), text.size() - function.size() - 1);
}

Algebraic parse_quadratic(std::string_view text, std::size_t root_at, const core::Place& place) {
  const auto argument = argument_of(text.substr(root_at), "sqrt(");
  if (!argument)
    throw core::Error(place, in_quotes(text) + " is no algebraic number; expected one like 1/2+1/2*sqrt(5)");
  Algebraic value = square_root(Algebraic(Rational(parse_integer(*argument, place))));
  std::string_view before = text.substr(0, root_at);
  Rational factor = 1;
  if (!before.empty() && before.back() == '*') {
    before.remove_suffix(1);
    const std::size_t sign = before.find_last_of("+-");
    const std::size_t start = sign == std::string_view::npos ? 0 : (before[sign] == '+' ? sign + 1 : sign);
    factor = parse_rational(before.substr(start), place);
    before = before.substr(0, sign == std::string_view::npos ? 0 : sign);
  } else if (!before.empty()) {
    if (before.back() == '-') factor = -1;
    before.remove_suffix(1);
  }
  value = value * Algebraic(factor);
  if (!before.empty()) value = value + Algebraic(parse_rational(before, place));
  return value;
}

Algebraic parse_root(std::string_view argument, const core::Place& place) {
  const std::size_t comma = argument.rfind(',');
  if (comma == std::string_view::npos) throw core::Error(place, "expected root(polynomial,position)");
  const Polynomial<Rational> p = parse_polynomial(argument.substr(0, comma), "x", place);
  std::uint64_t position = 0;
  constexpr std::size_t kMaxDegree = 200;
  if (p.is_zero() || p.degree() < 1 || p.degree() > kMaxDegree) {
    throw core::Error(place, "a root needs a polynomial of degree 1 to " + std::to_string(kMaxDegree));
  }
  if (!core::parse_unsigned(argument.substr(comma + 1), position, p.degree() - 1)) {
    throw core::Error(place, "the position of a root is a number from 0 to " + std::to_string(p.degree() - 1));
  }
  return roots(p)[position];
}

}  // namespace

std::string to_string(const Algebraic& a) {
  if (const auto rational = a.as_rational()) return to_string(*rational);
  const Polynomial<Rational> minimal = a.minimal_polynomial();
  if (minimal.degree() == 2) {
    if (const auto text = quadratic_text(a, minimal)) return *text;
  }
  return root_text(a, minimal);
}

Algebraic parse_algebraic(std::string_view text, const core::Place& place) {
  Algebraic value;
  if (const auto argument = argument_of(text, "root(")) {
    value = parse_root(*argument, place);
  } else if (const std::size_t at = text.find("sqrt("); at != std::string_view::npos) {
    value = parse_quadratic(text, at, place);
  } else {
    return Algebraic(parse_rational(text, place));
  }
  if (to_string(value) != text) {
    throw core::Error(place, in_quotes(text) + " is not the canonical text; write " + in_quotes(to_string(value)));
  }
  return value;
}

}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
#include "checker/number_field.hpp"

#include <algorithm>
#include <utility>

#include "checker/limits.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

using Polynomial = std::vector<mpq_class>;  // from the constant term up; the last coefficient is not 0

void trim(Polynomial& p) {
  while (!p.empty() && p.back() == 0) p.pop_back();
}

Polynomial derivative(const Polynomial& p) {
  Polynomial result;
  for (std::size_t i = 1; i < p.size(); ++i) result.emplace_back(p[i] * static_cast<unsigned long>(i));
  return result;
}

mpq_class value_at(const Polynomial& p, const mpq_class& x) {
  mpq_class value;
  for (std::size_t i = p.size(); i-- > 0;) value = value * x + p[i];
  return value;
}

/// a becomes the remainder of its division by b ≠ 0; returns the quotient.
Polynomial divide(Polynomial& a, const Polynomial& b) {
  Polynomial quotient(a.size() < b.size() ? 0 : a.size() - b.size() + 1);
  while (a.size() >= b.size()) {
    const std::size_t shift = a.size() - b.size();
    const mpq_class factor = a.back() / b.back();
    for (std::size_t i = 0; i < b.size(); ++i) a[shift + i] -= factor * b[i];
    quotient[shift] = factor;
    trim(a);
  }
  return quotient;
}

/// Divides by a positive number, so that the coefficients are integers without a common divisor: signs stay.
void make_primitive(Polynomial& p) {
  mpz_class denominators = 1;
  mpz_class numerators = 0;
  for (const mpq_class& c : p) {
    denominators = lcm(denominators, c.get_den());
    numerators = gcd(numerators, c.get_num());
  }
  if (numerators == 0) return;
  mpq_class scale(denominators, numerators);
  scale.canonicalize();
  for (mpq_class& c : p) {
    c *= scale;
    c.canonicalize();
  }
}

std::vector<Polynomial> sturm_chain(const Polynomial& p) {
  std::vector<Polynomial> chain{p, derivative(p)};
  for (;;) {
    Polynomial next = chain[chain.size() - 2];
    divide(next, chain.back());
    if (next.empty()) return chain;
    for (mpq_class& c : next) c = -c;
    make_primitive(next);
    chain.push_back(std::move(next));
  }
}

std::size_t sign_changes(const std::vector<Polynomial>& chain, const mpq_class& x) {
  std::size_t changes = 0;
  int last = 0;
  for (const Polynomial& p : chain) {
    const int sign = sgn(value_at(p, x));
    if (sign == 0) continue;
    if (last != 0 && sign != last) ++changes;
    last = sign;
  }
  return changes;
}

struct Term {
  mpq_class coefficient;
  std::size_t power = 0;
};

/// `3/4`, `x`, `-x^2`, `5*x^3`; canonical coefficients, not 0, and 1 only where there is no x.
std::optional<Term> parse_term(std::string_view text, std::string_view variable) {
  const bool negative = text.substr(0, 1) == "-";
  std::string_view rest = text.substr(negative ? 1 : 0);
  Term term;
  term.coefficient = 1;
  if (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') {
    const std::size_t star = rest.find('*');
    const std::optional<Rational> coefficient = Rational::parse(rest.substr(0, star));
    if (!coefficient || coefficient->is_zero()) return std::nullopt;
    term.coefficient = coefficient->value();
    if (star == std::string_view::npos) {
      if (negative) term.coefficient = -term.coefficient;
      return term;
    }
    if (term.coefficient == 1) return std::nullopt;
    rest.remove_prefix(star + 1);
  }
  if (rest.substr(0, variable.size()) != variable) return std::nullopt;
  rest.remove_prefix(variable.size());
  term.power = 1;
  if (!rest.empty()) {
    if (rest[0] != '^') return std::nullopt;
    const std::optional<std::uint32_t> power = parse_count(rest.substr(1));
    if (!power || *power < 2) return std::nullopt;
    term.power = *power;
  }
  if (negative) term.coefficient = -term.coefficient;
  return term;
}

/// The terms of a sum: every sign but one at the front joins two of them.
std::optional<std::vector<Term>> parse_terms(std::string_view text, std::string_view variable) {
  std::vector<Term> terms;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("+-", at + 1), text.size());
    std::string_view piece = text.substr(at, end - at);
    if (at > 0 && piece[0] == '+') piece.remove_prefix(1);
    const bool joined_by_plus = piece.size() != end - at;
    std::optional<Term> term = parse_term(piece, variable);
    if (!term || (joined_by_plus && sgn(term->coefficient) < 0)) return std::nullopt;
    terms.push_back(*std::move(term));
    at = end;
  }
  if (terms.empty()) return std::nullopt;
  return terms;
}

/// Highest power first, as in `x^3-1/2*x+5`.
std::optional<Polynomial> parse_polynomial(std::string_view text) {
  const std::optional<std::vector<Term>> terms = parse_terms(text, "x");
  if (!terms || terms->front().power > NumberField::kMaxDegree) return std::nullopt;
  Polynomial p(terms->front().power + 1);
  for (std::size_t i = 0; i < terms->size(); ++i) {
    if (i > 0 && (*terms)[i].power >= (*terms)[i - 1].power) return std::nullopt;
    p[(*terms)[i].power] = (*terms)[i].coefficient;
  }
  return p;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_name(std::string_view text) {
  if (text.empty() || !is_letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

/// sqrt(d) is the positive root of x² − d and nothing else.
bool is_square_root(std::string_view text, const Polynomial& p, const mpq_class& root_low) {
  if (p.size() != 3 || p[1] != 0 || p[2] != 1 || root_low < 0) return false;
  return text == "sqrt(" + mpq_class(-p[0]).get_str() + ")";
}

mpz_class floor_of(const mpq_class& x, std::size_t bits) {
  mpz_class result = x.get_num() << bits;
  mpz_fdiv_q(result.get_mpz_t(), result.get_mpz_t(), x.get_den().get_mpz_t());
  return result;
}

}  // namespace

void reduce(Residue& a) {
  while (!a.numerators.empty() && a.numerators.back() == 0) a.numerators.pop_back();
  if (a.numerators.empty()) a.denominator = 1;
  if (a.denominator == 1) return;
  mpz_class common = a.denominator;
  for (const mpz_class& n : a.numerators) {
    common = gcd(common, n);
    if (common == 1) return;
  }
  a.denominator /= common;
  for (mpz_class& n : a.numerators) n /= common;
}

std::shared_ptr<const NumberField> NumberField::make(std::string_view polynomial, std::string_view low,
                                                     std::string_view high, std::string_view generator,
                                                     std::string& fault) {
  if (polynomial.size() > kMaxFieldBytes || low.size() > kMaxFieldBytes || high.size() > kMaxFieldBytes) {
    fault = "the polynomial or an end of the interval is longer than " + std::to_string(kMaxFieldBytes) + " bytes";
    return nullptr;
  }
  const std::optional<Polynomial> p = parse_polynomial(polynomial);
  if (!p || p->size() < 3) {
    fault = "expected a polynomial of degree 2 to " + std::to_string(kMaxDegree) + " such as x^3-1/2*x+5, found " +
            quoted(polynomial);
    return nullptr;
  }
  const std::optional<Rational> from = Rational::parse(low);
  const std::optional<Rational> to = Rational::parse(high);
  if (!from || !to || *from >= *to) {
    fault = "expected the ends of an interval, two exact numbers, the lesser first; found " + quoted(low) + " and " +
            quoted(high);
    return nullptr;
  }
  std::shared_ptr<NumberField> field(new NumberField);
  field->polynomial_ = *p;
  field->low_ = field->root_low_ = from->value();
  field->high_ = field->root_high_ = to->value();
  field->generator_ = generator;
  const std::vector<Polynomial> chain = sturm_chain(*p);
  if (chain.back().size() > 1) {
    fault = "the polynomial " + quoted(polynomial) + " has a multiple root, so it is not irreducible";
    return nullptr;
  }
  if (p->front() == 0 || value_at(*p, field->low_) == 0 || value_at(*p, field->high_) == 0) {
    fault = "the polynomial " + quoted(polynomial) + " has a rational root, so it is not irreducible";
    return nullptr;
  }
  const std::size_t roots = sign_changes(chain, field->low_) - sign_changes(chain, field->high_);
  if (roots != 1) {
    fault = "the polynomial " + quoted(polynomial) + " has " + std::to_string(roots) +
            " real roots in the interval, which has to hold exactly one";
    return nullptr;
  }
  // Simple roots: p changes sign at the one in the interval, which is cut in halves until its sign is known.
  try {
    do {
      field->enclose(field->bits_ + 64);
    } while (field->root_low_ < 0 && field->root_high_ > 0);
  } catch (const ReducibleField& reducible) {
    fault = reducible.what();
    return nullptr;
  }
  if (!is_name(generator) && !is_square_root(generator, *p, field->root_low_)) {
    fault = quoted(generator) +
            " cannot name the generator; expected letters and digits, or sqrt(d) for the positive root of x^2-d";
    return nullptr;
  }
  field->set_tail();
  return field;
}

bool operator==(const NumberField& a, const NumberField& b) {
  if (a.order_ != b.order_ || a.polynomial_ != b.polynomial_ || a.generator_ != b.generator_) return false;
  if (a.order_ != 0) return true;
  // Each interval has one root, a simple one: it is the same if the polynomial changes sign where both overlap.
  const mpq_class& low = std::max(a.low_, b.low_);
  const mpq_class& high = std::min(a.high_, b.high_);
  return low < high && sgn(value_at(a.polynomial_, low)) != sgn(value_at(a.polynomial_, high));
}

void NumberField::set_tail() {
  const Polynomial& p = polynomial_;
  tail_denominator_ = 1;
  for (std::size_t i = 0; i + 1 < p.size(); ++i) {
    const mpq_class c = -p[i] / p.back();
    tail_denominator_ = lcm(tail_denominator_, c.get_den());
  }
  for (std::size_t i = 0; i + 1 < p.size(); ++i) {
    const mpq_class c = -p[i] / p.back() * tail_denominator_;
    tail_.push_back(c.get_num());
  }
}

std::shared_ptr<const NumberField> NumberField::make_cyclotomic(std::uint32_t order, std::string& fault) {
  if (order < 3 || order > kMaxOrder) {
    fault = "expected the order of a cyclotomic field, 3 to " + std::to_string(kMaxOrder) + ", found " +
            std::to_string(order);
    return nullptr;
  }
  // Φ_d for the divisors d of m, each x^d − 1 divided by those before it that it is a multiple of.
  std::vector<std::pair<std::uint32_t, Polynomial>> known;
  for (std::uint32_t d = 1; d <= order; ++d) {
    if (order % d != 0) continue;
    Polynomial rest(d + 1);
    rest[0] = -1;
    rest[d] = 1;
    for (const auto& [e, phi] : known) {
      if (d % e == 0) rest = divide(rest, phi);
    }
    known.emplace_back(d, std::move(rest));
  }
  std::shared_ptr<NumberField> field(new NumberField);
  field->polynomial_ = std::move(known.back().second);
  field->generator_ = "z";
  field->order_ = order;
  field->set_tail();
  return field;
}

Residue NumberField::conjugate(const Residue& a) const {
  // z^i becomes z^(m−i): a polynomial of degree below m, brought below the degree of the field by `multiply`.
  Residue turned;
  turned.denominator = a.denominator;
  turned.numerators.resize(order_);
  for (std::size_t i = 0; i < a.numerators.size(); ++i) turned.numerators[(order_ - i) % order_] = a.numerators[i];
  Residue one;
  one.numerators = {1};
  return multiply(turned, one);
}

std::optional<Residue> NumberField::parse(std::string_view text) const {
  Residue result;
  if (text == "0") return result;
  const std::optional<std::vector<Term>> terms = parse_terms(text, generator_);
  if (!terms || terms->back().power >= degree()) return std::nullopt;
  for (std::size_t i = 0; i < terms->size(); ++i) {
    if (i > 0 && (*terms)[i].power <= (*terms)[i - 1].power) return std::nullopt;
    result.denominator = lcm(result.denominator, (*terms)[i].coefficient.get_den());
  }
  result.numerators.resize(terms->back().power + 1);
  for (const Term& term : *terms) {
    result.numerators[term.power] = term.coefficient.get_num() * (result.denominator / term.coefficient.get_den());
  }
  return result;
}

std::string NumberField::shown(const Residue& a) const {
  constexpr std::size_t kShown = 120;
  std::string text;
  for (std::size_t i = 0; i < a.numerators.size(); ++i) {
    if (a.numerators[i] == 0) continue;
    if (mpz_sizeinbase(a.numerators[i].get_mpz_t(), 10) > kShown || text.size() > kShown) return text + "…";
    mpq_class c(a.numerators[i], a.denominator);
    c.canonicalize();
    if (c > 0 && !text.empty()) text += '+';
    if (i == 0) {
      text += c.get_str();
      continue;
    }
    if (c == -1) {
      text += '-';
    } else if (c != 1) {
      text += c.get_str() + "*";
    }
    text += generator_;
    if (i > 1) text += "^" + std::to_string(i);
  }
  return text.empty() ? "0" : text;
}

Residue NumberField::multiply(const Residue& a, const Residue& b) const {
  Residue result;
  if (a.numerators.empty() || b.numerators.empty()) return result;
  std::vector<mpz_class>& product = result.numerators;
  product.resize(a.numerators.size() + b.numerators.size() - 1);
  for (std::size_t i = 0; i < a.numerators.size(); ++i) {
    if (a.numerators[i] == 0) continue;
    for (std::size_t j = 0; j < b.numerators.size(); ++j) {
      mpz_addmul(product[i + j].get_mpz_t(), a.numerators[i].get_mpz_t(), b.numerators[j].get_mpz_t());
    }
  }
  result.denominator = a.denominator * b.denominator;
  const std::size_t d = degree();
  while (product.size() > d) {
    const mpz_class top = std::move(product.back());
    product.pop_back();
    if (top == 0) continue;
    if (tail_denominator_ != 1) {
      for (mpz_class& n : product) n *= tail_denominator_;
      result.denominator *= tail_denominator_;
    }
    for (std::size_t i = 0; i < d; ++i) {
      mpz_addmul(product[product.size() - d + i].get_mpz_t(), top.get_mpz_t(), tail_[i].get_mpz_t());
    }
  }
  reduce(result);
  return result;
}

Residue NumberField::inverse(const Residue& a) const {
  // Euclid's algorithm; r = u·a modulo p for both pairs (r, u).
  Polynomial r0 = polynomial_;
  Polynomial r1;
  for (const mpz_class& n : a.numerators) {
    mpq_class c(n, a.denominator);
    c.canonicalize();
    r1.push_back(std::move(c));
  }
  trim(r1);
  Polynomial u0;
  Polynomial u1{1};
  while (r1.size() > 1) {
    const Polynomial quotient = divide(r0, r1);
    Polynomial next = u0;
    next.resize(std::max(u0.size(), quotient.size() + u1.size() - 1));
    for (std::size_t i = 0; i < quotient.size(); ++i) {
      for (std::size_t j = 0; j < u1.size(); ++j) next[i + j] -= quotient[i] * u1[j];
    }
    trim(next);
    std::swap(r0, r1);
    u0 = std::exchange(u1, std::move(next));
  }
  if (r1.empty()) {
    throw ReducibleField("the polynomial of the number field is not irreducible: it has a common factor with " +
                         shown(a));
  }
  Residue result;
  for (mpq_class& c : u1) {
    c /= r1[0];
    result.denominator = lcm(result.denominator, c.get_den());
  }
  for (const mpq_class& c : u1) result.numerators.push_back(c.get_num() * (result.denominator / c.get_den()));
  reduce(result);
  return result;
}

void NumberField::enclose(std::size_t bits) const {
  // α to 2^−(bits + some): the error of α^i grows with |α|^i.
  const int sign_low = sgn(value_at(polynomial_, root_low_));
  mpz_class bound =
      abs(root_low_.get_num()) / root_low_.get_den() + abs(root_high_.get_num()) / root_high_.get_den() + 2;
  const std::size_t extra = degree() * mpz_sizeinbase(bound.get_mpz_t(), 2) + 8;
  const mpq_class width(mpz_class(1), mpz_class(1) << (bits + extra));
  while (root_high_ - root_low_ > width) {
    const mpq_class middle = (root_low_ + root_high_) / 2;
    const int sign = sgn(value_at(polynomial_, middle));
    if (sign == 0) throw ReducibleField("the polynomial of the number field has the rational root " + middle.get_str());
    (sign == sign_low ? root_low_ : root_high_) = middle;
  }
  bits_ = bits;
  powers_.clear();
  // Powers of an enclosure in whole multiples of 2^−(bits + extra), rounded outwards at every step.
  const std::size_t scale = bits + extra;
  const Enclosure alpha{floor_of(root_low_, scale), floor_of(root_high_, scale) + 1};
  Enclosure power{mpz_class(1) << scale, mpz_class(1) << scale};
  for (std::size_t i = 0; i < degree(); ++i) {
    mpz_class low, high;
    mpz_fdiv_q_2exp(low.get_mpz_t(), power.low.get_mpz_t(), extra);
    mpz_cdiv_q_2exp(high.get_mpz_t(), power.high.get_mpz_t(), extra);
    powers_.push_back({std::move(low), std::move(high)});
    const mpz_class products[] = {power.low * alpha.low, power.low * alpha.high, power.high * alpha.low,
                                  power.high * alpha.high};
    mpz_fdiv_q_2exp(power.low.get_mpz_t(), std::min_element(products, products + 4)->get_mpz_t(), scale);
    mpz_cdiv_q_2exp(power.high.get_mpz_t(), std::max_element(products, products + 4)->get_mpz_t(), scale);
  }
}

int NumberField::sign(const Residue& a) const {
  constexpr std::size_t kTrusting = 256;
  if (a.numerators.empty()) return 0;
  if (is_cyclotomic()) {
    if (a.numerators.size() > 1) throw Unordered("the complex number " + shown(a) + " is not compared with others");
    return sgn(a.numerators[0]);
  }
  bool is_unit = false;
  for (;;) {
    // A positive multiple of the value, 2^bits · denominator times it, is between these two.
    mpz_class low, high;
    for (std::size_t i = 0; i < a.numerators.size(); ++i) {
      const mpz_class& n = a.numerators[i];
      const bool positive = n > 0;
      mpz_addmul(low.get_mpz_t(), n.get_mpz_t(), (positive ? powers_[i].low : powers_[i].high).get_mpz_t());
      mpz_addmul(high.get_mpz_t(), n.get_mpz_t(), (positive ? powers_[i].high : powers_[i].low).get_mpz_t());
    }
    if (low > 0) return 1;
    if (high < 0) return -1;
    if (bits_ >= kTrusting && !is_unit) {
      (void)inverse(a);
      is_unit = true;
    }
    enclose(2 * bits_);
  }
}

}  // namespace eigenmata::checker

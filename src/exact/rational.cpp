// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/rational.hpp"

#include <gmp.h>

#include <algorithm>

#include "eigenmata/core/text.hpp"

namespace eigenmata::exact {
namespace {

using core::in_quotes;

constexpr std::size_t kMaxDigits = 1'000'000;

bool is_canonical_integer(std::string_view text) {
  if (!text.empty() && text[0] == '-') {
    text.remove_prefix(1);
    if (text == "0") return false;
  }
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return false;
  return text.size() == 1 || text[0] != '0';
}

void require_short(std::string_view text, const core::Place& place) {
  const auto marks =
      static_cast<std::size_t>(std::count(text.begin(), text.end(), '-') + std::count(text.begin(), text.end(), '/'));
  const std::size_t digits = text.size() - marks;
  if (digits > kMaxDigits) {
    throw core::Error(place, "a number of " + std::to_string(digits) + " digits; at most " +
                                 std::to_string(kMaxDigits) + " are read");
  }
}

std::size_t mix(std::size_t hash, std::size_t value) { return (hash ^ value) * 0x9E3779B97F4A7C15u + (hash >> 31); }

std::size_t hash_limbs(std::size_t hash, mpz_srcptr z) {
  hash = mix(hash, static_cast<std::size_t>(mpz_sgn(z)));
  for (std::size_t i = 0; i < mpz_size(z); ++i) hash = mix(hash, mpz_getlimbn(z, static_cast<mp_size_t>(i)));
  return hash;
}

}  // namespace

Integer parse_integer(std::string_view text, const core::Place& place) {
  require_short(text, place);
  if (!is_canonical_integer(text)) {
    throw core::Error(place, in_quotes(text) + " is no integer; expected digits like 42 or -7");
  }
  return Integer(std::string(text));
}

Rational parse_rational(std::string_view text, const core::Place& place) {
  require_short(text, place);
  const std::size_t slash = text.find('/');
  const std::string_view numerator = text.substr(0, slash);
  const std::string_view denominator = slash == std::string_view::npos ? "1" : text.substr(slash + 1);
  if (!is_canonical_integer(numerator) || !is_canonical_integer(denominator) || denominator[0] == '-') {
    throw core::Error(place, in_quotes(text) + " is no rational number; expected one like 42 or -63/625");
  }
  if (denominator == "0") throw core::Error(place, in_quotes(text) + " has the denominator 0");
  const Rational value(Integer{std::string(numerator)}, Integer{std::string(denominator)});
  if (slash != std::string_view::npos && to_string(value) != text) {
    throw core::Error(place, in_quotes(text) + " is not in lowest terms; write " + in_quotes(to_string(value)));
  }
  return value;
}

std::string to_string(const Integer& value) { return value.str(); }

std::string to_string(const Rational& value) {
  const Integer denominator = boost::multiprecision::denominator(value);
  const Integer numerator = boost::multiprecision::numerator(value);
  return denominator == 1 ? numerator.str() : numerator.str() + "/" + denominator.str();
}

std::size_t hash_value(const Rational& value) {
  mpq_srcptr q = value.backend().data();
  return hash_limbs(hash_limbs(0x2545F491u, mpq_numref(q)), mpq_denref(q));
}

}  // namespace eigenmata::exact

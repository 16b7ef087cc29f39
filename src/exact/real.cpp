// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/exact/real.hpp"

#include <mpfr.h>

#include "eigenmata/core/text.hpp"

namespace eigenmata::exact {
namespace {

Real zero_of_precision(unsigned digits) { return Real(0, digits); }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  return end - at;
}

bool is_decimal(std::string_view text) {
  std::size_t at = text.substr(0, 1) == "-" ? 1 : 0;
  std::size_t digits = digits_at(text, at);
  if (digits == 0) return false;
  at += digits;
  if (at < text.size() && text[at] == '.') {
    digits = digits_at(text, ++at);
    if (digits == 0) return false;
    at += digits;
  }
  if (at < text.size() && text[at] == 'e') {
    if (text.substr(++at, 1) == "-") ++at;
    digits = digits_at(text, at);
    if (digits == 0 || digits > 9) return false;
    at += digits;
  }
  return at == text.size();
}

}  // namespace

Real approximate_real(const Rational& value, unsigned digits) {
  Real result = zero_of_precision(digits);
  mpfr_set_q(result.backend().data(), value.backend().data(), MPFR_RNDN);
  return result;
}

std::string to_string(const Real& value) {
  mpfr_srcptr x = value.backend().data();
  if (mpfr_nan_p(x) != 0) return "nan";
  if (mpfr_inf_p(x) != 0) return mpfr_sgn(x) > 0 ? "inf" : "-inf";
  if (mpfr_zero_p(x) != 0) return mpfr_signbit(x) != 0 ? "-0" : "0";
  mpfr_exp_t exponent = 0;
  // With n = 0 MPFR chooses as many digits as reading back needs.
  char* raw = mpfr_get_str(nullptr, &exponent, 10, 0, x, MPFR_RNDN);
  std::string digits = raw;
  mpfr_free_str(raw);
  std::string sign;
  if (digits[0] == '-') {
    sign = "-";
    digits.erase(0, 1);
  }
  const std::size_t last = digits.find_last_not_of('0');
  digits.erase(last + 1);
  std::string text = sign + digits[0];
  if (digits.size() > 1) text += "." + digits.substr(1);
  if (exponent != 1) text += "e" + std::to_string(exponent - 1);
  return text;
}

Real parse_approximate_real(std::string_view text, unsigned digits, const core::Place& place) {
  if (!is_decimal(text)) {
    throw core::Error(place, core::in_quotes(text) + " is no decimal number; expected one like -1.25e-3");
  }
  Real result = zero_of_precision(digits);
  mpfr_set_str(result.backend().data(), std::string(text).c_str(), 10, MPFR_RNDN);
  const bool reads_zero = text.substr(0, text.find('e')).find_first_not_of("-0.") == std::string_view::npos;
  if (mpfr_number_p(result.backend().data()) == 0 || (result.is_zero() && !reads_zero)) {
    throw core::Error(place, core::in_quotes(text) + " is out of range; the largest exponents are about ±300000000");
  }
  return result;
}

}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
//
// Floating-point reals of any precision: MPFR through Boost.Multiprecision. They carry no error bound; whatever is
// computed with them is approximate and says so in its name. For enclosures see ball.hpp.
//
// The precision of a number is its own; an operation on two numbers gives the larger of their precisions. (Boost's
// default precision is one variable for the whole process and is not used.)
#pragma once

#include <boost/multiprecision/mpfr.hpp>
#include <string>
#include <string_view>

#include "eigenmata/core/error.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact {

using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>, boost::multiprecision::et_off>;

/// The nearest number of `digits` decimal digits of precision (≥ 1), ties to even.
[[nodiscard]] Real approximate_real(const Rational& value, unsigned digits);

/// A decimal text that reads back as the same number at the same precision: "0", "-1.25e-3", "nan", "inf".
[[nodiscard]] std::string to_string(const Real& value);

/// Reads a decimal number, rounded to nearest. Throws `core::Error` at `place` for anything but
/// [-]digits[.digits][e[-]digits], and for NaN and infinities.
[[nodiscard]] Real parse_approximate_real(std::string_view text, unsigned digits, const core::Place& place);

}  // namespace eigenmata::exact

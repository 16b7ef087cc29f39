// SPDX-License-Identifier: Apache-2.0
//
// Floating-point reals of any precision: MPFR through Boost.Multiprecision. They carry no error bound; whatever is
// computed with them is approximate and says so in its name. For enclosures see ball.hpp.
//
// The precision of a number is its own. Boost's operators give the larger precision of two named numbers, but that of
// the temporary if one of them is, and to know it they change Boost's default precision, which is one variable for the
// whole process: two threads disturb each other. Computations go through `ApproximateRealArithmetic`
// (arithmetic.hpp), which does without both.
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
/// [-]digits[.digits][e[-]digits], for NaN and infinities, and for numbers that overflow or underflow (beyond about
/// 10^±300,000,000).
[[nodiscard]] Real parse_approximate_real(std::string_view text, unsigned digits, const core::Place& place);

}  // namespace eigenmata::exact

// SPDX-License-Identifier: Apache-2.0
//
// Integers and rationals: GMP through Boost.Multiprecision, without expression templates. They are the scalars that
// generic code is instantiated with; exact linear algebra over them runs in FLINT (matrix.hpp).
//
// Texts are strict and canonical, so that printing and reading are inverse to each other and a number has one text:
// an optional '-', digits without leading zeros, and for rationals optionally '/' and a denominator ≥ 2 in lowest
// terms. No blanks, no '+', no "-0". (Boost itself accepts "1/0", " 3" and "4/6".)
#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "eigenmata/core/error.hpp"

namespace eigenmata::exact {

using Integer = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;

/// Throws `core::Error` at `place` if the text is not canonical or has more than a million digits.
[[nodiscard]] Integer parse_integer(std::string_view text, const core::Place& place);
[[nodiscard]] Rational parse_rational(std::string_view text, const core::Place& place);

[[nodiscard]] std::string to_string(const Integer& value);
[[nodiscard]] std::string to_string(const Rational& value);

/// Equal numbers have equal hashes. Cost: O(limbs).
[[nodiscard]] std::size_t hash_value(const Rational& value);

}  // namespace eigenmata::exact

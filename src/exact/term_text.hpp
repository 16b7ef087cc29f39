// SPDX-License-Identifier: Apache-2.0
//
// Sums of multiples of powers, as text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "eigenmata/exact/rational.hpp"

namespace eigenmata::exact {

/// Adds c · variable^power to what is written already, as in 2*x^3-x+1/2. Nothing if c is 0.
inline void append_term(std::string& text, const Rational& c, std::string_view variable, std::size_t power) {
  if (c.is_zero()) return;
  if (c > 0 && !text.empty()) text += "+";
  if (power == 0) {
    text += to_string(c);
    return;
  }
  if (c == -1) {
    text += "-";
  } else if (c != 1) {
    text += to_string(c) + "*";
  }
  text += variable;
  if (power > 1) text += "^" + std::to_string(power);
}

}  // namespace eigenmata::exact

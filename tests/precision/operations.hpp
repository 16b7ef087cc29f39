// SPDX-License-Identifier: Apache-2.0
//
// What the tests of soft arithmetic share: the formats to go through, and how a disagreement is told.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::testing {

/// The same double, the sign of zero included; any NaN equals any other.
inline bool same_double(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// All formats of at most `bits` bits, and those among them that have infinity or NaN with saturation as well, and
/// those with subnormals without them.
inline std::vector<precision::FloatFormat> formats_and_variants(int most_bits, int least_bits = 0) {
  std::vector<precision::FloatFormat> result;
  for (const auto& format : precision::float_formats()) {
    if (format.bits() > most_bits || format.bits() < least_bits) continue;
    result.push_back(format);
    auto saturating = format;
    saturating.saturates = true;
    if (format.has_nan()) result.push_back(saturating);
    auto flushing = format;
    flushing.subnormals = false;
    result.push_back(flushing);
  }
  return result;
}

inline std::string name_of(const precision::FloatFormat& format, precision::Rounding rounding) {
  return std::string(format.name) + (format.saturates ? " saturating" : "") + (format.subnormals ? "" : " flushing") +
         ", " + std::string(to_string(rounding));
}

}  // namespace eigenmata::testing

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/float_format.hpp"

#include <cassert>

#include "eigenmata/core/text.hpp"

namespace eigenmata::precision {

std::uint64_t FloatFormat::largest() const {
  const std::uint64_t all = sign_bit() - 1;  // exponent and fraction all ones
  switch (specials) {
    case Specials::kInfinityAndNan:
      return infinity() - 1;
    case Specials::kNan:
      return all - 1;
    case Specials::kNone:
    case Specials::kNegativeZeroIsNan:
      break;
  }
  return all;
}

std::uint64_t FloatFormat::infinity() const {
  assert(has_infinity());
  return ((std::uint64_t{1} << exponent_bits) - 1) << fraction_bits;
}

std::uint64_t FloatFormat::nan() const {
  assert(has_nan());
  if (specials == Specials::kNan) return sign_bit() - 1;
  if (specials == Specials::kNegativeZeroIsNan) return sign_bit();
  return infinity() | std::uint64_t{1} << (fraction_bits - 1);
}

const std::vector<FloatFormat>& float_formats() {
  static const std::vector<FloatFormat> list{kF64,      kF32,  kTf32,     kFp16, kBf16, kE4m3, kE4m3Ieee,
                                             kE4m3Fnuz, kE5m2, kE5m2Fnuz, kE3m2, kE2m3, kE2m1};
  return list;
}

const FloatFormat* find_float_format(std::string_view name) {
  for (const FloatFormat& format : float_formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

const FloatFormat& float_format(std::string_view name, const core::Place& place) {
  if (const FloatFormat* format = find_float_format(name)) return *format;
  std::string names;
  for (const FloatFormat& format : float_formats()) {
    if (&format == &float_formats().back()) {
      names += " or ";
    } else if (!names.empty()) {
      names += ", ";
    }
    names += format.name;
  }
  throw core::Error(place, core::in_quotes(name) + " is no float format; expected " + names);
}

std::string_view to_string(Rounding rounding) {
  switch (rounding) {
    case Rounding::kNearestEven:
      return "nearest-even";
    case Rounding::kNearestAway:
      return "nearest-away";
    case Rounding::kTowardZero:
      return "toward-zero";
    case Rounding::kUp:
      return "up";
    case Rounding::kDown:
      break;
  }
  return "down";
}

}  // namespace eigenmata::precision

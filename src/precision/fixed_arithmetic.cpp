// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/precision/fixed_arithmetic.hpp"

namespace eigenmata::precision {

FixedArithmetic::Scalar FixedArithmetic::threshold(const exact::Rational& a) const {
  const FixedFormat& format = number_format();
  if (a <= fixed_.to_rational(format.lowest())) return format.lowest();
  if (a > fixed_.to_rational(format.highest())) return format.highest() + 1;
  return FixedPoint(format, Rounding::kUp).from_rational(a);
}

}  // namespace eigenmata::precision

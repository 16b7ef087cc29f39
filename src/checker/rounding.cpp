// SPDX-License-Identifier: Apache-2.0
#include "checker/rounding.hpp"

namespace eigenmata::checker {

Interval operator+(const Interval& a, const Interval& b) { return {a.low + b.low, a.high + b.high}; }

Interval operator-(const Interval& a, const Interval& b) { return {a.low - b.high, a.high - b.low}; }

Interval operator*(const Value& parameter, const Interval& x) {
  if (sgn(parameter.m) < 0) return {parameter * x.high, parameter * x.low};
  return {parameter * x.low, parameter * x.high};
}

bool operator<=(const Value& a, const Value& b) { return sgn((b - a).m) >= 0; }

Interval ByEnds::round(const NumberFormat& format, const Interval& exact) const {
  if (format.wraps()) throw NoInterval{};
  const Interval result{format.round(exact.low), format.round(exact.high)};
  // An end that is infinite may have come back into a range that ends in numbers; between the two, a NaN may not.
  for (const Value* end : {&exact.low, &exact.high, &result.low, &result.high}) {
    if (!end->is_finite()) throw NoInterval{};
  }
  return result;
}

Value Chosen::round(const NumberFormat& format, const Value& exact) const {
  auto [below, above] = format.neighbours(exact);
  if (format.code(below) == format.code(above)) return below;
  return path->choose() ? above : below;
}

}  // namespace eigenmata::checker

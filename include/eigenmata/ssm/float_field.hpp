// SPDX-License-Identifier: Apache-2.0
//
// Floats with division: a rounding plan (precision/float_arithmetic.hpp) for code that asks for a field.
#pragma once

#include <stdexcept>

#include "eigenmata/precision/float_arithmetic.hpp"
#include "eigenmata/precision/soft_float.hpp"

namespace eigenmata::ssm {

class FloatField : public precision::FloatArithmetic {
 public:
  explicit FloatField(const precision::RoundingPlan& plan)
      : FloatArithmetic(plan), division_(plan.operations, plan.rounding) {}

  /// Rounded once, to `operations`. Never throws: as in hardware, a/0 is infinite or NaN.
  [[nodiscard]] double divide(double a, double b) const {
    return division_.to_double(division_.divide(division_.from_double(a), division_.from_double(b)));
  }

 private:
  precision::SoftFloat division_;
};

}  // namespace eigenmata::ssm

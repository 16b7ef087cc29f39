// SPDX-License-Identifier: Apache-2.0
//
// Gates that forget, as a class has them.
#pragma once

#include <optional>

#include "eigenmata/expressivity/model_class.hpp"

namespace eigenmata::compiler {

/// A number in (0, bound) that the class has as a gate.
[[nodiscard]] inline std::optional<exact::Rational> contraction_below(const expressivity::ModelClass& target,
                                                                      const exact::Rational& bound) {
  using Form = expressivity::ModelClass::Form;
  std::optional<exact::Rational> found = exact::Rational(1, 2);
  if (target.form == Form::kContraction || target.form == Form::kGatedHouseholder || target.form == Form::kRwkv7) {
    while (*found >= bound) *found /= 2;
  } else {
    found = target.set().real_contraction_below(bound);
  }
  if (found && *found <= 0) return std::nullopt;
  return found;
}

}  // namespace eigenmata::compiler

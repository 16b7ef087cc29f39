// SPDX-License-Identifier: Apache-2.0
//
// From the name of a semantics to the arithmetic that it stands for.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "eigenmata/expressivity/semantics.hpp"
#include "eigenmata/precision/fixed_arithmetic.hpp"
#include "eigenmata/precision/float_arithmetic.hpp"

namespace eigenmata::verification {

/// Numbers of finitely many bits, every step rounded: float, fixed, int, uint.
[[nodiscard]] bool is_numeric(const expressivity::Semantics& semantics);

using NumericArithmetic = std::variant<precision::FloatArithmetic, precision::FixedArithmetic>;

/// Why there is no arithmetic for a numeric semantics yet: more than 62 bits.
[[nodiscard]] std::optional<std::string> why_not_built(const expressivity::Semantics& semantics);

/// Needs a numeric semantics that is built.
[[nodiscard]] NumericArithmetic numeric_arithmetic(const expressivity::Semantics& semantics);

/// The rounding plan, in words.
[[nodiscard]] std::string description(const precision::FloatArithmetic& arithmetic);
[[nodiscard]] std::string description(const precision::FixedArithmetic& arithmetic);

}  // namespace eigenmata::verification

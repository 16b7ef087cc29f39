// SPDX-License-Identifier: Apache-2.0
//
// A network of complex numbers as one of real numbers: a coordinate x + iy becomes two, a number a + ib the block
// ((a, −b), (b, a)). That is what programs without complex numbers run, and what rounding is defined for.
//
// cos 2πj/m and sin 2πj/m are real algebraic numbers: the field that all real and imaginary parts of the network
// generate is found, and the network written over it (real_cyclotomic.hpp).
#pragma once

#include <optional>
#include <variant>

#include "eigenmata/lrnn/model_file.hpp"

namespace eigenmata::lrnn {

using RealModel = std::variant<ModelOver<exact::RationalArithmetic>, ModelOver<exact::NumberField>>;

/// Layers without a number that is not real keep their dimension and the forms of their matrices; all others have twice
/// the dimension, and dense matrices. A readout w·h + c becomes its real part, so answers are those of the complex
/// network wherever it has some (it compares only what differs from a threshold by a rational number). No class is
/// claimed.
///
/// Nothing if a threshold is not real, the field has a degree above 64, or matrices would have more than 2^22 numbers.
/// Cost: that of `exact::field_of` for all numbers that occur.
[[nodiscard]] std::optional<RealModel> real_form(const ModelOver<exact::CyclotomicField>& model);

}  // namespace eigenmata::lrnn

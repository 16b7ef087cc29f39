// SPDX-License-Identifier: Apache-2.0
//
// Networks in JSON files; proofs/model-format.md is the page about the format. Reading what was written gives the same
// network, number for number.
#pragma once

#include <string>
#include <variant>

#include "eigenmata/core/input.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// A network with the arithmetic of its numbers.
template <exact::ExactArithmetic K>
struct ModelOver {
  K arithmetic;
  Network<typename K::Scalar> network;
};

using Model = std::variant<ModelOver<exact::RationalArithmetic>, ModelOver<exact::NumberField>,
                           ModelOver<exact::CyclotomicField>>;

/// A file of arrays (tensor_file.hpp) is read as weights_file.hpp says, all others as JSON. Throws `core::Error` with
/// line and column for anything that does not fit: dimensions, letters, numbers, unknown
/// keys, and a claimed class that the network is not in.
[[nodiscard]] Model read_model(const core::Input& input);

/// The JSON text. Cost: O(size of the network).
[[nodiscard]] std::string write_model(const Model& model);

}  // namespace eigenmata::lrnn

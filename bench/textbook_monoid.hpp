// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"

namespace eigenmata::bench {

/// Froidure and Pin's algorithm as the paper has it: both Cayley graphs, reduced words, a product is multiplied out
/// only if its suffix is not reduced; elements in a standard hash map. Returns the number of elements. The baseline of
/// the table.
[[nodiscard]] std::size_t textbook_froidure_pin(const std::vector<algebra::Transformation>& generators);

}  // namespace eigenmata::bench

// SPDX-License-Identifier: Apache-2.0
//
// Parts that each tell some states apart, at a price: the cheapest set of them that tells all states apart.
#pragma once

#include <cstddef>
#include <vector>

#include "components.hpp"

namespace eigenmata::compiler {

struct PricedPart {
  std::size_t price = 0;
  Components classes;
};

/// Positions of the parts of a cheapest separating set with total price below `bound`; empty if there is none. Branch
/// and bound over the `kMostParts` cheapest parts, and the cheapest that separates alone.
[[nodiscard]] std::vector<std::size_t> cheapest_separating_set(const std::vector<PricedPart>& parts, std::size_t bound);

}  // namespace eigenmata::compiler

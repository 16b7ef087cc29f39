// SPDX-License-Identifier: Apache-2.0
//
// Lengths of the words inside an R-class: varieties.hpp says at is_quasi_aperiodic what they have to do with groups.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "eigenmata/algebra/varieties.hpp"

namespace eigenmata::algebra {

/// Distances from e in its R-class, in the right Cayley graph, and the greatest common divisor of the lengths of the
/// cycles there.
struct RClassDistances {
  std::unordered_map<std::size_t, std::uint64_t> from_e;  ///< by the number of the element
  std::uint64_t period = 0;                               ///< not 0 if e is in S
};

/// Cost: O(elements of the R-class · letters). Throws `core::LimitReached`.
[[nodiscard]] RClassDistances distances_from(const SyntacticSemigroup& semigroup, Element e, core::Ticker& ticker);

}  // namespace eigenmata::algebra

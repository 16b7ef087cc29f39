// SPDX-License-Identifier: Apache-2.0
//
// Looks for a small invariant space of functions that separates the states.
#pragma once

#include <cstdint>
#include <optional>

#include "eigenmata/core/limits.hpp"
#include "function_space.hpp"

namespace eigenmata::compiler {

/// The smallest separating space found, of dimension at most `max_dimension`; nothing if there is none. Deterministic
/// for a seed. Cost: bounded numbers of trials; seconds at most for 128 states and 128 letters.
[[nodiscard]] std::optional<FunctionSpace> find_separating_space(const std::vector<algebra::Transformation>& letters,
                                                                 std::size_t max_dimension, std::uint64_t seed,
                                                                 const core::Limits& limits);

}  // namespace eigenmata::compiler

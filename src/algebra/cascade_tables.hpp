// SPDX-License-Identifier: Apache-2.0
//
// Looking things up in the sorted tables of a level.
#pragma once

#include <cstdint>
#include <vector>

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// One number for each coordinate, or the points of a set.
using Entries = std::vector<std::uint32_t>;

/// Null if the value has no step, or does not meet the context.
[[nodiscard]] const CascadeStep* find_step(const std::vector<CascadeStep>& steps, Value value);
[[nodiscard]] const Meet* find_meet(const std::vector<Meet>& meets, Context above, Value value);

/// What the action of a symbol makes of the entries of a value.
[[nodiscard]] Entries moved(const CoordinateMachine& machine, std::size_t symbol, const Entries& entries);
[[nodiscard]] Entries moved(const Entries& points, const Transformation& permutation);
/// Needs a symbol that permutes.
[[nodiscard]] Entries moved(const PointMachine& machine, std::size_t symbol, const Entries& points);

/// Steps to one value have different outputs.
[[nodiscard]] bool needs_old_value(const std::vector<CascadeStep>& steps);

}  // namespace eigenmata::algebra

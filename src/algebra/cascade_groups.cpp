// SPDX-License-Identifier: Apache-2.0
//
// Whether a cascade permutes anything.
#include <algorithm>

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {
namespace {

bool has_group(const PointMachine& machine) {
  return std::any_of(machine.actions.begin(), machine.actions.end(), [](const auto& action) {
    const auto* permutation = std::get_if<Transformation>(&action);
    return permutation != nullptr && *permutation != Transformation::identity(permutation->degree());
  });
}

bool has_group(const CoordinateMachine& machine) {
  return std::any_of(machine.actions.begin(), machine.actions.end(), [&](const std::vector<Move>& moves) {
    for (std::size_t j = 0; j < moves.size(); ++j) {
      if (!moves[j].writes && (moves[j].reflects || moves[j].amount % machine.moduli[j] != 0)) return true;
    }
    return false;
  });
}

}  // namespace

bool has_group(const Cascade& cascade) {
  return std::any_of(cascade.levels.begin(), cascade.levels.end(), [](const CascadeLevel& level) {
    return std::visit([](const auto& machine) { return has_group(machine); }, level.machine);
  });
}

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// What the decisions about varieties share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/algebra/varieties.hpp"

namespace eigenmata::algebra {

/// For the case that the semigroup is not known: an element m found with a period greater than 1 breaks every law that
/// has only aperiodic models. With ω > 1 such that m^ω is idempotent, the variables e, u stand for m^ω; s, g, y for
/// m^(ω+1); z, h for m^(ω−1). The law has to fail for these. Nothing if no such m was found, or its words would have
/// more than 100,000 letters, or running one of them from every state would take more than 10⁸ steps.
std::optional<LawWitness> broken_by_period(const SyntacticSemigroup& semigroup, const std::string& law);

/// The D-classes that steps down lead to from some of `from`, in at least one step. Cost: O(D-classes + steps).
inline std::vector<bool> strictly_below(const std::vector<std::vector<std::size_t>>& steps_down,
                                        const std::vector<std::size_t>& from) {
  std::vector<bool> below(steps_down.size(), false);
  std::vector<std::size_t> queue;
  const auto step_from = [&](std::size_t d) {
    for (const std::size_t next : steps_down[d]) {
      if (!below[next]) queue.push_back(next);
      below[next] = true;
    }
  };
  for (const std::size_t d : from) step_from(d);
  for (std::size_t i = 0; i < queue.size(); ++i) step_from(queue[i]);
  return below;
}

}  // namespace eigenmata::algebra

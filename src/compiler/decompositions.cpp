// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/compiler/decompositions.hpp"

#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/missing_set.hpp"

namespace eigenmata::compiler {

const algebra::Cascade& Decompositions::missing_sets(const core::Limits& limits) const {
  return found(missing_sets_, algebra::missing_set_cascade, limits);
}

const algebra::Cascade& Decompositions::holonomy(const core::Limits& limits) const {
  return found(holonomy_, algebra::holonomy_cascade, limits);
}

const algebra::Cascade& Decompositions::found(Kept& kept, Decompose& decompose, const core::Limits& limits) const {
  if (kept.failure) throw core::LimitReached(*kept.failure);
  if (kept.cascade) return *kept.cascade;
  try {
    return kept.cascade.emplace(decompose(minimal_, limits));
  } catch (const core::LimitReached& limit) {
    using Kind = core::LimitReached::Kind;
    if (limit.kind() == Kind::kMemory || limit.kind() == Kind::kSize) kept.failure = limit;
    throw;
  }
}

}  // namespace eigenmata::compiler

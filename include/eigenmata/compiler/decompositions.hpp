// SPDX-License-Identifier: Apache-2.0
//
// The cascades of one automaton, each decomposed when first asked for.
#pragma once

#include <optional>
#include <utility>

#include "eigenmata/algebra/cascade.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::compiler {

/// Several passes, and the same pass for several classes, decompose the same way: a cascade that is found is kept, and
/// so is that it takes more memory than there is. Not for several threads at once.
class Decompositions {
 public:
  /// Needs a minimal automaton, which it copies; any pass can be handed just that.
  Decompositions(automata::Dfa minimal) : minimal_(std::move(minimal)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] const automata::Dfa& minimal() const { return minimal_; }

  /// `algebra::missing_set_cascade` and `algebra::holonomy_cascade`. The limits count the first time. Throw
  /// `core::LimitReached`, for a limit of memory or size each time.
  [[nodiscard]] const algebra::Cascade& missing_sets(const core::Limits& limits) const;
  [[nodiscard]] const algebra::Cascade& holonomy(const core::Limits& limits) const;

 private:
  struct Kept {
    std::optional<algebra::Cascade> cascade;
    std::optional<core::LimitReached> failure;
  };
  using Decompose = algebra::Cascade(const automata::Dfa&, const core::Limits&);
  const algebra::Cascade& found(Kept& kept, Decompose& decompose, const core::Limits& limits) const;

  automata::Dfa minimal_;
  mutable Kept missing_sets_;
  mutable Kept holonomy_;
};

}  // namespace eigenmata::compiler

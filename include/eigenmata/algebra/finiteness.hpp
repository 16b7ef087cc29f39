// SPDX-License-Identifier: Apache-2.0
//
// The smallest families of regular languages, decided on the minimal automaton alone, whatever the size of its monoid:
// everything or nothing, finite, and finite complement.
#pragma once

#include <utility>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// Words u, x, v with x not empty such that u xᵏ v is in the language for every k ≥ 0; or, if asked about the
/// complement, for none.
struct PumpWitness {
  core::Word prefix;
  core::Word repeat;
  core::Word suffix;
};

/// Is the syntactic monoid trivial: are all words accepted, or none? No: a shortest accepted and a shortest rejected
/// word. Cost: O(states · letters).
[[nodiscard]] core::Verdict<core::NoEvidence, std::pair<core::Word, core::Word>> is_trivial(
    const automata::Dfa& minimal);

/// Are finitely many words accepted? A language is infinite iff an accepting state can be reached from a state on a
/// cycle [RabinScott1959]. Needs every state to be reachable. Cost: O(states · letters).
[[nodiscard]] core::Verdict<core::NoEvidence, PumpWitness> is_finite(const automata::Dfa& minimal);

/// Are finitely many words rejected? As `is_finite`, for the complement.
[[nodiscard]] core::Verdict<core::NoEvidence, PumpWitness> is_cofinite(const automata::Dfa& minimal);

}  // namespace eigenmata::algebra

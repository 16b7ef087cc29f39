// SPDX-License-Identifier: Apache-2.0
//
// First properties of a regular language, read off its syntactic monoid, which is the transition monoid of its minimal
// automaton.
#pragma once

#include <cstdint>
#include <utility>

#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// Words u, x, v such that [u xᵏ v ∈ L], as a function of k ≥ 0, is periodic with the least period `period` > 1.
/// It exists iff the language is not star-free [Schutzenberger1965, McNaughtonPapert1971].
struct PeriodWitness {
  core::Word prefix;
  core::Word repeat;
  core::Word suffix;
  std::uint64_t period = 0;
};

/// A witness whose repeated word is `repeat` and whose period does not divide `allowed`. Needs a minimal automaton on
/// which the period of the word's map does not divide `allowed` ≥ 1.
///
/// The prefix is a shortest word into a cycle of the map f of `repeat` whose length does not divide `allowed`, the
/// suffix a shortest word that tells a point x there and x·f^allowed apart. Cost: O(states · letters + |repeat| ·
/// states).
[[nodiscard]] PeriodWitness period_witness(const automata::Dfa& minimal, const core::Word& repeat,
                                           std::uint64_t allowed = 1);

/// Is every subgroup of the syntactic monoid trivial (is the language star-free)? `monoid` is the transition monoid of
/// `minimal`; if it is incomplete, or a limit is reached, the answer is no or unknown. Cost: O(elements · states).
[[nodiscard]] core::Verdict<core::NoEvidence, PeriodWitness> is_aperiodic(const automata::Dfa& minimal,
                                                                          const TransitionMonoid& monoid,
                                                                          const core::Limits& limits = {});

/// The same from the images of the maps, without elements (image_orbit.hpp); never unknown. `images` are those of the
/// letter maps of `minimal`. Cost: O(images · letters).
[[nodiscard]] core::Verdict<core::NoEvidence, PeriodWitness> is_aperiodic(const automata::Dfa& minimal,
                                                                          const ImageOrbit& images);

/// Is the syntactic monoid a group? No: a letter that does not permute the states. Cost: O(states · letters).
[[nodiscard]] core::Verdict<core::NoEvidence, core::Symbol> is_group(const automata::Dfa& minimal);

/// Does the order of letters never matter? No: two letters x, y with xy ≠ yx. Cost: O(states · letters²).
[[nodiscard]] core::Verdict<core::NoEvidence, std::pair<core::Symbol, core::Symbol>> is_commutative(
    const automata::Dfa& minimal);

}  // namespace eigenmata::algebra

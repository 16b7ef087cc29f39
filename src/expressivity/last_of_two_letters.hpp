// SPDX-License-Identifier: Apache-2.0
//
// What diagonal matrices with entries in {1, λ}, λ real and |λ| ≥ 1/2, cannot do: tell which of two letters came last
// [proofs/expressivity.md, section 4, shared-digits]. The theorem speaks of a language in which some non-empty word v
// is accepted after all words u w a and after no word u w b, or the other way round, where w is any word over {a, b}.
// Whether there are such letters and words is decided here on sets of states: those that u w a leads to, over all w,
// and those that u w b leads to, are moved along by v, and must stay disjoint and end apart.
#pragma once

#include <optional>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::expressivity {

/// After `prefix` and any word over {a, b}, the last of the two letters decides whether `suffix` is accepted.
struct LastOfTwoLetters {
  core::Symbol a, b;
  core::Word prefix;
  core::Word suffix;  ///< not empty
};

/// Such letters and words, if there are any with at most 2,000 pairs of sets on the way for each state and pair of
/// letters; a `nullopt` proves nothing. Throws `core::LimitReached`.
/// Cost: O(states · letters² · 2,000 · letters · states).
[[nodiscard]] std::optional<LastOfTwoLetters> told_apart_by_last_letter(const automata::Dfa& dfa,
                                                                        const core::Limits& limits);

}  // namespace eigenmata::expressivity

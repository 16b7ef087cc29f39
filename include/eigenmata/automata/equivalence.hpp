// SPDX-License-Identifier: Apache-2.0
//
// Do two automata recognise the same language? If not, a shortest word on which they differ.
//
// Hopcroft and Karp's union-find [HopcroftKarp1971], run breadth first: a pair of states that must be equivalent is
// merged and its successors queued; a pair already in one class is skipped.
//
// Skipping keeps the difference shortest. Claim: if a word of length k tells the initial pair apart, then for each
// j ≤ k some pair queued at depth ≤ j is told apart by a word of length ≤ k − j. It holds at j = 0. Let (p, q) be such
// a pair and xw its word. Either (p·x, q·x) is queued, at depth ≤ j + 1, and w tells it apart; or it was in one class
// already: a chain of pairs, each queued at depth ≤ j + 1, leads from p·x to q·x, and w must tell one of them apart. At
// j = k: a pair queued at depth ≤ k differs by the empty word, and is found as soon as it is queued. ∎
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::automata {

/// Yes, or no with a shortest word that exactly one of the two accepts. Never unknown.
///
/// Cost: O(letters · (n₁ + n₂) · log(n₁ + n₂)). Throws `core::Error` if the alphabets differ (see `over_alphabet`),
/// `core::LimitReached` when interrupted.
[[nodiscard]] core::Verdict<core::NoEvidence, Word> equal(const Dfa& first, const Dfa& second,
                                                          const core::Limits& limits = {});

}  // namespace eigenmata::automata

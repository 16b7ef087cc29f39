// SPDX-License-Identifier: Apache-2.0
//
// The missing-set cascade: every automaton with N states in at most N − 1 levels.
//
// Level i has sets X of one size n as the candidates left by the levels before, and keeps a subset of n' < n of them:
// n' = 1 if every letter that is not injective on its X is constant there, else the greatest size |X·a| that such a
// letter leaves. A letter that is injective on X moves the subset along; any other letter a resets it to some Y with
// X·a ⊆ Y ⊆ X', |Y| = n'. With n' = n − 1 throughout this is the classical decomposition by one missing point; dropping
// several points at once gives fewer levels. Since n' < n, and since a level of two points is always the last (each map
// on two points is a permutation or constant), there are at most N − 1 levels.
//
// A set X is stored by numbers 1 … n for its states. These numbers are chosen along a spanning forest of the letters
// that permute (a *gauge*), so that most of them become the identity: for an aperiodic automaton a letter can then only
// permute non-trivially when it leads from one strongly connected part to another.
#pragma once

#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// The missing-set cascade, its symbols merged and levels without a group coded. Needs an automaton all of whose states
/// can be reached. Cost: situations · set size; throws `core::LimitReached` if there are too many of them for the
/// memory limit, which can happen (the sets of a level can be exponentially many).
[[nodiscard]] Cascade missing_set_cascade(const automata::Dfa& dfa, const core::Limits& limits);

}  // namespace eigenmata::algebra

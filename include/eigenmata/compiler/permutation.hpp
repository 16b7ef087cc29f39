// SPDX-License-Identifier: Apache-2.0
//
// Permutation automata by reflections: one layer, B = 0, every A(x) a permutation matrix, as a product of generalised
// Householder factors with β = 2 (eigenvalue −1). [Grazzi2025, Thm 3]
//
// A permutation of n points with c cycles is a product of n − c swaps I − (e_i − e_j)(e_i − e_j)ᵀ, and of no fewer
// reflections: n − c = rank(I − A).
#pragma once

#include <cstdint>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::compiler {

/// The states themselves as points, one-hot codes. Refuses if a letter does not permute the states. Needs a minimal
/// automaton as `automata::minimised` returns it. Cost: O(states · letters).
[[nodiscard]] PassResult compile_permutation(const automata::Dfa& minimal);

/// Fewer points: a faithful permutation representation of the same group. The code of a state is a vector of integers
/// that the letters permute, different for different states; the word problem of S_5 with its 120 states runs on five
/// numbers.
///
/// The representations are found by random subgroups (components.hpp), so what is found need not be the least. Refuses
/// if no representation on fewer points than states is found, if a letter does not permute, or for more than 128
/// states. Deterministic for a seed.
[[nodiscard]] PassResult compile_permuted_points(const automata::Dfa& minimal, const core::Limits& limits,
                                                 std::uint64_t seed = 1);

}  // namespace eigenmata::compiler

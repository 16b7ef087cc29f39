// SPDX-License-Identifier: Apache-2.0
//
// Permutation automata in one layer with the fewest factors, by representation theory: every letter is an orthogonal
// matrix A(x), B = 0, and takes exactly rank(I − A(x)) reflections (reflections.hpp).
//
// The letters of a permutation automaton generate a group G. The matrices are a faithful real representation of G, the
// one whose largest rank(I − A(x)) is least, or one of least dimension (algebra/reflection_length.hpp). It is built
// exactly, part by part, over the number field of its characters:
//
//   * A subgroup H with signs λ: H → {1, −1} such that the irreducible part ρ has, up to its own endomorphisms, one
//     vector u with h·u = λ(h) u. Then the angle between u and y·u is a matter of characters alone,
//     ⟨u, y·u⟩ = ω(y) = Σ_h λ(h) χ(hy) / Σ_h λ(h) χ(h), and so are the matrices in any basis of vectors g_i·u.
//   * In the class of products I − β v vᵀ / vᵀv the metric is the usual one. Coordinates that are orthonormal:
//     n vectors of the orbit at right angles (frame); n + 1 vectors at equal angles, which are at right angles with one
//     more dimension, fixed by all letters (simplex); n vectors made orthogonal, with square roots of their lengths
//     adjoined to the field (roots); or all of the orbit, |G : H| dimensions, of which all but n are fixed (orbit). The
//     number of factors is the same in all of them.
//   * In the class of products I − u vᵀ the metric may be any, so any n vectors do.
//
// The start is a vector whose stabiliser lies in that of the initial state and is as large as one is found: a code for
// each of its cosets, and a table or a threshold to decode.
//
// A layer may do with fewer factors if it represents a larger group that G is a quotient of. One case is understood:
// letters that are images of reflections (algebra/reflection_cover.hpp) take one factor each.
//
// Refused, if they occur: groups of more than 20,000 elements; representations of more than 64 dimensions; a part
// without such an H among the subgroups tried (with one or two generators); fields of a degree above 64.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/certificate/any.hpp"
#include "eigenmata/compiler/construction.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::compiler {

/// How the factors are written: I − (2/wᵀw) w wᵀ in orthonormal coordinates, or I − u vᵀ in any.
enum class FactorForm { kHouseholder, kRankOne };

struct RepresentationOptions {
  FactorForm form = FactorForm::kHouseholder;
  /// Least dimension of the representation; otherwise the fewest factors, then the least dimension.
  bool least_dimension = false;
  /// Coordinates of the least dimension, at the price of square roots; otherwise within the field of the characters if
  /// they have at most 32 dimensions.
  bool fewest_coordinates = false;
  std::uint64_t seed = 1;
};

/// A network over ℚ or a number field with its certificate; found by exploration, so it is right.
struct RepresentedGroup {
  std::string pass;
  certificate::AnyCertificate certificate;
  std::vector<std::size_t> factor_bounds;  ///< for each letter rank(I − A(x)), the number of its factors
};

/// Needs a minimal automaton as `automata::minimised` returns it. Throws `core::LimitReached`.
[[nodiscard]] std::variant<RepresentedGroup, Refusal> represent(const automata::Dfa& minimal,
                                                                const RepresentationOptions& options,
                                                                const core::Limits& limits = {});

/// One reflection a letter, by a finite reflection group that covers G. Refuses if there is none, or none is found.
[[nodiscard]] std::variant<RepresentedGroup, Refusal> represent_cover(const automata::Dfa& minimal, FactorForm form,
                                                                      const core::Limits& limits = {});

}  // namespace eigenmata::compiler

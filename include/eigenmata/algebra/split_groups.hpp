// SPDX-License-Identifier: Apache-2.0
//
// Taking the groups out of a cascade: each machine of points becomes machines of counters, which are never reset, and a
// last one without a group.
//
// Let m_t be the value of a machine of points with group G, and g_t the product of the permutations that it has read so
// far, a reset counting as the identity. Then m_t = c_t · g_t where c_t only changes on resets: a reset to z writes
// z · g_t⁻¹, everything else holds. So the machine splits into
//   - one machine for each factor of a series of G with Abelian factors (abelian_series.hpp), which keeps the
//     coordinates of g_t in ℤ/m₁ × … × ℤ/m_r. Nothing is ever overwritten there;
//   - one machine of a single coordinate for c_t, unless nothing resets.
// Behind each of them the symbol is that of the machine of points together with the part of g_{t−1} that is known.
//
// A reset still overwrites c_{t−1}, which what follows may depend on. `with_toggles` keeps it without any contraction
// but 0: with r the number of writes so far modulo 2 and two slots, a write goes to slot r and everything else holds.
// Then c_t is in slot r, and c_{t−1} in the other one after a write. A toggle r is one more coordinate of the machine
// before, if that one only counts and its symbols tell who will write; else it is a machine of its own.
//
// Example (all maps of three points, over the complex numbers): pairs of points with group S₃ become ℤ/2, ℤ/3 and two
// slots; points of a pair with group S₂ become ℤ/2 and a code. With the toggle in ℤ/3 these are 5 machines, whose
// values are 2 · (3 · 2) · 3² · 2 · 2 = 432 together.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "eigenmata/algebra/abelian_series.hpp"
#include "eigenmata/algebra/cascade.hpp"

namespace eigenmata::algebra {

/// The cascade with all its levels of coordinates, symbols merged; or in a sentence which level has a group that is not
/// solvable (kDerived) or not a 2-group (kFrattini). Needs a cascade that follows its automaton. Throws
/// `core::LimitReached`: kSize if a group that could be split has more than `max_group_order` elements, others as
/// usual. Cost: for each level contexts · group order · symbols at most; only what can occur is listed.
[[nodiscard]] std::variant<Cascade, std::string> split_groups(Cascade cascade, SeriesKind kind,
                                                              const core::Limits& limits,
                                                              std::size_t max_group_order = ListedGroup::kUsualLimit);

/// The same, but a level whose group is of another kind, or too large to be split, stays as it is.
[[nodiscard]] Cascade split_groups_of_kind(Cascade cascade, SeriesKind kind, const core::Limits& limits,
                                           std::size_t max_group_order = ListedGroup::kUsualLimit);

/// The cascade with a toggle and two slots for each coded level that needs old values: then no level does, and every
/// coordinate either counts, or is held or overwritten. Symbols merged. Needs a cascade that follows its automaton and
/// whose machines of points, if there are any, are never reset. Throws `core::LimitReached`.
[[nodiscard]] Cascade with_toggles(const Cascade& cascade, const core::Limits& limits);

/// How counters beyond 2 will be counted: turned, by two factors where they change, or reflected, by one in every step
/// (reflected_counters.hpp).
enum class Counting { kTurn, kReflect };

/// The cascade with each level in which a symbol needs more than `factors` Householder factors (at least one) taken
/// apart into levels of one coordinate. A coordinate that changes needs one, a counter beyond 2 what `counting` says.
/// Behind a coordinate the symbol is the old one with the new values of the coordinates so far. Symbols merged. Needs
/// what `with_toggles` returns. Throws `core::LimitReached`.
[[nodiscard]] Cascade with_few_factors(const Cascade& cascade, std::size_t factors, Counting counting,
                                       const core::Limits& limits);

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// Names of groups as GAP's StructureDescription writes them, without blanks: C4xC2, D8 (of order 8), Q8, QD16, S4, A5,
// SL(2,3), PSL(2,8), C5xA4, C7:C3. A name is only given when a criterion proves it, for example that a group of order
// 2n is dihedral because it has an element r of order n and an involution outside ⟨r⟩ that inverts r. Recognised:
//   - abelian groups, by their invariants, in any order and degree;
//   - symmetric and alternating groups on their natural points, in any degree; on other points in small orders;
//   - dihedral, generalised quaternion and quasidihedral groups, SL(2,3), GL(2,3), SL(2,5), SL(2,7),
//     GL(2,4) (which is C3xA5);
//   - simple groups of order up to 20,000 by their order (PSL(2,7) is PSL(3,2) here, as in GAP);
//   - direct products, complete in small orders; in large orders those of groups on disjoint points;
//   - semidirect products Cm:Cn of cyclic groups of coprime orders, and dicyclic groups (C3:C4, C3:Q8), if the normal
//     part has prime power order.
// A name with a colon does not determine the group (nor does GAP's): there are two groups C5:C4. Of direct products the
// cyclic factors come first, the others by order, then by name; GAP leaves the order of those open.
#pragma once

#include <optional>
#include <string>

#include "eigenmata/algebra/permutation_group.hpp"

namespace eigenmata::algebra {

/// Nothing if no criterion names the group. "Small orders" are up to 2,000 for direct products and 20,000 for the
/// others. Throws `core::LimitReached` only for the limits handed in.
[[nodiscard]] std::optional<std::string> proved_structure_name(const PermutationGroup& g,
                                                               const core::Limits& limits = {});

/// The proved name, or "group of order N".
[[nodiscard]] std::string structure_name(const PermutationGroup& g, const core::Limits& limits = {});

}  // namespace eigenmata::algebra

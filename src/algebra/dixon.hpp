// SPDX-License-Identifier: Apache-2.0
//
// The irreducible characters of a finite group G modulo a prime [Dixon1967].
//
// For classes C of G and irreducible characters χ (Burnside): Σ_{x∈C} χ(xg) = ω·χ(g) with ω = |C|·χ(1)⁻¹·χ(C). So
// every χ is an eigenvector of the matrices M_C, where M_C[g][h] counts the x in C with xg in the class of h; and since
// the ω of all classes determine χ, the common eigenspaces of all M_C are lines. Modulo a prime p that does not divide
// |G|, with p ≡ 1 modulo the exponent of G, all of this stays true and the eigenvalues are in the prime field.
//
// Only those rows of M_C are computed that belong to the pivots of the spaces still to be split, classes are taken in
// the order of their size, and one stops when all spaces are lines [Schneider1990].
#pragma once

#include <cstdint>
#include <vector>

#include "eigenmata/algebra/listed_group.hpp"
#include "prime_field.hpp"

namespace eigenmata::algebra {

/// Entries in a prime field.
using ModularRow = std::vector<std::uint64_t>;

/// For every irreducible character χ the values χ(C)/χ(1), C in the order of `conjugacy_classes()`. The order of the
/// characters depends on nothing but the input. Needs a prime as above. Cost: at most |G|·r products in the group and
/// O(r³) operations in the field for r classes, where eigenvalues are of like multiplicity (O(r⁴) at worst).
[[nodiscard]] std::vector<ModularRow> normalised_characters(const ListedGroup& g, const PrimeField& field,
                                                            const core::Limits& limits);

}  // namespace eigenmata::algebra

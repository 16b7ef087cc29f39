// SPDX-License-Identifier: Apache-2.0
//
// How few reflections the elements of a finite group G are made of when G is represented by orthogonal matrices.
//
// The reflection length of an orthogonal matrix Q, the least number of reflections whose product it is, is
// rank(I − Q) [Scherk1950]. For letters Σ ⊆ G
//
//   k(G, Σ) = min over faithful real orthogonal representations ρ of max over g in Σ of rank(I − ρ(g)).
//
// Every real representation of a finite group is orthogonal in some scalar product and a sum of real irreducible ones:
// for each complex irreducible character χ of indicator 1, χ itself; of indicator 0, χ + χ̄; of indicator −1, 2χ
// [Isaacs1976, Ch. 4]. A sum is faithful iff the kernels of its parts intersect trivially, that is, iff every minimal
// normal subgroup is outside the kernel of some part. Ranks add up, so no part is needed twice, and the minimum is over
// the sets of parts that cover the minimal normal subgroups: branch and bound.
//
// k(G, Σ) answers "yes": one layer of k Householder factors a token tracks the group G in the letters Σ, with unique
// codes. It does not answer "no" but for unique codes: a layer may represent a larger group Γ → G. S₄ with its nine
// involutions has k(G, Σ) = 2, yet is tracked with one factor a token through the 48 symmetries of the cube
// (reflection_cover.hpp).
//
// Example:
//   const ListedGroup s6(symmetric_group(6));
//   const CharacterTable table(s6);
//   const ShortestReflections best = shortest_reflections(table, all_elements);
//   best.k == 4;  best.representation.degree == 5;  // rank_histogram: {0: 1, 2: 100, 4: 619}
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "eigenmata/algebra/character_table.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::algebra {

/// An irreducible representation over the reals, by one of the complex characters in it.
struct RealIrreducible {
  std::size_t character;  ///< of the two conjugate ones, the first in the table
  int indicator;
  std::uint32_t degree;  ///< over the reals: twice the character's degree unless the indicator is 1

  friend bool operator==(const RealIrreducible&, const RealIrreducible&) = default;
};

/// All of them, in the order of the table; the first is the trivial one.
[[nodiscard]] std::vector<RealIrreducible> real_irreducibles(const CharacterTable& table);

/// rank(I − ρ(g)) for g in the class.
[[nodiscard]] std::uint32_t reflection_length(const CharacterTable& table, const RealIrreducible& rho,
                                              std::size_t its_class);

/// A sum of different real irreducible representations.
struct RealRepresentation {
  std::vector<RealIrreducible> parts;
  std::uint32_t degree = 0;
};

/// The same of a sum, where it is the sum.
[[nodiscard]] std::uint32_t reflection_length(const CharacterTable& table, const RealRepresentation& rho,
                                              std::size_t its_class);
/// For every rank, how many elements g of the group have rank(I − ρ(g)) equal to it.
[[nodiscard]] std::map<std::uint32_t, std::uint64_t> rank_histogram(const CharacterTable& table,
                                                                    const RealRepresentation& rho);
/// The kernels of the parts intersect trivially.
[[nodiscard]] bool is_faithful(const CharacterTable& table, const RealRepresentation& rho);

/// What attains k(G, Σ).
struct ShortestReflections {
  std::uint32_t k = 0;
  RealRepresentation representation;          ///< faithful; of those with this k, one of the least degree
  std::vector<std::uint32_t> letter_lengths;  ///< rank(I − ρ(g)) for each letter
  std::size_t longest_letter = 0;             ///< the position of the first letter whose length is k; 0 without letters
};

/// k(G, Σ). The letters are elements by their numbers in the listed group of the table; they need not generate the
/// group, and the identity may be among them. Throws `core::LimitReached`: kSize after a billion additions in the
/// search, which with few letters an elementary abelian normal subgroup of rank 7 takes; others as usual.
[[nodiscard]] ShortestReflections shortest_reflections(const CharacterTable& table,
                                                       const std::vector<std::uint32_t>& letters,
                                                       const core::Limits& limits = {});

/// A faithful real representation of the least degree. Throws as `shortest_reflections`.
[[nodiscard]] RealRepresentation least_faithful_representation(const CharacterTable& table,
                                                               const core::Limits& limits = {});

}  // namespace eigenmata::algebra

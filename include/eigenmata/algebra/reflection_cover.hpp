// SPDX-License-Identifier: Apache-2.0
//
// Are the letters of a finite group G images of reflections? That is: is there a finite reflection group Γ, generated
// by γ_x for the letters x, each a reflection or 1, and a homomorphism Γ → G with γ_x ↦ x? Then a layer that represents
// Γ with one Householder factor a token tracks G, perhaps with several codes an element; k(G, Σ) of
// reflection_length.hpp may be larger, because it asks for Γ = G.
//
// Proof that the search below answers the question [Humphreys1990, Ch. 1, 2]. The identity has γ_x = 1; another letter
// has to be an involution. Join letters that do not commute; a component C of this graph lies in one irreducible factor
// of Γ, since reflections of different factors commute. So ⟨γ_x : x ∈ C⟩ is itself irreducible, of rank at most |C|,
// and the question is about each H = ⟨C⟩ alone; conversely elements of different ⟨C⟩ commute, so covers of each
// multiply to one of G. Let Γ be irreducible with simple reflections s₁, …, s_n. Every reflection of Γ is a conjugate
// of some γ_x and of some s_i. So Γ → H exists iff there are t_i in H, conjugates of letters in C, with (t_i t_j)^m_ij
// = 1 for the Coxeter matrix m (which presents Γ), that generate H, such that every letter of C is a conjugate of some
// t_i. (If the γ_x chosen then generate less than Γ, that is a finite reflection group as well.) The types to try are
// few:
//   - one letter: A₁; rank 2: any dihedral group, t₁ and t₂ arbitrary;
//   - rank 3 and 4: A, B, D, H, F;
//   - rank n ≥ 5 in A, B, D: a quotient of Γ that is not abelian has at least n! elements, so n ≤ 8 for |H| ≤ 50,000.
//     (Let N be its kernel, E the sign changes of even number, and n ≥ 5. The image of N in S_n is trivial or contains
//     A_n. In the first case |Γ/N| ≥ n!. In the second N contains [N, E] = E; and Γ/E is S_n or Z₂ × S_n, in which the
//     normal subgroup N/E contains the commutators [N/E, A_n] = A_n, so that the quotient is abelian.)
//   - E₆, E₇, E₈: their quotients that are not abelian have at least 51,840 elements [Conway1985].
//
// Example: S₄ with its nine involutions is a quotient of B₃, the 48 symmetries of the cube; A₅ with its fifteen
// involutions is one of H₃, the 120 symmetries of the icosahedron.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// An irreducible finite Coxeter group: A_n (n ≥ 1), B_n (n ≥ 3), D_n (n ≥ 4), F₄, H₃, H₄, or I₂(m), the symmetries of
/// the m-gon, m ≥ 3.
struct CoxeterType {
  char family;
  std::size_t rank;
  std::uint64_t bond;  ///< m, for I₂(m) only; otherwise 0

  friend bool operator==(const CoxeterType&, const CoxeterType&) = default;
};

/// "A3", "H4", "I2(5)".
[[nodiscard]] std::string to_string(const CoxeterType& type);
/// [i][j]: the order of s_i s_j, 1 on the diagonal. The diagram is the line 0 – 1 – … with its label 4 or 5 first, or 4
/// in the middle for F₄; in D_n, 0 and 1 are both joined to 2.
[[nodiscard]] std::vector<std::vector<std::uint64_t>> coxeter_matrix(const CoxeterType& type);

/// A finite reflection group, the product of its irreducible components, and its map onto the group of the letters.
struct ReflectionCover {
  struct Component {
    CoxeterType type;
    std::vector<Transformation> images;  ///< of the simple reflections
  };
  /// w⁻¹ s_i w, where w = conjugator[0] · conjugator[1] · … in simple reflections of the same component.
  struct Reflection {
    std::size_t component;
    std::size_t simple;
    std::vector<std::size_t> conjugator;
  };
  std::vector<Component> components;
  std::vector<std::optional<Reflection>> letters;  ///< γ_x by the letter's position; nothing for the identity
};

/// Why there is none: the positions of one letter of order greater than 2, or of the letters of a component (in the
/// sense above) that no irreducible reflection group covers.
using NotCovered = std::vector<std::size_t>;

/// Unknown if a component generates a group of more than 50,000 elements, or a limit is reached, one of the search's
/// own (a billion comparisons) included. Letters may repeat. Needs permutations, all of one degree. Cost: a product in
/// H for every pair of conjugates of letters in H, then a search over tuples of these, which the relations keep small.
[[nodiscard]] core::Verdict<ReflectionCover, NotCovered> reflection_cover(const std::vector<Transformation>& letters,
                                                                          const core::Limits& limits = {});

}  // namespace eigenmata::algebra

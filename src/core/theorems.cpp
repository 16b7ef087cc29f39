// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/theorems.hpp"

namespace eigenmata::core {

const std::vector<Theorem>& theorems() {
  static const std::vector<Theorem> list{
      {"certificate-soundness",
       "If a certificate keeps rules 1 to 6, its network and its automaton accept the same words of every length, in "
       "exact arithmetic.",
       "proofs/certificate-format.md"},
      {"commuting-letters", "A monoid is commutative iff its generators commute pairwise.", "immediate"},
      {"factor-spectrum",
       "I - (beta / v^T v) v v^T has the eigenvalue 1 - beta on v and 1 elsewhere; a diagonal matrix has its entries.",
       "immediate"},
      {"gram",
       "A symmetric matrix has x^T M x >= 0 for all x iff symmetric elimination meets no negative pivot and no zero "
       "pivot with a row that is not zero.",
       "include/eigenmata/exact/matrix.hpp"},
      {"group-letters", "The transition monoid of an automaton is a group iff every letter permutes the states.",
       "immediate"},
      {"hopcroft-karp",
       "Two automata accept the same words iff merging what has to be equivalent never merges accepting with rejecting "
       "states; breadth first, the first clash gives a shortest difference.",
       "include/eigenmata/automata/equivalence.hpp, [HopcroftKarp1971]"},
      {"rank-lower-bound",
       "A product of k matrices I - u v^T differs from I by a matrix of rank at most k; every matrix A is such a "
       "product with k = rank(I - A).",
       "include/eigenmata/compiler/rank_one_factors.hpp"},
      {"schutzenberger",
       "A language is star-free iff its syntactic monoid has only trivial subgroups, that is, iff no word has a period "
       "greater than 1.",
       "[Schutzenberger1965], [McNaughtonPapert1971]"},
  };
  return list;
}

}  // namespace eigenmata::core

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/theorems.hpp"

namespace eigenmata::core {

const std::vector<Theorem>& theorems() {
  static const std::vector<Theorem> list{
      {"block-group", "A monoid is a block group iff no R-class and no L-class has two idempotents.",
       "[HenckellEtAl1991]"},
      {"certificate-soundness",
       "If a certificate keeps rules 1 to 6, its network and its automaton accept the same words of every length, in "
       "exact arithmetic.",
       "proofs/certificate-format.md"},
      {"commuting-letters", "A monoid is commutative iff its generators commute pairwise.", "immediate"},
      {"da",
       "A language is a disjoint union of unambiguous products A* a B* b ... Z* of letters and free monoids over sets "
       "of letters iff all regular elements of its syntactic monoid are idempotent.",
       "[Schutzenberger1976], [TessonTherien2002]"},
      {"definite",
       "The last letters of a word, some fixed number of them, decide membership iff se = e for all s and all "
       "idempotents e of the syntactic semigroup.",
       "[PerlesRabinShamir1963], [Eilenberg1976]"},
      {"factor-spectrum",
       "I - (beta / v^T v) v v^T has the eigenvalue 1 - beta on v and 1 elsewhere; a diagonal matrix has its entries.",
       "immediate"},
      {"finite-language",
       "A language is infinite iff an accepting state can be reached from a reachable state on a cycle.",
       "[RabinScott1959]"},
      {"generalized-definite",
       "The first and the last letters of a word, some fixed number of them, decide membership iff ese = e for all s "
       "and all idempotents e of the syntactic semigroup.",
       "[Ginzburg1966], [Eilenberg1976]"},
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
      {"l-trivial",
       "The syntactic monoid is L-trivial iff zyu = u implies yu = u; it is the mirror image of an R-trivial one.",
       "[BrzozowskiFich1980]"},
      {"locally-testable",
       "The factors of some fixed length and the first and last letters decide membership iff eSe is commutative and "
       "idempotent for all idempotents e of the syntactic semigroup S.",
       "[BrzozowskiSimon1973]"},
      {"locally-threshold-testable",
       "The factors of some fixed length, counted up to a threshold, and the first and last letters decide membership "
       "iff the syntactic semigroup is aperiodic and satisfies epfqerf = erfqepf for idempotents e, f.",
       "[BeauquierPin1991], [TherienWeiss1985]"},
      {"nilpotent",
       "A language or its complement is finite iff se = e = es for all s and all idempotents e of the syntactic "
       "semigroup, that is, iff this is nilpotent.",
       "[Eilenberg1976], [Pin1986]"},
      {"piecewise-testable",
       "The scattered subwords of some bounded length decide membership iff the syntactic monoid is J-trivial; a "
       "finite monoid is iff it is R-trivial and L-trivial.",
       "[Simon1975]"},
      {"quasi-aperiodic",
       "A regular language is in AC0 iff the words of no length make a set of maps that contains a group of more than "
       "one element.",
       "[BarringtonEtAl1992], include/eigenmata/algebra/varieties.hpp"},
      {"r-trivial",
       "The syntactic monoid is R-trivial iff uyz = u implies uy = u; iff the language is a disjoint union of products "
       "A* a B* b ... in which no letter set contains the letter that follows it.",
       "[BrzozowskiFich1980]"},
      {"rank-lower-bound",
       "A product of k matrices I - u v^T differs from I by a matrix of rank at most k; every matrix A is such a "
       "product with k = rank(I - A).",
       "include/eigenmata/compiler/rank_one_factors.hpp"},
      {"reverse-definite",
       "The first letters of a word, some fixed number of them, decide membership iff es = e for all s and all "
       "idempotents e of the syntactic semigroup.",
       "[Ginzburg1966], [Eilenberg1976]"},
      {"schutzenberger",
       "A language is star-free iff its syntactic monoid has only trivial subgroups, that is, iff no word has a period "
       "greater than 1.",
       "[Schutzenberger1965], [McNaughtonPapert1971]"},
      {"subgroups-of-blocks",
       "The maximal subgroups of the monoid that the words of a length divisible by m make are, around idempotents e "
       "of "
       "the syntactic semigroup, the elements at a distance from e divisible by the greatest common divisor of m and "
       "the period of the R-class of e.",
       "include/eigenmata/algebra/subgroups_of_blocks.hpp"},
      {"trivial-monoid", "The syntactic monoid has one element iff all words are accepted or none.", "immediate"},
  };
  return list;
}

}  // namespace eigenmata::core

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/theorems.hpp"

namespace eigenmata::core {

const std::vector<Theorem>& theorems() {
  static const std::vector<Theorem> list{
      {"block-group", "A monoid is a block group iff no R-class and no L-class has two idempotents.",
       "[HenckellEtAl1991]"},
      {"block-soundness",
       "If a certificate by blocks keeps its rules, its network and its automaton accept the same words of every "
       "length, in exact arithmetic, and finitely many states can be reached.",
       "proofs/certificate-format.md", "exact"},
      {"cast-periods",
       "If products and sums are cast to a finite set, real triangular matrices have periods that "
       "divide 2^layers, non-negative ones the period 1; so for a repeated letter with at most two "
       "factors with 1 - beta in [0,1].",
       "proofs/expressivity.md, section 9, [Grazzi2025, Thm 1, Thm 2]", "cast",
       "a repeated letter, also before a fixed ending: Parity.no_parity, Parity.counting_needs_complex_eigenvalues"},
      {"certificate-soundness",
       "If a certificate keeps rules 1 to 6, its network and its automaton accept the same words of every "
       "length, in "
       "exact arithmetic.",
       "proofs/certificate-format.md", "exact, finite-orbit",
       "CheckerSound.check_sound, NumberFieldSound.check_real_sound, NumberFieldSound.check_complex_sound"},
      {"clock-cascades",
       "Diagonal matrices with entries in S, 0 or small contractions among them, m the order of the group of the "
       "units "
       "of S and r that of their ratios, recognise exactly the languages in which the words of lengths divisible "
       "by m "
       "make only solvable groups with orders made of the primes of r; no group if r = 1.",
       "proofs/expressivity.md, section 4", "exact, finite-orbit"},
      {"commuting-letters", "A monoid is commutative iff its generators commute pairwise.", "immediate"},
      {"constant-mixed",
       "Layers with constant complex diagonal matrices and layers with diagonal entries in [0,1] "
       "together recognise exactly the quasi-aperiodic languages, those in AC0.",
       "proofs/expressivity.md, section 5", "exact, finite-orbit",
       "that words of one length make no group, with finitely many states: ConstantDiagonal.constant_mixed_groups"},
      {"constant-spectrum",
       "One diagonal matrix for all letters recognises exactly the languages that the first and the "
       "last letters, some number of them, and the length modulo the order of the units decide; with "
       "finitely many states, the last letter and that length; without units the definite languages.",
       "proofs/expressivity.md, section 5", "exact, finite-orbit"},
      {"contraction-definite",
       "Layers whose matrices have one norm below 1 recognise definite languages only; all of them with "
       "a scalar factor below 1/2, or with 0 and another contraction.",
       "proofs/expressivity.md, section 2", "exact"},
      {"counting-layers",
       "With integers as large as the word is long, diagonal matrices with entries 0 and 1 recognise every language "
       "whose groups are solvable, and swaps, holds and resets every regular language. Layers of diagonal or "
       "triangular "
       "matrices run in TC0, so that they recognise another one only if TC0 = NC1.",
       "proofs/expressivity.md, section 12, [Merrill2024]", "log-precision, poly-precision"},
      {"da",
       "A language is a disjoint union of unambiguous products A* a B* b ... Z* of letters and free monoids over "
       "sets "
       "of letters iff all regular elements of its syntactic monoid are idempotent.",
       "[Schutzenberger1976], [TessonTherien2002]"},
      {"definite",
       "The last letters of a word, some fixed number of them, decide membership iff se = e for all s and all "
       "idempotents e of the syntactic semigroup.",
       "[PerlesRabinShamir1963], [Eilenberg1976]"},
      {"digits",
       "One layer h <- h/c + b_x with c > 2 times the number of values, h kept to 1, reads any fixed "
       "number of last letters.",
       "proofs/expressivity.md, section 2", "exact"},
      {"ends-and-length",
       "The first and the last letters, some number of them, and the length modulo m decide membership "
       "iff eue = eve for all idempotents e of the syntactic semigroup and all words u, v of one length "
       "modulo m.",
       "include/eigenmata/algebra/ends_and_length.hpp, [Ginzburg1966]"},
      {"factor-spectrum",
       "I - (beta / v^T v) v v^T has the eigenvalue 1 - beta on v and 1 elsewhere; a diagonal matrix has its "
       "entries.",
       "immediate"},
      {"finite-language",
       "A language is infinite iff an accepting state can be reached from a reachable state on a cycle.",
       "[RabinScott1959]"},
      {"forgetting",
       "Diagonal entries of modulus below 1 with finitely many states recognise only what the last "
       "letter decides.",
       "proofs/expressivity.md, section 4", "finite-orbit"},
      {"four-layers",
       "The languages of every finite group need four layers with one factor a letter, or three with "
       "two.",
       "proofs/expressivity.md, section 7, [Siems2025]", "exact, finite-orbit",
       "four layers of one factor: FourLayers.group_four_layers, FourLayers.permutation_four_layers"},
      {"generalized-definite",
       "The first and the last letters of a word, some fixed number of them, decide membership iff ese = e for "
       "all s "
       "and all idempotents e of the syntactic semigroup.",
       "[Ginzburg1966], [Eilenberg1976]"},
      {"gram",
       "A symmetric matrix has x^T M x >= 0 for all x iff symmetric elimination meets no negative pivot and no "
       "zero "
       "pivot with a row that is not zero.",
       "include/eigenmata/exact/matrix.hpp"},
      {"group-depth",
       "With n layers of diagonal matrices every group in the syntactic monoid is solvable of derived "
       "length at most n; with real entries a 2-group of Frattini length at most n.",
       "proofs/expressivity.md, section 3, [Shakerinava2026]", "exact, finite-orbit",
       "with finitely many states: DiagonalDepth.diagonal_derived_length, DiagonalDepth.real_diagonal_squares"},
      {"group-letters", "The transition monoid of an automaton is a group iff every letter permutes the states.",
       "immediate"},
      {"hopcroft-karp",
       "Two automata accept the same words iff merging what has to be equivalent never merges accepting with "
       "rejecting "
       "states; breadth first, the first clash gives a shortest difference.",
       "include/eigenmata/automata/equivalence.hpp, [HopcroftKarp1971]"},
      {"householder-orbits",
       "With finitely many states and one such factor, or two with 1 - beta in [0,1], exactly the "
       "star-free languages in which repeating a letter changes nothing are recognised; without "
       "projections, what the last letter decides.",
       "proofs/expressivity.md, section 7", "finite-orbit"},
      {"householder-star-free",
       "Products of factors I - beta v v^T with all 1 - beta in (-1,1] recognise only star-free "
       "languages, also with a gate in [0,1]; all of them with a factor below 1/2.",
       "proofs/expressivity.md, section 7, [Grazzi2025, Prop 1]", "exact, finite-orbit",
       "the upper bound, gates included: StarFreeExact.householder_star_free, StarFreeExact.attracting_star_free"},
      {"householder-universal",
       "Products of k >= 1 factors I - beta v v^T, projections and reflections among them, recognise "
       "every regular language with enough layers.",
       "proofs/expressivity.md, section 7, [Grazzi2025, Thm 4], [Siems2025]", "exact, finite-orbit",
       "any number of factors: Cascade.every_automaton"},
      {"idempotents-of-l-classes",
       "No L-class of a finite monoid has two idempotents iff e (fe)^w = (fe)^w for all idempotents e and f, where "
       "x^w is the idempotent power of x.",
       "include/eigenmata/algebra/varieties.hpp"},
      {"invertible",
       "Diagonal entries other than 0 with finitely many states recognise exactly what the last letter "
       "and a product in a finite group decide, the group as for the units of S.",
       "proofs/expressivity.md, section 4", "finite-orbit"},
      {"l-trivial",
       "The syntactic monoid is L-trivial iff zyu = u implies yu = u; it is the mirror image of an R-trivial "
       "one.",
       "[BrzozowskiFich1980]"},
      {"last-letter",
       "A language that the last letter of a word decides is recognised without a state, since the "
       "decoder reads the letter.",
       "immediate", "all"},
      {"layerwise-soundness",
       "If a certificate layer by layer keeps its rules, its network and its automaton accept the same words of every "
       "length, in exact arithmetic; states are bounded, and those of different output keep a distance.",
       "proofs/certificate-format.md", "exact",
       "that they accept the same words: LayerwiseSound.check_layers_sound, LayerwiseSound.check_layers_complex_sound"},
      {"locally-testable",
       "The factors of some fixed length and the first and last letters decide membership iff eSe is commutative "
       "and "
       "idempotent for all idempotents e of the syntactic semigroup S.",
       "[BrzozowskiSimon1973]"},
      {"locally-threshold-testable",
       "The factors of some fixed length, counted up to a threshold, and the first and last letters decide "
       "membership "
       "iff the syntactic semigroup is aperiodic and satisfies epfqerf = erfqepf for idempotents e, f.",
       "[BeauquierPin1991], [TherienWeiss1985]"},
      {"missing-sets", "A language with n states needs at most n - 1 layers of factors I - beta v v^T.",
       "proofs/expressivity.md, section 7", "exact, finite-orbit", "Cascade.every_automaton"},
      {"nilpotent",
       "A language or its complement is finite iff se = e = es for all s and all idempotents e of the syntactic "
       "semigroup, that is, iff this is nilpotent.",
       "[Eilenberg1976], [Pin1986]"},
      {"nilpotent-slots",
       "A nilpotent block [[0,0],[1,0]] keeps the value before a reset; shift registers are nilpotent. "
       "So triangular matrices need no digits.",
       "proofs/expressivity.md, section 6", "exact, finite-orbit"},
      {"nonexpansive-layer",
       "One layer whose matrices have norm at most 1 recognises only languages in whose syntactic monoid no L-class "
       "has "
       "two idempotents.",
       "proofs/expressivity.md, section 11", "exact, finite-orbit",
       "with finitely many states: SingleLayer.nonexpansive_layer; the automaton, if there is no input, has a block "
       "group: "
       "BlockGroups.block_group"},
      {"numeric-closure",
       "In numbers of finitely many bits, a set of states of all layers, each with a state of an automaton, that holds "
       "the start and is closed under all letters, and whose steps never disagree on acceptance, proves that network "
       "and automaton accept the same words; breadth-first search finds it, or a shortest word on which they differ.",
       "proofs/numeric-semantics.md", "float, fixed, int, uint, cast",
       "without chunks and casts, for a set that is given: NumericSound.check_numeric_sound"},
      {"one-diagonal-layer",
       "One layer of diagonal matrices with entries of modulus at most 1 recognises only languages for which t^w p = "
       "p, "
       "q p = p and p q = q, where s, t are words, p = s^w t^w, q = (st)^w, and x^w is the idempotent power of x.",
       "proofs/expressivity.md, section 11", "exact, finite-orbit"},
      {"one-hot",
       "One layer of one-hot codes of the states recognises every regular language, in any arithmetic "
       "with 0 and 1.",
       "immediate, [Merrill2024], [Terzic2025, Prop 2]", "all", "OneHot.one_hot"},
      {"one-layer-orbits",
       "One diagonal layer with finitely many states recognises exactly the languages for which xyt = yxt, x^m t = t "
       "and x^r t = y^r t for letters x, y and words t that contain them (without the entry 0: that are not empty), m "
       "the order of the group of the units and r that of their ratios.",
       "proofs/expressivity.md, section 11", "exact, finite-orbit"},
      {"permutation-reset-layer",
       "If every letter permutes the n states or resets them, one layer of one-hot codes is enough: n "
       "less the number of cycles reflections for a permutation, n projections or a gate for a reset.",
       "proofs/expressivity.md, section 7, [Grazzi2025, Thm 3]", "exact, finite-orbit"},
      {"piecewise-testable",
       "The scattered subwords of some bounded length decide membership iff the syntactic monoid is J-trivial; a "
       "finite monoid is iff it is R-trivial and L-trivial.",
       "[Simon1975]"},
      {"quasi-aperiodic",
       "A regular language is in AC0 iff the words of no length make a set of maps that contains a group of more "
       "than "
       "one element.",
       "[BarringtonEtAl1992], include/eigenmata/algebra/varieties.hpp, "
       "include/eigenmata/algebra/loop_lengths.hpp"},
      {"r-trivial",
       "The syntactic monoid is R-trivial iff uyz = u implies uy = u; iff the language is a disjoint union of "
       "products "
       "A* a B* b ... in which no letter set contains the letter that follows it.",
       "[BrzozowskiFich1980]"},
      {"rank-lower-bound",
       "A product of k matrices I - u v^T differs from I by a matrix of rank at most k; every matrix A is such a "
       "product with k = rank(I - A).",
       "include/eigenmata/compiler/rank_one_factors.hpp", "exact, finite-orbit",
       "the lower bound, and that one-hot and orthogonal matrices attain it: HouseholderFactors.rank_lower_bound, "
       "HouseholderFactors.map_product_sharp, OrthogonalReflections.orthogonal_reflections"},
      {"reflection-cover",
       "The letters of a finite group are images of reflections, or of 1, under a map from a finite reflection "
       "group "
       "iff they are involutions or 1 and each set of letters connected by not commuting is covered by one "
       "irreducible "
       "group, of rank at most the number of its letters.",
       "include/eigenmata/algebra/reflection_cover.hpp, [Humphreys1990], proofs/expressivity.md, section 7",
       "exact, finite-orbit"},
      {"reflection-length",
       "A layer whose matrices are an orthogonal representation of the group needs rank(I - rho(x)) reflections "
       "for a letter x; the least maximum over faithful representations is k(G, Sigma), known from the "
       "characters.",
       "include/eigenmata/algebra/reflection_length.hpp, proofs/expressivity.md, section 7", "exact, finite-orbit",
       "the number for a letter, in any positive definite form: OrthogonalReflections.gram_reflections, "
       "OrthogonalReflections.orthogonal_least"},
      {"reset-layer",
       "One diagonal layer holds, resets, or turns by numbers what the letters hold, reset, or permute "
       "by commuting permutations.",
       "proofs/expressivity.md, section 4", "exact, finite-orbit"},
      {"reverse-definite",
       "The first letters of a word, some fixed number of them, decide membership iff es = e for all s and all "
       "idempotents e of the syntactic semigroup.",
       "[Ginzburg1966], [Eilenberg1976]"},
      {"robust-definite",
       "If every step may add an error of norm at most E > 0 to every state, only definite languages "
       "are recognised; all of them with a scalar factor below 1/2.",
       "proofs/expressivity.md, section 9, [Dankowiakowski2025]", "robust",
       "that a repeated letter keeps no bit: Robustness.robust_no_bit"},
      {"rounding-constant",
       "One diagonal matrix for all letters, with every step rounded: entries 1 and -1 give the last letter and the "
       "length modulo 2 in every format with these numbers, the entry 1/4 and four significant bits all definite "
       "languages.",
       "proofs/expressivity.md, section 9", "float, fixed, int"},
      {"rounding-monotone",
       "If every step is rounded by a monotone map, non-negative diagonal entries recognise only "
       "star-free languages, real ones only languages all of whose groups are 2-groups; non-positive "
       "ones have no group of words of even length. That all scalar steps of the formats of up to 8 bits are monotone "
       "or antitone is also enumerated: eigenmata list groups.",
       "proofs/expressivity.md, section 9, [Nowak2026]", "float, fixed, int",
       "MonotoneRounding.rounded_nonneg_star_free, MonotoneRounding.rounded_signed_two_groups, "
       "MonotoneRounding.rounded_nonpos_even"},
      {"run-of-a-word",
       "A network that answers otherwise than a language on some word, run in exact arithmetic, does not recognise it.",
       "immediate", "exact, finite-orbit"},
      {"schutzenberger",
       "A language is star-free iff its syntactic monoid has only trivial subgroups, that is, iff no word has a period "
       "greater than 1.",
       "[Schutzenberger1965], [McNaughtonPapert1971]"},
      {"series-layers",
       "A language of a solvable group needs one diagonal layer for each factor of the derived series; "
       "of a 2-group, one real layer for each factor of the Frattini series.",
       "proofs/expressivity.md, section 3, [Shakerinava2026]", "exact, finite-orbit",
       "the derived series: DiagonalDepth.solvable_layers, DiagonalDepth.depth_law"},
      {"settling-letters",
       "If the matrix of every single letter has spectral radius below 1, membership of u x^k v settles "
       "for every letter x.",
       "proofs/expressivity.md, section 8", "exact, finite-orbit"},
      {"shared-digits",
       "Diagonal matrices with entries 1 and one real contraction of modulus at least 1/2 do not recognise a language "
       "in which, in some place, the last of two free letters decides after one letter more; with that contraction "
       "alone, only the last letter of long words is read.",
       "proofs/expressivity.md, section 4", "exact", "for entries 1 and 1/2: HalfEntries.half_forgets"},
      {"single-factor-periods",
       "In a single layer with a single factor I - u v^T for each letter, membership of u x^k v has a "
       "period in k that divides 2, for every letter x.",
       "proofs/expressivity.md, section 7, [Grazzi2025, Thm 2]", "exact, finite-orbit"},
      {"star-free-digits",
       "Diagonal matrices with entries in S, 1 the only unit, and 0 with a contraction or a contraction "
       "below 1/2, recognise exactly the star-free languages.",
       "proofs/expressivity.md, section 4, [Sarrof2024]", "exact",
       "the upper bound: StarFreeExact.diagonal_star_free; networks for reset cascades: "
       "ResetCascade.cascade_recognised"},
      {"stutter-invariant",
       "Diagonal matrices with entries in [0,1], 0 and 1 among them, and finitely many states recognise "
       "exactly the star-free languages in which repeating a letter changes nothing.",
       "proofs/expressivity.md, section 4", "finite-orbit",
       "that repeating a letter changes nothing: FiniteOrbits.stutter_invariant; that such a language with a formula "
       "of "
       "temporal logic is recognised: SinceFormulas.stutter_network"},
      {"subgroups-of-blocks",
       "The maximal subgroups of the monoid that the words of a length divisible by m make are, around idempotents e "
       "of "
       "the syntactic semigroup, the elements at a distance from e divisible by the greatest common divisor of m and "
       "the period of the R-class of e.",
       "include/eigenmata/algebra/subgroups_of_blocks.hpp"},
      {"swap-copy-layers",
       "Four layers with a swap or a copy for each letter recognise every regular language; one if "
       "every letter swaps two states or sends one to another.",
       "proofs/expressivity.md, section 8, [Peng2025, Thm 3]", "exact, finite-orbit",
       "four layers: FourLayers.automaton_four_layers; one: OneHot.one_hot"},
      {"tied-writes",
       "Steps h <- h - beta k (k.h - v) make A = C_r ... C_1, and with the right values v every B in the span of what "
       "each step writes and later steps leave of it, no other. If r = rank(I - A), that is the range of I - A, where "
       "B lies if the letter may repeat for ever with bounded states.",
       "proofs/expressivity.md, section 13", "",
       "TiedWrites.tied_writes, TiedWrites.tied_writes_only, TiedWrites.tied_costs_nothing"},
      {"trivial-monoid", "The syntactic monoid has one element iff all words are accepted or none.", "immediate"},
      {"two-reflections", "Languages of cyclic and dihedral groups need two layers with one reflection a letter.",
       "proofs/expressivity.md, section 7, [Grazzi2025, Thm 6], [Siems2025]", "exact, finite-orbit",
       "TwoReflections.dihedral_two_reflections, TwoReflections.counter_two_reflections"},
      {"unit-groups",
       "Diagonal matrices with entries in S, 1 in S and r > 1 the order of the group of the units, and "
       "0 or a contraction in S, recognise exactly the languages whose groups are solvable with orders "
       "made of the primes of r; all solvable ones for the disc.",
       "proofs/expressivity.md, section 4", "exact, finite-orbit"},
      {"unit-spectrum-one",
       "If no word matrix has an eigenvalue on the unit circle but 1, only star-free languages are "
       "recognised; if that holds for words of even length, words of even length make no group.",
       "proofs/expressivity.md, section 2", "exact, finite-orbit",
       "Householder products and diagonal matrices: StarFreeExact.householder_star_free, "
       "StarFreeExact.diagonal_star_free"},
      {"unit-spectrum-signs",
       "Real triangular matrices with diagonals in [-1,1] recognise only languages all of whose groups "
       "are 2-groups, and each layer at most doubles the period of a repeated word.",
       "proofs/expressivity.md, section 2", "exact, finite-orbit",
       "diagonal matrices: StarFreeExact.diagonal_signed_two_groups"},
      {"whole-words",
       "With rational numbers of any size one contraction writes the whole word into a number, so that a decoder in "
       "TC0 "
       "recognises every language whose groups are solvable.",
       "proofs/expressivity.md, section 12, [BarringtonTherien1988]", "poly-precision"},
      {"wrap-around",
       "Diagonal or triangular matrices of integers modulo 2^N recognise only languages all of whose groups are "
       "2-groups; with entries 0 and 1, or 0 and -1, all of them; with odd entries, or one matrix for all letters, "
       "what "
       "the last letter and a product in a 2-group decide.",
       "proofs/expressivity.md, section 9, [Nowak2026]", "uint"},
      {"write-once",
       "Every language with an R-trivial syntactic monoid is recognised by diagonal matrices with "
       "entries 1 and any one contraction.",
       "proofs/expressivity.md, section 4", "exact"},
  };
  return list;
}

}  // namespace eigenmata::core

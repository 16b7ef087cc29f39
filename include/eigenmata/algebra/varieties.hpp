// SPDX-License-Identifier: Apache-2.0
//
// Families of regular languages decided from the syntactic semigroup S of the language, the maps that the non-empty
// words make on the states of the minimal automaton, or from the syntactic monoid M, that of all words [Eilenberg1976,
// Pin1986]. M is S with the map of the empty word; the two differ iff no non-empty word makes the identity. Whether the
// empty word is accepted never matters to S.
//
// - nilpotent: se = e = es. L or its complement is finite.
// - definite: se = e [PerlesRabinShamir1963]. The last k letters decide.
// - reverse definite: es = e [Ginzburg1966]. The first k letters decide.
// - generalized definite: ese = e [Ginzburg1966]. The first and the last k letters decide.
// - locally testable: (ese)² = ese and esete = etese [BrzozowskiSimon1973]. Also which factors of length k occur.
// - locally threshold testable: aperiodic and epfqerf = erfqepf [BeauquierPin1991, from TherienWeiss1985]. Also how
// often.
// - R-trivial, L-trivial: uyz = u ⇒ uy = u, and zyu = u ⇒ yu = u [BrzozowskiFich1980].
// - J-trivial: both [Simon1975]. Which subwords occur.
// - DA: szs = s ⇒ ss = s [Schutzenberger1976, TessonTherien2002].
// - block group: at most one idempotent in an R- or L-class [HenckellEtAl1991].
// - quasi-aperiodic: no group of words of one length [BarringtonEtAl1992]. L is in AC⁰.
//
// where s, t, p, q, r are in S, and e, f are idempotents of S; u, y, z are in M.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/algebra/green.hpp"
#include "eigenmata/algebra/transition_monoid.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// A law that fails. A law is written "premise, premise => conclusion": equations between products of variables, one
/// letter each; "|e| = |g|" says that the words have one length. A variable stands for a word, and an equation says
/// that its two sides make the same map on the states. Here the premises hold and the conclusion does not.
struct LawWitness {
  std::string law;
  std::vector<std::pair<char, core::Word>> words;  ///< for each variable of the law
  core::Word left;                                 ///< the sides of the conclusion, words put in
  core::Word right;
  core::Word prefix;  ///< exactly one of prefix·left·suffix and prefix·right·suffix is in the language
  core::Word suffix;
};

using LawVerdict = core::Verdict<core::NoEvidence, LawWitness>;

/// What the decisions below need to know of a language.
class SyntacticSemigroup {
 public:
  /// `monoid` is the transition monoid of `minimal`, a minimal automaton. Keeps references to both. Never throws
  /// `core::LimitReached`: where Green's relations cannot be had, the answers say so. Cost: that of
  /// `GreenRelations`.
  SyntacticSemigroup(const automata::Dfa& minimal, const TransitionMonoid& monoid, const core::Limits& limits = {});

  [[nodiscard]] const automata::Dfa& minimal() const { return *minimal_; }
  [[nodiscard]] const TransitionMonoid& monoid() const { return *monoid_; }
  [[nodiscard]] const core::Limits& limits() const { return limits_; }

  /// If the semigroup is not known: the first element found that has a period greater than 1, if there is one and the
  /// limits allow to look for it.
  [[nodiscard]] std::optional<Element> periodic() const { return periodic_; }

  /// Empty iff the whole semigroup is known.
  [[nodiscard]] const std::string& why_unknown() const { return why_unknown_; }
  [[nodiscard]] bool is_known() const { return why_unknown_.empty(); }

  // The rest needs is_known().

  [[nodiscard]] const GreenRelations& green() const { return *green_; }
  /// Does a non-empty word make the identity (is S = M)?
  [[nodiscard]] bool has_identity() const { return !word_of_identity_.empty(); }
  /// Is the element made by a non-empty word?
  [[nodiscard]] bool contains(Element m) const { return index(m) != 0 || has_identity(); }
  /// A shortest non-empty word that makes the element. Needs contains(m).
  [[nodiscard]] core::Word word_of(Element m) const;
  /// The least idempotent of S in each regular D-class of S; D-classes in increasing order.
  [[nodiscard]] std::vector<Element> idempotent_representatives() const;
  /// Of those the ones whose D-class is not below another regular D-class of S. If a law about all local sets eSf holds
  /// for these e and f, then for all: every idempotent is in a D-class with some e ≤ e' of them (e = ee' = e'e), and
  /// eSf ⊆ e'Sf' where e ≤ e' and f ≤ f'; and replacing e by another idempotent of its D-class gives isomorphic local
  /// sets (they are isomorphic objects of the Karoubi envelope). Cost: O(elements · letters), and sorting.
  [[nodiscard]] std::vector<Element> maximal_idempotents() const;
  /// m·w.
  [[nodiscard]] Element product(Element m, const core::Word& w) const;

 private:
  const automata::Dfa* minimal_;
  const TransitionMonoid* monoid_;
  core::Limits limits_;
  std::optional<GreenRelations> green_;
  std::string why_unknown_;
  std::optional<Element> periodic_;
  core::Word word_of_identity_;
};

/// The witness for a law whose conclusion is left = right (variables as above), and words with which it fails: puts the
/// words in and finds the context. Needs words on which the sides act differently. Cost: O(states · letters · log
/// states).
[[nodiscard]] LawWitness law_witness(const automata::Dfa& minimal, const std::string& law,
                                     std::vector<std::pair<char, core::Word>> words);

// Every decision below is linear in elements · letters where nothing else is said; those about local sets are for each
// maximal idempotent. If `semigroup.is_known()` is false, the answer is unknown, or no if an element with a period
// greater than 1 is among those found and that settles it; it is unknown, too, where the limits of the semigroup are
// reached. Witnesses of laws of S have no empty words.

/// Is S nilpotent: has it a zero, and no other idempotent? (A finite nilpotent semigroup has Sⁿ = {0}.) Iff the
/// language or its complement is finite.
[[nodiscard]] LawVerdict is_nilpotent(const SyntacticSemigroup& semigroup);

/// Is there a k such that for words of at least k letters the last k (the first k; the first k and the last k) decide?
[[nodiscard]] LawVerdict is_definite(const SyntacticSemigroup& semigroup);
[[nodiscard]] LawVerdict is_reverse_definite(const SyntacticSemigroup& semigroup);
[[nodiscard]] LawVerdict is_generalized_definite(const SyntacticSemigroup& semigroup);

/// Is there a k such that the first and the last k − 1 letters and the set of factors of length k decide? Iff all local
/// monoids eSe are semilattices.
///
/// The maximal e are enough. A monoid of idempotents is commutative iff it is J-trivial, and elements of eSe are in one
/// D-class of eSe iff they are in one of S: so no products of pairs are needed.
[[nodiscard]] LawVerdict is_locally_testable(const SyntacticSemigroup& semigroup);

/// The same with the factors of length k counted up to a threshold. The maximal e and f are enough; for e = f the law
/// says that eSe is commutative, and if S has an identity that S is, so that the letters are enough.
///
/// For e ≠ f let all eSe be commutative. If the law holds for p, q, r then for cp, q, r with c in eSe, as
/// (cp)qr = c(rqp) = (rq)cp, and in the same way for pd, q, r with d in fSf, and so on for q and r. An element of eSf
/// that is J-below another one, p, is cpd. So of eSf and fSe only one element for each J-maximal D-class matters.
/// Cost: Σ |eSe|² products over the e, and for the pairs e ≠ f O(elements · letters) and few products.
[[nodiscard]] LawVerdict is_locally_threshold_testable(const SyntacticSemigroup& semigroup);

/// Are Green's classes in M of one element each?
[[nodiscard]] LawVerdict is_r_trivial(const SyntacticSemigroup& semigroup);
[[nodiscard]] LawVerdict is_l_trivial(const SyntacticSemigroup& semigroup);
/// Iff R- and L-trivial; iff the language is piecewise testable, that is, for some k the set of subwords (scattered) of
/// length at most k decides.
[[nodiscard]] LawVerdict is_j_trivial(const SyntacticSemigroup& semigroup);

/// Are all regular elements of M idempotent? Iff the language is a finite disjoint union of unambiguous products
/// A₀* a₁ A₁* … aₙ Aₙ*; iff it is definable with two variables in first-order logic.
[[nodiscard]] LawVerdict is_da(const SyntacticSemigroup& semigroup);

/// Has every R-class and every L-class of M at most one idempotent?
[[nodiscard]] LawVerdict is_block_group(const SyntacticSemigroup& semigroup);

/// Has every L-class of M at most one idempotent? Iff e(fe)^ω = (fe)^ω for all idempotents e, f, where m^ω is the
/// idempotent power of m.
///
/// ⇐: for L-equivalent e and f, ef = e and fe = f, so e = ef = e(fe)^ω = (fe)^ω = f. ⇒: let g = (fe)^ω, so ge = g. Then
/// eg is idempotent, egeg = egg = eg, and L-equivalent to g, since g·eg = gg = g; so eg = g.
[[nodiscard]] LawVerdict has_one_idempotent_in_l_classes(const SyntacticSemigroup& semigroup);

/// Is there no length t for which the maps of the words of length t contain a group of more than one element?
///
/// Let e be an idempotent of S and g in its H-class. Words u of e and v of g of one length t exist iff such a t exists
/// for which the whole cyclic group of g is made by words of length t: with n = order of g, gⁱ = gⁱ·eⁿ⁻ⁱ for all i ≤ n.
/// The lengths of the words of e are closed under addition; let p be their greatest common divisor. It is the period
/// of the R-class of e in the right Cayley graph, for if w leads from e back to e, then |u|, |uw| are lengths of e; and
/// a word of e leads from e to e. The lengths of the words of g are all congruent to the distance from e to g modulo p,
/// and all large numbers of that kind occur. So the answer is no iff for some e, g ≠ e that distance is a multiple of
/// p. As e in one D-class give conjugate groups, whose lengths differ by multiples of p, one e for each D-class is
/// enough.
[[nodiscard]] LawVerdict is_quasi_aperiodic(const SyntacticSemigroup& semigroup);

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// Products of factors I − β v vᵀ, with and without a gate, and of factors I − u vᵀ; the matrices of RWKV-7; matrices
// that hold one-hot codes [proofs/expressivity.md, sections 7 and 8].
#include <algorithm>

#include "eigenmata/algebra/group_series.hpp"
#include "eigenmata/algebra/structure_name.hpp"
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using algebra::Transformation;
using exact::Rational;
using Form = ModelClass::Form;
using Factors = std::optional<std::size_t>;

/// rank(I − M_f) for the one-hot matrix of f: points less components.
std::size_t displacement(const Transformation& f) { return f.degree() - f.components(); }

std::size_t largest_displacement(const LanguageFacts& facts) {
  std::size_t most = 0;
  for (const Transformation& x : facts.letters()) most = std::max(most, displacement(x));
  return most;
}

/// Cyclic, or dihedral: a group of rotations and reflections of a plane.
bool acts_on_a_polygon(LanguageFacts& facts) {
  const algebra::PermutationGroup& group = facts.group();
  if (group.is_abelian()) {
    const auto invariants = algebra::abelian_invariants(group, facts.limits());
    return invariants.size() <= 1 || (invariants.size() == 2 && invariants[0] == 2);
  }
  const auto name = algebra::proved_structure_name(group, facts.limits());
  if (!name) return false;
  return *name == "S3" || ((*name)[0] == 'D' &&
                           std::all_of(name->begin() + 1, name->end(), [](char c) { return '0' <= c && c <= '9'; }));
}

/// What the factors of a class offer, beside reflections.
struct Offered {
  Factors k;
  bool zero = true;    ///< projections, 1 − β = 0
  bool gate = false;   ///< A = 0 needs no factor
  bool digits = true;  ///< some scalar below 1/2
};

/// One layer of one-hot codes, if every letter permutes the states or sends all to one.
std::optional<CellVerdict> permutation_reset_layer(const LanguageFacts& facts, const Offered& offered) {
  std::size_t most = 0;
  for (const Transformation& x : facts.letters()) {
    if (!x.is_permutation() && (x.rank() > 1 || (!offered.zero && !offered.gate))) return std::nullopt;
    if (x.is_permutation()) most = std::max(most, displacement(x));
    if (!x.is_permutation() && !offered.gate) most = std::max(most, x.degree());
  }
  if (offered.k && most > *offered.k) return std::nullopt;
  return yes({"every letter permutes the states or resets them: a permutation matrix, or 0", 1,
              facts.minimal().states(), most},
             "permutation-reset-layer");
}

/// One layer for a language of a group: an orthogonal representation of it, or of a reflection group that covers it.
std::optional<CellVerdict> represented_group(LanguageFacts& facts, const Offered& offered) {
  if (const auto& shortest = facts.shortest_reflections(); shortest && (!offered.k || shortest->k <= *offered.k)) {
    return yes({"an orthogonal representation of the group of degree " +
                    std::to_string(shortest->representation.degree) + ", in which no letter needs more than " +
                    std::to_string(shortest->k) + (shortest->k == 1 ? " reflection" : " reflections"),
                1, shortest->representation.degree, shortest->k},
               "reflection-length");
  }
  if (facts.reflection_cover().is_yes()) {
    std::string types;
    std::size_t rank = 0;
    for (const auto& component : facts.reflection_cover().proof().components) {
      types += (types.empty() ? "" : " x ") + to_string(component.type);
      rank += component.type.rank;
    }
    return yes({"the letters are images of reflections of the finite reflection group " + types, 1, rank, 1},
               "reflection-cover");
  }
  return std::nullopt;
}

/// More layers for a language of a group, with at least one factor that reaches −1 and 0.
std::optional<CellVerdict> group_layers(LanguageFacts& facts, Factors k, const ExactCell& cell) {
  const std::string swaps = "a group: swaps for the letters before the last few, which lower layers keep";
  if (cell.allows(2) && acts_on_a_polygon(facts)) {
    return yes({"a cyclic or dihedral group: the second layer reflects a plane", 2, 2, 1}, "two-reflections");
  }
  if (cell.allows(3) && k != std::size_t{1}) return yes({swaps, 3, {}, 2}, "four-layers");
  if (cell.allows(4)) return yes({swaps, 4, {}, 1}, "four-layers");
  return std::nullopt;
}

/// What is known to be enough with reflections.
std::optional<CellVerdict> enough(LanguageFacts& facts, const Offered& offered, const ExactCell& cell) {
  if (offered.zero || offered.gate) {
    if (auto layer = reset_layer(facts, Turns::kHold)) return layer;
  }
  if (auto layer = permutation_reset_layer(facts, offered)) return layer;
  if (facts.definite().is_yes()) {
    if (!cell.finite_orbit && offered.digits)
      return yes({"the last letters are the digits of one number", 1, 1, 1}, "digits");
    if (offered.zero && !offered.k)
      return yes({"some fixed number of last letters decides: a shift register, a nilpotent matrix", 1, {}, {}},
                 "nilpotent-slots");
  }
  if (facts.is_group()) {
    if (auto layer = represented_group(facts, offered)) return layer;
  }
  if (facts.is_group() && offered.zero) {
    if (auto layers = group_layers(facts, offered.k, cell)) return layers;
  }
  const std::size_t states = facts.minimal().states();
  if (!offered.k && offered.zero && cell.layers && *cell.layers + 1 >= states) {
    return yes({"a cascade of sets of states, each smaller than the one before", states - 1, {}, {}}, "missing-sets");
  }
  if (!cell.layers && (offered.zero || offered.gate))
    return yes({"a cascade of permutation-reset automata", {}, {}, offered.k}, "householder-universal");
  return std::nullopt;
}

/// Factors whose eigenvalues on the unit circle are 1 alone.
CellVerdict decide_without_reflections(LanguageFacts& facts, const ModelClass& c, const ExactCell& cell) {
  const SpectrumSet& set = c.set();
  const bool gated = c.form == Form::kGatedHouseholder;
  const bool resets = gated || set.contains_zero();
  const bool diagonalisable = c.factors && (*c.factors == 1 || (*c.factors == 2 && set.is_nonnegative()));
  if (cell.finite_orbit && !resets) {
    return last_letter_is_not_enough(facts, "invertible matrices of this kind do nothing on a finite orbit",
                                     "householder-orbits");
  }
  if (resets) {
    if (auto layer = reset_layer(facts, Turns::kHold)) return *layer;
  }
  if (cell.finite_orbit && diagonalisable) {
    CellVerdict stutter = decide_stutter_invariant(facts, "householder-orbits");
    if (!stutter.is_yes() || !cell.layers) return stutter;
    if (auto objection = nonexpansive_layer_objection(facts, cell)) return *objection;
    return depth_is_open(cell.layers);
  }
  const CellVerdict star_free = decide_aperiodic_in_blocks(facts, 1, "householder-star-free");
  if (!star_free.is_yes()) return star_free;
  if (auto objection = nonexpansive_layer_objection(facts, cell)) return *objection;
  const bool digits = !cell.finite_orbit && (gated || set.has_small_contraction());
  if (digits && facts.definite().is_yes())
    return yes({"the last letters are the digits of one number", 1, 1, 1}, "digits");
  if (cell.layers) return depth_is_open(cell.layers);
  const bool three_projections = set.contains_zero() && (!c.factors || *c.factors >= 3);
  const bool two_projections = set.contains_zero() && set.contains(Rational(-9, 16)) && (!c.factors || *c.factors >= 2);
  if (digits) {
    Recognition recognition = star_free.proof();
    recognition.reason += ": digits to a small base, and directions that nothing changes";
    return yes(std::move(recognition), "householder-star-free");
  }
  if (three_projections || two_projections) {
    Recognition recognition = star_free.proof();
    recognition.reason += ": products of projections keep the value before a reset";
    return yes(std::move(recognition), "householder-star-free");
  }
  if (resets) {
    const CellVerdict stutter = decide_stutter_invariant(facts, "stutter-invariant");
    if (stutter.is_yes()) return stutter;
  }
  return CellVerdict::unknown("not decided here: which star-free languages these factors recognise");
}

std::string factors_in_words(Factors k) {
  return k ? std::to_string(*k) + (*k == 1 ? " factor" : " factors") : "any number of factors";
}

/// A single layer whose letters have real spectra: the period of a letter divides 2.
std::optional<CellVerdict> single_factor_objection(LanguageFacts& facts, Factors k, const ExactCell& cell) {
  if (k != std::size_t{1} || cell.layers != std::size_t{1}) return std::nullopt;
  const PeriodVerdict letters = facts.letter_periods_divide(2);
  if (!letters.is_no()) return std::nullopt;
  return no_period(letters, "in one layer with one factor a letter has real eigenvalues, so its period divides 2",
                   "single-factor-periods");
}

/// One layer, one factor, finitely many states: only groups whose letters are images of reflections.
std::optional<CellVerdict> reflection_cover_objection(LanguageFacts& facts, Factors k, const ExactCell& cell) {
  if (k != std::size_t{1} || cell.layers != std::size_t{1} || !cell.finite_orbit || !facts.is_group())
    return std::nullopt;
  const auto& cover = facts.reflection_cover();
  if (!cover.is_no()) return std::nullopt;
  Obstruction obstruction;
  obstruction.reason =
      "one layer with one factor tracks a group only if its letters are images of reflections of a finite reflection "
      "group; here some are not";
  for (const std::size_t x : cover.witness()) obstruction.letters.push_back(core::symbol(x));
  return CellVerdict::no(std::move(obstruction), "reflection-cover");
}

CellVerdict open_for_layers(Factors k, const ExactCell& cell) {
  return CellVerdict::unknown("not known: whether " + in_words(cell.layers) + " with " + factors_in_words(k) +
                              " are enough, if states may have several codes");
}

}  // namespace

CellVerdict decide_householder(LanguageFacts& facts, const ModelClass& c, const ExactCell& cell) {
  const SpectrumSet& set = c.set();
  const bool gated = c.form == Form::kGatedHouseholder;
  if (!set.contains(Rational(-1))) return decide_without_reflections(facts, c, cell);
  if (auto objection = single_factor_objection(facts, c.factors, cell)) return *objection;
  if (auto objection = reflection_cover_objection(facts, c.factors, cell)) return *objection;
  if (auto objection = nonexpansive_layer_objection(facts, cell)) return *objection;
  const Offered offered{c.factors, set.contains_zero(), gated, gated || set.has_small_contraction()};
  if (auto verdict = enough(facts, offered, cell)) return *verdict;
  if (!offered.zero && !gated)
    return CellVerdict::unknown("not decided here: what reflections without projections recognise");
  return open_for_layers(c.factors, cell);
}

CellVerdict decide_rank_one(LanguageFacts& facts, const ModelClass& c, const ExactCell& cell) {
  const std::size_t most = largest_displacement(facts);
  if (!c.factors || most <= *c.factors)
    return yes({"one-hot codes of the states, moved by swaps and copies", 1, facts.minimal().states(), most},
               "rank-lower-bound");
  if (auto objection = single_factor_objection(facts, c.factors, cell)) return *objection;
  if (auto verdict = enough(facts, {c.factors, true, false, true}, cell)) return *verdict;
  if (cell.allows(4))
    return yes({"swaps and copies for the letters before the last few, which lower layers keep", 4, {}, 1},
               "swap-copy-layers");
  return open_for_layers(c.factors, cell);
}

CellVerdict decide_rwkv7(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell) {
  if (!set.contains(Rational(-1))) {
    if (const PeriodVerdict letters = facts.letter_periods_divide(1); letters.is_no())
      return no_period(letters, "the matrix of a letter has eigenvalues inside (-1,1) only: a repeated letter settles",
                       "settling-letters");
    if (!cell.finite_orbit && facts.definite().is_yes())
      return yes({"some fixed number of last letters decides: the digits of one number", 1, 1, 1}, "digits");
    return CellVerdict::unknown("open: what products of such matrices do, whose norms may exceed 1");
  }
  if (auto layer = reset_layer(facts, Turns::kHold)) return *layer;
  const std::size_t most = largest_displacement(facts);
  if (most <= 1)
    return yes({"every letter swaps two states or sends one to another", 1, facts.minimal().states(), 1},
               "swap-copy-layers");
  if (cell.allows(4))
    return yes({"swaps and copies for the letters before the last few, which lower layers keep", 4, {}, 1},
               "swap-copy-layers");
  if (!cell.finite_orbit && facts.definite().is_yes())
    return yes({"some fixed number of last letters decides: the digits of one number", 1, 1, 1}, "digits");
  return open_for_layers(1, cell);
}

CellVerdict decide_one_hot(LanguageFacts& facts) {
  return yes({"one-hot codes of the states, moved by the maps of the letters", 1, facts.minimal().states(), {}},
             "one-hot");
}

}  // namespace eigenmata::expressivity

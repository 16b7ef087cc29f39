// SPDX-License-Identifier: Apache-2.0
//
// Noise, casts, rounding, and integers modulo 2^N [proofs/expressivity.md, section 9].
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using exact::Rational;
using Form = ModelClass::Form;

/// Does the class have a number below 1/2 to scale all states by?
bool has_small_scalar(const ModelClass& c) {
  switch (c.form) {
    case Form::kConstant:
    case Form::kDiagonal:
    case Form::kTriangular:
    case Form::kHouseholder:
      return c.set().has_small_contraction();
    default:
      return true;
  }
}

bool is_diagonal_or_triangular(const ModelClass& c) {
  return c.form == Form::kDiagonal || c.form == Form::kTriangular || c.form == Form::kConstant;
}

/// What diagonal real entries can do at most if every step is rounded.
CellVerdict bound_of_rounding(LanguageFacts& facts, const SpectrumSet& set) {
  if (set.is_nonnegative()) return decide_aperiodic_in_blocks(facts, 1, "rounding-monotone");
  if (set.is_nonpositive()) return decide_aperiodic_in_blocks(facts, 2, "rounding-monotone");
  return decide_groups(facts, 1, two_group(), "rounding-monotone");
}

/// One matrix for all letters, every step rounded. What it does with digits and sums depends on the format.
CellVerdict decide_rounded_constant(LanguageFacts& facts, const SpectrumSet& set, Layers layers,
                                    const Semantics& semantics) {
  if (const auto integers = integers_of(set); integers && !integers->units().empty()) {
    // Codes 0 and 1, or 1 and -1, are never rounded.
    const CellVerdict turns = decide_constant(facts, *integers, {layers, true});
    if (turns.is_yes()) return yes(turns.proof(), "rounding-constant");
  }
  if (set.contains(Rational(1, 4)) && semantics.significant_bits() >= 4 && facts.definite().is_yes()) {
    if (layers) return depth_is_open(layers);
    return yes({"some fixed number of last letters decides: each layer reads one letter more, as a digit", {}, {}, {}},
               "rounding-constant");
  }
  if (set.is_real()) {
    CellVerdict bound = bound_of_rounding(facts, set);
    if (!bound.is_yes()) return bound;
  }
  return CellVerdict::unknown("not decided here: sums that saturate or lose small terms depend on the format");
}

/// Real diagonal entries that are all odd modulo 2^N: nothing is ever merged.
CellVerdict decide_odd_entries(LanguageFacts& facts, Layers layers) {
  GroupCondition condition = two_group();
  CellVerdict verdict = decide_letter_and_group(facts, 1, condition, "wrap-around");
  if (!verdict.is_yes() || !layers) return verdict;
  condition.frattini_length = *layers;
  const CellVerdict in_layers = decide_letter_and_group(facts, 1, condition, "wrap-around");
  if (!in_layers.is_yes()) return depth_is_open(layers);
  return yes({in_layers.proof().reason + "; one layer follows each factor of its Frattini series", layers, {}, {}},
             "wrap-around");
}

}  // namespace

CellVerdict decide_robust(LanguageFacts& facts, const ModelClass& c) {
  CellVerdict definite = decide_definite(facts, "robust-definite");
  if (!definite.is_yes()) return definite;
  if (!has_small_scalar(c))
    return CellVerdict::unknown("not decided here: which definite languages these contractions recognise");
  return yes({"some fixed number of last letters decides: the digits of one number, scaled up until the error is small",
              1,
              1,
              {}},
             "robust-definite");
}

CellVerdict decide_cast(LanguageFacts& facts, const ModelClass& c, Layers layers) {
  const bool real_triangular = is_diagonal_or_triangular(c) && c.set().is_real();
  if (real_triangular && c.set().is_nonnegative()) {
    const PeriodVerdict periods = facts.periods_divide(1);
    if (periods.is_no())
      return no_period(periods, "non-negative triangular matrices: every cast settles when a word is repeated",
                       "cast-periods");
  } else if (real_triangular) {
    const PeriodVerdict periods =
        layers && *layers < 63 ? facts.periods_divide(std::uint64_t{1} << *layers) : facts.periods_are_powers_of_two();
    if (periods.is_no())
      return no_period(periods, "real triangular matrices: every layer at most doubles the period of a repeated word",
                       "cast-periods");
  } else if (c.form == Form::kHouseholder && c.set().is_nonnegative() && c.factors && *c.factors <= 2) {
    const PeriodVerdict letters = facts.letter_periods_divide(1);
    if (letters.is_no())
      return no_period(letters,
                       "at most two such factors: a letter has non-negative eigenvalues, and every cast settles",
                       "cast-periods");
  }
  return CellVerdict::unknown("not decided here: what a class recognises when sums are cast to a given set");
}

CellVerdict decide_rounded(LanguageFacts& facts, const ModelClass& c, Layers layers, const Semantics& semantics) {
  if (!semantics.holds_one()) return CellVerdict::unknown("not decided here: a format without the number 1");
  // Entries 0 and 1 (for rank-one factors also -1) are exact in every format with a sign.
  if (moves_one_hot_codes(c))
    return yes({"one-hot codes of the states: nothing is ever rounded", 1, facts.minimal().states(), {}}, "one-hot");
  if (c.form == Form::kConstant) return decide_rounded_constant(facts, c.set(), layers, semantics);
  if (c.form != Form::kDiagonal || !c.set().is_real())
    return CellVerdict::unknown("not decided here: rounding of matrices that are not real and diagonal");
  const SpectrumSet& set = c.set();
  CellVerdict bound = bound_of_rounding(facts, set);
  if (!bound.is_yes()) return bound;
  if (layers) return depth_is_open(layers);
  const bool holds = set.contains(Rational(0)) && set.contains(Rational(1));
  if (holds && set.contains(Rational(-1))) return bound;
  if (set.is_nonnegative() && set.contains(Rational(1)) && set.contains(Rational(1, 4)) &&
      semantics.significant_bits() >= 4)
    return bound;
  if (holds) {
    CellVerdict stutter = decide_stutter_invariant(facts, "stutter-invariant");
    if (stutter.is_yes()) return stutter;
  }
  return CellVerdict::unknown("not decided here: it depends on the format, which a model checker can settle");
}

CellVerdict decide_wrap_around(LanguageFacts& facts, const ModelClass& c, Layers layers) {
  if (moves_one_hot_codes(c))
    return yes({"one-hot codes of the states: nothing ever overflows", 1, facts.minimal().states(), {}}, "one-hot");
  const bool mixed = c.form == Form::kConstantAndDiagonal;
  if (!mixed && !is_diagonal_or_triangular(c))
    return CellVerdict::unknown("not decided here: wrap-around integers in this class");
  const CellVerdict bound = decide_groups(facts, 1, two_group(), "wrap-around");
  if (!bound.is_yes()) return bound;
  // Layers of the mixed class may have entries 0 and 1 for different letters.
  const auto integers = integers_of(mixed ? SpectrumSet::parse("{0,1}", {}) : c.set());
  if (!integers) return CellVerdict::unknown("no number of the set is an integer, so nothing is said modulo 2^N");
  if (integers->units().empty()) {
    if (c.form == Form::kTriangular)
      return CellVerdict::unknown("not decided here: nilpotent matrices of integers modulo 2^N");
    return last_letter_is_not_enough(facts, "0 is the only integer of the set, and it leaves the current letter alone",
                                     "wrap-around");
  }
  if (c.form == Form::kConstant || !integers->contains_zero()) return decide_odd_entries(facts, layers);
  if (!layers) return bound;
  const CellVerdict odd = decide_odd_entries(facts, layers);
  return odd.is_yes() ? odd : depth_is_open(layers);
}

}  // namespace eigenmata::expressivity

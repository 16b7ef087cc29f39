// SPDX-License-Identifier: Apache-2.0
//
// Noise, casts, rounding, and integers modulo 2^N [proofs/expressivity.md, section 9].
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using exact::Rational;
using Form = ModelClass::Form;

GroupCondition two_group() {
  GroupCondition condition;
  condition.solvable = true;
  condition.primes_divide = 2;
  return condition;
}

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

CellVerdict depth_is_open(Layers layers) {
  return CellVerdict::unknown("that some number of layers is enough is known; whether " + in_words(layers) +
                              " are, is not");
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
  if (c.form == Form::kDense || c.form == Form::kPermutationDiagonal || (c.form == Form::kRankOne && !c.factors)) {
    // Entries 0 and 1 (for rank-one factors also -1) are exact in every format with a sign.
    return yes({"one-hot codes of the states: nothing is ever rounded", 1, facts.minimal().states(), {}}, "one-hot");
  }
  if (c.form != Form::kDiagonal || !c.set().is_real())
    return CellVerdict::unknown("not decided here: rounding of matrices that are not real and diagonal");
  const SpectrumSet& set = c.set();
  const bool monotone = set.is_nonnegative();
  CellVerdict bound = monotone               ? decide_aperiodic_in_blocks(facts, 1, "rounding-monotone")
                      : set.is_nonpositive() ? decide_aperiodic_in_blocks(facts, 2, "rounding-monotone")
                                             : decide_groups(facts, 1, two_group(), "rounding-monotone");
  if (!bound.is_yes()) return bound;
  if (layers) return depth_is_open(layers);
  const bool holds = set.contains(Rational(0)) && set.contains(Rational(1));
  if (holds && set.contains(Rational(-1))) return bound;
  if (monotone && set.contains(Rational(1)) && set.contains(Rational(1, 4)) && semantics.significant_bits() >= 4)
    return bound;
  if (holds) {
    CellVerdict stutter = decide_stutter_invariant(facts, "stutter-invariant");
    if (stutter.is_yes()) return stutter;
  }
  return CellVerdict::unknown("not decided here: it depends on the format, which a model checker can settle");
}

CellVerdict decide_wrap_around(LanguageFacts& facts, const ModelClass& c, Layers layers) {
  if (c.form == Form::kDense || c.form == Form::kPermutationDiagonal || (c.form == Form::kRankOne && !c.factors))
    return yes({"one-hot codes of the states: nothing ever overflows", 1, facts.minimal().states(), {}}, "one-hot");
  if (c.form != Form::kDiagonal && c.form != Form::kTriangular)
    return CellVerdict::unknown("not decided here: wrap-around integers in this class");
  if (!c.set().is_real()) return CellVerdict::unknown("complex numbers are no integers modulo 2^N");
  CellVerdict bound = decide_groups(facts, 1, two_group(), "wrap-around");
  if (!bound.is_yes()) return bound;
  if (layers) return depth_is_open(layers);
  if (c.set().contains(Rational(0)) && c.set().contains(Rational(1))) return bound;
  return CellVerdict::unknown("not decided here: wrap-around integers without both 0 and 1");
}

}  // namespace eigenmata::expressivity

// SPDX-License-Identifier: Apache-2.0
//
// Real triangular matrices with diagonal entries in a set, and matrices with norms below 1 [proofs/expressivity.md,
// section 6]. What lies above the diagonal remembers old letters but adds no group.
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using exact::Rational;

/// The upper bound that the eigenvalues on the unit circle give.
CellVerdict bounded_by_units(LanguageFacts& facts, const Units& units) {
  const bool has_one = units.contains(Rational(0));
  const bool has_minus_one = units.contains(Rational(1, 2));
  if (!has_one && !has_minus_one) return decide_definite(facts, "contraction-definite");
  if (!has_minus_one) return decide_aperiodic_in_blocks(facts, 1, "unit-spectrum-one");
  if (!has_one) return decide_aperiodic_in_blocks(facts, 2, "unit-spectrum-one");
  GroupCondition two_group;
  two_group.solvable = true;
  two_group.primes_divide = 2;
  return decide_groups(facts, 1, two_group, "unit-spectrum-signs");
}

}  // namespace

CellVerdict decide_triangular(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell) {
  const CellVerdict bound = bounded_by_units(facts, set.units());
  if (!bound.is_yes()) return bound;
  const bool definite = facts.definite().is_yes();
  if (set.contains_zero() && definite)
    return yes({"some fixed number of last letters decides: a shift register, a nilpotent matrix", 1, {}, {}},
               "nilpotent-slots");
  if (set.contains_zero() && set.contains(Rational(1)) && !cell.layers) {
    Recognition recognition = bound.proof();
    recognition.reason += "; nilpotent blocks keep the values before a reset";
    return yes(std::move(recognition), "nilpotent-slots");
  }
  const CellVerdict diagonal = decide_diagonal(facts, set, cell);
  if (diagonal.is_yes()) return diagonal;
  if (cell.layers && *cell.layers < 63 && set.units().contains(Rational(1, 2))) {
    // Every layer at most doubles the period of what it reads.
    const PeriodVerdict periods = facts.periods_divide(std::uint64_t{1} << *cell.layers);
    if (periods.is_no())
      return no_period(periods, "every layer at most doubles the period of a repeated word", "unit-spectrum-signs");
  }
  if (cell.layers) return depth_is_open(cell.layers);
  return CellVerdict::unknown("not decided here: whether what lies above the diagonal helps this set");
}

CellVerdict decide_contraction(LanguageFacts& facts, const ExactCell& cell) {
  const CellVerdict definite = decide_definite(facts, "contraction-definite");
  if (!definite.is_yes()) return definite;
  if (cell.finite_orbit)
    return CellVerdict::unknown("with finitely many states it depends on which contractions there are");
  return yes({"some fixed number of last letters decides: the digits of one number", 1, 1, {}}, "contraction-definite");
}

}  // namespace eigenmata::expressivity

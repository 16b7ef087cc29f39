// SPDX-License-Identifier: Apache-2.0
//
// Diagonal matrices with entries in a set S [proofs/expressivity.md, sections 2 to 4].
#include <utility>

#include "eigenmata/algebra/finiteness.hpp"
#include "last_of_two_letters.hpp"
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using algebra::LawVerdict;
using automata::Dfa;
using exact::Rational;

/// What groups the units allow, and in which blocks of words.
struct GroupsOfUnits {
  std::uint64_t m = 1;
  GroupCondition condition;
};

GroupsOfUnits groups_of(const Units& units) {
  GroupsOfUnits result;
  if (units.all) {
    result.condition.solvable = true;
    return result;
  }
  // If 1 is a unit, then m = r, and the groups in M have the same primes as those in M_m.
  result.m = units.contains(Rational(0)) ? 1 : units.order;
  if (units.ratio_order == 1) {
    result.condition.trivial = true;
  } else {
    result.condition.solvable = true;
    result.condition.primes_divide = units.ratio_order;
  }
  return result;
}

/// The least numbers of layers that a group needs, as a condition: derived length, or for real entries Frattini length.
GroupCondition depth_condition(const SpectrumSet& set, std::size_t layers) {
  GroupCondition condition;
  condition.solvable = true;
  if (set.is_real()) {
    condition.primes_divide = 2;
    condition.frattini_length = layers;
  } else {
    condition.derived_length = layers;
  }
  return condition;
}

/// S = {1, λ} with real |λ| ≥ 1/2 (and perhaps units of no other phase): between the R-trivial and the star-free
/// languages.
CellVerdict decide_shared_digits(LanguageFacts& facts) {
  if (facts.r_trivial().is_yes())
    return yes({"the syntactic monoid is R-trivial: every state is left at most once, and each leaving is written once",
                {},
                {},
                {}},
               "write-once");
  if (const auto found = told_apart_by_last_letter(facts.minimal(), facts.limits())) {
    const auto word = [&](core::Symbol last) {
      core::Word w = found->prefix;
      w.push_back(last);
      w.insert(w.end(), found->suffix.begin(), found->suffix.end());
      return w;
    };
    Obstruction obstruction;
    obstruction.reason =
        "digits to a base of at least 1/2 have several expansions, so no such network remembers which of two letters "
        "came last; here that decides";
    obstruction.words = std::make_pair(word(found->a), word(found->b));
    return CellVerdict::no(std::move(obstruction), "shared-digits");
  }
  return CellVerdict::unknown(
      "open: which star-free languages the set {1, λ} recognises if digits to the base λ are not unique");
}

/// S = {λ}, real, |λ| ≥ 1/2: of long words only the last letter is left. No if for some letter x neither L x⁻¹ nor its
/// complement is finite.
std::optional<CellVerdict> long_words_forget(LanguageFacts& facts) {
  for (std::size_t x = 0; x < facts.minimal().letters(); ++x) {
    const Dfa& before = facts.before_letters()[x]->minimal();
    const auto finite = algebra::is_finite(before);
    const auto cofinite = algebra::is_cofinite(before);
    if (!finite.is_no() || !cofinite.is_no()) continue;
    const auto pumped = [&](const algebra::PumpWitness& pump) {
      core::Word word = pump.prefix;
      for (int i = 0; i < 3; ++i) word.insert(word.end(), pump.repeat.begin(), pump.repeat.end());
      word.insert(word.end(), pump.suffix.begin(), pump.suffix.end());
      word.push_back(core::symbol(x));
      return word;
    };
    Obstruction obstruction;
    obstruction.reason =
        "digits to a base of at least 1/2 run into each other, so of long words only the last letter is left; here "
        "there "
        "are words as long as one likes that end in one letter, some accepted and some not";
    obstruction.words = std::make_pair(pumped(finite.witness()), pumped(cofinite.witness()));
    return CellVerdict::no(std::move(obstruction), "shared-digits");
  }
  return std::nullopt;
}

/// No units, contractions: at most the definite languages.
CellVerdict decide_forgetting(LanguageFacts& facts, const SpectrumSet& set) {
  const CellVerdict definite = decide_definite(facts, "contraction-definite");
  if (!definite.is_yes()) return definite;
  if (set.has_small_contraction() || set.contains_zero()) return definite;
  if (set.only_contraction() && set.is_real()) {
    if (auto objection = long_words_forget(facts)) return *objection;
    return CellVerdict::unknown(
        "a single contraction λ with |λ| >= 1/2 recognises what the last letter decides, up to finitely many words; "
        "which "
        "of these languages, is not decided here");
  }
  return CellVerdict::unknown("open: which definite languages contractions of modulus at least 1/2 recognise");
}

/// Any number of layers, `exact`, with contractions in the set.
CellVerdict decide_with_contractions(LanguageFacts& facts, const SpectrumSet& set) {
  const Units& units = set.units();
  if (units.empty()) return decide_forgetting(facts, set);
  const GroupsOfUnits groups = groups_of(units);
  if (groups.m == 1 && !groups.condition.trivial)
    return decide_groups(facts, groups.m, groups.condition, "unit-groups");
  if (!groups.condition.trivial) return decide_groups(facts, groups.m, groups.condition, "clock-cascades");
  const CellVerdict verdict = groups.m == 1 ? decide_aperiodic_in_blocks(facts, 1, "star-free-digits")
                                            : decide_aperiodic_in_blocks(facts, groups.m, "clock-cascades");
  if (!verdict.is_yes() || set.contains_zero() || set.has_small_contraction(groups.m)) return verdict;
  if (groups.m == 1 && set.is_real() && set.only_contraction()) return decide_shared_digits(facts);
  return CellVerdict::unknown("open: what contractions of modulus at least 1/2 recognise without 0");
}

/// Any number of layers, finite orbits; or `exact` without contractions, which is the same.
CellVerdict decide_finite_orbits(LanguageFacts& facts, const SpectrumSet& set) {
  const Units& units = set.units();
  if (units.empty()) {
    return last_letter_is_not_enough(facts, "without units nothing is remembered on a finite orbit", "forgetting");
  }
  const GroupsOfUnits groups = groups_of(units);
  if (!set.contains_zero()) return decide_letter_and_group(facts, groups.m, groups.condition, "invertible");
  if (units.ratio_order == 1 && groups.m == 1) return decide_stutter_invariant(facts, "stutter-invariant");
  if (groups.m == 1) return decide_groups(facts, groups.m, groups.condition, "unit-groups");
  return decide_groups(facts, groups.m, groups.condition, "clock-cascades");
}

/// A bound on the layers that are enough, for a language that the class recognises.
CellVerdict enough_layers(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell) {
  if (!cell.finite_orbit && set.has_small_contraction() && facts.definite().is_yes())
    return yes({"the last letters are the digits of one number", 1, 1, {}}, "digits");
  const Units& units = set.units();
  const bool has_signs = units.contains(Rational(0)) && units.contains(Rational(1, 2));
  if (set.contains_zero() && units.contains(Rational(0))) {
    const Turns turns = units.all ? Turns::kAll : has_signs ? Turns::kSigns : Turns::kHold;
    if (auto layer = reset_layer(facts, turns)) return *layer;
  }
  if (units.all || (set.is_real() && has_signs)) {
    const CellVerdict groups = decide_letter_and_group(facts, 1, depth_condition(set, *cell.layers), "series-layers");
    if (groups.is_yes())
      return yes({"the last letter and a product in a group decide, and one layer follows each factor of its " +
                      std::string(set.is_real() ? "Frattini" : "derived") + " series",
                  cell.layers,
                  {},
                  {}},
                 "series-layers");
  }
  const CellVerdict constant = decide_constant(facts, set, cell);
  if (constant.is_yes()) return constant;
  return CellVerdict::unknown("that some number of layers is enough is known; whether " + in_words(cell.layers) +
                              " are, is not (open for languages that are not of groups)");
}

}  // namespace

CellVerdict decide_diagonal(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell) {
  const bool plain = cell.finite_orbit || !set.has_contraction();
  CellVerdict any = plain ? decide_finite_orbits(facts, set) : decide_with_contractions(facts, set);
  if (any.is_unknown() && !plain) {
    const CellVerdict on_orbits = decide_finite_orbits(facts, set);
    if (on_orbits.is_yes()) any = on_orbits;
  }
  if (!cell.layers || any.is_no()) return any;
  if (any.is_yes() && any.proof().layers && *any.proof().layers <= *cell.layers) return any;
  const GroupVerdict depth = facts.groups_in_blocks(1, depth_condition(set, *cell.layers));
  if (depth.is_no()) {
    return no_group(
        depth, "a group in " + in_words(cell.layers) + " has to be " + to_string(depth_condition(set, *cell.layers)),
        "group-depth");
  }
  if (auto objection = one_diagonal_layer_objection(facts, cell)) return *objection;
  if (any.is_unknown()) return any;
  const CellVerdict enough = enough_layers(facts, set, cell);
  if (enough.is_yes() || set.units().empty()) return enough;
  const CellVerdict on_orbits = decide_one_layer_on_orbits(facts, set);
  return on_orbits.is_yes() || (plain && *cell.layers == 1) ? on_orbits : enough;
}

}  // namespace eigenmata::expressivity

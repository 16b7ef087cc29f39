// SPDX-License-Identifier: Apache-2.0
//
// Numbers that grow with the word: log-precision and poly-precision [proofs/expressivity.md, section 12]. What bounds
// networks is then the circuits that run them, and circuits are known to be weaker than other circuits only in few
// cases. So nothing is denied here. Layers of diagonal or triangular matrices run in TC0 [Merrill2024], and a language
// with a group that is not solvable is complete for NC1 [Barrington1989]: whether they recognise it is the question
// whether TC0 = NC1. All linear networks run in PNC1 [Merrill2026], and every regular language is in NC1, inside PNC1.
#include <algorithm>

#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using exact::Rational;
using Form = ModelClass::Form;

bool runs_in_threshold_circuits(const ModelClass& c) {
  return c.form == Form::kConstant || c.form == Form::kConstantAndDiagonal || c.form == Form::kDiagonal ||
         c.form == Form::kTriangular;
}

/// Integer swaps, holds and resets: with them every regular language.
bool has_swaps(const ModelClass& c) {
  switch (c.form) {
    case Form::kHouseholder:
      return c.set().contains(Rational(-1)) && c.set().contains(Rational(1)) && c.set().contains_zero();
    case Form::kGatedHouseholder:
      return c.set().contains(Rational(-1)) && c.set().contains(Rational(1));
    case Form::kRwkv7:
      return c.set().contains(Rational(-1));
    case Form::kRankOne:
      return true;
    default:
      return false;
  }
}

/// Different letters may hold or reset a coordinate.
bool holds_and_resets(const ModelClass& c) {
  switch (c.form) {
    case Form::kConstantAndDiagonal:
      return true;
    case Form::kDiagonal:
    case Form::kTriangular:
    case Form::kHouseholder:
      return c.set().contains(Rational(1)) && c.set().contains_zero();
    case Form::kGatedHouseholder:
      return c.set().contains(Rational(1));
    default:
      return false;
  }
}

/// Can one layer write a word over so many letters into numbers: as digits to a base 1/q, q the number of letters, or
/// in several coordinates to the base 1/2, 1/3 or 1/4; and the time beside it?
bool writes_whole_words(const ModelClass& c, std::size_t letters) {
  switch (c.form) {
    case Form::kContraction:
    case Form::kConstantAndDiagonal:
    case Form::kGatedHouseholder:
    case Form::kRwkv7:
    case Form::kRankOne:
      return true;
    case Form::kHouseholder:
      return c.set().contains(Rational(1, std::max<std::size_t>(letters, 2)));
    default:
      break;
  }
  const auto contains = [&](int q) { return c.set().contains(Rational(1, q)); };
  return contains(2) || contains(3) || contains(4);
}

GroupCondition solvable(Layers derived_length = {}) {
  GroupCondition condition;
  condition.solvable = true;
  condition.derived_length = derived_length;
  return condition;
}

/// Counters: entries 1 count the letters that permute.
std::optional<CellVerdict> by_counters(LanguageFacts& facts, const ModelClass& c, Layers layers) {
  if (!runs_in_threshold_circuits(c)) return std::nullopt;
  if (c.form != Form::kConstantAndDiagonal && !c.set().contains(Rational(1))) return std::nullopt;
  const CellVerdict groups = decide_letter_and_group(facts, 1, solvable(layers), "counting-layers");
  if (!groups.is_yes()) return std::nullopt;
  return yes({groups.proof().reason + ": numbers that grow count", layers, {}, {}}, "counting-layers");
}

/// Small integers are exact in every arithmetic.
std::optional<CellVerdict> by_integers(LanguageFacts& facts, const ModelClass& c, Layers layers) {
  if (c.form != Form::kConstant && c.form != Form::kDiagonal && c.form != Form::kTriangular) return std::nullopt;
  const auto integers = integers_of(c.set());
  if (!integers) return std::nullopt;
  const ExactCell cell{layers, true};
  const CellVerdict verdict =
      c.form == Form::kConstant ? decide_constant(facts, *integers, cell) : decide_diagonal(facts, *integers, cell);
  if (!verdict.is_yes()) return std::nullopt;
  return yes(verdict.proof(), "counting-layers");
}

}  // namespace

CellVerdict decide_growing_numbers(LanguageFacts& facts, const ModelClass& c, Layers layers,
                                   const Semantics& semantics) {
  if (moves_one_hot_codes(c))
    return yes({"one-hot codes of the states: nothing is ever rounded", 1, facts.minimal().states(), {}}, "one-hot");
  if (!layers && has_swaps(c))
    return yes({"swaps and resets of integers, and a counter for the time", {}, {}, {}}, "counting-layers");
  if (auto verdict = by_counters(facts, c, layers)) return *verdict;
  if (auto verdict = by_integers(facts, c, layers)) return *verdict;
  const GroupVerdict groups = facts.groups_in_blocks(1, solvable());
  if (groups.is_unknown()) return CellVerdict::unknown(groups.reason());
  if (groups.is_no()) {
    if (!runs_in_threshold_circuits(c))
      return CellVerdict::unknown(
          "not decided here: such networks run in PNC1, where every regular language is, so their circuits deny none");
    return CellVerdict::unknown("open: whether TC0 = NC1. Such networks run in TC0, and the group " +
                                groups.witness().name + " in the monoid " + groups.witness().lacks +
                                ", so the language is complete for NC1");
  }
  if (semantics.kind == Semantics::Kind::kPolyPrecision && writes_whole_words(c, facts.minimal().letters()))
    return yes({"a decoder reads the whole word off a number, and all groups in the monoid are solvable: the language "
                "is in TC0",
                1,
                {},
                {}},
               "whole-words");
  if (holds_and_resets(c)) {
    if (layers) return depth_is_open(layers);
    return yes({"all groups in the monoid are solvable: counters, holds and resets of integers", {}, {}, {}},
               "counting-layers");
  }
  if (c.form == Form::kContraction || (c.spectrum && c.set().has_small_contraction())) {
    if (facts.definite().is_yes())
      return yes({"some fixed number of last letters decides: the digits of one number", 1, 1, {}}, "digits");
  }
  if (layers && has_swaps(c)) return depth_is_open(layers);
  return CellVerdict::unknown("not decided here: what these matrices do with numbers that grow");
}

}  // namespace eigenmata::expressivity

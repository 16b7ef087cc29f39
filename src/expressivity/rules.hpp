// SPDX-License-Identifier: Apache-2.0
//
// The rules that `decide` puts together, one file for each family of classes. Every rule gets a language that the last
// letter alone does not decide.
#pragma once

#include <optional>
#include <string>

#include "eigenmata/expressivity/decide.hpp"

namespace eigenmata::expressivity {

/// What the rules for exact arithmetic need to be told.
struct ExactCell {
  Layers layers;
  bool finite_orbit = false;

  [[nodiscard]] bool allows(std::size_t needed) const { return !layers || needed <= *layers; }
};

// Any number of layers, or so many: see `decide`.
[[nodiscard]] CellVerdict decide_constant(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_mixed(LanguageFacts& facts, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_diagonal(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_triangular(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_householder(LanguageFacts& facts, const ModelClass& c, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_contraction(LanguageFacts& facts, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_rwkv7(LanguageFacts& facts, const SpectrumSet& set, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_rank_one(LanguageFacts& facts, const ModelClass& c, const ExactCell& cell);
[[nodiscard]] CellVerdict decide_one_hot(LanguageFacts& facts);

// One layer.

/// One layer of diagonal matrices with entries in the set on a finite orbit: exactly. Needs a unit in the set.
[[nodiscard]] CellVerdict decide_one_layer_on_orbits(LanguageFacts& facts, const SpectrumSet& set);
/// What no layer of matrices of norm at most 1 recognises, for cells of one layer.
[[nodiscard]] std::optional<CellVerdict> nonexpansive_layer_objection(LanguageFacts& facts, const ExactCell& cell);
/// What no layer of diagonal matrices recognises, for cells of one layer. Looks at all pairs of at most 500 elements of
/// the syntactic monoid, and finds nothing in a larger one.
[[nodiscard]] std::optional<CellVerdict> one_diagonal_layer_objection(LanguageFacts& facts, const ExactCell& cell);

// Other arithmetics.
[[nodiscard]] CellVerdict decide_robust(LanguageFacts& facts, const ModelClass& c);
[[nodiscard]] CellVerdict decide_cast(LanguageFacts& facts, const ModelClass& c, Layers layers);
[[nodiscard]] CellVerdict decide_rounded(LanguageFacts& facts, const ModelClass& c, Layers layers,
                                         const Semantics& semantics);
[[nodiscard]] CellVerdict decide_wrap_around(LanguageFacts& facts, const ModelClass& c, Layers layers);
/// Numbers that grow with the word: log-precision and poly-precision.
[[nodiscard]] CellVerdict decide_growing_numbers(LanguageFacts& facts, const ModelClass& c, Layers layers,
                                                 const Semantics& semantics);

// What they share.

/// Exactly the star-free languages with η(x)² = η(x) for all letters x.
[[nodiscard]] CellVerdict decide_stutter_invariant(LanguageFacts& facts, const std::string& theorem);
/// Exactly the languages with M_m aperiodic; m = 1: star-free.
[[nodiscard]] CellVerdict decide_aperiodic_in_blocks(LanguageFacts& facts, std::uint64_t m, const std::string& theorem);
/// Exactly the languages with all groups in M_m of this kind.
[[nodiscard]] CellVerdict decide_groups(LanguageFacts& facts, std::uint64_t m, const GroupCondition& condition,
                                        const std::string& theorem);
/// Exactly the languages that (the last letter, the product of all letters in a finite group G) decides, with G_m as
/// the condition says.
[[nodiscard]] CellVerdict decide_letter_and_group(LanguageFacts& facts, std::uint64_t m,
                                                  const GroupCondition& condition, const std::string& theorem);
/// Exactly the definite languages.
[[nodiscard]] CellVerdict decide_definite(LanguageFacts& facts, const std::string& theorem);
/// One layer of numbers 0 and 1 beside units, if every letter resets the states of the minimal automaton or permutes
/// them, and the permutations commute (`signs`: and are their own inverses; `hold`: are the identity). With 1 − β or
/// diagonal entries 0 and 1 at hand, and signs or all units.
enum class Turns { kHold, kSigns, kAll };
[[nodiscard]] std::optional<CellVerdict> reset_layer(const LanguageFacts& facts, Turns turns);
/// Only the last letter is readable, and it does not decide: no, with two words that end in one letter.
[[nodiscard]] CellVerdict last_letter_is_not_enough(LanguageFacts& facts, const std::string& why,
                                                    const std::string& theorem);

[[nodiscard]] CellVerdict no_period(const PeriodVerdict& failing, const std::string& why, const std::string& theorem);
[[nodiscard]] CellVerdict no_law(const algebra::LawVerdict& failing, const std::string& why,
                                 const std::string& theorem);
[[nodiscard]] CellVerdict no_group(const GroupVerdict& failing, const std::string& why, const std::string& theorem);
[[nodiscard]] CellVerdict yes(Recognition recognition, const std::string& theorem);

/// Are all maps of one-hot codes among the matrices? With numbers 0 and 1 alone, or, as products of factors, also −1.
[[nodiscard]] bool moves_one_hot_codes(const ModelClass& c);
/// "a 2-group".
[[nodiscard]] GroupCondition two_group();
/// The numbers −1, 0, 1 of a set; nothing if none is in it.
[[nodiscard]] std::optional<SpectrumSet> integers_of(const SpectrumSet& set);

/// Unknown, since only more layers are known to be enough.
[[nodiscard]] CellVerdict depth_is_open(Layers layers);

/// "1 layer", "3 layers", "any number of layers".
[[nodiscard]] std::string in_words(Layers layers);

}  // namespace eigenmata::expressivity

// SPDX-License-Identifier: Apache-2.0
//
// Which networks recognise which regular languages: a verdict for a language, a class of networks, a number of layers
// and an arithmetic, from the algebra of the language alone. The theorems, with proofs where they are not cited, are in
// proofs/expressivity.md; a verdict carries the id of the one it rests on.
//
// A network answers after every letter and its decoder reads the letter, so whether the empty word is in the language
// never matters, and a language that the last letter decides needs no state at all.
//
//   LanguageFacts facts(language.dfa);
//   const auto verdict = decide(facts, parse_model_class("diagonal[0,1]", {}), std::nullopt, Semantics{});
//   if (verdict.is_no()) std::cout << verdict.witness().reason;
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/core/verdict.hpp"
#include "eigenmata/expressivity/language_facts.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/expressivity/semantics.hpp"

namespace eigenmata::expressivity {

/// That a class recognises the language, and how large a network is known to be enough.
struct Recognition {
  std::string reason;                    ///< a sentence
  std::optional<std::size_t> layers;     ///< so many are enough
  std::optional<std::size_t> dimension;  ///< of each layer, if there is a single one
  std::optional<std::size_t> factors;    ///< for each letter, in classes that count them
};

/// That it does not: what of this language the class cannot follow. One of the five is given.
struct Obstruction {
  std::string reason;                            ///< a sentence
  std::optional<algebra::PeriodWitness> period;  ///< words u, x, v with a period that no network of the class has
  std::optional<algebra::LawWitness> law;        ///< a law that holds for all languages of the class
  std::optional<FailingGroup> group;             ///< a group that the class does not simulate
  /// Exactly one of them is in the language, though a network of the class answers the same on some pair of words like
  /// these: the sentence says in what they agree.
  std::optional<std::pair<core::Word, core::Word>> words;
  /// Letters of a group that no matrices of the class can stand for together; otherwise empty.
  std::vector<core::Symbol> letters;
};

using CellVerdict = core::Verdict<Recognition, Obstruction>;

/// Nothing: any number.
using Layers = std::optional<std::size_t>;

/// Is there a network of the class with at most so many layers that recognises the language in that arithmetic? Unknown
/// where the question is open, where it is not decided here (the reason says which), and where a limit is met; never
/// throws `core::LimitReached` but for an interrupt. Needs layers ≥ 1.
///
/// For `Layers{}` the exact class is known for most classes of matrices; for a given number, for languages of groups;
/// for one layer, for diagonal matrices on finite orbits.
[[nodiscard]] CellVerdict decide(LanguageFacts& facts, const ModelClass& c, Layers layers, const Semantics& semantics);

}  // namespace eigenmata::expressivity

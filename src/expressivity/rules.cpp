// SPDX-License-Identifier: Apache-2.0
//
// What the rules share: the characterisations that several classes have in common.
#include "rules.hpp"

#include <utility>

#include "eigenmata/algebra/finiteness.hpp"
#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/words.hpp"

namespace eigenmata::expressivity {

using algebra::LawVerdict;

std::string in_words(Layers layers) {
  if (!layers) return "any number of layers";
  return std::to_string(*layers) + (*layers == 1 ? " layer" : " layers");
}

CellVerdict depth_is_open(Layers layers) {
  return CellVerdict::unknown("that some number of layers is enough is known; whether " + in_words(layers) +
                              " are, is not");
}

bool moves_one_hot_codes(const ModelClass& c) {
  using Form = ModelClass::Form;
  return c.form == Form::kDense || c.form == Form::kPermutationDiagonal || (c.form == Form::kRankOne && !c.factors);
}

GroupCondition two_group() {
  GroupCondition condition;
  condition.solvable = true;
  condition.primes_divide = 2;
  return condition;
}

std::optional<SpectrumSet> integers_of(const SpectrumSet& set) {
  std::vector<SpectrumPiece> pieces;
  for (const int number : {-1, 0, 1}) {
    if (!set.contains(exact::Rational(number))) continue;
    SpectrumPiece piece;
    piece.modulus = number == 0 ? 0 : 1;
    piece.angle = number < 0 ? exact::Rational(1, 2) : exact::Rational(0);
    pieces.push_back(piece);
  }
  if (pieces.empty()) return std::nullopt;
  return SpectrumSet(std::move(pieces));
}

CellVerdict yes(Recognition recognition, const std::string& theorem) {
  return CellVerdict::yes(std::move(recognition), theorem);
}

CellVerdict no_period(const PeriodVerdict& failing, const std::string& why, const std::string& theorem) {
  Obstruction obstruction;
  obstruction.reason = why;
  obstruction.period = failing.witness();
  return CellVerdict::no(std::move(obstruction), theorem);
}

CellVerdict no_law(const LawVerdict& failing, const std::string& why, const std::string& theorem) {
  Obstruction obstruction;
  obstruction.reason = why;
  obstruction.law = failing.witness();
  return CellVerdict::no(std::move(obstruction), theorem);
}

CellVerdict no_group(const GroupVerdict& failing, const std::string& why, const std::string& theorem) {
  Obstruction obstruction;
  obstruction.reason = why + "; the group " + failing.witness().name + " in the monoid " + failing.witness().lacks;
  obstruction.group = failing.witness();
  return CellVerdict::no(std::move(obstruction), theorem);
}

CellVerdict decide_stutter_invariant(LanguageFacts& facts, const std::string& theorem) {
  if (const PeriodVerdict aperiodic = facts.periods_divide(1); aperiodic.is_no()) {
    return no_period(aperiodic, "the class recognises star-free languages only", theorem);
  }
  if (const auto x = facts.letter_not_idempotent()) {
    const core::Word once{*x};
    const core::Word twice{*x, *x};
    const automata::Dfa& minimal = facts.minimal();
    for (std::size_t q = 0; q < minimal.states(); ++q) {
      const automata::State from = automata::state(q);
      const automata::State one = minimal.run(from, once);
      const automata::State two = minimal.run(from, twice);
      if (one == two) continue;
      const core::Word prefix = automata::shortest_path(minimal, minimal.initial(), from).value();
      const auto started = [&](automata::State at) {
        return automata::Dfa(minimal.alphabet(), at, minimal.accepting(), minimal.table());
      };
      const core::Word suffix = automata::equal(started(one), started(two)).witness();
      const auto joined = [&](const core::Word& middle) {
        core::Word word = prefix;
        word.insert(word.end(), middle.begin(), middle.end());
        word.insert(word.end(), suffix.begin(), suffix.end());
        return word;
      };
      Obstruction obstruction;
      obstruction.reason =
          "with finitely many states a letter that is repeated changes nothing; here one of two words "
          "that differ only in a repeated letter is accepted";
      obstruction.words = std::make_pair(joined(once), joined(twice));
      return CellVerdict::no(std::move(obstruction), theorem);
    }
  }
  if (const PeriodVerdict aperiodic = facts.periods_divide(1); aperiodic.is_unknown())
    return CellVerdict::unknown(aperiodic.reason());
  return yes({"the language is star-free, and repeating a letter never matters", {}, {}, {}}, theorem);
}

CellVerdict decide_aperiodic_in_blocks(LanguageFacts& facts, std::uint64_t m, const std::string& theorem) {
  const PeriodVerdict aperiodic = facts.aperiodic_in_blocks(m);
  const std::string words = m == 1 ? "words" : "words of a length divisible by " + std::to_string(m);
  if (aperiodic.is_unknown()) return CellVerdict::unknown(aperiodic.reason());
  if (aperiodic.is_yes()) {
    return yes({m == 1 ? "the language is star-free" : "the " + words + " make no group", {}, {}, {}}, theorem);
  }
  return no_period(aperiodic, "repeating " + words + ", no network of the class has a period above 1 in the end",
                   theorem);
}

CellVerdict decide_groups(LanguageFacts& facts, std::uint64_t m, const GroupCondition& condition,
                          const std::string& theorem) {
  if (condition.trivial) return decide_aperiodic_in_blocks(facts, m, theorem);
  const GroupVerdict groups = facts.groups_in_blocks(m, condition);
  if (groups.is_unknown()) {
    // Periods that were found before a limit may settle it.
    if (condition.primes_divide == 2) {
      if (const PeriodVerdict periods = facts.periods_are_powers_of_two(); periods.is_no())
        return no_period(periods, "the class only has periods that are powers of 2", theorem);
    }
    return CellVerdict::unknown(groups.reason());
  }
  const std::string in_blocks = m == 1 ? "" : " that words of a length divisible by " + std::to_string(m) + " make";
  if (groups.is_yes())
    return yes({"every group" + in_blocks + " in the syntactic monoid is " + to_string(condition), {}, {}, {}},
               theorem);
  return no_group(groups, "every group" + in_blocks + " has to be " + to_string(condition), theorem);
}

std::optional<CellVerdict> reset_layer(const LanguageFacts& facts, Turns turns) {
  std::vector<algebra::Transformation> permutations;
  for (const algebra::Transformation& x : facts.letters()) {
    if (x.rank() == 1) continue;
    if (!x.is_permutation()) return std::nullopt;
    const bool is_identity = x == algebra::Transformation::identity(x.degree());
    if (turns == Turns::kHold && !is_identity) return std::nullopt;
    if (turns == Turns::kSigns && x.period() > 2) return std::nullopt;
    if (!is_identity) permutations.push_back(x);
  }
  for (const auto& x : permutations) {
    for (const auto& y : permutations) {
      if (x * y != y * x) return std::nullopt;
    }
  }
  if (permutations.empty()) return yes({"every letter holds the state or resets it", 1, 1, 1}, "reset-layer");
  return yes({"every letter resets the state, or turns it by a number", 1, {}, {}}, "reset-layer");
}

CellVerdict last_letter_is_not_enough(LanguageFacts& facts, const std::string& why, const std::string& theorem) {
  for (std::size_t x = 0; x < facts.minimal().letters(); ++x) {
    const auto trivial = algebra::is_trivial(facts.before_letters()[x]->minimal());
    if (!trivial.is_no()) continue;
    Obstruction obstruction;
    obstruction.reason = why + "; here one of two words that end in the same letter is accepted";
    obstruction.words = trivial.witness();
    obstruction.words->first.push_back(core::symbol(x));
    obstruction.words->second.push_back(core::symbol(x));
    return CellVerdict::no(std::move(obstruction), theorem);
  }
  return yes({"the last letter decides", 0, 0, {}}, theorem);
}

CellVerdict decide_letter_and_group(LanguageFacts& facts, std::uint64_t m, const GroupCondition& condition,
                                    const std::string& theorem) {
  const automata::Dfa& minimal = facts.minimal();
  for (std::size_t x = 0; x < minimal.letters(); ++x) {
    LanguageFacts& before = *facts.before_letters()[x];
    const automata::Dfa& dfa = before.minimal();
    for (std::size_t y = 0; !before.is_group() && y < dfa.letters(); ++y) {
      if (before.letters()[y].is_permutation()) continue;
      // Two states p, q that y merges, and a word that tells them apart.
      std::vector<std::optional<automata::State>> source(dfa.states());
      for (std::size_t p = 0; p < dfa.states(); ++p) {
        auto& first = source[index(dfa.step(automata::state(p), core::symbol(y)))];
        if (!first) {
          first = automata::state(p);
          continue;
        }
        const auto started = [&](automata::State at) {
          return automata::Dfa(dfa.alphabet(), at, dfa.accepting(), dfa.table());
        };
        core::Word suffix = automata::equal(started(*first), started(automata::state(p))).witness();
        suffix.push_back(core::symbol(x));
        const auto word_through = [&](automata::State at) {
          core::Word word = automata::shortest_path(dfa, dfa.initial(), at).value();
          word.insert(word.end(), suffix.begin(), suffix.end());
          return word;
        };
        Obstruction obstruction;
        obstruction.reason = "in the class every letter permutes the states of every layer; here letter " +
                             minimal.alphabet().name(core::symbol(y)) +
                             " merges what one of two words with a common end tells apart";
        obstruction.words = std::make_pair(word_through(*first), word_through(automata::state(p)));
        return CellVerdict::no(std::move(obstruction), theorem);
      }
    }
    const GroupVerdict group = before.groups_in_blocks(m, condition);
    if (group.is_unknown()) return CellVerdict::unknown(group.reason());
    if (group.is_no()) {
      return no_group(group,
                      "words before a last letter make a group that has to be " + to_string(condition) +
                          (m == 1 ? "" : " for lengths divisible by " + std::to_string(m)),
                      theorem);
    }
  }
  return yes({"the last letter and a product in a group that is " + to_string(condition) +
                  (m == 1 ? "" : " for lengths divisible by " + std::to_string(m)) + " decide",
              {},
              {},
              {}},
             theorem);
}

CellVerdict decide_definite(LanguageFacts& facts, const std::string& theorem) {
  const LawVerdict& definite = facts.definite();
  if (definite.is_unknown()) return CellVerdict::unknown(definite.reason());
  if (definite.is_yes()) return yes({"some fixed number of last letters decides", {}, {}, {}}, theorem);
  return no_law(definite, "some fixed number of last letters would have to decide", theorem);
}

}  // namespace eigenmata::expressivity

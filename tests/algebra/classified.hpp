// SPDX-License-Identifier: Apache-2.0
//
// Languages for tests of their algebra: random ones, and a language with its monoid and every decision about it.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "eigenmata/algebra/varieties.hpp"
#include "eigenmata/automata/words.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra::testing {

using automata::Dfa;
using namespace eigenmata::testing;

inline std::string shown(const Dfa& dfa) {
  std::string text;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    text += dfa.is_accepting(automata::state(q)) ? "+" : "-";
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      text += std::to_string(index(dfa.step(automata::state(q), core::symbol(x))));
      text += ' ';
    }
  }
  return text;
}

/// A language with its monoid, and all answers about it.
struct Classified {
  explicit Classified(Dfa dfa) : minimal(std::move(dfa)), monoid(letter_maps(minimal), {}), semigroup(minimal, monoid) {
    REQUIRE(semigroup.is_known());
  }
  Classified(const Classified&) = delete;

  Dfa minimal;
  TransitionMonoid monoid;
  SyntacticSemigroup semigroup;
};

inline const std::map<std::string, LawVerdict (*)(const SyntacticSemigroup&)>& decisions() {
  static const std::map<std::string, LawVerdict (*)(const SyntacticSemigroup&)> all{
      {"nilpotent", is_nilpotent},
      {"definite", is_definite},
      {"reverse_definite", is_reverse_definite},
      {"generalized_definite", is_generalized_definite},
      {"locally_testable", is_locally_testable},
      {"locally_threshold_testable", is_locally_threshold_testable},
      {"r_trivial", is_r_trivial},
      {"l_trivial", is_l_trivial},
      {"j_trivial", is_j_trivial},
      {"da", is_da},
      {"block_group", is_block_group},
      {"quasi_aperiodic", is_quasi_aperiodic},
  };
  return all;
}

/// A random minimal automaton, with letters of kinds that make rare families less rare.
inline Dfa random_language(core::Random& random, std::size_t most_states, std::size_t most_letters) {
  const std::size_t states = 1 + random.below(most_states);
  const std::size_t letters = 1 + random.below(most_letters);
  std::vector<std::vector<std::size_t>> next(states, std::vector<std::size_t>(letters));
  std::vector<std::size_t> accepting;
  const std::uint64_t habit = random.below(5);
  for (std::size_t x = 0; x < letters; ++x) {
    const std::uint64_t kind = random.one_in(3) ? random.below(5) : habit;
    const auto permutation = testing::random_permutation(random, states);
    const std::size_t target = random.below(states);
    for (std::size_t q = 0; q < states; ++q) {
      next[q][x] = kind == 0   ? random.below(states)
                   : kind == 1 ? q + random.below(states - q)
                   : kind == 2 ? (random.one_in(4) ? q : target)
                   : kind == 3 ? permutation[q]
                               : std::min(states - 1, q + 1);
    }
  }
  for (std::size_t q = 0; q < states; ++q) {
    if (random.one_in(2)) accepting.push_back(q);
  }
  return automata::minimised(testing::dfa_from_table(testing::small_alphabet(letters), next, accepting));
}

/// The minimal automaton of the words read backwards: sets of states from which acceptance is reached.
inline Dfa reversed(const Dfa& dfa) {
  std::map<std::vector<bool>, std::size_t> number{{dfa.accepting(), 0}};
  std::vector<std::vector<bool>> sets{dfa.accepting()};
  std::vector<std::vector<std::size_t>> table;
  std::vector<std::size_t> accepting;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    table.emplace_back();
    if (sets[i][index(dfa.initial())]) accepting.push_back(i);
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      std::vector<bool> before(dfa.states());
      for (std::size_t q = 0; q < dfa.states(); ++q) {
        before[q] = sets[i][index(dfa.step(automata::state(q), core::symbol(x)))];
      }
      const auto [at, is_new] = number.try_emplace(before, sets.size());
      if (is_new) sets.push_back(before);
      table[i].push_back(at->second);
    }
  }
  return automata::minimised(testing::dfa_from_table(dfa.alphabet(), table, accepting));
}

/// The product of variables with their words put in.
inline core::Word substituted(const std::string& product, const LawWitness& witness) {
  core::Word word;
  for (const char variable : product) {
    const auto at =
        std::find_if(witness.words.begin(), witness.words.end(), [&](const auto& w) { return w.first == variable; });
    REQUIRE(at != witness.words.end());
    word.insert(word.end(), at->second.begin(), at->second.end());
  }
  return word;
}

/// The premises hold, the conclusion does not, and the language tells its sides apart.
inline void require_witness(const Dfa& dfa, const LawWitness& witness, bool of_semigroup) {
  CAPTURE(witness.law);
  std::string rest = witness.law;
  const std::size_t arrow = rest.find(" => ");
  REQUIRE(arrow != std::string::npos);
  std::string premises = rest.substr(0, arrow) + ", ";
  for (std::size_t comma; (comma = premises.find(", ")) != std::string::npos; premises.erase(0, comma + 2)) {
    const std::string premise = premises.substr(0, comma);
    CAPTURE(premise);
    const std::size_t equals = premise.find(" = ");
    REQUIRE(equals != std::string::npos);
    const std::string left = premise.substr(0, equals);
    const std::string right = premise.substr(equals + 3);
    if (left[0] == '|') {
      REQUIRE(substituted(left.substr(1, 1), witness).size() == substituted(right.substr(1, 1), witness).size());
    } else {
      REQUIRE(word_map(dfa, substituted(left, witness)) == word_map(dfa, substituted(right, witness)));
    }
  }
  const std::string conclusion = rest.substr(arrow + 4);
  const std::size_t equals = conclusion.find(" = ");
  REQUIRE(substituted(conclusion.substr(0, equals), witness) == witness.left);
  REQUIRE(substituted(conclusion.substr(equals + 3), witness) == witness.right);
  const auto in_context = [&](const core::Word& middle) {
    core::Word word = witness.prefix;
    word.insert(word.end(), middle.begin(), middle.end());
    word.insert(word.end(), witness.suffix.begin(), witness.suffix.end());
    return dfa.accepts(word);
  };
  REQUIRE(in_context(witness.left) != in_context(witness.right));
  if (of_semigroup) {
    for (const auto& [variable, word] : witness.words) REQUIRE_FALSE(word.empty());
  }
}

/// The monoid by its multiplication table.
struct Table {
  explicit Table(const TransitionMonoid& monoid) : product(monoid.size(), std::vector<std::size_t>(monoid.size())) {
    std::map<std::vector<Point>, std::size_t> number;
    for (std::size_t m = 0; m < monoid.size(); ++m) number[monoid.map_of(element(m)).images()] = m;
    for (std::size_t a = 0; a < monoid.size(); ++a) {
      for (std::size_t b = 0; b < monoid.size(); ++b) {
        product[a][b] = number.at((monoid.map_of(element(a)) * monoid.map_of(element(b))).images());
      }
    }
  }
  [[nodiscard]] std::size_t size() const { return product.size(); }
  [[nodiscard]] std::size_t omega(std::size_t m) const {
    std::size_t power = m;
    while (product[power][power] != power) power = product[power][m];
    return power;
  }
  std::vector<std::vector<std::size_t>> product;
};

}  // namespace eigenmata::algebra::testing

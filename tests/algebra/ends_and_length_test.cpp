// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/ends_and_length.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/random.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;

Dfa language(const std::string& regex) {
  return automata::minimised(automata::compile_regex(regex, core::parse_alphabet("ab", {}), {}));
}

LawVerdict decided(const Dfa& minimal, std::uint64_t modulus) {
  const TransitionMonoid monoid(letter_maps(minimal), {});
  return is_decided_by_ends_and_length(SyntacticSemigroup(minimal, monoid), modulus);
}

/// The law itself, for words up to a length: for every idempotent word e and all u, v.
bool law_holds_up_to(const Dfa& minimal, std::uint64_t modulus, std::size_t longest) {
  std::vector<std::pair<Transformation, std::size_t>> maps{{Transformation::identity(minimal.states()), 0}};
  std::set<std::pair<std::vector<Point>, std::size_t>> seen;
  const auto letters = letter_maps(minimal);
  for (std::size_t i = 0; i < maps.size(); ++i) {
    if (maps[i].second == longest) continue;
    for (const Transformation& x : letters) {
      const Transformation next = maps[i].first * x;
      if (seen.emplace(next.images(), maps[i].second + 1).second) maps.emplace_back(next, maps[i].second + 1);
    }
  }
  for (const auto& [e, length_of_e] : maps) {
    if (length_of_e == 0 || e * e != e) continue;
    std::map<std::size_t, Transformation> by_length;
    for (const auto& [u, length] : maps) {
      const std::size_t key = modulus == 0 ? length : length % modulus;
      const auto [at, is_new] = by_length.try_emplace(key, e * u * e);
      if (!is_new && at->second != e * u * e) return false;
    }
  }
  return true;
}

TEST_CASE("languages that ends and length decide", "[ends-and-length]") {
  struct Known {
    const char* regex;
    bool generalized_definite, length_mod_2, some_length;
  };
  for (const Known& known :
       {Known{"a.*b", true, true, true}, Known{".*ab", true, true, true}, Known{"(..)*", false, true, true},
        Known{"a(..)*b", false, true, true}, Known{"(...)*", false, false, true}, Known{".*a.*", false, false, false},
        Known{"(b*ab*a)*b*", false, false, false}, Known{"(ab)*", false, false, false},
        Known{"(..)*a", false, true, true}, Known{"(..)*|.*b(...)*", false, false, false},
        Known{"aab|b", true, true, true}}) {
    CAPTURE(known.regex);
    const Dfa dfa = language(known.regex);
    CHECK(decided(dfa, 1).is_yes() == known.generalized_definite);
    CHECK(decided(dfa, 2).is_yes() == known.length_mod_2);
    CHECK(decided(dfa, 0).is_yes() == known.some_length);
  }
}

TEST_CASE("a witness breaks the law with words of one length", "[ends-and-length]") {
  for (const char* regex : {".*a.*", "(b*ab*a)*b*", "(ab)*", "(...)*", "((a|ba)b)*"}) {
    for (const std::uint64_t modulus : {0, 1, 2, 5}) {
      const Dfa dfa = language(regex);
      const LawVerdict verdict = decided(dfa, modulus);
      if (!verdict.is_no()) continue;
      CAPTURE(regex, modulus);
      std::map<char, core::Word> words(verdict.witness().words.begin(), verdict.witness().words.end());
      const Transformation e = word_map(dfa, words.at('e'));
      CHECK_FALSE(words.at('e').empty());
      CHECK(e * e == e);
      if (modulus == 0) CHECK(words.at('u').size() == words.at('v').size());
      if (modulus > 0) CHECK(words.at('u').size() % modulus == words.at('v').size() % modulus);
      CHECK(e * word_map(dfa, words.at('u')) * e != e * word_map(dfa, words.at('v')) * e);
      const auto accepts = [&](const core::Word& middle) {
        core::Word word = verdict.witness().prefix;
        word.insert(word.end(), middle.begin(), middle.end());
        word.insert(word.end(), verdict.witness().suffix.begin(), verdict.witness().suffix.end());
        return dfa.accepts(word);
      };
      CHECK(accepts(verdict.witness().left) != accepts(verdict.witness().right));
    }
  }
}

TEST_CASE("a modulus far beyond what the language counts", "[ends-and-length]") {
  // Multiples of 2 and of the prime 2^31 - 1 alike: only what they have in common with the periods matters.
  for (const std::uint64_t modulus : {std::uint64_t{1} << 40, std::uint64_t{3} * 2'147'483'647}) {
    CAPTURE(modulus);
    CHECK(decided(language("a.*b"), modulus).is_yes());
    CHECK(decided(language("(..)*"), modulus).is_yes() == (modulus % 2 == 0));
    CHECK(decided(language("(...)*"), modulus).is_yes() == (modulus % 3 == 0));
    const LawVerdict contains = decided(language(".*a.*"), modulus);
    REQUIRE(contains.is_no());
    std::map<char, core::Word> words(contains.witness().words.begin(), contains.witness().words.end());
    CHECK(words.at('u').size() == words.at('v').size());
  }
  // Words of different lengths, equal modulo 2^40, would show it.
  const LawVerdict length = decided(language("(...)*"), std::uint64_t{1} << 40);
  REQUIRE(length.is_unknown());
  CHECK(length.reason().find("too long to be listed") != std::string::npos);
}

TEST_CASE("the decision agrees with the law on short words", "[ends-and-length]") {
  core::Random random(20261122);
  std::size_t yes = 0;
  for (int i = 0; i < 300; ++i) {
    const std::size_t states = 2 + random.below(3);
    std::vector<automata::State> next;
    std::vector<bool> accepting;
    for (std::size_t q = 0; q < states; ++q) {
      accepting.push_back(random.below(2) == 1);
      // Often one letter, or two that do the same: else hardly any language is decided by its length.
      const auto first = automata::state(random.below(states));
      next.push_back(first);
      next.push_back(random.below(3) > 0 ? first : automata::state(random.below(states)));
    }
    const Dfa dfa = automata::minimised(Dfa(core::parse_alphabet("ab", {}), automata::state(0), accepting, next));
    for (const std::uint64_t modulus : {0, 1, 2, 3}) {
      CAPTURE(i, modulus, accepting, dfa.states());
      const bool holds = law_holds_up_to(dfa, modulus, 14);
      yes += holds;
      CHECK(decided(dfa, modulus).is_yes() == holds);
    }
  }
  CHECK(yes > 100);
}

}  // namespace
}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "checker/equivalence.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "support.hpp"

namespace eigenmata::checker {
namespace {

std::optional<Difference> difference_of(const Language& a, const Language& b) {
  return shortest_difference(a.alphabet, a.automaton, b.alphabet, b.automaton);
}

TEST_CASE("equal languages over different alphabets", "[checker][equivalence]") {
  CHECK_FALSE(difference_of(regex("a*"), regex("a*", {"a", "b"})));
  CHECK_FALSE(difference_of(regex("(ab)*", {"a", "b"}), regex("(ab)*", {"b", "a"})));
  CHECK_FALSE(difference_of(regex("a&~a", {"a"}), regex("b&~b", {"b"})));
  CHECK_FALSE(difference_of(regex("()", {"x"}), regex("()", {"push", "pop"})));
}

TEST_CASE("shortest differences", "[checker][equivalence]") {
  const auto word_of = [](const Language& a, const Language& b) {
    const std::optional<Difference> difference = difference_of(a, b);
    REQUIRE(difference);
    return std::make_pair(difference->word, difference->first_accepts);
  };
  using Words = std::pair<std::vector<std::string>, bool>;
  CHECK(word_of(regex("a*"), regex("a+")) == Words{{}, true});
  CHECK(word_of(regex("a*"), regex("a*|b")) == Words{{"b"}, false});
  CHECK(word_of(regex("~a", {"a"}), regex("~a", {"a", "b"})) == Words{{"b"}, false});
  CHECK(word_of(regex("a{7}"), regex("a&~a")) == Words{{"a", "a", "a", "a", "a", "a", "a"}, true});
  CHECK(word_of(regex("<push>b"), regex("<push>c")).first.size() == 2);
}

Dfa random_dfa(std::mt19937& random, std::uint32_t letters) {
  Dfa dfa;
  dfa.letters = letters;
  const auto size = 1 + static_cast<State>(random() % 6);
  dfa.initial = static_cast<State>(random() % size);
  for (State s = 0; s < size; ++s) {
    dfa.accepting.push_back(random() % 5 == 0);
    for (LetterId a = 0; a < letters; ++a) dfa.next.push_back(static_cast<State>(random() % size));
  }
  return dfa;
}

/// The length of a shortest difference, by the plain product of the two automata over the union of the
/// letters.
std::optional<std::size_t> length_of_difference(const Language& a, const Language& b) {
  std::set<std::string> letters(a.alphabet.begin(), a.alphabet.end());
  letters.insert(b.alphabet.begin(), b.alphabet.end());
  constexpr std::size_t kNone = 1000;
  const auto step = [](const Language& language, std::size_t s, const std::string& name) {
    const auto place = std::find(language.alphabet.begin(), language.alphabet.end(), name);
    if (s == kNone || place == language.alphabet.end()) return kNone;
    const auto id = static_cast<LetterId>(place - language.alphabet.begin());
    return static_cast<std::size_t>(language.automaton.successor(static_cast<State>(s), id));
  };
  const auto accepted = [](const Language& language, std::size_t s) {
    return s != kNone && language.automaton.accepting[s];
  };
  using Pair = std::pair<std::size_t, std::size_t>;
  std::set<Pair> seen = {{a.automaton.initial, b.automaton.initial}};
  std::vector<Pair> level(seen.begin(), seen.end());
  for (std::size_t length = 0; !level.empty(); ++length) {
    std::vector<Pair> next;
    for (const Pair& pair : level) {
      if (accepted(a, pair.first) != accepted(b, pair.second)) return length;
      for (const std::string& letter : letters) {
        const Pair successor(step(a, pair.first, letter), step(b, pair.second, letter));
        if (seen.insert(successor).second) next.push_back(successor);
      }
    }
    level = next;
  }
  return std::nullopt;
}

TEST_CASE("differences of random automata are shortest and real", "[checker][equivalence]") {
  std::mt19937 random(3);
  const std::vector<std::vector<std::string>> alphabets = {{"a"}, {"a", "b"}, {"b", "a"}, {"b", "c"}, {"c", "a", "b"}};
  int equal = 0;
  for (int round = 0; round < 20'000; ++round) {
    const auto& names1 = alphabets[random() % alphabets.size()];
    const auto& names2 = alphabets[random() % alphabets.size()];
    const Language a{names1, random_dfa(random, static_cast<std::uint32_t>(names1.size()))};
    const Language b{names2, random_dfa(random, static_cast<std::uint32_t>(names2.size()))};
    const std::optional<std::size_t> expected = length_of_difference(a, b);
    const std::optional<Difference> found = difference_of(a, b);
    REQUIRE(found.has_value() == expected.has_value());
    if (!found) {
      ++equal;
      continue;
    }
    REQUIRE(found->word.size() == *expected);
    REQUIRE(accepts(a, found->word) == found->first_accepts);
    REQUIRE(accepts(b, found->word) != found->first_accepts);
  }
  CHECK(equal > 100);
}

}  // namespace
}  // namespace eigenmata::checker

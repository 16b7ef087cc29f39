// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/dfa.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "automata/brute_force.hpp"
#include "eigenmata/core/error.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

using testing::random_dfa;
using testing::small_alphabet;

/// The same automaton with its states in another order.
Dfa renumbered(core::Random& random, const Dfa& dfa) {
  const auto number = testing::random_permutation(random, dfa.states());
  std::vector<bool> accepting(dfa.states());
  std::vector<State> next(dfa.table().size());
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    accepting[number[q]] = dfa.is_accepting(state(q));
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      next[number[q] * dfa.letters() + x] = state(number[index(dfa.step(state(q), core::symbol(x)))]);
    }
  }
  return {dfa.alphabet(), state(number[index(dfa.initial())]), std::move(accepting), std::move(next)};
}

TEST_CASE("words act from the right, letter by letter", "[dfa]") {
  // a turns 0 → 1 → 2 → 0, b sends everything to 0.
  const Dfa dfa(small_alphabet(2), state(0), {false, false, true},
                {state(1), state(0), state(2), state(0), state(0), state(0)});
  const Symbol a = core::symbol(0);
  const Symbol b = core::symbol(1);
  CHECK(dfa.states() == 3);
  CHECK(dfa.letters() == 2);
  CHECK(dfa.step(state(2), a) == state(0));
  CHECK(dfa.run(state(0), {a, b}) == state(0));  // first a, then b
  CHECK(dfa.run(state(0), {b, a}) == state(1));
  CHECK(dfa.run(state(2), {}) == state(2));
  CHECK(dfa.accepts({a, b, a, a}));
  CHECK_FALSE(dfa.accepts({}));
}

TEST_CASE("a product of words acts as one word after the other", "[dfa]") {
  EIGENMATA_SEEDED(random, 1);
  for (int i = 0; i < 200; ++i) {
    const Dfa dfa = random_dfa(random, random.below(8) + 1, random.below(3) + 1);
    const Word u = testing::random_word(random, random.below(6), dfa.letters());
    const Word v = testing::random_word(random, random.below(6), dfa.letters());
    Word uv = u;
    uv.insert(uv.end(), v.begin(), v.end());
    for (std::size_t q = 0; q < dfa.states(); ++q) CHECK(dfa.run(state(q), uv) == dfa.run(dfa.run(state(q), u), v));
  }
}

TEST_CASE("what is no automaton is refused with what is wrong", "[dfa]") {
  const auto make = [](std::size_t initial, std::vector<bool> accepting, std::vector<State> next) {
    (void)Dfa(small_alphabet(2), state(initial), std::move(accepting), std::move(next));
  };
  CHECK_NOTHROW(make(0, {true}, {state(0), state(0)}));
  CHECK_THROWS_WITH(make(0, {}, {}), "an automaton without states; at least one is needed");
  CHECK_THROWS_WITH(make(1, {true}, {state(0), state(0)}), "initial state 1 does not exist; the states are 0 to 0");
  CHECK_THROWS_WITH(make(0, {true, false}, {state(0), state(0), state(0)}),
                    "a table of 3 transitions; 2 states and 2 letters need 4");
  CHECK_THROWS_WITH(make(0, {true, false}, {state(0), state(0), state(0), state(2)}),
                    "state 1 is sent to 2, but the states are 0 to 1");
}

TEST_CASE("the reachable part has the reachable states and the same language", "[dfa]") {
  EIGENMATA_SEEDED(random, 2);
  for (int i = 0; i < 500; ++i) {
    const Dfa dfa = random_dfa(random, random.below(12) + 1, random.below(3) + 1);
    const Dfa part = reachable_part(dfa);
    CHECK(part.states() == brute_force::reachable_states(dfa).size());
    CHECK(brute_force::reachable_states(part).size() == part.states());
    CHECK_FALSE(brute_force::shortest_difference(dfa, part));
  }
}

TEST_CASE("isomorphic automata have equal reachable parts, numbered breadth first", "[dfa]") {
  EIGENMATA_SEEDED(random, 3);
  for (int i = 0; i < 500; ++i) {
    const Dfa dfa = random_dfa(random, random.below(12) + 1, random.below(3) + 1);
    const Dfa part = reachable_part(dfa);
    CHECK(part == reachable_part(renumbered(random, dfa)));
    CHECK(part == reachable_part(part));
    // In the table, row by row, a new number is always the least that has not occurred.
    std::size_t known = 1;
    CHECK(part.initial() == state(0));
    for (const State q : part.table()) {
      CHECK(index(q) <= known);
      known = std::max(known, index(q) + 1);
    }
  }
}

TEST_CASE("over another alphabet, known letters act as before and unknown ones kill the word", "[dfa]") {
  EIGENMATA_SEEDED(random, 4);
  for (int i = 0; i < 300; ++i) {
    const Dfa dfa = random_dfa(random, random.below(6) + 1, 3);  // over a, b, c
    std::vector<std::string> names{"a", "b", "c", "d", "push"};
    for (std::size_t j = names.size(); j > 1; --j) std::swap(names[j - 1], names[random.below(j)]);
    names.resize(random.below(5) + 1);
    const Alphabet alphabet(names);
    CAPTURE(to_string(alphabet));
    const Dfa other = over_alphabet(dfa, alphabet);
    REQUIRE(other.alphabet() == alphabet);
    for (const Word& word : brute_force::words_up_to(3, alphabet.size())) {
      Word translated;
      bool known = true;
      for (const Symbol x : word) {
        const auto letter = dfa.alphabet().find(alphabet.name(x));
        known = known && letter.has_value();
        if (letter) translated.push_back(*letter);
      }
      if (other.accepts(word) != (known && dfa.accepts(translated))) FAIL(format_word(alphabet, word));
    }
  }
}

TEST_CASE("over its own alphabet an automaton stays as it is, and no sink is added without need", "[dfa]") {
  EIGENMATA_SEEDED(random, 5);
  const Dfa dfa = random_dfa(random, 5, 2);
  CHECK(over_alphabet(dfa, Alphabet({"a", "b"})) == dfa);
  CHECK(over_alphabet(dfa, Alphabet({"b"})).states() == 5);
  CHECK(over_alphabet(dfa, Alphabet({"b", "a"})).states() == 5);
  CHECK(over_alphabet(dfa, Alphabet({"a", "b", "c"})).states() == 6);
}

}  // namespace
}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/equivalence.hpp"

#include <atomic>
#include <catch2/catch.hpp>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/core/error.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

/// The unary language of lengths divisible by n.
Dfa divisible_by(std::size_t n) {
  std::vector<State> next;
  std::vector<bool> accepting(n, false);
  accepting[0] = true;
  for (std::size_t q = 0; q < n; ++q) next.push_back(state((q + 1) % n));
  return {testing::small_alphabet(1), state(0), std::move(accepting), std::move(next)};
}

/// Compares with breadth-first search over all pairs, both ways round. Returns whether the two are equal.
bool check_comparison(const Dfa& first, const Dfa& second) {
  const auto expected = brute_force::shortest_difference(first, second);
  for (const auto& [a, b] : {std::pair(&first, &second), std::pair(&second, &first)}) {
    const auto verdict = equal(*a, *b);
    REQUIRE(verdict.is_yes() == !expected.has_value());
    REQUIRE(verdict.is_no() == expected.has_value());
    CHECK(verdict.theorem() == "hopcroft-karp");
    if (!expected) continue;
    CAPTURE(format_word(first.alphabet(), verdict.witness()));
    REQUIRE(verdict.witness().size() == *expected);
    REQUIRE(first.accepts(verdict.witness()) != second.accepts(verdict.witness()));
  }
  return !expected;
}

TEST_CASE("random automata: the difference is real, shortest, and there in both directions", "[equivalence]") {
  EIGENMATA_SEEDED(random, 1);
  int equal_pairs = 0;
  for (int i = 0; i < 5000; ++i) {
    const std::size_t letters = random.below(3) + 1;
    const Dfa first = testing::random_dfa(random, random.below(6) + 1, letters);
    const Dfa second = testing::random_dfa(random, random.below(6) + 1, letters);
    CAPTURE(i);
    equal_pairs += check_comparison(first, second) ? 1 : 0;
  }
  CHECK(equal_pairs > 100);
}

TEST_CASE("late differences are shortest, too", "[equivalence]") {
  // One state more or less accepting, far out in a large automaton: merging has much opportunity to go wrong.
  EIGENMATA_SEEDED(random, 2);
  int different = 0;
  for (int i = 0; i < 500; ++i) {
    const Dfa first = testing::random_dfa(random, random.below(60) + 40, random.below(2) + 1);
    std::vector<bool> accepting(first.states(), false);
    std::vector<bool> other = accepting;
    other[random.below(other.size())] = true;
    CAPTURE(i);
    different += check_comparison(Dfa(first.alphabet(), first.initial(), accepting, first.table()),
                                  Dfa(first.alphabet(), first.initial(), other, first.table()))
                     ? 0
                     : 1;
  }
  CHECK(different > 100);
}

TEST_CASE("a language compared with another automaton of its own is equal", "[equivalence]") {
  EIGENMATA_SEEDED(random, 3);
  for (int i = 0; i < 300; ++i) {
    const Dfa dfa = testing::random_dfa(random, random.below(30) + 1, 2);
    CAPTURE(i);
    CHECK(check_comparison(dfa, dfa));
    CHECK(check_comparison(dfa, minimised(dfa)));
  }
}

TEST_CASE("lengths divisible by 96 and by 97 differ first at 96", "[equivalence]") {
  const auto verdict = equal(divisible_by(96), divisible_by(97));
  REQUIRE(verdict.is_no());
  CHECK(verdict.witness().size() == 96);
  // By 1 and by 2: at 1. The empty word, where only one accepts it: at 0.
  CHECK(equal(divisible_by(1), divisible_by(2)).witness().size() == 1);
  const Dfa nothing(testing::small_alphabet(1), state(0), {false}, {state(0)});
  CHECK(equal(nothing, divisible_by(3)).witness().empty());
}

TEST_CASE("automata over different alphabets are not compared", "[equivalence]") {
  EIGENMATA_SEEDED(random, 4);
  const Dfa first = testing::random_dfa(random, 3, 1);
  const Dfa second = testing::random_dfa(random, 3, 2);
  CHECK_THROWS_WITH(equal(first, second), "the alphabets differ: {a} and {a, b}");
  CHECK_THROWS_AS(equal(over_alphabet(second, Alphabet({"b", "a"})), second), core::Error);
}

TEST_CASE("an interrupt stops a comparison; it never becomes an answer", "[equivalence]") {
  const std::atomic<bool> interrupted = true;
  core::Limits limits;
  limits.interrupted = &interrupted;
  CHECK_THROWS_AS(equal(divisible_by(100), divisible_by(100), limits), core::LimitReached);
}

TEST_CASE("large automata are compared in nearly linear time", "[equivalence]") {
  // All pairs of states of these two would be 25 million.
  CHECK(equal(divisible_by(5000), divisible_by(4999)).witness().size() == 4999);
  CHECK(equal(divisible_by(200'000), divisible_by(200'000)).is_yes());
}

}  // namespace
}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/boolean.hpp"

#include <atomic>
#include <catch2/catch.hpp>

#include "automata/brute_force.hpp"
#include "eigenmata/core/error.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

bool on_bits(BooleanOperation operation, bool a, bool b) {
  // Rows of the truth tables, for ab = 00, 01, 10, 11.
  const char* table = operation == BooleanOperation::kAnd          ? "0001"
                      : operation == BooleanOperation::kOr         ? "0111"
                      : operation == BooleanOperation::kDifference ? "0010"
                                                                   : "0110";
  return table[2 * (a ? 1 : 0) + (b ? 1 : 0)] == '1';
}

TEST_CASE("boolean operations do to languages what they do to bits, on all words up to length 6", "[boolean]") {
  EIGENMATA_SEEDED(random, 1);
  const std::vector<Word> words = brute_force::words_up_to(6, 2);
  for (int i = 0; i < 300; ++i) {
    const Dfa first = testing::random_dfa(random, random.below(5) + 1, 2);
    const Dfa second = testing::random_dfa(random, random.below(5) + 1, 2);
    const Dfa neither = complement(first);
    for (const BooleanOperation operation : {BooleanOperation::kAnd, BooleanOperation::kOr,
                                             BooleanOperation::kDifference, BooleanOperation::kSymmetricDifference}) {
      const Dfa both = combined(operation, first, second, {});
      CHECK(both.states() <= first.states() * second.states());
      CHECK(both.states() == brute_force::reachable_states(both).size());
      for (const Word& word : words) {
        if (both.accepts(word) == on_bits(operation, first.accepts(word), second.accepts(word))) continue;
        FAIL("operation " << static_cast<int>(operation) << ", pair " << i << ", word "
                          << format_word(first.alphabet(), word));
      }
    }
    for (const Word& word : words) REQUIRE(neither.accepts(word) != first.accepts(word));
  }
}

TEST_CASE("the complement of the complement is the automaton itself", "[boolean]") {
  EIGENMATA_SEEDED(random, 2);
  const Dfa dfa = testing::random_dfa(random, 7, 3);
  CHECK(complement(complement(dfa)) == dfa);
}

TEST_CASE("automata over different alphabets are not combined", "[boolean]") {
  EIGENMATA_SEEDED(random, 3);
  CHECK_THROWS_WITH(
      combined(BooleanOperation::kOr, testing::random_dfa(random, 2, 2), testing::random_dfa(random, 2, 3), {}),
      "the alphabets differ: {a, b} and {a, b, c}");
}

TEST_CASE("products obey their limits", "[boolean]") {
  EIGENMATA_SEEDED(random, 4);
  const Dfa first = testing::random_permutation_dfa(random, 1000, 2);
  const Dfa second = testing::random_permutation_dfa(random, 1000, 2);
  core::Limits limits;
  limits.memory_bytes = std::size_t{1} << 20;
  CHECK_THROWS_AS(combined(BooleanOperation::kAnd, first, second, limits), core::LimitReached);
  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK_THROWS_AS(combined(BooleanOperation::kAnd, first, second, stopped), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/finiteness.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/automata/words.hpp"
#include "support/languages.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;

core::Word joined(const PumpWitness& witness, std::size_t times) {
  core::Word word = witness.prefix;
  for (; times > 0; --times) word.insert(word.end(), witness.repeat.begin(), witness.repeat.end());
  word.insert(word.end(), witness.suffix.begin(), witness.suffix.end());
  return word;
}

TEST_CASE("a language is finite iff it has no word of a length from n to 2n - 1, for n states", "[finiteness]") {
  EIGENMATA_SEEDED(random, 41);
  int finite = 0;
  int cofinite = 0;
  for (int round = 0; round < 3'000; ++round) {
    // Maps that rarely go back to a smaller state: finite and cofinite languages are rare otherwise.
    const std::size_t states = 1 + random.below(5);
    const std::size_t letters = 1 + random.below(2);
    std::vector<std::vector<std::size_t>> next(states);
    std::vector<std::size_t> accepting;
    for (std::size_t q = 0; q < states; ++q) {
      for (std::size_t x = 0; x < letters; ++x) {
        next[q].push_back(random.one_in(10) ? random.below(states) : std::min(states - 1, q + 1 + random.below(2)));
      }
      if (random.one_in(2)) accepting.push_back(q);
    }
    const Dfa dfa = automata::minimised(testing::dfa_from_table(testing::small_alphabet(letters), next, accepting));
    const std::size_t n = dfa.states();
    automata::WordCount accepted = 0;
    automata::WordCount all = 0;
    for (std::size_t length = n; length < 2 * n; ++length) {
      accepted += automata::count_words(dfa, length);
      automata::WordCount words = 1;
      for (std::size_t i = 0; i < length; ++i) words *= letters;
      all += words;
    }
    const auto is_fin = is_finite(dfa);
    const auto is_cofin = is_cofinite(dfa);
    REQUIRE(is_fin.is_yes() == (accepted == 0));
    REQUIRE(is_cofin.is_yes() == (accepted == all));
    REQUIRE(is_trivial(dfa).is_yes() == (n == 1));
    finite += is_fin.is_yes() ? 1 : 0;
    cofinite += is_cofin.is_yes() ? 1 : 0;
    if (is_fin.is_no()) REQUIRE_FALSE(is_fin.witness().repeat.empty());
    if (is_cofin.is_no()) REQUIRE_FALSE(is_cofin.witness().repeat.empty());
    for (std::size_t k = 0; k < n + 2; ++k) {
      if (is_fin.is_no()) REQUIRE(dfa.accepts(joined(is_fin.witness(), k)));
      if (is_cofin.is_no()) REQUIRE_FALSE(dfa.accepts(joined(is_cofin.witness(), k)));
    }
    if (is_trivial(dfa).is_no()) {
      const auto [yes, no] = is_trivial(dfa).witness();
      REQUIRE(dfa.accepts(yes));
      REQUIRE_FALSE(dfa.accepts(no));
    }
  }
  CHECK(finite > 300);
  CHECK(cofinite > 300);
  CHECK(finite < 2'000);
}

TEST_CASE("well-known finite and cofinite languages", "[finiteness]") {
  using testing::catalogue_language;
  CHECK(is_finite(catalogue_language("empty-word")).is_yes());
  CHECK(is_cofinite(catalogue_language("empty-word")).is_no());
  CHECK(is_finite(catalogue_language("no-words")).is_yes());
  CHECK(is_trivial(catalogue_language("no-words")).is_yes());
  CHECK(is_cofinite(catalogue_language("nonempty")).is_yes());
  CHECK(is_trivial(catalogue_language("nonempty")).is_no());
  CHECK(is_cofinite(catalogue_language("all-words")).is_yes());
  CHECK(is_finite(catalogue_language("roman-numerals")).is_yes());
  CHECK(is_finite(catalogue_language("ipv4")).is_yes());
  CHECK(is_finite(catalogue_language("json-number")).is_no());
  CHECK(is_cofinite(catalogue_language("coin-problem-3-5")).is_yes());
}

}  // namespace
}  // namespace eigenmata::algebra

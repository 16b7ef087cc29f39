// SPDX-License-Identifier: Apache-2.0
//
// RE2 as an oracle: 10,000 random expressions of the subset that both understand.
#include <re2/re2.h>
#include <catch2/catch.hpp>

#include "automata/brute_force.hpp"
#include "automata/naive_regex.hpp"
#include "eigenmata/automata/boolean.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/automata/words.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

using testing_regex::Ingredients;

/// Compares on one word; returns what the two agree on.
bool check_word(const Dfa& dfa, const re2::RE2& oracle, const std::string& expression, const Word& word) {
  const std::string text = format_word(dfa.alphabet(), word);
  const bool expected = re2::RE2::FullMatch(text, oracle);
  if (dfa.accepts(word) != expected)
    FAIL("expression " << expression << ", word '" << text << "', RE2 says " << expected);
  return expected;
}

/// A few words drawn from a language, each of a random length.
void check_drawn_words(core::Random& random, const Dfa& drawn_from, const Dfa& dfa, const re2::RE2& oracle,
                       const std::string& expression) {
  const WordSampler sampler(drawn_from, random.below(12));
  if (sampler.total() == 0) return;
  for (int i = 0; i < 3; ++i) check_word(dfa, oracle, expression, sampler.sample(random));
}

TEST_CASE("ten thousand random expressions accept what RE2 accepts", "[regex][re2]") {
  EIGENMATA_SEEDED(random, 1);
  const Alphabet alphabet({"a", "b", "é"});
  const Ingredients ingredients{{"a", "b", "é", "a", "b"}, {"[ab]", "[^a]", "[b-é]", "[^bé]", "[aé]", "[a-b]"}};
  const std::vector<Word> short_words = brute_force::words_up_to(4, alphabet.size());
  std::size_t accepted = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::string expression = testing_regex::random_expression(random, ingredients, random.below(6));
    const re2::RE2 oracle(expression, re2::RE2::Quiet);
    CAPTURE(expression, oracle.error());
    REQUIRE(oracle.ok());
    const Dfa dfa = compile_regex(expression, alphabet, {});
    for (const Word& word : short_words) accepted += check_word(dfa, oracle, expression, word) ? 1 : 0;
    for (int j = 0; j < 5; ++j) {
      check_word(dfa, oracle, expression, testing::random_word(random, random.below(20), alphabet.size()));
    }
    check_drawn_words(random, dfa, dfa, oracle, expression);
    check_drawn_words(random, complement(dfa), dfa, oracle, expression);
  }
  // Neither nearly everything nor nearly nothing, or the comparison says little.
  CHECK(accepted > short_words.size() * 500);
  CHECK(accepted < short_words.size() * 9000);
}

TEST_CASE("a hundred thousand more", "[regex][re2][.extreme]") {
  EIGENMATA_SEEDED(random, 2);
  const Alphabet alphabet({"a", "b"});
  const Ingredients ingredients{{"a", "b"}, {"[ab]", "[^a]"}};
  const std::vector<Word> short_words = brute_force::words_up_to(7, alphabet.size());
  for (int i = 0; i < 100'000; ++i) {
    const std::string expression = testing_regex::random_expression(random, ingredients, random.below(8));
    const re2::RE2 oracle(expression, re2::RE2::Quiet);
    if (!oracle.ok()) continue;  // too large for RE2's own limits
    const Dfa dfa = compile_regex(expression, alphabet, {});
    for (const Word& word : short_words) check_word(dfa, oracle, expression, word);
  }
}

TEST_CASE("escaped letters stand for themselves, as in RE2", "[regex][re2]") {
  for (char c = 0x20; c < 0x7F; ++c) {
    const std::string letter(1, c);
    const std::string expression = escaped_letter(letter);
    CAPTURE(letter, expression);
    const Dfa dfa = compile_regex(expression, std::nullopt, {});
    CHECK(dfa.alphabet().names() == std::vector<std::string>{letter});
    CHECK((dfa.accepts({core::symbol(0)}) && !dfa.accepts({})));
    if (c != '<' && c != '>' && c != '&' && c != '~') CHECK(re2::RE2::FullMatch(letter, expression));
  }
}

}  // namespace
}  // namespace eigenmata::automata

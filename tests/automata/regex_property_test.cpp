// SPDX-License-Identifier: Apache-2.0
//
// The compiler of expressions against a second implementation that makes no automata (naive_regex.hpp), with
// the operators that other libraries lack: '&', '~', named symbols, classes within an alphabet.
#include <catch2/catch.hpp>
#include <optional>

#include "automata/brute_force.hpp"
#include "automata/naive_regex.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/error.hpp"
#include "support/property.hpp"

namespace eigenmata::automata {
namespace {

using testing_regex::Ingredients;
using testing_regex::Matcher;
using testing_regex::NaiveParser;
using testing_regex::Refused;

std::optional<Matcher> naive(const std::string& expression, const Alphabet& alphabet) {
  try {
    return NaiveParser(expression, alphabet).parse();
  } catch (const Refused&) {
    return std::nullopt;
  }
}

std::optional<Dfa> compiled(const std::string& expression, const Alphabet& alphabet) {
  try {
    return compile_regex(expression, alphabet, {});
  } catch (const core::Error&) {
    return std::nullopt;
  }
}

/// The first of the words on which the two differ.
std::optional<Word> difference(const Dfa& dfa, const Matcher& matcher, const std::vector<Word>& words) {
  for (const Word& word : words) {
    if (dfa.accepts(word) != testing_regex::matches(matcher, word)) return word;
  }
  return std::nullopt;
}

TEST_CASE("random expressions with all operators accept what the naive matcher accepts", "[regex]") {
  EIGENMATA_SEEDED(random, 1);
  const Alphabet alphabet({"a", "b", "push"});
  const Ingredients ingredients{
      {"a", "b", "<push>", "<a>"}, {"[ab]", "[^a]", "[^<push>]", "[a-z]", "[b<push>]", "[^ab<push>]"}, true};
  const std::vector<Word> words = brute_force::words_up_to(5, alphabet.size());
  for (int i = 0; i < 3000; ++i) {
    const std::string expression = testing_regex::random_expression(random, ingredients, random.below(5));
    CAPTURE(expression);
    const auto matcher = naive(expression, alphabet);
    REQUIRE(matcher.has_value());
    const Dfa dfa = compile_regex(expression, alphabet, {});
    const auto word = difference(dfa, *matcher, words);
    if (word) FAIL("on the word '" << format_word(alphabet, *word) << "'");
  }
}

TEST_CASE("random rows of tokens are refused by both or mean the same to both", "[regex]") {
  const Alphabet alphabet({"a", "b", "-", "ab"});
  const std::vector<Word> words = brute_force::words_up_to(4, alphabet.size());
  const std::vector<std::string> tokens{"a",     "a", "b",    "b",   "c",  "-",   "-",  "(",     ")",   "()",
                                        "|",     "|", "&",    "~",   "*",  "+",   "?",  "{2}",   "{0}", "{1,}",
                                        "{0,2}", "{", "}",    ",",   "[",  "]",   "[^", "[a-b]", "^",   ".",
                                        "<",     ">", "<ab>", "<b>", "\\", "\\-", "1",  "$",     " ",   "\t"};
  int accepted = 0;
  testing::check_property(
      "an expression is refused by both or means the same to both", 2,
      [&] {
        const auto row = *rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(tokens)));
        std::string expression;
        for (const std::string& token : row) expression += token;
        RC_LOG() << "expression: " << expression << "\n";
        const auto dfa = compiled(expression, alphabet);
        const auto matcher = naive(expression, alphabet);
        RC_ASSERT(dfa.has_value() == matcher.has_value());
        if (!dfa) return;
        ++accepted;
        const auto word = difference(*dfa, *matcher, words);
        if (word) RC_FAIL("differ on '" + format_word(alphabet, *word) + "'");
      },
      20'000);
  CHECK(accepted > 1000);
}

}  // namespace
}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
#include "checker/regex.hpp"

#include <catch2/catch.hpp>

#include "checker/equivalence.hpp"
#include "checker/error.hpp"
#include "checker/limits.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

using Letters = std::vector<std::string>;

bool matches(const std::string& expression, const std::string& word, const Letters& alphabet = {"a", "b", "c"}) {
  std::vector<std::string> letters;
  for (const char c : word) letters.emplace_back(1, c);
  return accepts(regex(expression, alphabet), letters);
}

/// `column: message`, empty if the expression is one.
std::string fault_of(const std::string& expression, const std::optional<Letters>& alphabet = Letters{"a", "b", "c"}) {
  try {
    (void)compile_regex(expression, alphabet);
  } catch (const RegexError& error) {
    return std::to_string(error.character()) + ": " + error.what();
  }
  return "";
}

TEST_CASE("each construct of the grammar", "[checker][regex]") {
  CHECK(matches("abc", "abc"));
  CHECK_FALSE(matches("abc", "ab"));
  CHECK(matches("a|bc", "bc"));
  CHECK(matches("a.c", "abc"));
  CHECK(matches("()", ""));
  CHECK(matches("(a)(b)", "ab"));
  CHECK(matches("[ab]c", "bc"));
  CHECK(matches("[^ab]", "c"));
  CHECK_FALSE(matches("[^ab]", "b"));
  CHECK(matches("[a-b]+", "abba"));
  CHECK_FALSE(matches("[a-b]+", ""));
  CHECK(matches("<a>*", "aaa"));
  CHECK(matches("[<a>b]?", "b"));
  CHECK(matches("a{2}", "aa"));
  CHECK_FALSE(matches("a{2}", "a"));
  CHECK(matches("a{2,}", "aaaaa"));
  CHECK(matches("a{0,2}", ""));
  CHECK_FALSE(matches("a{0,2}", "aaa"));
  CHECK(matches("a{0}", ""));
  CHECK_FALSE(matches("a{0}", "a"));
  CHECK(matches("a{2}{3}", "aaaaaa"));
  CHECK(matches("a+?*", ""));
}

TEST_CASE("precedence", "[checker][regex]") {
  CHECK(matches("~a*", "b"));  // ~(a*)
  CHECK_FALSE(matches("~a*", "aa"));
  CHECK(matches("~ab", "aab"));  // (~a)b
  CHECK(matches("~ab", "b"));
  CHECK_FALSE(matches("~ab", "ab"));
  CHECK(matches("~~a", "a"));
  CHECK_FALSE(matches("~~a", "b"));
  CHECK(matches("ab|ab&bb", "ab"));  // ab | (ab & bb)
  CHECK_FALSE(matches("a(b&.)c&abb", "abc"));
  CHECK(matches("a*&~()&..", "aa"));
  CHECK_FALSE(matches("ab*", "abab"));
}

TEST_CASE("classes and their dashes and carets", "[checker][regex]") {
  const auto letters = [](const std::string& expression) { return mentioned_letters(parse_regex(expression)); };
  CHECK(letters("[a-c]") == Letters{"a", "b", "c"});
  CHECK(letters("[a-]") == Letters{"-", "a"});
  CHECK(letters("[-a]") == Letters{"-", "a"});
  CHECK(letters("[a-c-e]") == Letters{"-", "a", "b", "c", "e"});
  CHECK(letters("[+--]") == Letters{"+", ",", "-"});
  CHECK(letters("[a^]") == Letters{"^", "a"});
  CHECK(letters("[^^]") == Letters{"^"});
  CHECK(letters("[a-<b>]") == Letters{"-", "a", "b"});
  CHECK(letters("[<a>-z]") == Letters{"-", "a", "z"});
  CHECK(letters("[.*|&~(){}$?+ ]") == Letters{" ", "$", "&", "(", ")", "*", "+", ".", "?", "{", "|", "}", "~"});
  CHECK(letters("[\\]\\[\\\\\\<\\>\\-]") == Letters{"-", "<", ">", "[", "\\", "]"});
  CHECK(letters("[\\[-\\]]") == Letters{"[", "\\", "]"});
}

TEST_CASE("the alphabet of an expression", "[checker][regex]") {
  CHECK(regex("ba<push>a<pop>é").alphabet == Letters{"a", "b", "é", "pop", "push"});
  CHECK(regex("\\.\\*\\\\ ").alphabet == Letters{" ", "*", ".", "\\"});
  CHECK(regex("a[^bc]").alphabet == Letters{"a", "b", "c"});
  CHECK(regex("[~-\xC2\xA2]").alphabet == Letters{"~", "\xC2\xA0", "\xC2\xA1", "\xC2\xA2"});  // controls are no letters
  CHECK(fault_of("()", std::nullopt) == "1: no letter is mentioned; name the alphabet, with -a");
  CHECK_FALSE(fault_of(".*", std::nullopt).empty());
}

TEST_CASE("expressions over a given alphabet", "[checker][regex]") {
  CHECK(fault_of("abd") == "3: the letter \"d\" is not in the alphabet");
  CHECK(fault_of("[^d]") == "3: the letter \"d\" is not in the alphabet");
  CHECK(fault_of("a<push>") == "2: the letter \"push\" is not in the alphabet");
  CHECK(matches("[b-z]", "c"));       // a range means those of its letters that are there
  CHECK_FALSE(matches("[x-z]", ""));  // possibly none
  CHECK(fault_of("[x-z]").empty());
  CHECK_FALSE(matches("[^a-c]", ""));
  CHECK(matches("[^x-z]", "a"));
}

TEST_CASE("texts that are no expressions, and where", "[checker][regex]") {
  for (const auto& [text, column] : std::vector<std::pair<std::string, int>>{
           {"", 1},         {"|a", 1},    {"a|", 3},    {"a||b", 3}, {"a&", 3},     {"&a", 1},         {"(", 2},
           {"(a", 1},       {"a)", 2},    {")", 1},     {"(|a)", 2}, {"a(b|)", 5},  {"*", 1},          {"a|*", 3},
           {"~", 2},        {"~|a", 2},   {"~*", 2},    {"a~", 3},   {"[", 1},      {"[a", 1},         {"[]", 1},
           {"[^]", 1},      {"[b-a]", 2}, {"[a[]", 3},  {"]", 1},    {"}", 1},      {"{2}", 1},        {"a{", 3},
           {"a{}", 3},      {"a{,2}", 3}, {"a{02}", 3}, {"a{2", 4},  {"a{2,1}", 2}, {"a{1000001}", 3}, {"a{-1}", 3},
           {"a{1,2,3}", 6}, {"a{ 1}", 3}, {"<", 1},     {"<a", 1},   {"<>", 1},     {"<a b>", 3},      {"<a<b>>", 3},
           {">", 1},        {"\\", 1},    {"\\n", 1},   {"\\d", 1},  {"^a", 1},     {"a$", 2},         {"a\tb", 2},
           {"a\n", 2},      {"[a\n]", 3}, {"éa\\q", 3}, {"[>]", 2}}) {
    CAPTURE(text);
    const std::string fault = fault_of(text, std::nullopt);
    CHECK(fault.substr(0, fault.find(':')) == std::to_string(column));
  }
  CHECK_FALSE(fault_of("a\xFF").empty());
  CHECK_FALSE(fault_of(std::string("a\0", 2)).empty());
}

TEST_CASE("depths and lengths are bounded", "[checker][regex]") {
  const auto nested = [](std::size_t n) { return std::string(n, '(') + "a" + std::string(n, ')'); };
  CHECK(fault_of(nested(200)).empty());
  CHECK_THAT(fault_of(nested(201)), Catch::StartsWith("201: parentheses nested deeper"));
  CHECK(fault_of("(" + nested(199) + nested(199) + ")").empty());
  CHECK(fault_of("a" + std::string(8, '*')).empty());
  CHECK_THAT(fault_of("a" + std::string(9, '*')), Catch::StartsWith("10: more than 8 quantifiers"));
  CHECK(fault_of(std::string(100'000, '~') + "a").empty());
  CHECK_FALSE(fault_of(std::string(100'000, '(')).empty());
  CHECK_THAT(fault_of(std::string(kMaxRegexBytes + 1, 'a')), Catch::Contains("longer than"));
}

TEST_CASE("repetitions without end stop at a bound", "[checker][regex]") {
  CHECK(regex("a{100000}").automaton.size() == 100'002);
  CHECK(regex("a{0,1000}").automaton.size() == 1002);
  CHECK(regex("(a?){200}").automaton.size() == 202);
  CHECK_THROWS_AS(regex("((a{1000000}){1000000}){1000000}"), TooLarge);
  CHECK_THROWS_AS(regex("(()a{0}){1000000}{1000000}"), TooLarge);
  std::string nested = "a";
  for (int i = 0; i < 150; ++i) nested = "(" + nested + "){2}";
  CHECK_THROWS_AS(regex(nested), TooLarge);
}

TEST_CASE("huge alphabets", "[checker][regex]") {
  CHECK(mentioned_letters(parse_regex("[ -\xF4\x8F\xBF\xBD]")).size() > 1'000'000);
  const std::string many = "[\xE4\xB8\x80-\xE9\xBF\xBF]";  // U+4E00 to U+9FFF
  CHECK(regex(many).alphabet.size() == 20'992);
  CHECK(regex("~" + many).automaton.size() == 3);
  CHECK_THROWS_AS(regex(many + "{1000}"), TooLarge);
}

}  // namespace
}  // namespace eigenmata::checker

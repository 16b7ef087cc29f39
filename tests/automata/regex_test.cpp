// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/regex.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/words.hpp"
#include "eigenmata/core/error.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::automata {
namespace {

using Catch::Contains;
using core::LimitReached;
using Clock = core::Limits::Clock;

Dfa compiled(std::string_view expression) { return compile_regex(expression, std::nullopt, {}); }

Dfa compiled(std::string_view expression, std::string_view letters) {
  return compile_regex(expression, core::parse_alphabet(letters, {"letters"}), {});
}

bool matches(const Dfa& dfa, std::string_view word) { return dfa.accepts(parse_word(dfa.alphabet(), word, {"word"})); }

/// The words up to a length that are accepted, joined by commas; the empty word is written ε.
std::string language(const Dfa& dfa, std::size_t longest) {
  std::string text;
  for (const Word& word : brute_force::words_up_to(longest, dfa.letters())) {
    if (!dfa.accepts(word)) continue;
    if (!text.empty()) text += ",";
    text += word.empty() ? "ε" : format_word(dfa.alphabet(), word);
  }
  return text;
}

TEST_CASE("small expressions have the languages that one lists by hand", "[regex]") {
  CHECK(language(compiled("ab"), 3) == "ab");
  CHECK(language(compiled("a|b"), 2) == "a,b");
  CHECK(language(compiled("(ab)*"), 5) == "ε,ab,abab");
  CHECK(language(compiled("a+b?"), 3) == "a,aa,ab,aaa,aab");
  CHECK(language(compiled("a{2}"), 4) == "aa");
  CHECK(language(compiled("a{2,}"), 4) == "aa,aaa,aaaa");
  CHECK(language(compiled("a{1,3}"), 5) == "a,aa,aaa");
  CHECK(language(compiled("a{0}"), 3) == "ε");
  CHECK(language(compiled("a{0,1}"), 3) == "ε,a");
  CHECK(language(compiled("()", "a"), 2) == "ε");
  CHECK(language(compiled(".", "ab"), 2) == "a,b");
  CHECK(language(compiled("~.*", "ab"), 5).empty());
  CHECK(language(compiled("a**"), 2) == "ε,a,aa");
  CHECK(language(compiled("(a{2}){2}"), 6) == "aaaa");
  CHECK(language(compiled("a{2}{3}"), 7) == "aaaaaa");
  CHECK(language(compiled("a*?"), 2) == "ε,a,aa");  // not lazy: a* or nothing
}

TEST_CASE("precedence, from tightest: quantifiers, ~, concatenation, &, |", "[regex]") {
  const auto same = [](std::string_view a, std::string_view b) { return compiled(a, "ab") == compiled(b, "ab"); };
  CHECK(same("ab*", "a(b*)"));
  CHECK(same("~a*", "~(a*)"));
  CHECK_FALSE(same("~a*", "(~a)*"));
  CHECK(same("~ab", "(~a)b"));
  CHECK_FALSE(same("~ab", "~(ab)"));
  CHECK(same("~~a", "a"));
  CHECK(same("~~~a{2}", "~(a{2})"));
  CHECK(same("a~b", "a(~b)"));
  CHECK(same("a.&.b", "(a.)&(.b)"));
  CHECK(same("a|b&a", "a|(b&a)"));
  CHECK(same("a&b|b", "(a&b)|b"));
  CHECK(same("ab|b", "(ab)|b"));
}

TEST_CASE("intersection and complement keep to the alphabet", "[regex]") {
  CHECK(language(compiled("(a|b)*a&.{2}"), 4) == "aa,ba");
  CHECK(language(compiled("~(a|b)", "ab"), 2) == "ε,aa,ab,ba,bb");
  CHECK(language(compiled("a&b"), 3).empty());
  CHECK(language(compiled("(~a)*", "a"), 3) == "ε,aa,aaa");  // ~a has ε, aa, aaa, …
  CHECK(language(compiled("(a&a)+(b&b)"), 3) == "ab,aab");
  CHECK(compiled("~(.*aa.*)", "ab") == compiled("(b|ab)*a?", "ab"));
}

TEST_CASE("classes hold letters, ranges and named symbols, within the alphabet", "[regex]") {
  CHECK(language(compiled("[abc]"), 1) == "a,b,c");
  CHECK(compiled("[a-c]").alphabet().names() == std::vector<std::string>{"a", "b", "c"});
  CHECK(language(compiled("[^a]", "abc"), 1) == "b,c");
  CHECK(language(compiled("[^abc]", "abc"), 1).empty());
  CHECK(language(compiled("[a-z]", "ay!"), 1) == "a,y");  // a range means those of its letters that there are
  CHECK(language(compiled("[^a-x]", "ay!"), 1) == "y,!");
  CHECK(language(compiled("[a-]"), 1) == "-,a");
  CHECK(language(compiled("[-a]"), 1) == "-,a");
  CHECK(language(compiled("[a-b-]"), 1) == "-,a,b");
  CHECK(language(compiled("[a^]"), 1) == "^,a");
  CHECK(language(compiled("[.*+?(){}|&~$]"), 1) == "$,&,(,),*,+,.,?,{,|,},~");
  CHECK(language(compiled(R"([\]\[\\\<\>\-])"), 1) == "-,<,>,[,\\,]");
  CHECK(language(compiled("[<push><pop>a]"), 1) == "a,pop,push");
  CHECK(language(compiled("[^<push>]", "push,pop"), 1) == "pop");
  CHECK(language(compiled("[α-γ]"), 1) == "α,β,γ");
  CHECK(compiled("[a-a]") == compiled("a"));
}

TEST_CASE("without an alphabet it is the letters mentioned: characters by code point, then names", "[regex]") {
  const auto letters = [](std::string_view expression) { return compiled(expression).alphabet().names(); };
  using Names = std::vector<std::string>;
  CHECK(letters("éz<push>a<pop>😀") == Names{"a", "z", "é", "😀", "pop", "push"});
  CHECK(letters("<a>b") == Names{"a", "b"});
  CHECK(letters("[^x]") == Names{"x"});
  CHECK(letters("a{0}|b") == Names{"a", "b"});
  CHECK(letters("a &b") == Names{" ", "a", "b"});  // a blank is a letter like any other
  CHECK(letters("[ -~]").size() == 95);            // printable ASCII
  CHECK(letters(R"(\.\\)") == Names{".", "\\"});
}

TEST_CASE("a given alphabet keeps its order, and may have letters that are not mentioned", "[regex]") {
  const Dfa dfa = compiled("a*", "cba");
  CHECK(dfa.alphabet().names() == std::vector<std::string>{"c", "b", "a"});
  CHECK(matches(dfa, "aa"));
  CHECK_FALSE(matches(dfa, "ab"));
}

TEST_CASE("named symbols are letters like any other", "[regex]") {
  const Dfa stack = compiled("(<push>(<push><pop>)*<pop>)*");
  CHECK(matches(stack, "push push pop pop push pop"));
  CHECK_FALSE(matches(stack, "push push pop"));
  CHECK_FALSE(matches(stack, "push push push pop pop pop"));
}

TEST_CASE("the result is minimal", "[regex]") {
  CHECK(compiled("(a|b)*").states() == 1);
  CHECK(compiled("a*|b*|a*").states() == 4);   // ε, a⁺, b⁺, sink
  CHECK(compiled("(aa|aaa)*").states() == 3);  // all lengths but 1
  CHECK(compiled("(a|b)*a(a|b){7}").states() == 256);
  CHECK(compiled("ab") == compiled("ab|ab&ab"));
}

struct Mistake {
  std::string expression;
  std::size_t column;
  std::string message;
};

TEST_CASE("what the grammar does not allow is refused at its column", "[regex]") {
  const std::string nine_stars = "a*+?*+?*+*";
  const std::vector<Mistake> mistakes{
      {"", 1, "the expression is empty; write () for the empty word"},
      {"a|", 3, "nothing stands before the end"},
      {"|a", 1, "nothing stands before '|'"},
      {"a||b", 3, "nothing stands before '|'"},
      {"a&", 3, "nothing stands before the end"},
      {"&a", 1, "nothing stands before '&'"},
      {"(|a)", 2, "nothing stands before '|'"},
      {"(a|)", 4, "nothing stands before ')'"},
      {"(", 2, "nothing stands before the end"},
      {"(a", 1, "'(' is never closed"},
      {"é(a(b)", 2, "'(' is never closed"},
      {"a)", 2, "unmatched ')'"},
      {"(a))b", 4, "unmatched ')'"},
      {"*a", 1, "nothing stands before '*'; the letter is \\*"},
      {"a|+", 3, "nothing stands before '+'"},
      {"(?a)", 2, "nothing stands before '?'"},
      {"{2}", 1, "nothing stands before '{'"},
      {"~*", 2, "nothing stands before '*'"},
      {"~", 2, "the expression ends where something has to follow '~'"},
      {"a~", 3, "the expression ends"},
      {"~|a", 2, "'|' has no meaning here"},
      {"a]", 2, "']' has no meaning here; the letter is \\]"},
      {"a}", 2, "'}' has no meaning here"},
      {">", 1, "'>' has no meaning here"},
      {"^a", 1, "'^' has no meaning here"},
      {"a$", 2, "'$' has no meaning here"},
      {"a{", 3, "expected a number from 0 to 1000000"},
      {"a{x}", 3, "expected a number"},
      {"a{,3}", 3, "expected a number"},
      {"a{-1}", 3, "expected a number"},
      {"a{01}", 3, "expected a number"},
      {"a{ 1}", 3, "expected a number"},
      {"a{2,x}", 5, "expected a number"},
      {"a{1000001}", 3, "expected a number"},
      {"a{99999999999999999999999}", 3, "expected a number"},
      {"a{2", 4, "a repetition is written {m}, {m,} or {m,n}"},
      {"a{2,3", 6, "a repetition is written"},
      {"a{2;3}", 4, "a repetition is written"},
      {"a{3,2}", 2, "a repetition from 3 down to 2"},
      {nine_stars, 10, "more than 8 quantifiers in a row"},
      {"[", 1, "'[' is never closed"},
      {"ab[c", 3, "'[' is never closed"},
      {"[]", 1, "a class without letters"},
      {"a[^]", 2, "a class without letters"},
      {"[a[b]", 3, "'[' inside a class is written with \\"},
      {"[a>]", 3, "'>' inside a class is written with \\"},
      {"[zb-a]", 3, "the range b-a runs backwards"},
      {"[a-<x>]", 4, "a range goes from one character to another"},
      {"[a-[]", 4, "'[' inside a class"},
      {"[a\\", 4, "the expression ends after '\\'"},
      {"[!-\U0001F600]", 2, "a range of more than 65536 letters"},
      {"\\", 2, "the expression ends after '\\'"},
      {"a\\d", 3, "unknown escape '\\d'"},
      {"a\\0", 3, "unknown escape '\\0'"},
      {"<push", 1, "'<' is never closed"},
      {"a<>", 2, "a symbol without a name"},
      {"<a b>", 3, "a symbol's name has no blanks"},
      {"<a<b>>", 1, "'<' is never closed"},
      {"a\tb", 2, "cannot be printed"},
      {"a\\\n", 3, "cannot be printed"},
      {"[\x7F]", 2, "cannot be printed"},
      {"<a\x1B>", 3, "cannot be printed"},
      {"\xFF", 1, "not valid UTF-8"},
      {"aé\xC3", 3, "not valid UTF-8"},
  };
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.expression);
    try {
      (void)compiled(mistake.expression, "abcdé");
      FAIL_CHECK("accepted");
    } catch (const core::Error& error) {
      CHECK(to_string(error.place()) == "regex:1:" + std::to_string(mistake.column));
      CHECK_THAT(error.what(), Contains(mistake.message));
    }
  }
}

TEST_CASE("letters outside the alphabet are refused at their column, wherever they stand", "[regex]") {
  for (const auto& [expression, column] : std::vector<std::pair<std::string, std::size_t>>{{"abx", 3},
                                                                                           {"a|x", 3},
                                                                                           {"a[bx]", 4},
                                                                                           {"[^x]", 3},
                                                                                           {"<push>", 1},
                                                                                           {"a(<b>\\.)", 6},
                                                                                           {"ax{0}", 2},
                                                                                           {"a|(~x){0}&b", 5}}) {
    CAPTURE(expression);
    try {
      (void)compiled(expression, "ab");
      FAIL_CHECK("accepted");
    } catch (const core::Error& error) {
      CHECK(error.place().column == column);
      CHECK_THAT(error.what(), Contains("is not a letter; the letters are {a, b}"));
    }
  }
}

TEST_CASE("an expression that mentions no letter needs an alphabet", "[regex]") {
  for (const char* expression : {"()", ".", ".*", "~()"}) {
    CHECK_THROWS_WITH(compiled(expression),
                      "regex: no letter is mentioned, so the alphabet is empty; give one, as in -a ab");
    CHECK_NOTHROW(compiled(expression, "a"));
  }
}

TEST_CASE("errors are placed in the source that the caller names", "[regex]") {
  CHECK_THROWS_WITH(compile_regex("a)", std::nullopt, {}, "f.json: regex"),
                    Contains("f.json: regex:1:2: unmatched ')'"));
}

TEST_CASE("two hundred nested parentheses are read, one more is refused, and a million too", "[regex]") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "a" + std::string(depth, ')'); };
  CHECK(compiled(nested(200)) == compiled("a"));
  CHECK_THROWS_WITH(compiled(nested(201)), Contains("regex:1:201: parentheses nested deeper than 200"));
  CHECK_THROWS_AS(compiled(std::string(1'000'000, '(')), core::Error);
  CHECK(compiled(std::string(1'000'001, '~') + "a", "ab") == compiled("~a", "ab"));
  CHECK(compiled("a********") == compiled("a*"));
}

/// Compiles within limits that a small machine has; returns why it stopped.
LimitReached::Kind limit_of(std::string_view expression, const std::optional<Alphabet>& alphabet = std::nullopt) {
  core::Limits limits;
  limits.memory_bytes = std::size_t{32} << 20;
  limits.deadline = Clock::now() + std::chrono::seconds(60);  // not to be reached
  try {
    (void)compile_regex(expression, alphabet, limits);
  } catch (const LimitReached& limit) {
    return limit.kind();
  }
  FAIL(expression << " was compiled");
  return LimitReached::Kind::kInterrupted;
}

TEST_CASE("expressions of exponential size end at a limit, soon and without filling the memory", "[regex]") {
  using Kind = LimitReached::Kind;
  const auto start = Clock::now();
  CHECK(limit_of("a{1000}{1000}{1000}") != Kind::kTime);
  CHECK(limit_of("(){1000000}{1000000}", Alphabet({"a"})) != Kind::kTime);
  CHECK(limit_of("(a{0}){1000000}{1000000}") != Kind::kTime);
  CHECK(limit_of("~([ab]*a[ab]{60})") == Kind::kMemory);
  CHECK(limit_of("([ab]*a[ab]{60})&([ab]*b[ab]{60})") == Kind::kMemory);
  CHECK(limit_of("(a?){30000}") == Kind::kMemory);         // subsets of 30,000 states
  CHECK(limit_of("[一-鿿]{1000000}") == Kind::kMemory);  // 20,992 edges a copy
  std::string ranges;
  for (int i = 0; i < 200; ++i) ranges += "[\u0100-\uFFFD]";  // ten bytes that stand for 63,000 letters
  CHECK(limit_of(ranges) == Kind::kSize);
  CHECK(Clock::now() < start + std::chrono::seconds(60));
}

TEST_CASE("what a repetition copies is made deterministic once", "[regex]") {
  // A thousand times a thousand copies of an intersection that takes milliseconds to compute.
  const auto start = Clock::now();
  CHECK(compiled("((a{2000})&(b{2000})){1000}{1000}").states() == 1);
  CHECK(compiled("(~(a{20})&a{20}|a){200}").states() == 202);
  CHECK(Clock::now() < start + std::chrono::seconds(30));
}

TEST_CASE("the deadline and an interrupt stop a compilation", "[regex]") {
  core::Limits limits;
  limits.deadline = Clock::now() + std::chrono::milliseconds(50);
  CHECK_THROWS_AS(compile_regex("(a|b)*a(a|b){40}", std::nullopt, limits), LimitReached);
  CHECK(Clock::now() < *limits.deadline + std::chrono::seconds(2));
  const std::atomic<bool> interrupted = true;
  core::Limits stopped;
  stopped.interrupted = &interrupted;
  CHECK_THROWS_AS(compile_regex("a", std::nullopt, stopped), LimitReached);
}

TEST_CASE("escaped letters read back as that letter alone", "[regex]") {
  EIGENMATA_SEEDED(random, 1);
  std::vector<std::string> letters{"push", "é", "😀", " ", "^", "-", "]", "a.b", "()", "\\n", "[x]"};
  for (char c = 0x20; c < 0x7F; ++c) letters.emplace_back(1, c);
  for (const std::string& letter : letters) {
    const std::string expression = escaped_letter(letter);
    CAPTURE(letter, expression);
    const Dfa dfa = compiled(expression);
    CHECK(dfa.alphabet().names() == std::vector<std::string>{letter});
    CHECK(count_words(dfa, 0) + count_words(dfa, 1) + count_words(dfa, 2) == 1);
    CHECK(dfa.accepts({core::symbol(0)}));
  }
}

}  // namespace
}  // namespace eigenmata::automata

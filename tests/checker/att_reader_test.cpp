// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "checker/equivalence.hpp"
#include "checker/error.hpp"
#include "checker/language.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

using Letters = std::vector<std::string>;

Language read(const std::string& text, const LanguageOptions& options = {}) {
  return read_language(text, LanguageFormat::kAtt, "x.att", options);
}

LanguageOptions with_symbols(const std::string& table) {
  LanguageOptions options;
  options.symbols = table;
  options.symbols_name = "x.syms";
  return options;
}

bool is(const Language& language, const Language& expected) {
  return !shortest_difference(language.alphabet, language.automaton, expected.alphabet, expected.automaton);
}

TEST_CASE("acceptors with one to five columns", "[checker][att]") {
  const Language parity = read("7 3 a\n7 7 b b\n3 7 a 0\n3 3 b b 0\n7 0\n");
  CHECK(parity.alphabet == Letters{"a", "b"});
  CHECK(is(parity, regex("b*(ab*ab*)*")));
  CHECK(is(read("0 1 a\n\n \t\n1\n"), regex("a")));
  CHECK(is(read("1\n1 0 a\n0 1 b\n"),
           regex("(ab)*")));  // the first line's state is initial, here an accepting one
  CHECK(is(read(" 0\t1  a \n1\n"), regex("a")));
  CHECK(is(read("0 1 0\n1\n"), regex("0")));
  CHECK(is(read("0 1 0 0\n1\n"), regex("0")));
  CHECK(is(read("0 1 é\n0 1 push\n1\n"), regex("é|<push>")));
}

TEST_CASE("non-determinism, the empty label and missing transitions", "[checker][att]") {
  CHECK(is(read("0 0 a\n0 0 b\n0 1 a\n1\n"), regex("[ab]*a")));
  CHECK(is(read("0 1 <eps>\n1 0 <eps>\n1 2 a\n2\n2 2 <eps> <eps> 0\n"), regex("a")));
  CHECK(is(read("0 1 a\n0 1 a\n1\n1\n"), regex("a")));
  CHECK(is(read("0 1 a\n"), regex("a&b")));
}

TEST_CASE("symbol tables", "[checker][att]") {
  const std::string table = "<eps> 0\npush\t2\npop 1\nnop 3\n";
  CHECK(read("0 1 2\n1 0 1\n0 0 0\n0\n", with_symbols(table)).alphabet == Letters{"push", "pop"});
  CHECK(is(read("0 1 2\n1 0 1 1\n0\n", with_symbols(table)), regex("(<push><pop>)*")));
  CHECK(is(read("0 1 0\n1\n0 0 1\n", with_symbols("a 1\n")),
           regex("a*")));  // 0 is ε even if the table lacks it
  CHECK_THROWS_WITH(read("0 1 4\n", with_symbols(table)), "x.att:1:5: the symbol table has no number 4");
  CHECK_THROWS_WITH(read("0 1 push\n", with_symbols(table)),
                    Catch::StartsWith("x.att:1:5: expected the number of a symbol"));
  for (const char* bad : {"a\n", "a 1 2\n", "a 01\n", "a -1\n", "a 1\nb 1\n", "a 1\na 2\n", "<eps> 1\n", "1 a\n"}) {
    CHECK_THROWS_WITH(read("0 1 1\n", with_symbols(bad)), Catch::StartsWith("x.syms:"));
  }
}

TEST_CASE("lines may end as other systems write them, and weights be written 0.0", "[checker][att]") {
  CHECK(is(read("0 1 a 0.0\r\n1 0.\r\n"), regex("a")));
}

TEST_CASE("acceptors over a given alphabet", "[checker][att]") {
  LanguageOptions options;
  options.alphabet = Letters{"b", "a", "c"};
  const Language language = read("0 1 a\n1\n", options);
  CHECK(language.alphabet == Letters{"b", "a", "c"});
  CHECK(is(language, regex("a")));
  CHECK(is(read("0\n", options), regex("()", {"a"})));
  CHECK_THROWS_WITH(read("0 1 a\n0 1 d\n", options), "x.att:2:5: the letter \"d\" is not in the alphabet given");
}

TEST_CASE("texts that are no acceptors", "[checker][att]") {
  CHECK_THROWS_WITH(read(""), "x.att: no line, so no initial state");
  CHECK_THROWS_WITH(read("0\n"), "x.att: no letter occurs; name the alphabet, with -a");
  CHECK_THROWS_WITH(read("0 1 <eps>\n1\n"), Catch::Contains("no letter occurs"));
  CHECK_THROWS_WITH(read("0 1 a b\n"), Catch::StartsWith("x.att:1:7: expected the weight 0"));
  CHECK_THROWS_WITH(read("0 1 a b 0\n"), Catch::Contains("transducer"));
  CHECK_THROWS_WITH(read("0 1 a a 1\n"), Catch::StartsWith("x.att:1:9: expected the weight 0"));
  CHECK_THROWS_WITH(read("0 1 a 0.5\n"), Catch::StartsWith("x.att:1:7:"));
  CHECK_THROWS_WITH(read("0 1 a a 0 0\n"), Catch::StartsWith("x.att:1:11:"));
  CHECK_THROWS_WITH(read("0 1\n"), Catch::StartsWith("x.att:1:3: expected the weight 0"));
  CHECK_THROWS_WITH(read("0 q a\n"), Catch::StartsWith("x.att:1:3: expected a state"));
  CHECK_THROWS_AS(read("00 1 a\n"), Error);
  CHECK_THROWS_AS(read("-1 1 a\n"), Error);
  CHECK_THROWS_AS(read("4294967295 1 a\n"), Error);
  CHECK_THROWS_AS(read("0 1 a\r\r\n"), Error);
  CHECK_THROWS_AS(read("0 1 \xFF\n"), Error);
}

}  // namespace
}  // namespace eigenmata::checker

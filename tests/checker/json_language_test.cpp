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
  return read_language(text, LanguageFormat::kJson, "x.json", options);
}

/// A file with these members behind the obligatory two.
std::string file(const std::string& members) {
  return "{\"format\": \"eigenmata-language\", \"version\": 1, " + members + "}";
}

const std::string kHead = R"("alphabet": ["a", "b"], "states": 2, "initial": 0, "accepting": [0], )";
const std::string kRows = R"("transitions": [[0, "a", 1], [0, "b", 0], [1, "a", 0], [1, "b", 1]])";

bool is(const Language& language, const Language& expected) {
  return !shortest_difference(language.alphabet, language.automaton, expected.alphabet, expected.automaton);
}

TEST_CASE("a complete automaton", "[checker][json-language]") {
  const Language parity = read(file(R"("description": "d", "source": "s", )" + kHead + kRows));
  CHECK(parity.alphabet == Letters{"a", "b"});
  CHECK(parity.automaton.size() == 2);
  CHECK(is(parity, regex("b*(ab*ab*)*")));
  CHECK(is(read(file(kHead + kRows + R"(, "partial": false, "nondeterministic": false)")), parity));
}

TEST_CASE("partial automata", "[checker][json-language]") {
  const std::string rows = R"("transitions": [[0, "a", 1], [1, "b", 0]])";
  CHECK(is(read(file(kHead + rows + R"(, "partial": true)")), regex("(ab)*")));
  CHECK_THROWS_WITH(read(file(kHead + rows)), Catch::Contains("state 0 has no transition under \"b\""));
  CHECK_THROWS_WITH(read(file(kHead + R"("transitions": [[0, "a", 1], [0, "b", 1], [1, "b", 0]])")),
                    Catch::Contains("state 1 has no transition under \"a\""));
  // States that nothing mentions cost nothing.
  CHECK(is(read(file(R"("alphabet": ["a"], "states": 4000000000, "initial": 3999999999, "accepting": [3999999999],
                       "transitions": [], "partial": true)")),
           regex("()", {"a"})));
}

TEST_CASE("non-deterministic automata", "[checker][json-language]") {
  CHECK(is(read(file(R"("alphabet": ["a", "b"], "states": 9, "initial": [0, 5], "accepting": [1, 6],
      "transitions": [[0, "a", 0], [0, "a", 1], [5, null, 6], [6, "b", 6]], "nondeterministic": true)")),
           regex("a+|b*")));
  CHECK(is(read(file(R"("alphabet": ["a"], "states": 1, "initial": [], "accepting": [0],
      "transitions": [], "nondeterministic": true)")),
           regex("a&~a")));
}

TEST_CASE("expressions in files", "[checker][json-language]") {
  CHECK(is(read(file(R"("regex": "(ab)*")")), regex("(ab)*")));
  CHECK(read(file(R"("regex": "(ab)*", "alphabet": ["c", "b", "a"])")).alphabet == Letters{"c", "b", "a"});
  LanguageOptions options;
  options.alphabet = Letters{"a", "b", "c"};
  CHECK(is(read(file(R"("regex": "~a")"), options), regex("~a", {"a", "b", "c"})));
  CHECK_THROWS_WITH(read(file(R"("regex": "a|")")), Catch::Contains("character 3 of this expression"));
  CHECK_THROWS_WITH(read(file(R"("regex": "a", "states": 1)")), Catch::Contains("no place beside"));
  CHECK_THROWS_WITH(read(file(R"("regex": "ac", "alphabet": ["a"])")), Catch::Contains("not in the alphabet"));
  CHECK_THROWS_WITH(read(file(R"("regex": "(a{1000000}){1000000}")")), Catch::Contains("the most that"));
}

TEST_CASE("the alphabet of the file and the one given", "[checker][json-language]") {
  LanguageOptions options;
  options.alphabet = Letters{"b", "a"};
  CHECK_NOTHROW(read(file(kHead + kRows), options));
  // More letters make no difference: no word with one of them is in the language.
  options.alphabet = Letters{"a", "b", "c"};
  CHECK(is(read(file(kHead + kRows), options), read(file(kHead + kRows))));
  options.alphabet = Letters{"a", "c"};
  CHECK_THROWS_WITH(read(file(kHead + kRows), options), Catch::Contains("not among those given with -a"));
}

TEST_CASE("files that are no languages", "[checker][json-language]") {
  for (
      const std::string& bad : std::vector<std::string>{
          "[]",
          "{}",
          "1",
          R"({"format": "eigenmata-model", "version": 1})",
          R"({"format": "eigenmata-language", "version": 2, "regex": "a"})",
          R"({"format": "eigenmata-language", "version": 1.0, "regex": "a"})",
          R"({"format": "eigenmata-language", "version": "1", "regex": "a"})",
          R"({"format": "eigenmata-language", "regex": "a"})",
          file(kHead + kRows) + "x",
          file(kHead + kRows + R"(, "extra": 1)"),
          file(kHead + kRows + R"(, "states": 2)"),
          file(kHead + kRows + R"(, "description": 1)"),
          file(kHead + kRows + R"(, "partial": 1)"),
          file(kHead + R"("transitions": [[0, "a", 1], [0, "a", 0], [0, "b", 0], [1, "a", 0], [1, "b", 1]])"),
          file(kHead + R"("transitions": [[0, "a", 2], [0, "b", 0], [1, "a", 0], [1, "b", 1]])"),
          file(kHead + R"("transitions": [[0, "c", 1], [0, "b", 0], [1, "a", 0], [1, "b", 1]])"),
          file(kHead + R"("transitions": [[0, null, 1], [0, "b", 0], [1, "a", 0], [1, "b", 1]])"),
          file(kHead + R"("transitions": [[0, "a"], [0, "b", 0], [1, "a", 0], [1, "b", 1]])"),
          file(kHead + R"("transitions": [["0", "a", 1], [0, "b", 0], [1, "a", 0], [1, "b", 1]])"),
          file(kHead + R"("transitions": {})"),
          file(kHead),
          file(R"("alphabet": [], "states": 1, "initial": 0, "accepting": [], "transitions": [])"),
          file(R"("alphabet": ["a", "a"], "states": 1, "initial": 0, "accepting": [], "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a b"], "states": 1, "initial": 0, "accepting": [], "transitions": [[0, "a b", 0]])"),
          file(R"("alphabet": [1], "states": 1, "initial": 0, "accepting": [], "transitions": [[0, "a", 0]])"),
          file(R"("states": 1, "initial": 0, "accepting": [], "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a"], "states": 0, "initial": 0, "accepting": [], "transitions": [])"),
          file(R"("alphabet": ["a"], "states": 1, "initial": 1, "accepting": [], "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a"], "states": 1, "initial": [0], "accepting": [], "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a"], "states": 1, "initial": 0, "accepting": [1], "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a"], "states": 1, "initial": 0, "accepting": [0, 0], "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a"], "states": 1, "initial": 0, "accepting": 0, "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a"], "states": 1e0, "initial": 0, "accepting": [], "transitions": [[0, "a", 0]])"),
          file(R"("alphabet": ["a"], "states": -1, "initial": 0, "accepting": [], "transitions": [[0, "a", 0]])"),
          file(
              R"("alphabet": ["a"], "states": 99999999999, "initial": 0, "accepting": [], "transitions": [[0, "a", 0]])")}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(read(bad), Error);
  }
}

TEST_CASE("a table that would be far larger than its file", "[checker][json-language]") {
  std::string letters;
  for (int i = 0; i < 20'000; ++i) letters += (i == 0 ? "\"g" : ", \"g") + std::to_string(i) + "\"";
  std::string rows;
  for (int i = 0; i < 20'000; ++i)
    rows += (i == 0 ? "[" : ", [") + std::to_string(i) + ", \"g0\", " + std::to_string(i) + "]";
  for (const char* flag : {"partial", "nondeterministic"}) {
    const std::string text = file("\"alphabet\": [" + letters + R"(], "states": 20000, "initial": 0, "accepting": [],
        "transitions": [)" + rows +
                                  "], \"" + flag + "\": true");
    if (flag == std::string("partial")) {
      CHECK_THROWS_WITH(read(text), Catch::Contains("the most that are built"));
    } else {
      CHECK(read(text).automaton.size() == 2);  // only one state is reachable
    }
  }
}

}  // namespace
}  // namespace eigenmata::checker

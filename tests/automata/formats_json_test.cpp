// SPDX-License-Identifier: Apache-2.0
//
// The project's own language files: proofs/language-format.md, "The project's JSON", sentence by sentence.
#include <catch2/catch.hpp>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/formats.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/error.hpp"
#include "support/languages.hpp"

namespace eigenmata::automata {
namespace {

using testing::is_language;

JsonLanguage read(const std::string& text, const core::Limits& limits = {}) {
  return read_json_language({"f.json", text}, limits);
}

/// A file with these members after format and version.
std::string file(const std::string& members) {
  return "{\"format\": \"eigenmata-language\", \"version\": 1,\n" + members + "}";
}

std::string refusal(const std::string& text) {
  try {
    (void)read(text);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "accepted";
}

const std::string kEvenNumberOfAs = R"({
  "format": "eigenmata-language",
  "version": 1,
  "description": "an even number of a's",
  "source": "[Tomita1982]",
  "alphabet": ["a", "b"],
  "states": 2,
  "initial": 0,
  "accepting": [0],
  "transitions": [[0, "a", 1], [0, "b", 0], [1, "a", 0], [1, "b", 1]]
})";

TEST_CASE("the example of the page is read", "[formats][json]") {
  const JsonLanguage language = read(kEvenNumberOfAs);
  CHECK(language.description == "an even number of a's");
  CHECK(language.source == "[Tomita1982]");
  CHECK(language.dfa.states() == 2);
  CHECK(is_language(language.dfa, "(b*ab*a)*b*"));
}

TEST_CASE("description and source are optional, and written if they are there", "[formats][json]") {
  const JsonLanguage language = read(kEvenNumberOfAs);
  const JsonLanguage again = read(write_json(language.dfa, "two \"words\"", "[Pin1986]"));
  CHECK(again.dfa == language.dfa);
  CHECK(again.description == "two \"words\"");
  CHECK(again.source == "[Pin1986]");
  const JsonLanguage bare = read(write_json(language.dfa));
  CHECK(bare.description.empty());
  CHECK(bare.source.empty());
}

TEST_CASE("states stay as they stand in the file, not minimised", "[formats][json]") {
  const Dfa dfa =
      read(
          file(
              R"("alphabet": ["a"], "states": 3, "initial": 1, "accepting": [], "transitions": [[2,"a",0],[0,"a",0],[1,"a",1]])"))
          .dfa;
  CHECK(dfa == Dfa(Alphabet({"a"}), state(1), {false, false, false}, {state(0), state(1), state(0)}));
}

TEST_CASE("a partial file sends missing transitions to a rejecting sink, a complete one gets none", "[formats][json]") {
  const std::string members = R"("alphabet": ["a", "b"], "states": 2, "initial": 0, "accepting": [0],
 "transitions": [[0, "a", 1], [1, "b", 0]])";
  CHECK_THAT(refusal(file(members)), Catch::Contains("state 0 has no transition under 'b'; say \"partial\": true"));
  const Dfa dfa = read(file(members + ", \"partial\": true")).dfa;
  CHECK(dfa.states() == 3);
  CHECK(is_language(dfa, "(ab)*"));
  CHECK_THAT(refusal(file(members + ", \"partial\": false")), Catch::Contains("has no transition"));
  std::string complete = kEvenNumberOfAs;
  complete.insert(complete.rfind('}'), ", \"partial\": true");
  CHECK(read(complete).dfa.states() == 2);
}

TEST_CASE("a nondeterministic file has choices, gaps, ε and several initial states", "[formats][json]") {
  CHECK(is_language(read(file(R"("nondeterministic": true, "alphabet": ["a", "b"], "states": 4, "initial": [0, 2],
    "accepting": [1, 3], "transitions": [[0,"a",0],[0,"a",1],[2,null,3],[3,"b",2]])"))
                        .dfa,
                    "a+|b*"));
  CHECK(is_language(
      read(
          file(
              R"("nondeterministic": true, "alphabet": ["a"], "states": 1, "initial": 0, "accepting": [0], "transitions": [])"))
          .dfa,
      "()"));
}

TEST_CASE("a file may hold an expression instead", "[formats][json]") {
  CHECK(is_language(read(file("\"regex\": \"(ab)*\"")).dfa, "(ab)*"));
  CHECK(read(file("\"regex\": \"(ab)*\", \"alphabet\": [\"b\", \"c\", \"a\"]")).dfa.alphabet().names() ==
        std::vector<std::string>{"b", "c", "a"});
  CHECK_THAT(refusal(file("\"regex\": \"(ab\"")), Catch::Contains("f.json: regex:1:1: '(' is never closed"));
  CHECK_THAT(refusal(file("\"regex\": \"a\", \"states\": 1")), Catch::Contains("f.json:2:15: unknown key 'states'"));
}

TEST_CASE("mistakes in JSON language files are refused at their line and column", "[formats][json]") {
  const std::string rest = R"("states": 2, "initial": 0, "accepting": [0], "transitions": [[0,"a",1],[1,"a",0]])";
  const std::string good = "\"alphabet\": [\"a\"], " + rest;
  CHECK(refusal(file(good)) == "accepted");
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string members = good;
    REQUIRE(members.find(from) != std::string::npos);
    return refusal(file(members.replace(members.find(from), from.size(), to)));
  };
  const std::string expected = "expected an object with \"format\": \"eigenmata-language\"";
  CHECK(refusal("[]") == "f.json:1:1: " + expected);
  CHECK(refusal("{}") == "f.json:1:1: " + expected);
  CHECK(refusal("{\"format\": 1}") == "f.json:1:1: " + expected);
  CHECK(refusal("{\"format\": \"eigenmata-model\"}") == "f.json:1:1: " + expected);
  CHECK_THAT(refusal("{\"format\": \"eigenmata-language\"}"), Catch::Contains("key 'version' is missing"));
  CHECK(refusal("{\"format\": \"eigenmata-language\", \"version\": 2}") == "f.json:1:45: only version 1 is known");
  CHECK(refusal("{\"format\": \"eigenmata-language\",\n \"version\": \"1\"}") ==
        "f.json:2:13: expected a number, found a string");

  CHECK_THAT(refusal(file(rest)), Catch::Contains("key 'alphabet' is missing"));
  CHECK(with("[\"a\"]", "[]") == "f.json:2:13: the alphabet is empty; at least one letter is needed");
  CHECK_THAT(with("[\"a\"]", "[\"a\", \"a\"]"), Catch::Contains("f.json:2:13: letter 'a' stands twice"));
  CHECK(with("[\"a\"]", "[1]") == "f.json:2:14: expected a string, found a number");
  CHECK(with("[\"a\"]", "\"a\"") == "f.json:2:13: expected an array, found a string");
  CHECK(with("\"states\": 2", "\"states\": 0") == "f.json:2:30: an automaton without states; at least one is needed");
  CHECK_THAT(with("\"states\": 2", "\"states\": -1"), Catch::Contains("f.json:2:30: the number of states is -1"));
  CHECK_THAT(with("\"states\": 2", "\"states\": 2.0"), Catch::Contains("f.json:2:30: the number of states is 2.0"));
  CHECK_THAT(with("\"states\": 2", "\"states\": 99999999999999999999"),
             Catch::Contains("f.json:2:30: the number of states"));
  CHECK_THAT(with("\"initial\": 0", "\"initial\": 2"),
             Catch::Contains("f.json:2:44: the initial state is 2; expected an integer from 0 to 1"));
  CHECK_THAT(with("\"initial\": 0", "\"initial\": [0]"),
             Catch::Contains("f.json:2:44: expected a number, found an array"));
  CHECK_THAT(with("\"accepting\": [0]", "\"accepting\": [2]"), Catch::Contains("f.json:2:61: an accepting state is 2"));
  CHECK_THAT(with("[0,\"a\",1]", "[2,\"a\",1]"), Catch::Contains("f.json:2:82: the source is 2"));
  CHECK_THAT(with("[0,\"a\",1]", "[0,\"a\",2]"), Catch::Contains("f.json:2:88: the target is 2"));
  CHECK(with("[0,\"a\",1]", "[0,\"b\",1]") == "f.json:2:84: 'b' is not a letter; the letters are {a}");
  CHECK(with("[0,\"a\",1]", "[0,\"a\"]") == "f.json:2:81: a transition is [source, letter, target]");
  CHECK(with("[0,\"a\",1]", "[0,\"a\",1,0]") == "f.json:2:81: a transition is [source, letter, target]");
  CHECK(with("[0,\"a\",1]", "[0,null,1]") ==
        "f.json:2:81: an ε-move (label null); only a nondeterministic automaton has them");
  CHECK(with("[1,\"a\",0]", "[0,\"a\",1]") ==
        "f.json:2:91: state 0 has two transitions under 'a'; say \"nondeterministic\": true if that is meant");
  CHECK(with("[1,\"a\",0]", "[1,\"a\",0],\n[1,\"a\",0]") ==
        "f.json:3:1: state 1 has two transitions under 'a'; say \"nondeterministic\": true if that is meant");
  CHECK_THAT(with("\"initial\"", "\"inital\""), Catch::Contains("f.json:2:33: unknown key 'inital'"));
  CHECK_THAT(with("\"initial\": 0, ", ""), Catch::Contains("key 'initial' is missing"));
  CHECK_THAT(with("\"states\": 2", "\"states\": 2, \"states\": 2"), Catch::Contains("key 'states' stands twice"));
  CHECK_THAT(refusal(file(good) + " {}"), Catch::Contains("not JSON"));
  CHECK_THAT(refusal(file(good + ", \"partial\": 1")), Catch::Contains("expected true or false, found a number"));
}

TEST_CASE("a short file that asks for a huge table ends at the memory limit", "[formats][json]") {
  core::Limits limits;
  limits.memory_bytes = std::size_t{64} << 20;
  const std::string members =
      R"("alphabet": ["a"], "states": 268435455, "initial": 0, "accepting": [], "transitions": [])";
  CHECK_THROWS_AS(read(file(members), limits), core::LimitReached);
  CHECK_THROWS_AS(read(file(members + ", \"partial\": true"), limits), core::LimitReached);
  limits.memory_bytes = std::size_t{2} << 30;  // a state without edges takes more than a row of one letter
  CHECK_THROWS_AS(read(file(members + ", \"nondeterministic\": true"), limits), core::LimitReached);
}

}  // namespace
}  // namespace eigenmata::automata

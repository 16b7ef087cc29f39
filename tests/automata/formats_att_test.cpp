// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/formats.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/error.hpp"
#include "support/languages.hpp"

namespace eigenmata::automata {
namespace {

using testing::is_language;

Dfa read(const std::string& text, const std::optional<Alphabet>& alphabet = std::nullopt,
         const std::optional<SymbolTable>& symbols = std::nullopt) {
  return determinised(read_att({"f.att", text}, alphabet, symbols), {});
}

std::string refusal(const std::string& text, const std::optional<SymbolTable>& symbols = std::nullopt) {
  try {
    (void)read(text, std::nullopt, symbols);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST_CASE("the acceptor of OpenFST's tutorial is read as fstprint writes it", "[formats][att]") {
  // fstprint --acceptor: tabs, the weight One left out.
  const Dfa dfa = read("0\t1\ta\n0\t1\tb\n1\t2\tc\n2\n");
  CHECK(is_language(dfa, "(a|b)c"));
  CHECK(dfa.alphabet().names() == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("input and output labels may both stand, with a weight of zero or without", "[formats][att]") {
  for (const char* text :
       {"0 1 a a\n1\n", "0 1 a\n1 0\n", "0 1 a 0\n1 0.0\n", "0 1 a a 0\n1 0.\n", "0\t1\ta\ta\t.000\n1\t.0\n",
        "\n  0   1 \t a  \r\n\r\n1\r\n\r\n", "0 1 a\n1", "7 3 a\n3\n"}) {
    CAPTURE(text);
    CHECK(is_language(read(text), "a"));
  }
  // The label 0 is a letter here, and stands beside weights.
  CHECK(is_language(read("0 1 0\n1\n"), "0"));
  CHECK(is_language(read("0 1 0 0\n1\n"), "0"));
  CHECK(is_language(read("0 1 0 0 0\n1\n"), "0"));
}

TEST_CASE("the first line's first state is initial, be it an edge or an accepting state", "[formats][att]") {
  CHECK(is_language(read("5 0 a\n0\n0 5 b\n"), "a(ba)*"));
  CHECK(is_language(read("0\n5 0 a\n0 5 b\n5\n"), "(ba)*b?"));
}

TEST_CASE("missing transitions lead to a sink", "[formats][att]") {
  const Dfa dfa = read("0 1 a\n1 0 b\n0\n");
  CHECK(dfa.states() == 3);
  CHECK(is_language(dfa, "(ab)*"));
  CHECK(is_language(read("0\n", Alphabet({"a"})), "()"));
  CHECK(read("0 1 a\n").states() == 3);  // nothing accepts: the empty language
  CHECK(is_language(read("0 1 a\n"), "~(a*)"));
}

TEST_CASE("ε is <eps>, and choices are allowed", "[formats][att]") {
  CHECK(is_language(read("0 1 <eps>\n0 2 <eps> <eps>\n1 1 a\n2 2 b\n1\n2 0\n"), "a*|b*"));
  CHECK(is_language(read("0 0 a\n0 0 b\n0 1 a\n1 2 a\n2\n"), "(a|b)*aa"));
}

TEST_CASE("with a symbol table labels are numbers, and 0 is ε", "[formats][att]") {
  const SymbolTable table = read_symbol_table({"f.syms", "<eps> 0\npush\t1\n\npop 2\n"});
  CHECK(table == SymbolTable{{0, "<eps>"}, {1, "push"}, {2, "pop"}});
  const Dfa dfa = read("0 1 1\n1 0 2\n0 2 0\n2\n", std::nullopt, table);
  CHECK(is_language(dfa, "(<push><pop>)*"));
  CHECK(dfa.alphabet().names() == std::vector<std::string>{"push", "pop"});
  CHECK(refusal("0 1 3\n1\n", table) == "f.att:1:5: label 3 is not in the symbol table");
  CHECK(refusal("0 1 push\n1\n", table) == "f.att:1:5: label 'push'; with a symbol table labels are numbers");
  CHECK(refusal("0 1 <eps>\n1\n", table) == "f.att:1:5: label '<eps>'; with a symbol table labels are numbers");
}

TEST_CASE("symbol tables with mistakes are refused at their line", "[formats][att]") {
  const auto table = [](const std::string& text) { (void)read_symbol_table({"f.syms", text}); };
  CHECK_THROWS_WITH(table("a 1\nb 1\n"), "f.syms:2:3: number 1 stands twice");
  CHECK_THROWS_WITH(table("a\n"), "f.syms:1: expected a symbol and its number, found 'a'");
  CHECK_THROWS_WITH(table("a 1 2\n"), Catch::Contains("f.syms:1: expected a symbol and its number"));
  CHECK_THROWS_WITH(table("a 1\n\n1 b\n"), Catch::Contains("f.syms:3: expected a symbol"));
  CHECK_THROWS_WITH(table("a -1\n"), Catch::Contains("f.syms:1: expected a symbol"));
  CHECK_NOTHROW(table(""));
}

TEST_CASE("mistakes in AT&T files are refused at their line and column", "[formats][att]") {
  CHECK(refusal("") == "f.att: an automaton without states; at least one is needed");
  CHECK(refusal("\n \n") == "f.att: an automaton without states; at least one is needed");
  CHECK(refusal("0\n") == "f.att: no letter occurs, so the alphabet is empty; give one, as in -a ab");
  CHECK(refusal("0 1 <eps>\n") == "f.att: no letter occurs, so the alphabet is empty; give one, as in -a ab");
  CHECK(refusal("0 1 a\nq1\n") == "f.att:2:1: state 'q1'; states are numbers from 0");
  CHECK(refusal("0 x a\n") == "f.att:1:3: state 'x'; states are numbers from 0");
  CHECK(refusal("0 01 a\n") == "f.att:1:3: state '01'; states are numbers from 0");
  CHECK(refusal("-1 0 a\n") == "f.att:1:1: state '-1'; states are numbers from 0");
  CHECK(refusal("0 1 a 0.5\n1\n") ==
        "f.att:1:7: input label 'a' and output label '0.5' differ; an acceptor repeats its label, and a "
        "weight has to be 0");
  CHECK(refusal("0 1 a b\n1\n") ==
        "f.att:1:7: input label 'a' and output label 'b' differ; an acceptor repeats its label, and a weight "
        "has to be 0");
  CHECK(refusal("0 1 a a 0.5\n1\n") == "f.att:1:9: weight '0.5'; only unweighted automata (weight 0) are read");
  CHECK(refusal("0 1 a b 0\n1\n") == "f.att:1:7: weight 'b'; only unweighted automata (weight 0) are read");
  CHECK(refusal("0 1 a\n  1  1\n") == "f.att:2:6: weight '1'; only unweighted automata (weight 0) are read");
  CHECK(refusal("0 1 a\n1 Infinity\n") == "f.att:2:3: weight 'Infinity'; only unweighted automata (weight 0) are read");
  for (const char* weight : {".", "..", "0.0.0", "-0", "00a", "0,0"}) {
    CHECK_THAT(refusal("0 1 a a " + std::string(weight) + "\n1\n"), Catch::Contains("f.att:1:9: weight"));
  }
  CHECK(refusal("0 1 a a 0 x\n1\n") ==
        "f.att:1:11: a column too many; expected: source target label [label] [weight 0]");
  CHECK(refusal("0 1 a 0 0\n1\n") == "f.att:1:9: a column too many; expected: source target label [label] [weight 0]");
  CHECK_THAT(refusal("0 1 a\xFF\n1\n"), Catch::Contains("f.att") && Catch::Contains("not valid UTF-8"));
  CHECK_THAT(refusal("0 1 a\x01\n1\n"), Catch::Contains("f.att") && Catch::Contains("cannot be printed"));
}

TEST_CASE("the initial state is written first, wherever it stands", "[formats][att]") {
  const Dfa dfa(Alphabet({"a"}), state(1), {true, false}, {state(0), state(0)});
  CHECK(write_att(dfa) == "1\t0\ta\n0\t0\ta\n0\n");
}

}  // namespace
}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>

#include "automata/brute_force.hpp"
#include "eigenmata/automata/formats.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/error.hpp"
#include "support/languages.hpp"
#include "support/scratch_folder.hpp"

namespace eigenmata::automata {
namespace {

using testing::is_language;

Dfa read(const std::string& text, const std::optional<Alphabet>& alphabet = std::nullopt) {
  return determinised(read_dot({"f.dot", text}, alphabet), {});
}

std::string refusal(const std::string& text) {
  try {
    (void)read(text);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST_CASE("the automaton of Graphviz's gallery is read as it is drawn there", "[formats][dot]") {
  // graphviz.org/Gallery/directed/fsm.html, with the initial state that it lacks.
  const Dfa dfa = read(R"dot(digraph finite_state_machine {
	fontname="Helvetica,Arial,sans-serif"
	node [fontname="Helvetica,Arial,sans-serif"]
	edge [fontname="Helvetica,Arial,sans-serif"]
	rankdir=LR;
	node [shape = doublecircle]; 0 3 4 8;
	node [shape = circle];
	__start0 -> 0
	0 -> 2 [label = "SS(B)"];
	0 -> 1 [label = "SS(S)"];
	1 -> 3 [label = "S($end)"];
	2 -> 6 [label = "SS(b)"];
	2 -> 5 [label = "SS(a)"];
	2 -> 4 [label = "S(A)"];
	5 -> 7 [label = "S(b)"];
	5 -> 5 [label = "S(a)"];
	6 -> 6 [label = "S(b)"];
	6 -> 5 [label = "S(a)"];
	7 -> 8 [label = "S(b)"];
	7 -> 5 [label = "S(a)"];
	8 -> 6 [label = "S(b)"];
	8 -> 5 [label = "S(a)"];
}
)dot");
  // From 5 by S(b) S(b) to 8; from 8 and 6 through S(b)* S(a) back to 5; 5 and 7 return to 5 under S(a).
  CHECK(is_language(dfa,
                    "()|<SS(S)><S($end)>|<SS(B)><S(A)>|"
                    "<SS(B)>(<SS(a)>|<SS(b)><S(b)>*<S(a)>)"
                    "(<S(a)>|<S(b)><S(a)>|<S(b)>{2}<S(b)>*<S(a)>)*<S(b)>{2}"));
}

TEST_CASE("comments, chains, optional semicolons, names and quotes are read as Graphviz reads them", "[formats][dot]") {
  CHECK(is_language(read(R"(# a line of the preprocessor
strict digraph "my graph" { // to the end of the line
  graph [rankdir=LR, size="8,5"; dpi=96]; /* across
  lines */ label = "an automaton"; bgcolor=white
  "start here" -> q.1 -> q_2 [color=red][label="a"]
  q_2 [shape=doublecircle,]
  __start -> "start here";;
  q_2 -> -3.5 [label=b] -3.5 -> q_2 [label="a", fontsize=12];
}
)"),
                    "aa(ba)*"));
}

TEST_CASE("labels list letters; without a label, and with ε, an edge is a silent move", "[formats][dot]") {
  CHECK(is_language(read("digraph{__start0->0;0->1[label=\"a, b,push\"];1[shape=doublecircle]}"), "a|b|<push>"));
  CHECK(is_language(read("digraph{__start0->0;0->1;1->2[label=a];2->3[label=ε];3->4[label=\"<eps>\"];4->5[label=\"\"];"
                         "5[shape=doublecircle]}"),
                    "a"));
  CHECK(is_language(read("digraph{__start0->0;0->1[label=\"a,ε\"];1[shape=doublecircle]}"), "a?"));
  CHECK(is_language(read("digraph{__start0->0;0->1[label=\",\"];1->2[label=\" \"];2[shape=doublecircle]}"), ", "));
  CHECK(
      is_language(read(R"(digraph{__start0->0;0->1[label="\"",];1->2[label="\\"];2[shape=doublecircle]})"), "\"\\\\"));
}

TEST_CASE("an empty place in a list of letters is refused: it could mean the comma or ε", "[formats][dot]") {
  for (const char* label : {"a,", ",a", "a,,b", ",,", "a, "}) {
    CAPTURE(label);
    CHECK(refusal("digraph{__start0->0;\n 0->1[label=\"" + std::string(label) + "\"];1[shape=doublecircle]}") ==
          "f.dot:2:2: nothing stands beside a comma of the label; the letter ',' needs an edge of its own");
  }
}

TEST_CASE("several states may be initial, and the markers are no states", "[formats][dot]") {
  const Dfa dfa = read(
      "digraph{__start0 [shape=point]; __start1 [shape=doublecircle]; __start0->0; __start1->1;"
      "0->2[label=a]; 1->2[label=b]; 2[shape=doublecircle]}");
  CHECK(is_language(dfa, "a|b"));
}

TEST_CASE("defaults hold for the nodes and edges that come after them", "[formats][dot]") {
  // As `dot -Tdot` shows: 0 and 1 are made as circles and stay so; 2 is the only double circle.
  CHECK(is_language(read("digraph{node[shape=circle];__start0->0;0->1[label=a];node[shape=doublecircle];1[color=red];0;"
                         "edge[label=b];1->2;2->2[label=a]}"),
                    "aba*"));
  // A shape given later wins, whatever it was before.
  CHECK(is_language(
      read("digraph{__start0->0;0[shape=doublecircle];0->1[label=a];0[shape=circle];1[shape=doublecircle]}"), "a"));
}

TEST_CASE("mistakes in Graphviz files are refused at their line and column", "[formats][dot]") {
  CHECK(refusal("") == "f.dot:1:1: expected 'digraph', found the end of the file");
  CHECK(refusal("graph { 0 -- 1 }") == "f.dot:1:1: an undirected graph; an automaton is a digraph");
  CHECK(refusal("digraph x\n0 -> 1") == "f.dot:2:1: expected '{', found '0'");
  CHECK(refusal("digraph {\n  0 -> 1") == "f.dot:2:9: expected a name, found the end of the file");
  CHECK(refusal("digraph { 0 -> }") == "f.dot:1:16: expected a name, found '}'");
  CHECK(refusal("digraph { 0 -- 1 }") ==
        "f.dot:1:13: '--' joins nodes of an undirected graph; an automaton's edges are '->'");
  CHECK(refusal("digraph {\n subgraph x { 0 } }") == "f.dot:2:2: subgraphs are not read; write the edges one by one");
  CHECK(refusal("digraph { { 0 1 } -> 2 }") == "f.dot:1:11: subgraphs are not read; write the edges one by one");
  CHECK(refusal("digraph { 0 -> { 1 2 } }") == "f.dot:1:16: subgraphs are not read; write the edges one by one");
  CHECK(refusal("digraph { 0:n -> 1 }") == "f.dot:1:12: ports are not read");
  CHECK(refusal("digraph { 0 [shape] }") == "f.dot:1:19: expected '=', found ']'");
  CHECK(refusal("digraph { 0 [shape=] }") == "f.dot:1:20: expected a name, found ']'");
  CHECK(refusal("digraph { 0 [shape=box }") == "f.dot:1:24: expected a name, found '}'");
  CHECK(refusal("digraph { 0 -> 1 [label=<b>] }") == "f.dot:1:25: '<' has no meaning here");
  CHECK(refusal("digraph { \"0 -> 1 }") == "f.dot:1:11: a string that is never closed");
  CHECK(refusal("digraph { /* 0 -> 1 }") == "f.dot:1:11: a comment that is never closed");
  CHECK(refusal("digraph { 0 } x") == "f.dot:1:15: expected the end of the file, found 'x'");
  CHECK(refusal("digraph { 0 -> 1 [label=a]; 1 -> __start0 }") ==
        "f.dot:1:29: an edge into '__start0', which only marks the initial state");
  CHECK(refusal("digraph { }") == "f.dot: an automaton without states; at least one is needed");
  CHECK(refusal("digraph { 0 -> 1 [label=a] }") == "f.dot: no initial state");
  CHECK(refusal("digraph { __start0 -> 1 }") ==
        "f.dot: no letter occurs, so the alphabet is empty; give one, as in -a ab");
}

TEST_CASE("what Graphviz makes of our files is the same automaton", "[formats][dot]") {
  if (std::system("dot -V 2> /dev/null") != 0) {
    WARN("Graphviz is not installed; nothing was compared");
    return;
  }
  const testing::ScratchFolder folder;
  EIGENMATA_SEEDED(random, 1);
  for (int i = 0; i < 10; ++i) {
    const Dfa shape = testing::random_dfa(random, random.below(12) + 1, 4);
    const Dfa dfa(Alphabet({"push", "\"", "\\", ","}), shape.initial(), shape.accepting(), shape.table());
    folder.write("in.dot", write_dot(dfa));
    const std::string command = "dot -Tdot " + folder.path_of("in.dot") + " -o " + folder.path_of("out.dot");
    REQUIRE(std::system(command.c_str()) == 0);
    const std::string text = folder.read("out.dot");  // attributes over several lines, positions, defaults
    CAPTURE(text);
    CHECK(minimised(read(text, dfa.alphabet())) == minimised(dfa));
  }
}

}  // namespace
}  // namespace eigenmata::automata

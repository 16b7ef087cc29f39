// SPDX-License-Identifier: Apache-2.0
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

Dfa read(const std::string& text, const std::optional<Alphabet>& alphabet = std::nullopt) {
  return determinised(read_jff({"f.jff", text}, alphabet), {});
}

std::string refusal(const std::string& text) {
  try {
    (void)read(text);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST_CASE("a file of JFLAP 7 is read, with its comments, coordinates, labels and carriage returns", "[formats][jff]") {
  CHECK(is_language(
      read(
          R"(<?xml version="1.0" encoding="UTF-8" standalone="no"?><!--Created with JFLAP 7.1.--><structure>&#13;
	<type>fa</type>&#13;
	<automaton>&#13;
		<!--The list of states.-->&#13;
		<state id="0" name="q0">&#13;
			<x>81.0</x>&#13;
			<y>98.0</y>&#13;
			<label>odd</label>&#13;
			<initial/>&#13;
		</state>&#13;
		<state id="2" name="q2">&#13;
			<x>240.0</x>&#13;
			<y>97.0</y>&#13;
			<final/>&#13;
		</state>&#13;
		<!--The list of transitions.-->&#13;
		<transition>&#13;
			<from>0</from>&#13;
			<to>2</to>&#13;
			<read>a</read>&#13;
		</transition>&#13;
		<transition>&#13;
			<from>2</from>&#13;
			<to>0</to>&#13;
			<read/>&#13;
		</transition>&#13;
		<note>&#13;
			<text>a note</text>&#13;
			<x>1.0</x>&#13;
			<y>2.0</y>&#13;
		</note>&#13;
	</automaton>&#13;
</structure>)"),
      "a+"));
}

TEST_CASE("files of earlier versions have no <automaton> element", "[formats][jff]") {
  CHECK(is_language(read("<structure><type>fa</type><state id='7'><initial/></state><state id='3'><final/></state>"
                         "<transition><from>7</from><to>3</to><read>b</read></transition>"
                         "<transition><from>3</from><to>3</to><read>a</read></transition></structure>"),
                    "ba*"));
}

TEST_CASE("entities, CDATA and names of several characters are letters", "[formats][jff]") {
  const auto file = [](const std::string& letter) {
    return "<structure><type>fa</type><automaton><state "
           "id='0'><initial/><final/></state><transition><from>0</from><to>0</to>"
           "<read>" +
           letter + "</read></transition></automaton></structure>";
  };
  CHECK(is_language(read(file("&lt;")), "\\<*"));
  CHECK(is_language(read(file("&amp;")), "\\&*"));
  CHECK(is_language(read(file("&#233;")), "é*"));
  CHECK(is_language(read(file("<![CDATA[<]]>")), "\\<*"));
  CHECK(is_language(read(file("push")), "<push>*"));
}

TEST_CASE("mistakes in JFLAP files are refused with their line where it is known", "[formats][jff]") {
  const std::string head = "<structure><type>fa</type><automaton>\n";
  const std::string tail = "</automaton></structure>";
  const std::string states = "<state id='0'><initial/></state>\n<state id='1'/>\n";
  const auto edge = [](const std::string& inside) { return "<transition>" + inside + "</transition>"; };
  CHECK_THAT(refusal(""), Catch::Contains("f.jff:1:1: not XML"));
  CHECK_THAT(refusal("no XML at all"), Catch::Contains("f.jff:1:") && Catch::Contains("not XML"));
  CHECK_THAT(refusal(head + "<state"), Catch::Contains("f.jff:2:") && Catch::Contains("not XML"));
  CHECK_THAT(refusal("<structure>\n<type>fa</typo></structure>"),
             Catch::Contains("f.jff:2:") && Catch::Contains("not XML"));
  CHECK(refusal("<automaton/>") == "f.jff: no <structure> element; expected a JFLAP file");
  CHECK(refusal("<structure><type>pda</type></structure>") ==
        "f.jff: a JFLAP file of type 'pda'; only finite automata (fa) are read");
  CHECK(refusal("<structure/>") == "f.jff: a JFLAP file of type ''; only finite automata (fa) are read");
  CHECK(refusal(head + tail) == "f.jff: an automaton without states; at least one is needed");
  CHECK(refusal(head + "<state name='q'/>" + tail) == "f.jff:2:2: a state without an id");
  CHECK(refusal(head + states + "<state id='1'/>" + tail) == "f.jff:4:2: state '1' stands twice");
  CHECK(refusal(head + "<state id='0'/>" + edge("<from>0</from><to>0</to><read>a</read>") + tail) ==
        "f.jff: no initial state");
  CHECK(refusal(head + states + tail) == "f.jff: no letter occurs, so the alphabet is empty; give one, as in -a ab");
  CHECK(refusal(head + states + edge("<from>0</from><to>2</to><read>a</read>") + tail) ==
        "f.jff:4:2: a transition <to> '2', which is no state");
  CHECK(refusal(head + states + edge("<to>1</to><read>a</read>") + tail) ==
        "f.jff:4:2: a transition <from> '', which is no state");
  CHECK_THAT(refusal(head + states + edge("<from>0</from><to>1</to><read>a b</read>") + tail),
             Catch::Contains("blank inside"));
}

TEST_CASE("a million nested elements do not exhaust the stack", "[formats][jff]") {
  std::string text = "<structure>";
  for (int i = 0; i < 1'000'000; ++i) text += "<a>";
  CHECK_THAT(refusal(text), Catch::Contains("not XML"));
  for (int i = 0; i < 1'000'000; ++i) text += "</a>";
  CHECK_THAT(refusal(text + "</structure>"), Catch::Contains("of type ''"));
}

}  // namespace
}  // namespace eigenmata::automata

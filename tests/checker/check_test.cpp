// SPDX-License-Identifier: Apache-2.0
#include "checker/check.hpp"

#include <catch2/catch.hpp>

#include "support.hpp"

namespace eigenmata::checker {
namespace {

TEST_CASE("the samples are proved", "[checker][check]") {
  for (const auto& [name, text] : samples()) {
    const Outcome outcome = outcome_of(text);
    CAPTURE(name, outcome.message);
    CHECK(outcome.code == 0);
  }
}

/// Lines replaced in a sample (each the first that is exactly this); the rule that then fails, and the line
/// that the message names, as it stands after the replacement.
struct Break {
  const char* sample;
  std::vector<std::pair<const char*, const char*>> lines;
  int rule;
  const char* failing;
};

const std::vector<Break> kBreaks = {
    // The automaton.
    {"parity", {{"automaton 2 initial 0", "automaton 2 initial 1"}}, 6, "network 1 empty-word accept"},
    {"parity", {{"accepting 0", "accepting"}}, 6, "network 1 empty-word accept"},
    {"parity", {{"accepting 0", "accepting 0 1"}}, 5, "step 1 0"},
    {"parity", {{"next 1 0", "next 0 0"}}, 4, "step 1 0"},
    {"parity", {{"next 0 1", "next 0 0"}}, 4, "step 0 1"},
    {"two layers", {{"next 1 2", "next 1 3"}}, 4, "step 2 3"},
    // Rule 6.
    {"parity", {{"network 1 empty-word accept", "network 1 empty-word reject"}}, 6, "network 1 empty-word reject"},
    {"last is a", {{"network 0 empty-word reject", "network 0 empty-word accept"}}, 6, "network 0 empty-word accept"},
    // Rule 7.
    {"parity", {{"class diagonal[-1,1]", "class diagonal[0,1]"}}, 7, "entries 0:-1"},
    {"parity", {{"class diagonal[-1,1]", "class householder[-1,1]:1"}}, 7, "map diagonal"},
    {"swap", {{"class householder[-1,1]:1", "class householder[-1,1]:0"}}, 7, "map householder 1"},
    {"swap", {{"class householder[-1,1]:1", "class householder[0,1]:1"}}, 7, "factor 2 | 0:3/7 1:-3/7"},
    {"swap", {{"class householder[-1,1]:1", "class rank-one:1"}}, 7, "map householder 1"},
    {"flip-flop", {{"class rank-one:1", "class rank-one:0"}}, 7, "map rank-one 1"},
    {"table", {{"class dense", "class rank-one:5"}}, 7, "map dense"},
    {"offset", {{"class diagonal[0,1]", "class diagonal[1,1]"}}, 7, "entries"},
    // Rule 1.
    {"parity", {{"start 0:1", "start 0:2"}}, 1, "at 0:1"},
    {"parity", {{"at 0:1", "at 0:3"}}, 1, "at 0:3"},
    {"parity", {{"at 0:1", "at"}}, 1, "at"},
    {"parity", {{"point start state 0", "point start state 1"}}, 1, "point start state 1"},
    {"offset", {{"start", "start 0:1"}}, 1, "at"},
    // Rule 2.
    {"parity", {{"point from 0 0 state 1", "point from 0 1 state 1"}}, 2, "point from 0 1 state 1"},
    {"parity", {{"point from 0 0 state 1", "point from 1 1 state 1"}}, 2, "point from 1 1 state 1"},
    {"two layers", {{"point from 1 0 state 1", "point from 3 0 state 1"}}, 2, "point from 3 0 state 1"},
    // Rule 3: maps, factors, their order, offsets, points, steps, tables.
    {"parity", {{"class diagonal[-1,1]", "class none"}, {"entries 0:-1", "entries 0:-2"}}, 3, "step 1 0"},
    {"parity", {{"entries 0:1", "entries"}}, 3, "step 1 0"},
    {"parity", {{"offset", "offset 0:1"}}, 3, "step 1 0"},
    {"parity", {{"at 0:-1", "at 0:-2"}}, 3, "step 1 0"},
    {"parity", {{"step 0 1", "step 1 0"}}, 3, "step 1 0"},
    {"swap", {{"factor 2 | 0:3/7 1:-3/7", "factor 2 | 0:3/7 1:-2/7"}}, 3, "step 1 0"},
    {"swap", {{"factor 2 | 0:3/7 1:-3/7", "factor 1 | 0:3/7 1:-3/7"}}, 3, "step 1 0"},
    {"flip-flop", {{"factor 0:1 1:-1 | 0:1", "factor 0:1 1:-1 | 1:1"}}, 3, "step 1 0 0"},
    {"flip-flop", {{"factor 0:-1 1:1 | 1:1", "factor 1:1 | 1:1"}}, 3, "step 1 0 1"},
    {"two layers", {{"factor 2 | 0:5", "factor 1 | 0:5"}}, 3, "step 1 0"},
    {"two layers", {{"readout 0:-1 | 0 | 0 | 0 1", "readout 0:-1 | 0 | 0 | 1 0"}}, 3, "step 1 0"},
    {"table", {{"row 0:1 1:-1", "row 0:1"}}, 3, "step 2 1"},
    {"table", {{"row 1:1 | 0 0", "row 1:2 | 0 0"}}, 3, "step 1 0"},
    {"large", {{"entries 0:-1", "entries 0:1"}}, 3, "step 1"},
    // Rule 5.
    {"parity", {{"readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 0 | 1 0"}}, 5, "step 1 0"},
    {"parity", {{"readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 2 | 0 1"}}, 5, "step 1 0"},
    {"parity", {{"readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 5 | 0 | 0 1"}}, 5, "step 1 0"},
    {"parity", {{"accept 1", "accept"}}, 5, "step 1 0"},
    {"parity", {{"accept 1", "accept 0 1"}}, 5, "step 1 0"},
    {"offset", {{"readout 0:3 | 1/2 | -1/2 3/2 2 | 0 1 2 0", "readout 0:3 | 1/2 | -1/2 2 3 | 0 1 2 0"}}, 5, "step 1 0"},
    {"by letter", {{"readout | 0 | | 0", "readout | 0 | | 1"}}, 5, "step 1 0"},
    {"table", {{"row 1:1 | 0 0", "row 1:1 | 0 1"}}, 5, "step 2 1"},
    {"last is a", {{"accept 0", "accept 1"}}, 5, "step 1 0"},
    {"last is a", {{"accept 0", "accept"}}, 5, "step 1 0"},
    // Several lines at once, so that only one rule is left to complain.
    {"last is a", {{"step 1 0", "step 1 1"}, {"next 1 0", "next 1 1"}}, 5, "step 1 1"},
    {"last is a", {{"step 1 0", "step 1 1"}}, 4, "step 1 1"},
    {"parity", {{"points 2", "points 0"}, {"point start state 0", "end"}}, 1, "points 0"},
};

TEST_CASE("each kind of line, broken, fails by its rule and in its place", "[checker][check]") {
  for (const Break& broken : kBreaks) {
    std::string text = samples().at(broken.sample);
    for (const auto& [from, to] : broken.lines) text = with_line(text, line_number(text, from), to);
    if (text.find("points 0") != std::string::npos) text = text.substr(0, text.find("end\n") + 4);
    const Outcome outcome = outcome_of(text);
    CAPTURE(broken.sample, broken.lines.front().second, outcome.message);
    CHECK(outcome.code == 10);
    CHECK(outcome.rule == broken.rule);
    CHECK(lines_of(text).at(outcome.line - 1) == broken.failing);
  }
}

TEST_CASE("factors act in the order in which they are listed", "[checker][check]") {
  // (0 1) and then (1 2) sends 0 to 2; the other way round it sends 0 to 1.
  const std::string text = R"(eigenmata-certificate 1
kind points
numbers rational
class householder[-1,-1]:2
letters 1
letter "a"
automaton 3 initial 0
accepting 2
next 2
next 0
next 1
network 1 empty-word reject
layer 3 inputs 1 outputs 2
start 0:1
map householder 2
factor 2 | 0:1 1:-1
factor 2 | 1:1 2:-1
offset
decoder affine shared
readout 2:1 | 0 | 1 | 0 1
accept 1
points 3
point start state 0
at 0:1
step 1
point from 0 0 state 2
at 2:1
step 2
point from 1 0 state 1
at 1:1
step 0
end
)";
  CHECK(outcome_of(text).code == 0);
  const std::size_t first = line_number(text, "factor 2 | 0:1 1:-1");
  const std::string exchanged =
      with_line(with_line(text, first, "factor 2 | 1:1 2:-1"), first + 1, "factor 2 | 0:1 1:-1");
  CHECK(outcome_of(exchanged).code == 10);
  CHECK(outcome_of(exchanged).rule == 3);
}

TEST_CASE("a readout's output counts the thresholds that are not above the value", "[checker][check]") {
  // The value is 0 at the start and 1/3 · 3 + 1/2 = 3/2 after an é; see the sample.
  const std::string& text = samples().at("offset");
  const std::size_t line = line_number(text, "readout 0:3 | 1/2 | -1/2 3/2 2 | 0 1 2 0");
  CHECK(outcome_of(with_line(text, line, "readout 0:3 | 1/2 | 3/2 | 1 2")).code == 0);
  CHECK(outcome_of(with_line(text, line, "readout 0:3 | 1/2 | 2 | 1 2")).code == 10);
  CHECK(outcome_of(with_line(text, line, "readout 0:3 | 1/2 | 1499999999999/1000000000000 | 1 2")).code == 0);
  CHECK(outcome_of(with_line(text, line, "readout 0:3 | 1/2 | 1500000000001/1000000000000 | 1 2")).code == 10);
}

TEST_CASE("a layer without dimensions, a table of one state, an empty accept line", "[checker][check]") {
  const std::string text = R"(eigenmata-certificate 1
kind points
numbers rational
class diagonal[1,1]
letters 2
letter "a"
letter "b"
automaton 1 initial 0
accepting
next 0 0
network 1 empty-word reject
layer 0 inputs 2 outputs 1
start
map diagonal
entries
offset
map diagonal
entries
offset
decoder table 1
row | 0
accept
points 1
point start state 0
at
step 0 0
end
)";
  CHECK(outcome_of(text).code == 0);
  const std::size_t table = line_number(text, "decoder table 1");
  std::vector<std::string> lines = lines_of(with_line(text, table, "decoder table 0"));
  lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(table));
  const Outcome outcome = outcome_of(joined(lines));
  CHECK(outcome.code == 10);
  CHECK(outcome.rule == 3);
  CHECK_THAT(outcome.message, Catch::Contains("no row for the state 0"));
}

}  // namespace
}  // namespace eigenmata::checker

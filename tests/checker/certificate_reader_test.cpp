// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <sstream>

#include "checker/certificate.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

Certificate read(const std::string& text) {
  std::istringstream in(text);
  return read_certificate(in, "x");
}

TEST_CASE("a certificate in memory", "[checker][certificate]") {
  const Certificate two = read(samples().at("two layers"));
  CHECK(two.network.letters == std::vector<std::string>{"a", "b"});
  CHECK(two.automaton.size() == 4);
  CHECK(two.automaton.successor(2, 1) == 3);
  REQUIRE(two.network.layers.size() == 2);
  CHECK(two.network.layers[1].maps[1].factors[0].beta == Rational(2));
  REQUIRE(two.points.size() == 4);
  CHECK(two.points[3].parent == 1);
  CHECK(two.points[3].letter == 1);
  CHECK(two.step(2, 0) == 3);
  CHECK(shown(two.vectors[0][3]) == "0:-1");
  CHECK(shown(two.vectors[1][3]) == "0:1");
  CHECK(read(samples().at("last is a")).network.letters[1] == "b");  // \u0062
  CHECK(read(samples().at("offset")).vectors[0][0].empty());
}

/// Each line of a sample that is replaced by another, and what the error says after the place.
struct Fault {
  const char* sample;
  const char* line;
  const char* replacement;
  const char* message;
};

const std::vector<Fault> kFaults = {
    {"parity", "eigenmata-certificate 1", "eigenmata-certificate 2", "this version is unknown"},
    {"parity", "eigenmata-certificate 1", "eigenmata-certificate", "the line ends here"},
    {"parity", "eigenmata-certificate 1", "eigenmata-model 1", "expected 'eigenmata-certificate'"},
    {"parity", "eigenmata-certificate 1", " eigenmata-certificate 1", "single blanks"},
    {"parity", "eigenmata-certificate 1", "eigenmata-certificate 1 ", "end of the line"},
    {"parity", "eigenmata-certificate 1", "eigenmata-certificate  1", "single blanks"},
    {"parity", "eigenmata-certificate 1", "eigenmata-certificate\t1", "expected 'eigenmata-certificate'"},
    {"parity", "eigenmata-certificate 1", "", "an empty line"},
    {"parity", "kind points", "kind regions", "this kind of certificate is unknown"},
    {"parity", "numbers rational", "numbers real", "unknown kind of numbers"},
    {"parity", "numbers rational", "numbers field", "the line ends here; expected a polynomial in x"},
    {"parity", "numbers rational", "numbers field x^2-5 2 3", "expected the name of the generator"},
    {"parity", "numbers rational", "numbers field x^2-4 2 3 sqrt(4)", "rational root"},
    {"parity", "class diagonal[-1,1]", "class diagonal(-1,1)", "unknown class"},
    {"parity", "class diagonal[-1,1]", "class none x", "end of the line"},
    {"parity", "letters 2", "letters 0", "must be at least 1"},
    {"parity", "letters 2", "letters 3", "expected 'letter'"},
    {"parity", "letters 2", "letters 1", "expected 'automaton'"},
    {"parity", "letters 2", "letters 02", "without leading zeros"},
    {"parity", "letters 2", "letters -2", "without leading zeros"},
    {"parity", "letters 2", "letters 99999999999999999999", "from 0 to 4294967294"},
    {"parity", "letter \"b\"", "letter b", "expected a JSON string"},
    {"parity", "letter \"b\"", "letter \"a\"", "stands twice"},
    {"parity", "letter \"b\"", "letter \"\\u0061\"", "stands twice"},
    {"parity", "letter \"b\"", "letter \"b\" ", "end of the line"},
    {"parity", "letter \"b\"", "letter \"b", "no closing quote"},
    {"parity", "letter \"b\"", "letter \"\"", "at least one character"},
    {"parity", "letter \"b\"", "letter \"b c\"", "none may be a blank"},
    {"parity", "letter \"b\"", "letter \"\\u0007\"", "cannot be printed"},
    {"parity", "letter \"b\"", "letter", "expected a JSON string"},
    {"parity", "automaton 2 initial 0", "automaton 0 initial 0", "must be at least 1"},
    {"parity", "automaton 2 initial 0", "automaton 2 initial 2", "there is no state 2"},
    {"parity", "automaton 2 initial 0", "automaton 2 start 0", "expected 'initial'"},
    {"parity", "automaton 2 initial 0", "automaton 2 initial 0 0", "end of the line"},
    {"parity", "accepting 0", "accepting 2", "there is no state 2"},
    {"parity", "accepting 0", "accepting 0 0", "increase"},
    {"parity", "accepting 0", "accepting 1 0", "increase"},
    {"parity", "next 0 1", "next 0 2", "there is no state 2"},
    {"parity", "next 0 1", "next 0", "the line ends here"},
    {"parity", "next 0 1", "next 0 1 0", "end of the line"},
    {"parity", "network 1 empty-word accept", "network 1 empty-word maybe", "expected accept or reject"},
    {"parity", "network 1 empty-word accept", "network 0 empty-word accept", "expected 'accept'"},
    {"parity", "network 1 empty-word accept", "network 2 empty-word accept", "expected 'layer'"},
    {"parity", "layer 1 inputs 2 outputs 2", "layer 1 inputs 3 outputs 2", "expected 2 inputs"},
    {"parity", "layer 1 inputs 2 outputs 2", "layer 1 inputs 2 outputs 0", "must be at least 1"},
    {"parity", "layer 1 inputs 2 outputs 2", "layer 1 inputs 2 outputs 1", "there is no output 1"},
    {"parity", "layer 1 inputs 2 outputs 2", "layer 2 inputs 2", "the line ends here"},
    {"parity", "start 0:1", "start 1:1", "beyond the dimension 1"},
    {"parity", "start 0:1", "start 0:0", "zeros are left out"},
    {"parity", "start 0:1", "start 0:1 0:1", "increase"},
    {"parity", "start 0:1", "start 00:1", "expected a coordinate"},
    {"parity", "start 0:1", "start 0", "expected index:number"},
    {"parity", "start 0:1", "start 0:2/4", "lowest terms"},
    {"parity", "start 0:1", "start 0:1.0", "lowest terms"},
    {"parity", "start 0:1", "start 0:1 | 0:1", "end of the line"},
    {"parity", "map diagonal", "map diagonal 1", "end of the line"},
    {"parity", "map diagonal", "map triangular", "expected diagonal, householder, rank-one or dense"},
    {"parity", "map diagonal", "map dense", "expected 'row'"},
    {"parity", "entries 0:-1", "entries 1:-1", "beyond the dimension"},
    {"parity", "entries 0:-1", "entries -1", "expected index:number"},
    {"parity", "offset", "offset 0:0", "zeros are left out"},
    {"parity", "offset", "offset 1:1", "beyond the dimension"},
    {"parity", "offset", "offset ", "single blanks"},
    {"swap", "map householder 1", "map householder 2", "expected 'factor'"},
    {"swap", "map householder 1", "map householder 0", "expected 'offset'"},
    {"swap", "factor 2 | 0:3/7 1:-3/7", "factor 2 |", "is not 0"},
    {"swap", "factor 2 | 0:3/7 1:-3/7", "factor 2 0:3/7 1:-3/7", "expected '|'"},
    {"swap", "factor 2 | 0:3/7 1:-3/7", "factor | 0:3/7 1:-3/7", "expected β"},
    {"swap", "factor 2 | 0:3/7 1:-3/7", "factor 2 | 0:3/7 1:-3/7 | 0", "end of the line"},
    {"swap", "factor 2 | 0:3/7 1:-3/7", "factor 2 | 0:3/7 2:-3/7", "beyond the dimension 2"},
    {"flip-flop", "factor 0:1 1:-1 | 0:1", "factor 0:1 1:-1 0:1", "increase"},
    {"flip-flop", "factor 0:1 1:-1 | 0:1", "factor 0:1 1:-1", "expected |"},
    {"table", "row 1:-1", "row 2:-1", "beyond the dimension"},
    {"table", "decoder table 3", "decoder table 4", "expected 'row'"},
    {"table", "decoder table 3", "decoder table 2", "expected 'accept'"},
    {"table", "decoder table 3", "decoder lookup 3", "expected affine, table or walk"},
    {"table", "row 0:1 | 1", "row 0:1 | 2", "there is no output 2"},
    {"table", "row 0:1 | 1", "row 0:1", "expected |"},
    {"table", "row 0:1 | 1", "row 0:1 |", "expected output"},
    {"table", "row 1:1 | 0 0", "row 1:1 | 0 0 0", "end of the line"},
    {"table", "row 1:1 | 0 0", "row 0:1 | 1", "same state"},
    {"parity", "decoder affine shared", "decoder affine", "the line ends here"},
    {"parity", "decoder affine shared", "decoder affine by-letter", "expected 'readout'"},
    {"parity", "decoder affine shared", "decoder affine each", "expected shared or by-letter"},
    {"by letter", "decoder affine by-letter", "decoder affine shared", "expected 'accept'"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 1:1 | 0 | 0 | 0 1", "beyond the dimension"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | | 0 | 0 1", "expected the constant"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 0 0 | 0 1", "thresholds increase"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 1 0 | 0 1 1", "thresholds increase"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 0 | 0", "expected output"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 0 | 0 1 1", "end of the line"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 0 | 0 2", "there is no output 2"},
    {"parity", "readout 0:1 | 0 | 0 | 0 1", "readout 0:1 | 0 | 0", "expected |"},
    {"parity", "accept 1", "accept 2", "there is no output 2"},
    {"parity", "accept 1", "accept 1 1", "increase"},
    {"last is a", "accept 0", "accept 2", "there is no letter 2"},
    {"parity", "points 2", "points 3", "expected 'point'"},
    {"parity", "points 2", "points 1", "there is no point 1"},
    {"parity", "point start state 0", "point start 0", "expected 'state'"},
    {"parity", "point start state 0", "point start state 2", "there is no state 2"},
    {"parity", "point start state 0", "point begin state 0", "expected 'start'"},
    {"parity", "point start state 0", "point from 1 0 state 0", "expected 'start'"},
    {"parity", "point from 0 0 state 1", "point start state 1", "expected 'from'"},
    {"parity", "point from 0 0 state 1", "point from 2 0 state 1", "there is no point 2"},
    {"parity", "point from 0 0 state 1", "point from 0 2 state 1", "there is no letter 2"},
    {"parity", "point from 0 0 state 1", "point from 0 state 1", "expected letter"},
    {"parity", "point from 0 0 state 1", "point from 0 0 state 1 2", "end of the line"},
    {"parity", "at 0:-1", "at 1:-1", "beyond the dimension"},
    {"parity", "at 0:-1", "at 0:-1 1:1", "beyond the dimension"},
    {"parity", "at 0:-1", "step 0 1", "expected 'at'"},
    {"parity", "step 0 1", "step 0 2", "there is no point 2"},
    {"parity", "step 0 1", "step 0", "the line ends here"},
    {"parity", "step 0 1", "step 0 1 1", "end of the line"},
    {"parity", "end", "end.", "expected 'end'"},
    {"parity", "end", "end end", "end of the line"},
};

TEST_CASE("what has not the layout is unreadable, and the message points at it", "[checker][certificate]") {
  for (const Fault& fault : kFaults) {
    const std::string& sample = samples().at(fault.sample);
    const std::size_t line = line_number(sample, fault.line);
    const Outcome outcome = outcome_of(with_line(sample, line, fault.replacement));
    CAPTURE(fault.line, fault.replacement, outcome.message);
    CHECK(outcome.code == 2);
    CHECK_THAT(outcome.message, Catch::Contains(fault.message));
    // A count that is too large or too small shows further down, all else on the line itself.
    if (std::string(fault.message).find("expected '") != 0 && std::string(fault.message).find("there is no") != 0) {
      CHECK(outcome.line == line);
    }
    CHECK(outcome.line >= line);
  }
}

TEST_CASE("a place is a line and a column in characters", "[checker][certificate]") {
  const std::string& parity = samples().at("parity");
  CHECK_THAT(outcome_of(with_line(parity, 10, "next 1 7")).message,
             Catch::StartsWith("cert:10:8: there is no state 7"));
  CHECK_THAT(outcome_of(with_line(parity, 6, "letter \"é\\q\"")).message,
             Catch::StartsWith("cert:6:10: unknown escape"));
  CHECK_THAT(outcome_of(with_line(parity, 22, "readout 0:1 | 0 | 0 | 0")).message,
             Catch::StartsWith("cert:22:24: the line ends here"));
}

TEST_CASE("comments are skipped anywhere, blank lines are not", "[checker][certificate]") {
  for (const auto& [name, text] : samples()) {
    const std::vector<std::string> lines = lines_of(text);
    for (std::size_t i = 0; i <= lines.size(); ++i) {
      std::vector<std::string> longer = lines;
      longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), "# point 0 | end");
      REQUIRE(outcome_of(joined(longer)).code == 0);
      longer[i] = " # not at the beginning";
      REQUIRE(outcome_of(joined(longer)).code == 2);
      longer[i] = "";
      REQUIRE(outcome_of(joined(longer)).code == 2);
    }
  }
}

TEST_CASE("no line can be left out, doubled or exchanged with the next", "[checker][certificate]") {
  for (const auto& [name, text] : samples()) {
    const std::vector<std::string> lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i][0] == '#') continue;
      CAPTURE(name, i + 1);
      std::vector<std::string> other = lines;
      other.erase(other.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK(outcome_of(joined(other)).code == 2);
      other.insert(other.begin() + static_cast<std::ptrdiff_t>(i), 2, lines[i]);
      CHECK(outcome_of(joined(other)).code == 2);
      if (i + 1 == lines.size() || lines[i + 1][0] == '#' || lines[i + 1].substr(0, 3) == lines[i].substr(0, 3))
        continue;
      other = lines;
      std::swap(other[i], other[i + 1]);
      CHECK(outcome_of(joined(other)).code == 2);
    }
  }
}

TEST_CASE("truncated certificates are unreadable", "[checker][certificate]") {
  for (const auto& [name, text] : samples()) {
    const std::size_t end = text.find("\nend\n") + 4;
    for (std::size_t length = 0; length < end; ++length) {
      CAPTURE(name, length);
      REQUIRE(outcome_of(text.substr(0, length)).code == 2);
    }
    CHECK(outcome_of(text.substr(0, end)).code == 0);  // only the last line feed is missing
  }
}

}  // namespace
}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// Certificates of `kind layers`: proved, broken rule by rule, unreadable, large.
#include <catch2/catch.hpp>
#include <sstream>

#include "checker/certificate.hpp"
#include "checker/check.hpp"
#include "checker/situations.hpp"
#include "layerwise.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

Certificate read(const std::string& text) {
  std::istringstream in(text);
  return read_certificate(in, "x");
}

TEST_CASE("regions and contexts in memory", "[checker][layers]") {
  const Certificate certificate = read(samples().at("cascade"));
  REQUIRE(certificate.layerwise);
  CHECK(certificate.points.empty());
  REQUIRE(certificate.layerwise->layers.size() == 2);
  const LayerRegions& second = certificate.layerwise->layers[1];
  CHECK(second.start == 0);
  CHECK(second.centres.size() == 2);
  CHECK(shown(second.region(1)) == "0:1 1:[-1,1]");
  CHECK(second.contexts == 4);
  CHECK(second.steps.size() == 10);
  CHECK(second.steps[second.steps.find(1, 3).value()].value == 0);
  CHECK_FALSE(second.steps.find(1, 5));
  REQUIRE(second.meets.with_first(1).size() == 2);
  CHECK(second.meets.with_first(1)[0].second() == 0);
  CHECK(second.meets.with_first(1)[0].value == 2);
  CHECK(second.meets.with_first(2).empty());
  CHECK(certificate.layerwise->meaning.size() == 4);
  CHECK_FALSE(read(samples().at("parity")).layerwise);
}

/// Lines replaced in a sample (each the first that is exactly this; by nothing: taken out), the rule that then fails,
/// and the line that the message names.
struct Break {
  const char* sample;
  std::vector<std::pair<const char*, const char*>> lines;
  int rule;
  const char* failing;
};

std::string broken_sample(const Break& broken) {
  std::string text = samples().at(broken.sample);
  for (const auto& [from, to] : broken.lines) {
    std::vector<std::string> lines = lines_of(text);
    const auto place = lines.begin() + static_cast<std::ptrdiff_t>(line_number(text, from)) - 1;
    if (to == nullptr) {
      lines.erase(place);
    } else {
      *place = to;
    }
    text = joined(lines);
  }
  return text;
}

const std::vector<Break> kBreaks = {
    // Rules 6 and 7 are those of all certificates.
    {"digits", {{"network 1 empty-word reject", "network 1 empty-word accept"}}, 6, "network 1 empty-word accept"},
    {"digits", {{"automaton 3 initial 0", "automaton 3 initial 1"}}, 6, "network 1 empty-word reject"},
    {"digits", {{"class diagonal[0,1]", "class diagonal[1/2,1]"}}, 7, "entries 0:1/4"},
    {"cascade", {{"class householder[-1,1]:2", "class householder[-1,1]:1"}}, 7, "map householder 2"},
    // Rule 1: start region, meets of the start, meaning.
    {"digits", {{"start 0:-1", "start"}}, 1, "region 0:[-1,-7/8]"},
    {"digits",
     {{"start 0:-1", "start 0:-8/9"}, {"region 0:[-1,-7/8]", "region 0:[-1,-9/10]"}},
     1,
     "region 0:[-1,-9/10]"},
    {"digits", {{"regions 4 start 0", "regions 4 start 1"}}, 1, "region 0:[-5/8,-1/2]"},
    {"digits", {{"meets 4", "meets 3"}, {"meet 0 0 0", nullptr}}, 1, "meets 3"},
    {"digits", {{"automaton 3 initial 0", "automaton 3 initial 2"}}, 1, "meaning 0"},
    {"digits", {{"meaning 0", "meaning 1 2"}}, 1, "meaning 1 2"},
    {"digits", {{"meet 0 0 0", "meet 0 0 2"}}, 1, "meaning 2"},
    {"rows", {{"regions 3 start 1", "regions 3 start 0"}}, 1, "region 1:1"},
    {"cascade", {{"start 0:-1", "start 0:-1 1:-2"}}, 1, "region 0:-1 1:[-1,1]"},
    // Rule 2: steps and meets that are needed.
    {"digits", {{"steps 12", "steps 11"}, {"step 3 2 3", nullptr}}, 2, "steps 11"},
    {"digits", {{"meets 4", "meets 3"}, {"meet 0 3 2", nullptr}}, 2, "meets 3"},
    {"cascade", {{"steps 6", "steps 5"}, {"step 1 2 1", nullptr}}, 2, "steps 5"},
    {"cascade", {{"steps 10", "steps 9"}, {"step 1 4 1", nullptr}}, 2, "steps 9"},
    {"cascade", {{"meets 4", "meets 3"}, {"meet 1 1 1", nullptr}}, 2, "meets 3"},
    {"cascade",
     {{"readout | 0 | | 4", "readout | 0 | | 3"}, {"steps 10", "steps 9"}, {"step 0 3 0", nullptr}},
     2,
     "steps 9"},
    // Rule 3: the image leaves the region, or has two outputs, or none.
    {"digits", {{"step 0 1 2", "step 0 1 3"}}, 3, "step 0 1 3"},
    {"digits", {{"region 0:[1/2,5/8]", "region 0:[1/2,9/16]"}}, 3, "step 1 1 2"},
    {"digits", {{"region 0:[1/2,5/8]", "region 0:[17/32,5/8]"}}, 3, "step 0 1 2"},
    {"digits", {{"region 0:[1/2,5/8]", "region 0:1/2"}}, 3, "step 0 1 2"},
    {"digits", {{"entries 0:1", "entries 0:1/2"}}, 3, "step 0 2 0"},
    {"digits", {{"offset 0:3/4", "offset 0:1/4"}}, 3, "step 0 1 2"},
    {"digits", {{"readout 0:1 | 0 | 0 3/4 | 0 1 0", "readout 0:1 | 0 | 0 9/16 | 0 1 0"}}, 3, "step 2 2 2"},
    {"digits", {{"readout 0:1 | 0 | 0 3/4 | 0 1 0", "readout 0:1 | -1 | 0 3/4 | 0 1 0"}}, 3, "step 3 1 3"},
    {"cascade", {{"map householder 2", "map householder 1"}, {"factor 1 | 1:1", nullptr}}, 3, "step 0 0 1"},
    {"cascade", {{"map householder 2", "map householder 1"}, {"factor 2 | 0:1 1:-1", nullptr}}, 3, "step 0 0 1"},
    {"cascade", {{"region 0:1 1:[-1,1]", "region 0:1 1:[0,1]"}}, 3, "step 0 0 1"},
    {"cascade", {{"region 0:1 1:[-1,1]", "region 0:1"}}, 3, "step 0 0 1"},
    {"cascade", {{"region 0:1 1:[-1,1]", "region 1:[-1,1]"}}, 3, "step 0 0 1"},
    {"boxes", {{"region 0:[2,3] 1:[0,1]", "region 0:[2,3] 1:[0,2/3]"}}, 3, "step 0 0 1"},
    {"boxes", {{"factor 2 | 0:1 1:-1", "factor 1 | 0:1 1:-1"}}, 3, "step 0 0 1"},
    {"boxes",
     {{"decoder affine shared", "decoder table 1"}, {"readout 0:-1 1:1 | 0 | 1 | 0 1", "row 0:1/2 1:5/2 | 1"}},
     3,
     "step 0 0 1"},
    {"rows", {{"row 1:1 | 0 0", "row 1:2 | 0 0"}}, 3, "step 1 0 0"},
    {"rows", {{"region 0:-1 1:-1", "region 0:-1 1:[-1,0]"}}, 3, "step 2 0 1"},
    {"rows", {{"region 0:-1 1:-1", "region 0:-1"}}, 3, "step 0 0 2"},
    // Rule 4.
    {"digits", {{"next 0 2 1", "next 0 1 1"}}, 4, "meaning 2"},
    {"digits", {{"meaning 2", "meaning 1"}, {"accepting 1", "accepting"}, {"accept 1", "accept"}}, 4, "meaning 1"},
    {"digits", {{"meet 0 1 0", "meet 0 1 2"}}, 4, "meaning 2"},
    {"cascade", {{"factor 2 | 0:1 1:-1", "factor 2 | 0:1 1:1"}}, 4, "meaning 2"},
    {"cascade", {{"meet 0 1 1", "meet 0 1 0"}}, 4, "meaning 3"},
    {"cascade", {{"readout | 0 | | 4", "readout | 0 | | 3"}}, 4, "meaning 0"},
    {"rows", {{"meaning 0 3", "meaning 3"}}, 4, "meaning 3"},
    // Rule 5.
    {"digits", {{"accepting 1", "accepting 1 2"}}, 5, "meaning 2"},
    {"digits", {{"accept 1", "accept"}}, 5, "meaning 1"},
    {"digits", {{"accept 1", "accept 0 1"}}, 5, "meaning 0"},
    {"digits", {{"readout 0:1 | 0 | 0 3/4 | 0 1 0", "readout 0:1 | 0 | 0 3/4 | 0 1 1"}}, 5, "meaning 2"},
    {"rows", {{"accepting 0 3", "accepting 3"}}, 5, "meaning 0 3"},
    {"rows", {{"row 0:-1 1:-1 | 0", "row 0:-1 1:-1 | 1"}}, 5, "meaning 2"},
};

TEST_CASE("each rule of a certificate by layers, broken, fails in its place", "[checker][layers]") {
  for (const Break& broken : kBreaks) {
    const std::string text = broken_sample(broken);
    const Outcome outcome = outcome_of(text);
    CAPTURE(broken.sample, broken.lines.front().first, outcome.message);
    CHECK(outcome.code == 10);
    CHECK(outcome.rule == broken.rule);
    if (outcome.code == 10) CHECK(lines_of(text).at(outcome.line - 1) == broken.failing);
  }
}

TEST_CASE("what a broken rule is told about", "[checker][layers]") {
  const auto message = [](const char* sample, const char* from, const char* to) {
    return outcome_of(broken_sample({sample, {{from, to}}, 0, nullptr})).message;
  };
  CHECK(message("digits", "step 0 1 2", "step 0 1 3") ==
        "layer 1: region 0 under letter \"1\" reaches 0:[1/2,17/32], outside region 3 at coordinate 0: [1/2,17/32] is "
        "not in [7/8,1]");
  CHECK(message("digits", "start 0:-1", "start") ==
        "layer 1 starts from 0, outside its start region at coordinate 0: 0 is not in [-1,-7/8]");
  CHECK(message("digits", "readout 0:1 | 0 | 0 3/4 | 0 1 0", "readout 0:1 | 0 | 0 9/16 | 0 1 0") ==
        "layer 1: region 2 under letter \"hold\" reaches 0:[1/2,5/8], for which the decoder has no single output");
  CHECK(
      outcome_of(broken_sample({"cascade", {{"steps 10", "steps 9"}, {"step 1 4 1", nullptr}}, 0, nullptr})).message ==
      "layer 2: no step from region 1 under input symbol 4 while letter \"c\" takes context 0 of the layer before to "
      "0");
  CHECK(
      outcome_of(broken_sample({"cascade", {{"meets 4", "meets 3"}, {"meet 1 1 1", nullptr}}, 0, nullptr})).message ==
      "layer 2: context 1 does not meet region 1, reached from region 0 under input symbol 2 while letter \"a\" takes "
      "context 0 of the layer before to 1");
  CHECK(message("digits", "accept 1", "accept") ==
        "letter \"1\" may lead from context 0 to 1 and the network answers output 1 and so rejects, but state 1 is "
        "accepting");
  CHECK(
      message("digits", "next 0 2 1", "next 0 1 1") ==
      "letter \"1\" may lead from context 1 to 2, but the automaton goes from state 1 to state 1, which context 2 does "
      "not allow");
}

TEST_CASE("a threshold that is met counts at both ends of a box", "[checker][layers]") {
  const auto with_thresholds = [](const char* readout) {
    const std::string& text = samples().at("digits");
    return outcome_of(with_line(text, line_number(text, "readout 0:1 | 0 | 0 3/4 | 0 1 0"), readout));
  };
  // J_10 is [1/2,5/8]: its lower end may lie on a threshold, its upper end may not.
  CHECK(with_thresholds("readout 0:1 | 0 | 1/2 3/4 | 0 1 0").code == 0);
  CHECK(with_thresholds("readout 0:1 | 0 | 0 5/8 | 0 1 0").rule == 3);
  CHECK(with_thresholds("readout 0:1 | 0 | 0 7/8 | 0 1 0").code == 0);
  // Upside down the lower end of J_11 meets it from below: −h is at most −7/8.
  CHECK(with_thresholds("readout 0:-1 | 0 | -3/4 0 | 0 1 0").code == 0);
  CHECK(with_thresholds("readout 0:-1 | 0 | -7/8 0 | 0 1 0").rule == 3);
  CHECK(with_thresholds("readout 0:-1 | 0 | -5/8 0 | 0 1 0").code == 0);
  // All values lie between the same two thresholds, even if those further on have the same output.
  CHECK(with_thresholds("readout 0:1 | 0 | 0 9/16 3/4 | 0 1 1 0").rule == 3);
  CHECK(with_thresholds("readout 0:1 | 0 | 0 5/6 | 0 1 0").code == 0);
}

TEST_CASE("what cannot happen may be listed or left out, and is not looked at", "[checker][layers]") {
  // No context meets region 3, so nothing asks where it leads.
  const std::string& rows = samples().at("rows");
  const std::string extra = broken_sample({"rows",
                                           {{"regions 3 start 1", "regions 4 start 1"},
                                            {"region 0:-1 1:-1", "region 0:-1 1:-1\nregion 0:[5,6]"},
                                            {"steps 6", "steps 7"},
                                            {"step 2 1 2", "step 2 1 2\nstep 3 0 0"},
                                            {"contexts 3", "contexts 4"},
                                            {"meaning 3", "meaning 4"},
                                            {"meaning 1", "meaning 1\nmeaning"}},
                                           0,
                                           nullptr});
  CHECK(outcome_of(rows).code == 0);
  CHECK(outcome_of(extra).code == 0);
  // Once region 3 is met, its step counts.
  const std::string met = with_line(extra, line_number(extra, "meets 3"), "meets 4");
  const Outcome outcome = outcome_of(with_line(met, line_number(met, "meet 0 2 1"), "meet 0 2 1\nmeet 0 3 3"));
  CHECK(outcome.rule == 3);
  CHECK_THAT(outcome.message,
             Catch::StartsWith("layer 1: region 3 under letter \"a\" reaches 1:[5,6], outside region 0"));
}

TEST_CASE("a context that allows no state asks for nothing", "[checker][layers]") {
  // Region 2 stays to itself, and no state is claimed for it; the network rejects there.
  const std::string text = broken_sample({"boxes",
                                          {{"regions 2 start 0", "regions 3 start 0"},
                                           {"region 0:[2,3] 1:[0,1]", "region 0:[2,3] 1:[0,1]\nregion 0:7 1:7"},
                                           {"steps 4", "steps 6"},
                                           {"step 1 1 1", "step 1 1 1\nstep 2 0 2\nstep 2 1 2"},
                                           {"contexts 2", "contexts 3"},
                                           {"meets 2", "meets 3"},
                                           {"meet 0 1 1", "meet 0 1 1\nmeet 0 2 2"},
                                           {"meaning 2", "meaning 3"},
                                           {"meaning 1", "meaning 1\nmeaning"}},
                                          0,
                                          nullptr});
  CHECK(outcome_of(text).code == 0);
  CHECK(outcome_of(with_line(text, line_number(text, "meaning"), "meaning 0")).rule == 4);
  CHECK(outcome_of(with_line(text, line_number(text, "meaning"), "meaning 0 1")).rule == 5);
}

TEST_CASE("a network without layers has one context", "[checker][layers]") {
  const std::string text = R"(eigenmata-certificate 1
kind layers
numbers rational
class none
letters 2
letter "a"
letter "b"
automaton 2 initial 1
accepting 0 1
next 1 0
next 0 0
network 0 empty-word accept
accept 0 1
meaning 1
meaning 0 1
end
)";
  CHECK(outcome_of(text).code == 0);
  CHECK(outcome_of(with_line(text, 13, "accept 0")).rule == 5);
  CHECK(outcome_of(with_line(text, 15, "meaning 0")).rule == 1);
  CHECK(outcome_of(with_line(text, 15, "meaning 1")).rule == 4);
  CHECK(outcome_of(with_line(text, 14, "meaning 2")).code == 2);
}

TEST_CASE("points that are proved are proved layer by layer", "[checker][layers]") {
  for (const auto& [name, text] : samples()) {
    const Certificate points = read(text);
    if (points.layerwise || points.network.layers.empty()) continue;
    const Certificate layers = layer_by_layer(points);
    const std::optional<Failure> failure = check(layers);
    CAPTURE(name);
    if (failure) FAIL(failure->rule << ": " << failure->reason);
  }
}

struct Fault {
  const char* sample;
  const char* line;
  const char* replacement;
  const char* message;
};

const std::vector<Fault> kFaults = {
    {"digits", "kind layers", "kind regions", "expected 'points', 'layers', 'blocks' or 'numeric'"},
    {"digits", "kind layers", "kind points", "expected 'points'"},
    {"digits", "regions 4 start 0", "regions 0 start 0", "must be at least 1"},
    {"digits", "regions 4 start 0", "regions 4 start 4", "there is no region 4"},
    {"digits", "regions 4 start 0", "regions 4", "expected start"},
    {"digits", "regions 4 start 0", "regions 4 from 0", "expected 'start'"},
    {"digits", "regions 4 start 0", "regions 4 start 0 1", "end of the line"},
    {"digits", "regions 4 start 0", "regions 3 start 0", "expected 'steps'"},
    {"digits", "regions 4 start 0", "regions 5 start 0", "expected 'region'"},
    {"digits", "region 0:[-1,-7/8]", "region 0:0", "zeros are left out"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,-1]", "a < b"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[0,0]", "a < b"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-7/8,-1]", "a < b"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1, -7/8]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,-7/8", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[,]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,-14/16]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,0,1]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,-7/8]]", "expected an interval"},
    {"digits", "region 0:[-1,-7/8]", "region 0:]-1,-7/8[", "expected index:number or index:[a,b]"},
    {"digits", "region 0:[-1,-7/8]", "region 0:(-1,-7/8)", "expected index:number or index:[a,b]"},
    {"digits", "region 0:[-1,-7/8]", "region [-1,-7/8]", "expected index:number or index:[a,b]"},
    {"digits", "region 0:[-1,-7/8]", "region 1:[-1,1]", "beyond the dimension 1"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,1] 0:1", "increase"},
    {"digits", "region 0:[-1,-7/8]", "region 0:[-1,1] |", "expected index:number or index:[a,b]"},
    {"digits", "start 0:-1", "start 0:[-1,1]", "expected index:number"},
    {"cascade", "region 0:-1 1:[-1,1]", "region 1:[-1,1] 0:-1", "increase"},
    {"digits", "steps 12", "steps 13", "expected 'step'"},
    {"digits", "steps 12", "steps 11", "expected 'contexts'"},
    {"digits", "steps 12", "steps", "expected number of steps"},
    {"digits", "step 0 1 2", "step 4 1 2", "there is no region 4"},
    {"digits", "step 0 1 2", "step 0 3 2", "there is no input symbol 3"},
    {"digits", "step 0 1 2", "step 0 1 4", "there is no region 4"},
    {"digits", "step 0 1 2", "step 0 0 2", "steps increase by region and input symbol"},
    {"digits", "step 1 0 0", "step 0 1 0", "steps increase by region and input symbol"},
    {"digits", "step 0 1 2", "step 0 1", "expected region"},
    {"digits", "step 0 1 2", "step 0 1 2 0", "end of the line"},
    {"digits", "contexts 3", "contexts 2", "there is no context 2"},
    {"digits", "contexts 3", "contexts 4", "expected 4, the number of contexts of the last layer"},
    {"digits", "meets 4", "meets 5", "expected 'meet'"},
    {"digits", "meets 4", "meets 3", "expected 'meaning'"},
    {"digits", "meet 0 1 0", "meet 1 1 0", "there is no context of the layer before 1"},
    {"digits", "meet 0 1 0", "meet 0 4 0", "there is no region 4"},
    {"digits", "meet 0 1 0", "meet 0 1 3", "there is no context 3"},
    {"digits", "meet 0 1 0", "meet 0 0 0", "meets increase by context of the layer before and region"},
    {"cascade", "meet 1 1 1", "meet 2 1 1", "there is no context of the layer before 2"},
    {"digits", "meaning 3", "meaning 2", "expected 3"},
    {"digits", "meaning 3", "meaning 3 3", "end of the line"},
    {"digits", "meaning 1", "meaning 3", "there is no state 3"},
    {"digits", "meaning 1", "meaning 1 1", "increase"},
    {"digits", "meaning 1", "meaning 2 1", "increase"},
    {"digits", "meaning 2", "end", "expected 'meaning'"},
};

TEST_CASE("certificates by layers that have not the layout are unreadable", "[checker][layers]") {
  for (const Fault& fault : kFaults) {
    const std::string& sample = samples().at(fault.sample);
    const std::size_t line = line_number(sample, fault.line);
    const Outcome outcome = outcome_of(with_line(sample, line, fault.replacement));
    CAPTURE(fault.line, fault.replacement, outcome.message);
    CHECK(outcome.code == 2);
    CHECK_THAT(outcome.message, Catch::Contains(fault.message));
    CHECK(outcome.line >= line);
  }
}

TEST_CASE("situations are kept once", "[checker][layers]") {
  SituationSet set;
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < 40'000; ++i) {
      REQUIRE(set.insert({i % 5, i / 5 % 20, i / 100 % 20, i / 2000}) == (round == 0));
    }
  }
  CHECK(set.size() == 40'000);
  CHECK(set.begin()->letter == 0);
  CHECK((set.end() - 1)->output == 19);
}

/// Two registers of k values: letter i < k sets the first to i, letter k + j the second to j. The answer is whether the
/// second is 0. All k² pairs are contexts, and there are 2 k³ situations.
std::string registers(std::uint32_t k) {
  std::ostringstream out;
  out << "eigenmata-certificate 1\nkind layers\nnumbers rational\nclass diagonal[0,1]\nletters " << 2 * k << '\n';
  for (std::uint32_t x = 0; x < 2 * k; ++x) out << "letter \"x" << x << "\"\n";
  out << "automaton " << k * k << " initial 0\naccepting";
  for (std::uint32_t i = 0; i < k; ++i) out << ' ' << i * k;
  for (std::uint32_t s = 0; s < k * k; ++s) {
    out << "\nnext";
    for (std::uint32_t x = 0; x < k; ++x) out << ' ' << x * k + s % k;
    for (std::uint32_t x = 0; x < k; ++x) out << ' ' << s / k * k + x;
  }
  out << "\nnetwork 2 empty-word accept\n";
  const auto set = [](std::uint32_t i) {
    return "map diagonal\nentries\noffset" + (i == 0 ? "" : " 0:" + std::to_string(i)) + "\n";
  };
  const std::string hold = "map diagonal\nentries 0:1\noffset\n";
  out << "layer 1 inputs " << 2 * k << " outputs " << k + 1 << "\nstart\n";
  for (std::uint32_t x = 0; x < 2 * k; ++x) out << (x < k ? set(x) : hold);
  out << "decoder affine by-letter\n";
  for (std::uint32_t x = 0; x < 2 * k; ++x) out << "readout | 0 | | " << (x < k ? k : x - k) << '\n';
  out << "layer 1 inputs " << k + 1 << " outputs 2\nstart\n";
  for (std::uint32_t x = 0; x <= k; ++x) out << (x < k ? set(x) : hold);
  out << "decoder affine shared\nreadout 0:-1 | 0 | 0 | 0 1\naccept 1\n";
  for (const std::uint32_t inputs : {2 * k, k + 1}) {
    out << "regions " << k << " start 0\nregion";
    for (std::uint32_t r = 1; r < k; ++r) out << "\nregion 0:" << r;
    out << "\nsteps " << k * inputs << '\n';
    for (std::uint32_t r = 0; r < k; ++r) {
      for (std::uint32_t x = 0; x < inputs; ++x) out << "step " << r << ' ' << x << ' ' << (x < k ? x : r) << '\n';
    }
    const std::uint32_t before = inputs == 2 * k ? 1 : k;
    out << "contexts " << before * k << "\nmeets " << before * k << '\n';
    for (std::uint32_t c = 0; c < before * k; ++c) out << "meet " << c / k << ' ' << c % k << ' ' << c << '\n';
  }
  out << "meaning " << k * k << '\n';
  for (std::uint32_t s = 0; s < k * k; ++s) out << "meaning " << s << '\n';
  out << "end\n";
  return out.str();
}

TEST_CASE("many situations take little time", "[checker][layers]") {
  const std::string text = registers(50);  // 250,000 situations
  CHECK(outcome_of(text).code == 0);
  CHECK(outcome_of(with_line(text, line_number(text, "meaning 2499"), "meaning 2498")).rule == 4);
}

}  // namespace
}  // namespace eigenmata::checker

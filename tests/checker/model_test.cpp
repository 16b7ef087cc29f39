// SPDX-License-Identifier: Apache-2.0
#include "checker/model.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "checker/certificate.hpp"
#include "checker/error.hpp"
#include "support.hpp"

namespace eigenmata::checker {
namespace {

const std::string kSwapModel = R"({
  "format": "eigenmata-model", "version": 1, "class": "householder[-1,1]:1", "numbers": "rational",
  "alphabet": ["a", "b"], "accepts_empty": true,
  "layers": [{
    "dimension": 2,
    "start": ["1", 0],
    "letters": {"b": {"A": {"householder": []}, "B": [0, 0]},
                "a": {"A": {"householder": [{"beta": 2, "v": {"1": "-3/7", "0": "3/7"}}]}}},
    "outputs": ["odd", "even"],
    "decoder": {"affine": {"weights": ["1", "0"], "constant": "-1/2", "thresholds": ["0"], "outputs": ["odd", "even"]}}
  }],
  "accept": ["even"]
})";

const std::string kTableModel = R"({
  "format": "eigenmata-model", "version": 1, "class": "dense", "numbers": "rational",
  "alphabet": ["a", "b"], "accepts_empty": true,
  "layers": [{
    "dimension": 2, "start": {"0": "1"},
    "letters": {"a": {"A": {"dense": [["0", "-1"], ["1", "-1"]]}}, "b": {"A": {"dense": [{"0": "1"}, {"1": 1}]}}},
    "outputs": ["no", "yes"],
    "decoder": {"table": [{"state": [1, 0], "output": "yes"},
                          {"state": [0, 1], "output_by_letter": {"b": "no", "a": "no"}},
                          {"state": [-1, -1], "output": "no"}]}
  }],
  "accept": ["yes"]
})";

const std::string kTwoLayerModel = R"({
  "format": "eigenmata-model", "version": 1, "numbers": "rational",
  "alphabet": ["a", "b"], "accepts_empty": true,
  "layers": [
    {"dimension": 1, "start": [1],
     "letters": {"a": {"A": {"diagonal": [-1]}}, "b": {"A": {"diagonal": [1]}}},
     "outputs": ["even", "odd"],
     "decoder": {"affine": {"weights": [-1], "constant": 0, "thresholds": [0], "outputs": ["even", "odd"]}}},
    {"dimension": 1, "start": [1],
     "letters": {"odd": {"A": {"householder": [{"beta": "2", "v": ["5"]}]}}, "even": {"A": {"rank_one": []}}},
     "outputs": ["x", "y"],
     "decoder": {"affine": {"weights": [1], "constant": 0, "thresholds": [0], "outputs": ["x", "y"]}}}
  ],
  "accept": ["y"]
})";

const std::string kByLetterModel = R"({
  "format": "eigenmata-model", "version": 1, "class": "diagonal[-1,1]", "numbers": "rational",
  "alphabet": ["a", "b"], "accepts_empty": false,
  "layers": [{
    "dimension": 1, "start": ["1"],
    "letters": {"a": {"A": {"diagonal": ["-1"]}}, "b": {"A": {"diagonal": ["1"]}}},
    "outputs": ["no", "yes"],
    "decoder": {"affine_by_letter": {
      "a": {"weights": [1], "constant": 0, "thresholds": [0], "outputs": ["yes", "no"]},
      "b": {"weights": {}, "constant": 0, "thresholds": [], "outputs": ["no"]}}}
  }],
  "accept": ["yes"]
})";

const std::string kFlipFlopModel = R"({
  "format": "eigenmata-model", "version": 1, "class": "rank-one:1", "numbers": "rational",
  "alphabet": ["set", "reset", " "], "accepts_empty": false,
  "layers": [{
    "dimension": 2, "start": [1, 0],
    "letters": {"set": {"A": {"rank_one": [{"u": [1, -1], "v": [1, 0]}]}},
                "reset": {"A": {"rank_one": [{"u": [-1, 1], "v": [0, 1]}]}}, " ": {"A": {"rank_one": []}}},
    "outputs": ["0", "1"],
    "decoder": {"affine": {"weights": [0, 2], "constant": 0, "thresholds": [1], "outputs": ["0", "1"]}}
  }],
  "accept": ["1"]
})";

const std::string kLastModel = R"({"format": "eigenmata-model", "version": 1, "numbers": "rational",
  "alphabet": ["a", "b"], "accepts_empty": false, "layers": [], "accept": ["a"]})";

Network network_of(const std::string& sample) {
  std::istringstream in(samples().at(sample));
  return read_certificate(in, sample).network;
}

/// Replaces the first occurrence.
std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("no " + from);
  return text.replace(at, from.size(), to);
}

const std::vector<std::pair<std::string, std::string>> kPairs = {
    {"swap", kSwapModel},          {"table", kTableModel},        {"two layers", kTwoLayerModel},
    {"by letter", kByLetterModel}, {"flip-flop", kFlipFlopModel}, {"last is a", kLastModel}};

TEST_CASE("models and the certificates about them", "[checker][model]") {
  for (const auto& [name, model] : kPairs) {
    CAPTURE(name);
    const std::optional<NetworkDifference> other = difference(network_of(name), read_model(model, "m.json"));
    CAPTURE(other ? other->reason : "");
    CHECK_FALSE(other);
  }
  CHECK(difference(network_of("parity"), read_model(kSwapModel, "m")));
}

struct Change {
  const char* sample;
  const char* from;
  const char* to;
  const char* reason;
};

TEST_CASE("one number that differs is found", "[checker][model]") {
  for (const Change& change : std::vector<Change>{
           {"swap", "[\"a\", \"b\"]", "[\"b\", \"a\"]", "letters"},
           {"swap", "householder[-1,1]:1", "householder[-1,1]:2", "class"},
           {"swap", "\"class\": \"householder[-1,1]:1\",", "", "class"},
           {"swap", "\"accepts_empty\": true", "\"accepts_empty\": false", "empty word"},
           {"swap", "\"beta\": 2", "\"beta\": 1", "layer 1, letter \"a\": factor 1"},
           {"swap", "-3/7", "-2/7", "factor 1"},
           {"swap", "\"householder\": []", "\"rank_one\": []", "letter \"b\": a householder matrix"},
           {"swap", "\"householder\": []", "\"householder\": [{\"beta\": 0, \"v\": [1, 1]}]", "factors: 0"},
           {"swap", "\"B\": [0, 0]", "\"B\": [0, 1]", "offset"},
           {"swap", "\"start\": [\"1\", 0]", "\"start\": [\"1\", 1]", "start vector"},
           {"swap", "\"weights\": [\"1\", \"0\"]", "\"weights\": [\"1\", \"1\"]", "readout 1"},
           {"swap", "\"constant\": \"-1/2\"", "\"constant\": \"1/2\"", "readout 1"},
           {"swap", "\"thresholds\": [\"0\"]", "\"thresholds\": [\"1/9\"]", "readout 1"},
           {"swap", "\"thresholds\": [\"0\"], \"outputs\": [\"odd\", \"even\"]",
            "\"thresholds\": [\"0\"], \"outputs\": [\"even\", \"odd\"]", "readout 1"},
           {"swap", "\"outputs\": [\"odd\", \"even\"],", "\"outputs\": [\"even\", \"odd\"],", "readout 1"},
           {"swap", "\"outputs\": [\"odd\", \"even\"],", "\"outputs\": [\"odd\", \"even\", \"more\"],", "outputs: 2"},
           {"swap", "\"accept\": [\"even\"]", "\"accept\": [\"odd\"]", "accepting outputs"},
           {"swap", "\"accept\": [\"even\"]", "\"accept\": []", "accepting outputs"},
           {"table", "[\"1\", \"-1\"]", "[\"1\", \"-2\"]", "row 1 of the matrix"},
           {"table", "\"output\": \"yes\"", "\"output\": \"no\"", "row 1 of the decoder's table"},
           {"table", "\"a\": \"no\"", "\"a\": \"yes\"", "row 2 of the decoder's table"},
           {"table", "\"state\": [-1, -1]", "\"state\": [-1, -2]", "row 3 of the decoder's table"},
           {"table", ",\n                          {\"state\": [-1, -1], \"output\": \"no\"}", "",
            "rows of the decoder"},
           {"two layers", "\"v\": [\"5\"]", "\"v\": [\"4\"]", "layer 2, input symbol 1: factor 1"},
           {"two layers", "\"diagonal\": [-1]", "\"diagonal\": [-2]", "diagonal"},
           {"flip-flop", "\"u\": [1, -1]", "\"u\": [1, 1]", "letter \"set\": factor 1"}}) {
    const auto pair =
        std::find_if(kPairs.begin(), kPairs.end(), [&](const auto& p) { return p.first == change.sample; });
    CAPTURE(change.from, change.to);
    const auto other =
        difference(network_of(change.sample), read_model(with(pair->second, change.from, change.to), "m"));
    REQUIRE(other);
    CHECK_THAT(other->reason, Catch::Contains(change.reason));
    CHECK(other->line > 0);
  }
}

TEST_CASE("files that are no models", "[checker][model]") {
  for (const Change& change : std::vector<Change>{
           {"", "eigenmata-model", "eigenmata-language", "expected the format"},
           {"", "\"version\": 1", "\"version\": 2", "version is unknown"},
           {"", "\"numbers\": \"rational\"",
            "\"numbers\": {\"polynomial\": \"x^2-5\", \"low\": \"2\", \"high\": \"3\", \"generator\": "
            "\"sqrt(6)\"}",
            "cannot name the generator"},
           {"", "\"numbers\": \"rational\"", "\"numbers\": {\"polynomial\": \"x^2-5\", \"low\": 2, \"high\": 3}",
            "\"generator\" is missing"},
           {"", "\"numbers\": \"rational\"", "\"numbers\": \"float\"", "unknown kind of numbers"},
           {"", "\"numbers\": \"rational\",", "", "\"numbers\" is missing"},
           {"", "householder[-1,1]:1", "householder(-1,1):1", "unknown class"},
           {"", "[\"a\", \"b\"]", "[\"a\", \"a\"]", "stands twice"},
           {"", "[\"a\", \"b\"]", "[]", "at least one letter"},
           {"", "\"accepts_empty\": true", "\"accepts_empty\": 1", "true or false"},
           {"", "\"dimension\": 2", "\"dimension\": 3", "2 entries, but the dimension is 3"},
           {"", "\"dimension\": 2", "\"dimension\": \"2\"", "must be an integer"},
           {"", "\"dimension\": 2,", "\"dimension\": 2, \"bias\": 0,", "unknown key \"bias\""},
           {"", "\"start\": [\"1\", 0]", "\"start\": [\"1\", 0.0]", "expected an exact number"},
           {"", "\"start\": [\"1\", 0]", "\"start\": [\"1\", 1e0]", "expected an exact number"},
           {"", "\"start\": [\"1\", 0]", "\"start\": [\"1\", -0]", "expected an exact number"},
           {"", "\"start\": [\"1\", 0]", "\"start\": [\"2/2\", 0]", "expected an exact number"},
           {"", "\"start\": [\"1\", 0]", "\"start\": [\"1/0\", 0]", "expected an exact number"},
           {"", "\"start\": [\"1\", 0]", "\"start\": [\"NaN\", 0]", "expected an exact number"},
           {"", "\"start\": [\"1\", 0]", "\"start\": [null, 0]", "expected an exact number"},
           {"", "\"start\": [\"1\", 0]", "\"start\": {\"2\": 1}", "below the dimension"},
           {"", "\"start\": [\"1\", 0]", "\"start\": {\"00\": 1}", "below the dimension"},
           {"", "\"start\": [\"1\", 0]", "\"start\": {\"0\": 0}", "not zero"},
           {"", "\"start\": [\"1\", 0]", "\"start\": 1", "must be an array"},
           {"", "{\"b\": ", "{\"c\": ", "no input symbol \"c\""},
           {"", "\"b\": {\"A\": {\"householder\": []}, \"B\": [0, 0]},", "", "input symbol \"b\" is missing"},
           {"", "{\"householder\": []}", "{\"householder\": [], \"diagonal\": [1, 1]}", "exactly one form"},
           {"", "{\"householder\": []}", "{}", "exactly one form"},
           {"", "{\"householder\": []}", "{\"upper\": []}", "unknown key"},
           {"", "{\"householder\": []}", "{\"householder\": {}}", "must be an array"},
           {"", "{\"householder\": []}", "{\"dense\": [[1, 0]]}", "1 row, but the dimension is 2"},
           {"", "\"beta\": 2, ", "", "\"beta\" is missing"},
           {"", "\"beta\": 2, ", "\"beta\": 2, \"u\": [0, 1], ", "unknown key"},
           {"", "{\"1\": \"-3/7\", \"0\": \"3/7\"}", "{}", "is not 0"},
           {"", "\"outputs\": [\"odd\", \"even\"],", "\"outputs\": [\"odd\", \"odd\"],", "stands twice"},
           {"", "\"outputs\": [\"odd\", \"even\"],", "\"outputs\": [],", "at least one output"},
           {"", "\"outputs\": [\"odd\", \"even\"],", "\"outputs\": [\"odd\", \"uneven\"],", "no output \"even\""},
           {"", "\"thresholds\": [\"0\"]", "\"thresholds\": [\"0\", \"0\"]", "thresholds increase"},
           {"", "\"thresholds\": [\"0\"]", "\"thresholds\": []", "expected 1 output"},
           {"", "{\"affine\":", "{\"affine_by_letter\":", "no input symbol \"weights\""},
           {"", "{\"affine\":", "{\"table\":", "must be an array"},
           {"", "\"accept\": [\"even\"]", "\"accept\": [\"a\"]", "no output \"a\""},
           {"", "\"accept\": [\"even\"]", "\"accept\": [\"even\", \"even\"]", "stands twice"}}) {
    CAPTURE(change.from, change.to);
    CHECK_THROWS_WITH(read_model(with(kSwapModel, change.from, change.to), "m.json"),
                      Catch::StartsWith("m.json:") && Catch::Contains(change.reason));
  }
  CHECK_THROWS_WITH(read_model(with(kTableModel, "\"state\": [-1, -1]", "\"state\": [1, 0]"), "m"),
                    Catch::Contains("same state"));
  CHECK_THROWS_WITH(read_model(with(kTableModel, "\"output\": \"yes\"", "\"out\": \"yes\""), "m"),
                    Catch::Contains("unknown key"));
  CHECK_THROWS_WITH(read_model(with(kTableModel, ", \"output\": \"yes\"", ""), "m"), Catch::Contains("either"));
  CHECK_THROWS_WITH(read_model(with(kLastModel, "[\"a\"]", "[\"c\"]"), "m"), Catch::Contains("no letter \"c\""));
}

TEST_CASE("models over number fields", "[checker][model]") {
  const auto over = [](const std::string& field, const std::string& number) {
    return read_model(with(with(kSwapModel, "\"beta\": 2", "\"beta\": \"" + number + "\""), "\"numbers\": \"rational\"",
                           "\"numbers\": " + field),
                      "m.json");
  };
  const std::string root5 = R"json({"polynomial": "x^2-5", "low": "2", "high": 3, "generator": "sqrt(5)"})json";
  const Network model = over(root5, "2-1/3*sqrt(5)");
  REQUIRE(model.field);
  CHECK_FALSE(difference(model, over(root5, "2-1/3*sqrt(5)")));
  CHECK_THAT(difference(model, over(root5, "2+1/3*sqrt(5)"))->reason, Catch::Contains("factor 1 differs"));
  const std::string wider = R"json({"polynomial": "x^2-5", "low": "1", "high": "3", "generator": "sqrt(5)"})json";
  CHECK_FALSE(difference(model, over(wider, "2-1/3*sqrt(5)")));
  const std::string above = R"json({"polynomial": "x^2-5", "low": "2", "high": "3", "generator": "c"})json";
  const std::string below = R"json({"polynomial": "x^2-5", "low": "-3", "high": "-2", "generator": "c"})json";
  CHECK_FALSE(difference(over(below, "2-c"), over(below, "2-c")));
  CHECK_THAT(difference(over(above, "2-c"), over(below, "2-c"))->reason, Catch::Contains("different fields"));
  CHECK_THAT(difference(model, over(above, "2-1/3*c"))->reason, Catch::Contains("different fields"));
  CHECK_THAT(difference(over(root5, "2"), read_model(kSwapModel, "m"))->reason, Catch::Contains("different fields"));
  CHECK_THROWS_WITH(over(root5, "2-sqrt(6)"), Catch::StartsWith("m.json:") && Catch::Contains("exact number"));
  CHECK_THROWS_WITH(
      over(R"json({"polynomial": "x^4-5*x^2+6", "low": "7/5", "high": "3/2", "generator": "c"})json", "2-c^2"),
      Catch::StartsWith("m.json:") && Catch::Contains("not irreducible"));
}

}  // namespace
}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/lrnn/model_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "eigenmata/certificate/exploration.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "support/languages.hpp"
#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

using exact::NumberField;
using exact::Rational;
using exact::RationalArithmetic;
using RationalModel = ModelOver<RationalArithmetic>;
using FieldModel = ModelOver<NumberField>;

const RationalArithmetic kRationals{};

Model read(const std::string& text) { return read_model({"model.json", text}); }

const RationalNetwork& rational(const Model& model) { return std::get<RationalModel>(model).network; }

template <class Layers>
bool same_output_names(const Layers& a, const Layers& b) {
  for (std::size_t l = 0; l < a.size(); ++l) {
    if (!(a[l].outputs == b[l].outputs)) return false;
  }
  return a.size() == b.size();
}

// Round trips.

TEST_CASE("a rational network that is written and read again is the same, number for number", "[model_file]") {
  EIGENMATA_SEEDED(random, 101);
  for (int round = 0; round < 200; ++round) {
    auto network = testing::random_network(kRationals, random, {1 + random.below(3), random.below(4), 4, true});
    if (random.one_in(4)) network.claim = parse_transition_class("dense", {"class"});
    const std::string text = write_model(RationalModel{kRationals, network});
    CAPTURE(round, text);
    const Model model = read(text);
    REQUIRE(same_network(rational(model), network));
    REQUIRE(same_output_names(rational(model).layers, network.layers));
    REQUIRE(write_model(model) == text);
  }
}

TEST_CASE("a network over a number field keeps its field, its numbers and its answers", "[model_file]") {
  EIGENMATA_SEEDED(random, 102);
  const NumberField field = testing::field_of_sqrt5();
  for (int round = 0; round < 60; ++round) {
    const auto network = testing::random_network(field, random, {2, random.below(3), 3, true});
    const std::string text = write_model(FieldModel{field, network});
    CAPTURE(round, text);
    const Model model = read(text);
    const auto& over = std::get<FieldModel>(model);
    REQUIRE(over.arithmetic == field);
    REQUIRE(write_model(model) == text);
    const testing::NaiveRunner<NumberField> before(field, network);
    const testing::NaiveRunner<NumberField> after(over.arithmetic, over.network);
    for (int i = 0; i < 4; ++i) {
      const core::Word word = testing::random_word(random, 4, 2);
      REQUIRE(before.accepts(word) == after.accepts(word));
    }
  }
}

TEST_CASE("large and sparse vectors survive", "[model_file]") {
  const std::size_t n = 1'000;
  Layer<Rational> layer{n, unit_vector(kRationals, n, 999), {}, core::Alphabet({"y"}), {}};
  layer.maps.push_back(
      {HouseholderProduct<Rational>{n, {{2, {n, {{3, 1}, {997, -1}}}}}}, {n, {{500, Rational(-1, 7)}}}});
  layer.decoder = AffineDecoder<Rational>{{{unit_vector(kRationals, n, 10), 0, {}, {core::symbol(0)}}}};
  const RationalNetwork network{testing::small_alphabet(1), false, {layer}, {true}, std::nullopt};
  const std::string text = write_model(RationalModel{kRationals, network});
  CHECK(text.size() < 1'000);
  CHECK(same_network(rational(read(text)), network));
}

TEST_CASE("letters of any kind are written and read", "[model_file]") {
  const core::Alphabet alphabet({"a", " ", "\"", "\\", "é", "push", "10"});
  RationalNetwork network{alphabet, false, {}, std::vector<bool>(7, false), std::nullopt};
  network.accept[2] = network.accept[6] = true;
  const Model model = read(write_model(RationalModel{kRationals, network}));
  CHECK(same_network(rational(model), network));
}

// The page about the format.

std::string example_of_the_page() {
  std::ifstream page(std::string(EIGENMATA_SOURCE_DIR) + "/proofs/model-format.md");
  std::string example;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("    ", 0) == 0) {
      // The indented block that is JSON begins with a brace; the equation before it does not.
      if (example.empty() && line != "    {") continue;
      example += line.substr(4) + "\n";
    } else if (!example.empty()) {
      break;
    }
  }
  return example;
}

TEST_CASE("the example of the format's page is a parity network", "[model_file]") {
  const std::string text = example_of_the_page();
  REQUIRE_FALSE(text.empty());
  const Model model = read(text);
  const auto language = testing::regex_language("(b*ab*a)*b*");
  const auto found = certificate::explore(kRationals, rational(model), language, {});
  CHECK(found.verdict.is_yes());
  CHECK(rational(model).claim == parse_transition_class("householder[-1,1]:1", {"class"}));
}

// Other ways to write the same.

const std::string kSample = R"({
  "format": "eigenmata-model",
  "version": 1,
  "class": "rank-one:1",
  "numbers": "rational",
  "alphabet": ["a", "b"],
  "accepts_empty": true,
  "layers": [
    {
      "dimension": 2,
      "start": ["1", "0"],
      "letters": {
        "a": {"A": {"rank_one": [{"u": ["1", "-1"], "v": ["1", "-1"]}]}},
        "b": {"A": {"rank_one": []}, "B": ["0", "1/2"]}
      },
      "outputs": ["odd", "even"],
      "decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": ["1/2"], "outputs": ["odd", "even"]}}
    }
  ],
  "accept": ["even"]
})";

std::string replaced(const std::string& text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(what, at + 1) == std::string::npos);  // it has to say which
  return text.substr(0, at) + with + text.substr(at + what.size());
}

TEST_CASE("vectors may be lists or objects, numbers strings or integers, letters in any order", "[model_file]") {
  const Model plain = read(kSample);
  const auto same = [&](const std::string& text) { return same_network(rational(plain), rational(read(text))); };
  CHECK(same(replaced(kSample, R"("start": ["1", "0"])", R"("start": {"0": 1})")));
  CHECK(same(replaced(kSample, R"("start": ["1", "0"])", R"("start": [1, 0])")));
  CHECK(same(replaced(kSample, R"("rank_one": []}, "B": ["0", "1/2"])", R"("rank_one": []}, "B": {"1": "1/2"})")));
  const std::string swapped = replaced(
      replaced(replaced(kSample, R"("a": {"A")", R"("c": {"A")"), R"("b": {"A": {"rank_one": []}, "B": ["0", "1/2"]})",
               R"("a": {"A": {"rank_one": [{"u": ["1", "-1"], "v": ["1", "-1"]}]}})"),
      R"("c": {"A": {"rank_one": [{"u": ["1", "-1"], "v": ["1", "-1"]}]}})",
      R"("b": {"A": {"rank_one": []}, "B": ["0", "1/2"]})");
  CHECK(same(swapped));
}

TEST_CASE("B is 0 where it is left out", "[model_file]") {
  CHECK(rational(read(kSample)).layers[0].maps[0].b.is_zero());
  CHECK_FALSE(rational(read(kSample)).layers[0].maps[1].b.is_zero());
}

// Refusals.

/// Where the marker '@' stands in a text, as "line:column", and the text without it.
struct Marked {
  std::string text;
  std::string place;
};

Marked marked(const std::string& text) {
  const std::size_t at = text.find('@');
  REQUIRE(at != std::string::npos);
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < at; ++i) {
    column = text[i] == '\n' ? 1 : column + 1;
    line += text[i] == '\n' ? 1 : 0;
  }
  return {text.substr(0, at) + text.substr(at + 1), std::to_string(line) + ":" + std::to_string(column)};
}

/// What replaces a piece of the sample, '@' in front of what is wrong, and what the message says.
struct Fault {
  std::string piece;
  std::string with;
  std::string message;
};

void require_refused(const std::string& sample, const Fault& fault) {
  const Marked m = marked(replaced(sample, fault.piece, fault.with));
  CAPTURE(fault.with);
  CHECK_THROWS_WITH(read(m.text), Catch::StartsWith("model.json:" + m.place + ": ") && Catch::Contains(fault.message));
  CHECK_THROWS_AS(read(m.text), core::Error);
}

TEST_CASE("a model that does not fit is refused with the place", "[model_file]") {
  const std::string start = R"("start": ["1", "0"])";
  const std::string a = R"("a": {"A": {"rank_one": [{"u": ["1", "-1"], "v": ["1", "-1"]}]}})";
  const std::string b = R"("b": {"A": {"rank_one": []}, "B": ["0", "1/2"]})";
  const std::string decoder =
      R"("decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": ["1/2"], "outputs": ["odd", "even"]}})";
  const std::vector<Fault> faults{
      // The head.
      {R"("version": 1)", R"("version": @2)", "only version 1"},
      {R"("version": 1)", R"("version": @"1")", "expected a number"},
      {R"("version": 1)", R"("version": @1.0)", "expected an integer"},
      {R"("version": 1,)", R"("version": 1, @"note": "x",)", "unknown key 'note'"},
      {R"("version": 1,)", R"("version": 1, @"version": 1,)", "'version'"},  // twice
      {R"("class": "rank-one:1")", R"("class": @"rank-one:0")", "more than 0"},
      {R"("class": "rank-one:1")", R"("class": @"diagonal[0,1]")", "layer 1, letter 'a'"},
      {R"("class": "rank-one:1")", R"("class": @"mamba9")", "no transition class"},
      {R"("class": "rank-one:1")", R"("class": @1)", "expected a string"},
      {R"("numbers": "rational")", R"("numbers": @"real")", "expected \"rational\""},
      {R"("alphabet": ["a", "b"])", R"("alphabet": @[])", "alphabet is empty"},
      {R"("alphabet": ["a", "b"])", R"("alphabet": @["a", "a"])", "twice"},
      {R"("alphabet": ["a", "b"])", R"("alphabet": ["a", @1])", "expected a string"},
      {R"("alphabet": ["a", "b"])", R"("alphabet": @{"x": "a", "y": "b"})", "expected an array"},
      {R"("alphabet": ["a", "b"])", R"("alphabet": @"ab")", "expected an array"},
      {R"("accepts_empty": true)", R"("accepts_empty": @1)", "expected"},
      {R"("accept": ["even"])", R"("accept": [@"odder"])", "'odder' is not one of"},
      {R"("accept": ["even"])", R"("accept": ["even", @"even"])", "'even' stands twice"},
      {R"("start": ["1", "0"])", R"("start": {"0": "1", "1": @"0"})", "entries that are not zero"},
      {R"("accept": ["even"])", R"("accept": @"even")", "expected an array"},
      {R"("accept": ["even"])", R"("accept": @{"0": "even"})", "expected an array"},
      // Dimensions.
      {R"("dimension": 2)", R"("dimension": @-2)", "the dimension"},
      {R"("dimension": 2)", R"("dimension": @16777217)", "the dimension"},
      {R"("dimension": 2)", R"("dimension": @2.0)", "the dimension"},
      {start, R"("start": @["1"])", "a vector of 1 numbers; the layer has dimension 2"},
      {start, R"("start": @["1", "0", "0"])", "a vector of 3 numbers; the layer has dimension 2"},
      {start, R"("start": {@"2": "1"})", "index '2'"},
      {start, R"("start": {@"-1": "1"})", "index '-1'"},
      {start, R"("start": {@"01": "1"})", "index '01'"},
      {start, R"("start": {"0": "1", @"0": "1"})", "'0'"},
      {start, R"("start": @"1 0")", "expected an array"},
      {a, R"("a": {"A": {"rank_one": [{"u": @["1"], "v": ["1", "-1"]}]}})", "a vector of 1 numbers"},
      {a, R"("a": {"A": {"dense": @[["1", "0"]]}})", "a matrix of 1 rows; the layer has dimension 2"},
      {a, R"("a": {"A": {"dense": [["1", "0"], @["1"]]}})", "a vector of 1 numbers"},
      {a, R"("a": {"A": {"diagonal": @["1"]}})", "a vector of 1 numbers"},
      {b, R"("b": {"A": {"rank_one": []}, "B": @["0"]})", "a vector of 1 numbers"},
      // Numbers.
      {start, R"("start": [@1.5, "0"])", "is not exact"},
      {start, R"("start": [@1e3, "0"])", "is not exact"},
      {start, R"("start": [@"1.5", "0"])", ""},
      {start, R"("start": [@"NaN", "0"])", ""},
      {start, R"("start": [@"inf", "0"])", ""},
      {start, R"("start": [@"1/0", "0"])", ""},
      {start, R"("start": [@"2/4", "0"])", ""},
      {start, R"("start": [@"01", "0"])", ""},
      {start, R"("start": [@"+1", "0"])", ""},
      {start, R"("start": [@" 1", "0"])", ""},
      {start, R"("start": [@"-0", "0"])", ""},
      {start, R"("start": [@"", "0"])", ""},
      {start, R"("start": [@null, "0"])", "expected an exact number"},
      {start, R"("start": [@true, "0"])", "expected an exact number"},
      {start, R"("start": [@["1"], "0"])", "expected an exact number"},
      {start, R"json("start": [@"sqrt(5)", "0"])json", ""},
      // Letters and matrices.
      {R"("letters": {)", R"("letters": {@"c": {"A": {"rank_one": []}},)", "'c' is not one of the inputs"},
      {",\n        " + b, "", "input 'b' is missing"},
      {b, R"(@"a": {"A": {"rank_one": []}})", "'a'"},  // twice
      {b, R"("b": @{"B": ["0", "1/2"]})", "key 'A' is missing"},
      {b, R"("b": {"A": {"rank_one": []}, @"C": 1})", "unknown key 'C'"},
      {b, R"("b": {"A": @{}})", "a matrix is one of"},
      {b, R"("b": {"A": @{"rank_one": [], "dense": []}})", "a matrix is one of"},
      {b, R"("b": {"A": {@"lower": []}})", "unknown key 'lower'"},
      {b, R"("b": {"A": {"rank_one": @{}}})", "expected an array"},
      {b, R"("b": {"A": {"rank_one": [@[]]}})", "expected an object"},
      {b, R"("b": {"A": {"rank_one": [@{"u": ["0", "0"]}]}})", "key 'v' is missing"},
      {b, R"("b": {"A": {"householder": [{"beta": "2", "v": @["0", "0"]}]}})", "is 0"},
      {b, R"("b": {"A": {"householder": [@{"v": ["0", "1"]}]}})", "key 'beta' is missing"},
      {b, R"("b": @[])", "expected an object"},
      // Outputs and decoders.
      {R"("outputs": ["odd", "even"],
)",
       R"("outputs": @["odd", "odd"],
)",
       "twice"},
      {decoder, R"("decoder": @{})", "a decoder is one of"},
      {decoder, R"("decoder": {@"linear": 1})", "unknown key 'linear'"},
      {decoder, R"("decoder": {"affine": @{"weights": ["1", "0"], "constant": "0", "thresholds": ["1/2"]}})",
       "key 'outputs' is missing"},
      {decoder, R"("decoder": {"affine": {"weights": @["1"], "constant": "0", "thresholds": [], "outputs": ["odd"]}})",
       "a vector of 1"},
      {decoder,
       R"("decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": ["1", @"1"], "outputs": ["odd", "odd", "odd"]}})",
       "have to increase"},
      {decoder,
       R"("decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": ["1", @"1/2"], "outputs": ["odd", "odd", "odd"]}})",
       "have to increase"},
      {decoder,
       R"("decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": @{"x": "1/2"}, "outputs": ["odd", "even"]}})",
       "expected an array"},
      {decoder,
       R"("decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": ["1/2"], "outputs": @["odd"]}})",
       "need 2 outputs"},
      {decoder,
       R"("decoder": {"affine": {"weights": ["1", "0"], "constant": "0", "thresholds": ["1/2"], "outputs": ["odd", @"evil"]}})",
       "'evil' is not one of"},
      {decoder, R"("decoder": {"affine_by_letter": @{}})", "input 'a' is missing"},
      {decoder, R"("decoder": {"affine_by_letter": @[]})", "expected an object"},
      {decoder, R"("decoder": {"table": [@{"state": ["1", "0"]}]})", "an output, or an output_by_letter"},
      {decoder,
       R"("decoder": {"table": [@{"state": ["1", "0"], "output": "odd", "output_by_letter": {"a": "odd", "b": "odd"}}]})",
       "an output, or an output_by_letter"},
      {decoder, R"("decoder": {"table": [{"state": ["1", "0"], "output_by_letter": @{"a": "odd"}}]})",
       "input 'b' is missing"},
      {decoder, R"("decoder": {"table": [{"state": ["1", "0"], "output": @"x"}]})", "'x' is not one of"},
      {decoder, R"("decoder": {"table": [{"state": @["1"], "output": "odd"}]})", "a vector of 1"},
      {decoder, R"("decoder": {"table": @{"x": {"state": ["1", "0"], "output": "odd"}}})", "expected an array"},
      {decoder,
       R"("decoder": {"table": [{"state": ["1", "0"], "output": "odd"}, @{"state": {"0": "1"}, "output": "even"}]})",
       "another row has the same state"},
      {R"("decoder": {)", R"(@"extra": 1, "decoder": {)", "unknown key 'extra'"},
  };
  for (const Fault& fault : faults) {
    // A missing letter is told at the object it is missing from.
    if (fault.with.empty()) {
      const Marked m = marked(replaced(replaced(kSample, fault.piece, ""), R"("letters": {)", R"("letters": @{)"));
      CHECK_THROWS_WITH(read(m.text),
                        Catch::StartsWith("model.json:" + m.place + ": ") && Catch::Contains(fault.message));
    } else {
      require_refused(kSample, fault);
    }
  }
}

TEST_CASE("every key of a model but the class is needed", "[model_file]") {
  for (const std::string key : {"format", "version", "numbers", "alphabet", "accepts_empty", "layers", "accept",
                                "dimension", "start", "letters", "decoder", "weights", "constant", "thresholds"}) {
    CAPTURE(key);
    CHECK_THROWS_AS(read(replaced(kSample, "\"" + key + "\": ", "\"x" + key + "\": ")), core::Error);
  }
  CHECK_NOTHROW(read(replaced(kSample, "  \"class\": \"rank-one:1\",\n", "")));
}

TEST_CASE("every truncation of a model is refused", "[model_file]") {
  for (std::size_t length = 0; length < kSample.size(); ++length) {
    CAPTURE(length);
    CHECK_THROWS_AS(read(kSample.substr(0, length)), core::Error);
  }
  CHECK_THROWS_AS(read(kSample + "{}"), core::Error);
  CHECK_THROWS_AS(read(kSample + "x"), core::Error);
  CHECK_NOTHROW(read(kSample + "\n \n"));
}

TEST_CASE("what is no model says so", "[model_file]") {
  CHECK_THROWS_WITH(read("[]"), Catch::Contains("eigenmata-model"));
  CHECK_THROWS_WITH(read("{}"), Catch::Contains("eigenmata-model"));
  CHECK_THROWS_WITH(read(R"({"format": "eigenmata-language"})"), Catch::Contains("eigenmata-model"));
  CHECK_THROWS_AS(read(""), core::Error);
  CHECK_THROWS_AS(read(R"({"format": "eigenmata-model", "version": 1, "layers": NaN})"), core::Error);
}

// Number fields.

const std::string kFieldSample = R"json({
  "format": "eigenmata-model", "version": 1,
  "numbers": {"polynomial": "x^2-5", "low": "2", "high": "3", "generator": "sqrt(5)"},
  "alphabet": ["a"], "accepts_empty": true,
  "layers": [{
    "dimension": 1, "start": ["1/2+1/2*sqrt(5)"],
    "letters": {"a": {"A": {"diagonal": ["-1"]}}},
    "outputs": ["minus", "plus"],
    "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": ["0", "sqrt(5)"], "outputs": ["minus", "plus", "minus"]}}
  }],
  "accept": ["plus"]
})json";

TEST_CASE("numbers of a field are read, and its order holds for thresholds", "[model_file]") {
  const Model model = read(kFieldSample);
  const auto& over = std::get<FieldModel>(model);
  // φ = 1.618… lies between 0 and √5, −φ below: the words of even length.
  const auto found = certificate::explore(over.arithmetic, over.network, testing::regex_language("(aa)*"), {});
  CHECK(found.verdict.is_yes());
}

TEST_CASE("a field or a number of it that does not fit is refused with the place", "[model_file]") {
  const std::string numbers =
      R"json("numbers": {"polynomial": "x^2-5", "low": "2", "high": "3", "generator": "sqrt(5)"})json";
  const std::vector<Fault> faults{
      {numbers, R"("numbers": @{"polynomial": "x^2-4", "low": "1", "high": "3", "generator": "r"})", "not irreducible"},
      {numbers, R"("numbers": @{"polynomial": "x-4", "low": "1", "high": "5", "generator": "r"})",
       "does not define a field"},
      {numbers, R"("numbers": @{"polynomial": "x^2-5", "low": "-3", "high": "3", "generator": "r"})", "2 real roots"},
      {numbers, R"("numbers": @{"polynomial": "x^2-5", "low": "3", "high": "4", "generator": "r"})", "0 real roots"},
      {numbers, R"json("numbers": @{"polynomial": "x^2-5", "low": "2", "high": "3", "generator": "sqrt(7)"})json",
       "cannot name the generator"},
      {numbers, R"("numbers": {"polynomial": @"x^2 - 5", "low": "2", "high": "3", "generator": "r"})", ""},
      {numbers, R"("numbers": {"polynomial": "x^2-5", "low": @2.5, "high": "3", "generator": "r"})", "not exact"},
      {numbers, R"("numbers": {"polynomial": "x^2-5", "low": "2", "high": "3", "generator": "r", @"name": "x"})",
       "unknown key"},
      {numbers, R"("numbers": @{"polynomial": "x^2-5", "low": "2", "generator": "r"})", "key 'high' is missing"},
      {R"json("start": ["1/2+1/2*sqrt(5)"])json", R"json("start": [@"1/2*sqrt(5)+1/2"])json", ""},
      {R"json("start": ["1/2+1/2*sqrt(5)"])json", R"json("start": [@"sqrt(2)"])json", ""},
      {R"json("thresholds": ["0", "sqrt(5)"])json", R"json("thresholds": ["sqrt(5)", @"2"])json", "have to increase"},
  };
  for (const Fault& fault : faults) require_refused(kFieldSample, fault);
}

}  // namespace
}  // namespace eigenmata::lrnn

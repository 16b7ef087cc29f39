// SPDX-License-Identifier: Apache-2.0
//
// Decoders that walk: read, written, run, and refused with what is wrong.
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/lrnn/model_file.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/lrnn/validation.hpp"
#include "support/networks.hpp"

namespace eigenmata::lrnn {
namespace {

/// The last two letters are kept in the two coordinates; "ab" is accepted. The second walk reads nothing.
const std::string kModel = R"({
  "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": false,
  "layers": [{
    "dimension": 2, "start": ["0", "0"],
    "letters": {
      "a": {"A": {"dense": [["0", "0"], ["1", "0"]]}, "B": ["1", "0"]},
      "b": {"A": {"dense": [["0", "0"], ["1", "0"]]}, "B": ["2", "0"]}
    },
    "outputs": ["no", "yes"],
    "decoder": {"walk": {
      "codes": ["0", "1", "2"],
      "first": [[0, 1, 2], [1, 1, 3], [2, 2, 2], [3, null, 3]],
      "second": [[0, 0, 0]],
      "tables": [[{"node": 0, "outputs": ["no"]}, {"node": 1, "outputs": ["no"]}, {"node": 2, "outputs": ["no"]},
                  {"node": 3, "outputs": ["yes"]}]],
      "routes": [{"table": 0, "first": [1, 0], "second": []}],
      "route": {"a": 0, "b": 0}
    }}
  }],
  "accept": ["yes"]
})";

RationalNetwork network_of(const std::string& text) {
  return std::get<ModelOver<exact::RationalArithmetic>>(read_model({"model", text})).network;
}

TEST_CASE("walks: run as they are read, written as they were", "[walk]") {
  const RationalNetwork network = network_of(kModel);
  const Runner<exact::RationalArithmetic> runner({}, network);
  const testing::NaiveRunner<exact::RationalArithmetic> naive({}, network);
  for (std::size_t length = 0; length < 7; ++length) {
    testing::for_each_word(length, 2, [&](const core::Word& word) {
      const std::size_t n = word.size();
      const bool ends_in_ab = n >= 2 && word[n - 2] == core::symbol(0) && word[n - 1] == core::symbol(1);
      CHECK(answers(runner, word).back() == std::optional<bool>(ends_in_ab));
      CHECK(naive.accepts(word) == std::optional<bool>(ends_in_ab));
    });
  }
  const std::string text = write_model(ModelOver<exact::RationalArithmetic>{{}, network});
  CHECK(same_network(network_of(text), network));
  const auto same = mapped(network, [](const exact::Rational& a) { return a; });
  CHECK(same_network(same, network));
}

TEST_CASE("walks: a state whose coordinates are no codes has no output", "[walk]") {
  std::string text = kModel;
  text.replace(text.find(R"("codes": ["0", "1", "2"])"), 24, R"("codes": ["0", "1", "3"])");
  const RationalNetwork network = network_of(text);
  const Runner<exact::RationalArithmetic> runner({}, network);
  const auto said = answers(runner, {core::symbol(0), core::symbol(1)});
  CHECK(said[1] == std::optional<bool>(false));
  CHECK_FALSE(said[2].has_value());
}

TEST_CASE("walks: what does not fit is named", "[walk]") {
  const std::vector<std::pair<std::pair<std::string, std::string>, std::string>> faults{
      {{R"(["0", "1", "2"],)", R"(["0", "1", "1"],)"}, "code 2 is one of those before it"},
      {{R"([1, 1, 3])", R"([1, 1, 4])"}, "a node"},
      {{R"([1, 1, 3])", R"([1, 1])"}, "a node has one next node, or null, for each code"},
      {{R"("node": 3)", R"("node": 2)"}, "the nodes of the rows of a table increase"},
      {{R"("node": 3, "outputs": ["yes"])", R"("node": 3, "outputs": ["yes", "no"])"}, "2 outputs in a row"},
      {{R"("first": [1, 0])", R"("first": [1, 2])"}, "a coordinate"},
      {{R"("route": {"a": 0, "b": 0})", R"("route": {"a": 0})"}, "input 'b' is missing"},
      {{R"("route": {"a": 0, "b": 0})", R"("route": {"a": 0, "b": 1})"}, "a route"}};
  for (const auto& [change, message] : faults) {
    std::string text = kModel;
    const std::size_t at = text.find(change.first);
    REQUIRE(at != std::string::npos);
    text.replace(at, change.first.size(), change.second);
    CAPTURE(change.second);
    CHECK_THROWS_WITH(read_model({"model", text}), Catch::Contains(message));
  }
}

}  // namespace
}  // namespace eigenmata::lrnn

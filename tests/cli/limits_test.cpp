// SPDX-License-Identifier: Apache-2.0
//
// Long work obeys limits and Ctrl-C, and ends in unknown with what is known so far.
#include <chrono>

#include "program.hpp"

namespace eigenmata::testing {
namespace {

/// All maps on nine points from three generators: 387,420,489 elements.
std::string all_maps_on_nine_points(const TemporaryFolder& folder) {
  return folder.write(
      "t9.gap",
      "# initial 1 accepting 1\n[Transformation([2,1,3,4,5,6,7,8,9]), Transformation([2,3,4,5,6,7,8,9,1]),\n"
      " Transformation([1,1,3,4,5,6,7,8,9])]\n");
}

/// The maps of 13 points that keep the order, from 24 generators: 5,200,300 elements, and no group among them, so that
/// nothing is known before they are listed.
std::string maps_that_keep_the_order(const TemporaryFolder& folder) {
  constexpr int kPoints = 13;
  std::string text = "# initial 1 accepting 1\n[";
  for (int i = 1; i < kPoints; ++i) {
    for (const bool up : {true, false}) {
      text += text.back() == '[' ? "Transformation([" : ",\n Transformation([";
      for (int point = 1; point <= kPoints; ++point) {
        const int image = up && point == i ? i + 1 : !up && point == i + 1 ? i : point;
        text += (point == 1 ? "" : ",") + std::to_string(image);
      }
      text += "])";
    }
  }
  return folder.write("o13.gap", text + "]\n");
}

/// h <- h/2 + x: infinitely many states, and no difference to a*b* … up to any length that is looked at.
std::string network_with_infinite_orbit(const TemporaryFolder& folder) {
  return folder.write("halving.json", R"({
    "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": false,
    "layers": [{"dimension": 1, "start": ["0"],
      "letters": {"a": {"A": {"diagonal": ["1/3"]}, "B": ["1"]}, "b": {"A": {"diagonal": ["1/3"]}}},
      "outputs": ["no", "yes"],
      "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": ["1"], "outputs": ["no", "yes"]}}}],
    "accept": ["yes"]})");
}

TEST_CASE("a monoid beyond the memory limit gives a lower bound and what was found") {
  const TemporaryFolder folder;
  // Neither 387,420,489 elements nor 21,147 R-classes fit.
  const Run run = eigenmata({"classify", all_maps_on_nine_points(folder), "--memory-limit", "1", "--json"});
  CHECK(run.exit == 20);
  const Printed out(run);
  CHECK(out.at("monoid").at("size").is_null());
  CHECK(out.at("monoid").at("size_at_least").index(SIZE_MAX, "size") > 10'000);
  CHECK(out.at("properties").at("aperiodic").string() == "no");  // a witness is a witness
  CHECK(out.at("properties").at("group").string() == "no");
}

TEST_CASE("a time limit ends in unknown") {
  const TemporaryFolder folder;
  const auto start = std::chrono::steady_clock::now();
  const Run run =
      eigenmata({"check", network_with_infinite_orbit(folder), "-e", "(a|b)*a", "--time-limit", "0.5", "--json"});
  CHECK(run.exit == 20);
  CHECK(Printed(run).text("verdict") == "unknown");
  CHECK(Printed(run).number("exact_up_to") >= 5);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("Ctrl-C ends in unknown with what is known so far") {
  const TemporaryFolder folder;
  const Run run = run_program(EIGENMATA_PROGRAM,
                              {"check", network_with_infinite_orbit(folder), "-e", "(a|b)*a", "--json"}, "", 700);
  CHECK(run.exit == 20);
  CHECK(Printed(run).at("reason").string() == "interrupted");
  CHECK(Printed(run).number("exact_up_to") >= 3);
}

TEST_CASE("Ctrl-C ends a decision in unknown") {
  const TemporaryFolder folder;
  const std::string language = maps_that_keep_the_order(folder);
  // One cell, the whole table, and the table of many languages.
  for (const std::vector<std::string>& options :
       {std::vector<std::string>{"--class", "diagonal(0,1)"}, {}, {"--matrix"}}) {
    std::vector<std::string> arguments{"decide", language};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const Run text = run_program(EIGENMATA_PROGRAM, arguments, "", 700);
    CHECK(text.exit == 20);
    CHECK(text.out.rfind("unknown: ", 0) == 0);
    CHECK(text.out.find("interrupted") != std::string::npos);
    CHECK(text.err.empty());
    arguments.emplace_back("--json");
    const Run json = run_program(EIGENMATA_PROGRAM, arguments, "", 700);
    CHECK(json.exit == 20);
    const Printed printed(json);  // one object, whole
    const bool is_cell = options.size() == 2;
    const core::JsonCursor answer = is_cell && printed.root().has("rows") ? printed.at("rows")[0] : printed.root();
    CHECK(answer.at("verdict").string() == "unknown");
    CHECK(answer.at("reason").string().find("interrupted") != std::string::npos);
  }
}

TEST_CASE("a decision whose time is up keeps what it knows") {
  const TemporaryFolder folder;
  const Run run = eigenmata({"decide", maps_that_keep_the_order(folder), "--time-limit", "0.5", "--json"});
  CHECK(run.exit == 0);
  const Printed printed(run);
  const core::JsonCursor rows = printed.at("rows");
  std::size_t known = 0, unknown = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) ++(rows[i].at("verdict").string() == "unknown" ? unknown : known);
  CHECK(known > 0);
  CHECK(unknown > 0);
}

TEST_CASE("expressions that explode end in unknown") {
  CHECK(eigenmata({"classify", "-e", "((a{1000}){1000}){1000}"}).exit == 20);
  CHECK(eigenmata({"classify", "-e", "(a|b)*a(a|b){40}", "--time-limit", "1"}).exit == 20);
  CHECK(eigenmata({"classify", "-e", "(a|b)*a(a|b){40}", "--memory-limit", "100"}).exit == 20);
}

}  // namespace
}  // namespace eigenmata::testing

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

TEST_CASE("expressions that explode end in unknown") {
  CHECK(eigenmata({"classify", "-e", "((a{1000}){1000}){1000}"}).exit == 20);
  CHECK(eigenmata({"classify", "-e", "(a|b)*a(a|b){40}", "--time-limit", "1"}).exit == 20);
  CHECK(eigenmata({"classify", "-e", "(a|b)*a(a|b){40}", "--memory-limit", "100"}).exit == 20);
}

}  // namespace
}  // namespace eigenmata::testing

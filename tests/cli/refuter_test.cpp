// SPDX-License-Identifier: Apache-2.0
//
// `check` on networks with infinitely many states.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

/// h <- h/2 + [a], accepted from a threshold on. From 2^-40 on, an a is remembered for 40 letters; from 1 on, for none.
std::string fading_memory(const TemporaryFolder& folder, const std::string& threshold = "1/1099511627776") {
  return folder.write("fading.json", R"({
    "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": false,
    "layers": [{"dimension": 1, "start": ["0"],
      "letters": {"a": {"A": {"diagonal": ["1/2"]}, "B": ["1"]}, "b": {"A": {"diagonal": ["1/2"]}}},
      "outputs": ["no", "yes"],
      "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": [")" +
                                         threshold + R"("], "outputs": ["no", "yes"]}}}],
    "accept": ["yes"]})");
}

TEST_CASE("a network that forgets is refuted by a word that exploration would never reach") {
  const TemporaryFolder folder;
  const std::string model = fading_memory(folder);
  const Run run = eigenmata({"check", model, "-e", "(a|b)*a(a|b)*", "--json"});
  REQUIRE(run.exit == 10);
  const Printed out(run);
  CHECK(out.text("verdict") == "no");
  CHECK(out.at("counterexample").size() == 42);
  CHECK(out.at("in_language").boolean());
  CHECK_FALSE(out.at("network_accepts").boolean());
  const std::size_t all = out.number("exact_up_to");
  CHECK(all >= 5);
  CHECK(all < 42);
  // The word is a difference: run it.
  std::string word;
  for (const char c : letters(out.at("counterexample"))) {
    if (c != ' ') word += c;
  }
  CHECK(word == "a" + std::string(41, 'b'));
  const Run simulated = eigenmata({"simulate", model, "--word", word});
  CHECK(simulated.exit == 0);
  CHECK(simulated.out.find("reject") != std::string::npos);

  const Run text = eigenmata({"check", model, "-e", "(a|b)*a(a|b)*"});
  CHECK(text.exit == 10);
  CHECK(text.out.find("found by the refuter") != std::string::npos);
  CHECK(text.out.find("constant-spectrum") != std::string::npos);
}

TEST_CASE("with --up-to nothing longer is tried") {
  const TemporaryFolder folder;
  const Run run = eigenmata({"check", fading_memory(folder), "-e", "(a|b)*a(a|b)*", "--up-to", "8", "--json"});
  CHECK(run.exit == 20);
  CHECK(Printed(run).number("exact_up_to") == 8);
  CHECK(Printed(run).at("counterexample").is_null());
}

TEST_CASE("a right network is not refuted, and the answer says how far was looked") {
  const TemporaryFolder folder;
  const Run run = eigenmata({"check", fading_memory(folder, "1"), "-e", "(a|b)*a", "--time-limit", "4", "--json"});
  CHECK(run.exit == 20);
  const Printed out(run);
  CHECK(out.text("verdict") == "unknown");
  CHECK(out.text("refuter").find("no difference") == 0);
}

}  // namespace
}  // namespace eigenmata::testing

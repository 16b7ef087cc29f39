// SPDX-License-Identifier: Apache-2.0
//
// `simulate` of networks in floats, fixed point and integers, as users run it.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

/// h ← −h/2 for a, h for b; accepted if h ≥ 0: an even number of a, until h is 0.
const char* const kHalves = R"({
  "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": true,
  "layers": [{"dimension": 1, "start": ["1"],
    "letters": {"a": {"A": {"diagonal": ["-1/2"]}}, "b": {"A": {"diagonal": ["1"]}}},
    "outputs": ["odd", "even"],
    "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": ["0"], "outputs": ["odd", "even"]}}}],
  "accept": ["even"]})";

TEST_CASE("simulate in numbers of finitely many bits") {
  const TemporaryFolder folder;
  const std::string model = folder.write("halves.json", kHalves);
  std::string words = "\na\nab\naba\n";
  // Of bf16 the smallest number is 2^-133: after 134 halves the state is 0, which is accepted.
  words += std::string(133, 'a') + "\n" + std::string(135, 'a') + "\n";
  const std::string file = folder.write("words.txt", words);
  const std::string verdicts = folder / "verdicts.txt";
  const std::string states = folder / "states.txt";
  const Run run = eigenmata({"simulate", model, file, "--semantics", "float:bf16", "--verdicts", verdicts,
                             "--final-states", states, "--json"});
  CHECK(run.exit == 0);
  CHECK(Printed(run).number("words") == 6);
  CHECK(Printed(run).number("accepted") == 3);
  CHECK(read_file(verdicts) == "1\n0\n0\n1\n0\n1\n");
  CHECK(read_file(states).substr(0, 27) == "(1)\n(-0.5)\n(-0.5)\n(0.25)\n(-");
  CHECK(read_file(states).substr(read_file(states).size() - 4) == "(0)\n");
  // Exact arithmetic does not forget, integers take no halves, and of fixed point both long words end in 0.
  CHECK(Printed(eigenmata({"simulate", model, file, "--json"})).number("accepted") == 2);
  CHECK(eigenmata({"simulate", model, file, "--semantics", "int:8"}).exit == 2);
  CHECK(Printed(eigenmata({"simulate", model, file, "--semantics", "fixed:1.4", "--json"})).number("accepted") == 4);
  CHECK(eigenmata({"simulate", model, "--word", "aa", "--semantics", "float:e4m3", "--trace"}).out.find("(0.25)") !=
        std::string::npos);
  // An automaton has no arithmetic; chunks are not built.
  CHECK(eigenmata({"simulate", "parity", "--word", "01", "--semantics", "float:bf16"}).exit == 2);
  CHECK(eigenmata({"simulate", model, file, "--semantics", "float:f32,fla-chunk"}).exit == 20);
}

}  // namespace
}  // namespace eigenmata::testing

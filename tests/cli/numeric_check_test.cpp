// SPDX-License-Identifier: Apache-2.0
//
// `check` in floats, fixed point and integers, as users run it.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

/// h ← −h for a, h for b; accepted if h ≥ 0: an even number of a.
const char* const kParity = R"({
  "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": true,
  "layers": [{"dimension": 1, "start": ["1"],
    "letters": {"a": {"A": {"diagonal": ["GATE"]}}, "b": {"A": {"diagonal": ["1"]}}},
    "outputs": ["odd", "even"],
    "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": ["0"], "outputs": ["odd", "even"]}}}],
  "accept": ["even"]})";

std::string parity_by(const std::string& gate) {
  std::string text = kParity;
  return text.replace(text.find("GATE"), 4, gate);
}

const std::string kEven = "(b*ab*a)*b*";

TEST_CASE("check in numbers of finitely many bits: yes, no and unknown") {
  const TemporaryFolder folder;
  const std::string exact = folder.write("exact.json", parity_by("-1"));
  const std::string decays = folder.write("decays.json", parity_by("-1/2"));
  for (const std::string semantics : {"float:bf16", "float:e2m1", "float:f32,fla-recurrent", "fixed:1.4", "int:8"}) {
    CAPTURE(semantics);
    const Run run = eigenmata({"check", exact, "-e", kEven, "--semantics", semantics, "--json"});
    CHECK(run.exit == 0);
    const Printed report(run);
    CHECK(report.at("verdict").string() == "yes");
    CHECK(report.number("reachable_states") == 2);
    CHECK(report.number("rounded_parameters") == 0);
    CHECK(report.at("semantics").string() == semantics);
  }
  // In bf16 the halves end after 133 steps (2^-133 is the smallest number, its half a tie, to even): then the state is
  // 0, which is accepted.
  const Run no = eigenmata({"check", decays, "-e", kEven, "--semantics", "float:bf16", "--json"});
  CHECK(no.exit == 10);
  CHECK(Printed(no).at("counterexample").size() == 135);
  CHECK(eigenmata({"check", decays, "-e", kEven, "--semantics", "exact", "--time-limit", "1"}).exit == 20);
  const Run bounded = eigenmata({"check", decays, "-e", kEven, "--semantics", "float:bf16", "--up-to", "50", "--json"});
  CHECK(bounded.exit == 20);
  CHECK(Printed(bounded).number("exact_up_to") == 50);
  const Run text = eigenmata({"check", decays, "-e", kEven, "--semantics", "float:bf16"});
  CHECK(text.out.find("plan         everything in bf16; rounded nearest-even") != std::string::npos);
}

TEST_CASE("check writes what the network recognises in its arithmetic") {
  const TemporaryFolder folder;
  const std::string model = folder.write("decays.json", parity_by("-1/2"));
  for (const std::string ending : {".json", ".att", ".dot"}) {
    const std::string file = folder / ("found" + ending);
    CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "float:e4m3", "-o", file}).exit == 10);
    // That automaton is what it is checked against next.
    CHECK(eigenmata({"check", model, file, "--semantics", "float:e4m3"}).exit == 0);
    CHECK(eigenmata({"check", model, file, "--semantics", "float:e5m2"}).exit == 10);
  }
}

TEST_CASE("a certificate of a closure is proved again by eigenmata-check") {
  const TemporaryFolder folder;
  const std::string model = folder.write("parity.json", parity_by("-7/8"));
  const std::string other = folder.write("other.json", parity_by("-1"));
  for (const std::string semantics : {"float:e4m3", "float:e5m2,pytorch-loop", "float:bf16", "fixed:1.3"}) {
    CAPTURE(semantics);
    const std::string file = folder / "proof.txt";
    const Run run = eigenmata({"check", model, "-e", kEven, "--semantics", semantics, "--certificate", file});
    REQUIRE(run.exit == 0);
    CHECK(run.out.find("certificate  " + file) != std::string::npos);
    const Run again = eigenmata_check({file, "-e", kEven, "--model", model});
    CHECK(again.exit == 0);
    CHECK(again.out.find("run in " + semantics) != std::string::npos);
    CHECK(eigenmata_check({file, "-e", "a*", "--model", model}).exit == 10);
    CHECK(eigenmata_check({file, "-e", kEven, "--model", other}).exit == 10);
    // Another coordinate, or none.
    std::string text = read_file(file);
    const std::size_t last = text.rfind("state ");
    text[text.find('\n', last) - 1] ^= 1;
    CHECK(eigenmata_check({folder.write("wrong.txt", text), "-e", kEven}).exit == 10);
    const Run cut = eigenmata_check({folder.write("cut.txt", text.substr(0, last)), "-e", kEven});
    CHECK(cut.exit == 2);
    CHECK(cut.err.find("expected a line that begins with 'state'") != std::string::npos);
  }
  // Nothing to prove, nothing written.
  const std::string none = folder / "none.txt";
  const std::string decays = folder.write("decays.json", parity_by("-1/2"));
  CHECK(eigenmata({"check", decays, "-e", kEven, "--semantics", "float:bf16", "--certificate", none}).exit == 10);
  CHECK_FALSE(fs::exists(none));
  CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "cast:-1,1", "--certificate", none}).exit == 20);
}

/// h ← 3/10 h ± 1: the sign is that of the last letter.
const char* const kFading = R"({
  "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": false,
  "layers": [{"dimension": 1, "start": ["-1"],
    "letters": {"a": {"A": {"diagonal": ["3/10"]}, "B": ["1"]}, "b": {"A": {"diagonal": ["3/10"]}, "B": ["-1"]}},
    "outputs": ["b", "a"],
    "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": ["0"], "outputs": ["b", "a"]}}}],
  "accept": ["a"]})";

TEST_CASE("boxes, and all choices of stochastic rounding, have certificates") {
  const TemporaryFolder folder;
  const std::string model = folder.write("fading.json", kFading);
  const std::string proof = folder / "proof.txt";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"float:f64", "2 boxes, 2 letters, 4 transitions of intervals run again"},
      {"float:e4m3,stochastic", "states, 2 letters"}};
  for (const auto& [semantics, said] : cases) {
    CAPTURE(semantics);
    const Run run = eigenmata(
        {"check", model, "-e", "(a|b)*a", "--semantics", semantics, "--certificate", proof, "--memory-limit", "16"});
    REQUIRE(run.exit == 0);
    CHECK(run.out.find("certificate  " + proof) != std::string::npos);
    const Run again = eigenmata_check({proof, "-e", "(a|b)*a", "--model", model});
    CHECK(again.exit == 0);
    CHECK(again.out.find(said) != std::string::npos);
    CHECK(eigenmata_check({proof, "-e", "(a|b)*b"}).exit == 10);
    std::string text = read_file(proof);
    text.replace(text.find("entries 0:3/10"), 14, "entries 0:9/10");
    CHECK(eigenmata_check({folder.write("other.txt", text), "-e", "(a|b)*a"}).exit == 10);
  }
}

TEST_CASE("check in chunks, and its certificate") {
  const TemporaryFolder folder;
  const std::string model = folder / "s3.json";
  const std::string proof = folder / "proof.txt";
  REQUIRE(eigenmata({"compile", "s3-word-problem", "--to", "householder[-1,1]", "-o", model}).exit == 0);
  // Step by step this fails after 950 letters; in chunks of 2 it is right for ever.
  const Run run = eigenmata(
      {"check", model, "s3-word-problem", "--semantics", "float:bf16,fla-chunk:2", "--certificate", proof, "--json"});
  REQUIRE(run.exit == 0);
  CHECK(Printed(run).number("reachable_states") == 42);
  const Run again = eigenmata_check({proof, "s3-word-problem", "--model", model});
  CHECK(again.exit == 0);
  CHECK(again.out.find("run in float:bf16,fla-chunk:2") != std::string::npos);
  // With chunks of 3 the same list is not closed.
  std::string text = read_file(proof);
  text.replace(text.find("fla-chunk:2"), 11, "fla-chunk:3");
  CHECK(eigenmata_check({folder.write("wrong.txt", text), "s3-word-problem"}).exit == 10);
}

TEST_CASE("errors are bounded where closure is out of reach, and the first failure lies behind the bound") {
  const TemporaryFolder folder;
  const std::string model = folder / "s3.json";
  REQUIRE(eigenmata({"compile", "s3-word-problem", "--to", "householder[-1,1]", "-o", model}).exit == 0);
  const auto check = [&](const std::string& semantics) {
    return eigenmata({"check", model, "s3-word-problem", "--semantics", semantics, "--memory-limit", "2",
                      "--time-limit", "6", "--json"});
  };
  const Run fails = check("float:bf16,fla-recurrent");
  CHECK(fails.exit == 10);
  CHECK(Printed(fails).number("exact_up_to") >= 100);
  CHECK(Printed(fails).number("error_horizon") == Printed(fails).number("exact_up_to"));
  CHECK(Printed(fails).at("counterexample").size() > Printed(fails).number("exact_up_to"));
  const Run holds = check("float:f64,fla-recurrent");
  CHECK(holds.exit == 20);
  CHECK(Printed(holds).number("exact_up_to") > 100'000'000'000);
  // The language of another network: what is wrong in exact arithmetic is wrong from there on.
  const std::string other = folder.write("decays.json", parity_by("-1"));
  const Run wrong = eigenmata({"check", other, "-e", "(b*ab*a)*b*|aaa", "--semantics", "float:bf16", "--json"});
  CHECK(wrong.exit == 10);
  CHECK(Printed(wrong).at("counterexample").size() == 3);
}

TEST_CASE("complex networks are run as pairs of real numbers") {
  const TemporaryFolder folder;
  const std::string model = folder / "mod-4.json";
  const std::string proof = folder / "proof.txt";
  REQUIRE(eigenmata({"compile", "mod-4", "--to", "diagonal-complex", "-o", model}).exit == 0);
  // Quarter turns are exact.
  const Run exact = eigenmata({"check", model, "mod-4", "--semantics", "float:bf16", "--certificate", proof});
  CHECK(exact.exit == 0);
  CHECK(exact.out.find("the real form of " + model) != std::string::npos);
  CHECK(eigenmata_check({proof, "mod-4"}).exit == 0);
  const std::string thirds = folder / "mod-3.json";
  REQUIRE(eigenmata({"compile", "mod-3", "--to", "diagonal-complex", "-o", thirds}).exit == 0);
  const Run drifts = eigenmata({"check", thirds, "mod-3", "--semantics", "float:e2m1", "--json"});
  CHECK((drifts.exit == 0 || drifts.exit == 10));
  CHECK(Printed(drifts).number("rounded_parameters") > 0);
}

TEST_CASE("check with a cast of exact states") {
  const TemporaryFolder folder;
  const std::string decays = folder.write("decays.json", parity_by("-1/8"));
  CHECK(eigenmata({"check", decays, "-e", kEven, "--semantics", "cast:-1,1"}).exit == 0);
  CHECK(eigenmata({"check", decays, "-e", kEven, "--semantics", "cast:-1,0,1"}).exit == 10);
  const std::string grows = folder.write("grows.json", parity_by("-2"));
  CHECK(eigenmata({"check", grows, "-e", kEven, "--semantics", "cast:-1,1"}).exit == 20);
}

TEST_CASE("where closure is out of reach, long words may still find a difference") {
  const TemporaryFolder folder;
  const std::string model = folder / "s3.json";
  REQUIRE(eigenmata({"compile", "s3-word-problem", "--to", "householder[-1,1]", "-o", model}).exit == 0);
  const Run run = eigenmata({"check", model, "s3-word-problem", "--semantics", "float:bf16,fla-recurrent",
                             "--memory-limit", "16", "--time-limit", "20", "--json"});
  CHECK(run.exit == 10);
  const Printed report(run);
  CHECK(report.at("counterexample").size() > 100);
  CHECK(report.number("exact_up_to") >= 5);
}

TEST_CASE("check refuses what does not fit the arithmetic") {
  const TemporaryFolder folder;
  const std::string model = folder.write("decays.json", parity_by("-1/2"));
  const Run integers = eigenmata({"check", model, "-e", kEven, "--semantics", "uint:8"});
  CHECK(integers.exit == 2);
  CHECK(integers.out.empty());
  CHECK(integers.err.find("layer 1, letter 'a': -1/2 is not a number of this format") != std::string::npos);
  CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "float:fp8"}).exit == 2);
  CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "float:bf16,vague"}).exit == 2);
  const Run chunks = eigenmata({"check", model, "-e", kEven, "--semantics", "float:bf16,fla-chunk"});
  CHECK(chunks.exit == 2);
  CHECK(chunks.err.find("layer 1, letter 'a': fla-chunk is about products of Householder factors") !=
        std::string::npos);
  CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "float:bf16,fla-chunk:0"}).exit == 2);
  CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "uint:100"}).exit == 20);
  CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "robust:1/8"}).exit == 20);
  CHECK(eigenmata({"check", model, "-e", kEven, "-o", folder / "x.json"}).exit == 2);
  CHECK(eigenmata({"check", model, "-e", kEven, "--semantics", "float:bf16", "-o", folder / "x.what"}).exit == 2);
}

}  // namespace
}  // namespace eigenmata::testing

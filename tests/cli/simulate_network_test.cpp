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
  // An automaton has no arithmetic, a network no engine of automata, and what is no file is no automaton.
  CHECK(eigenmata({"simulate", "parity", "--word", "01", "--semantics", "float:bf16"}).exit == 2);
  const auto refusal = [](const std::vector<std::string>& arguments) {
    const Run refused = eigenmata(arguments);
    CHECK(refused.exit == 2);
    return refused.err;
  };
  CHECK(
      refusal({"simulate", model, file, "--semantics", "float:bf16", "--engine", "lanes"}).find("--engine: networks") !=
      std::string::npos);
  CHECK(refusal({"simulate", folder / "none.json", "--word", "a", "--semantics", "float:bf16"})
            .find("no file and no language") != std::string::npos);
  // Chunks are of products of factors.
  CHECK(refusal({"simulate", model, file, "--semantics", "float:f32,fla-chunk"}).find("fla-chunk is about") !=
        std::string::npos);
}

TEST_CASE("simulate in chunks says of the word that check finds what check says") {
  const TemporaryFolder folder;
  const std::string model = folder / "s3.json";
  REQUIRE(eigenmata({"compile", "s3-word-problem", "--to", "deltaproduct:2[-1,1]", "-o", model}).exit == 0);
  const std::string semantics = "float:bf16,fla-chunk";
  const Run check =
      eigenmata({"check", model, "s3-word-problem", "--semantics", semantics, "--json", "--time-limit", "3"});
  REQUIRE(check.exit == 10);
  const std::string word = letters(Printed(check).at("counterexample"));
  const auto accepted = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"simulate"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    all.insert(all.end(), {"--word", word, "--json"});
    const Run run = eigenmata(all);
    REQUIRE(run.exit == 0);
    return Printed(run).number("accepted");
  };
  CHECK(accepted({model, "--semantics", semantics}) != accepted({"s3-word-problem"}));
  CHECK(accepted({model}) == accepted({"s3-word-problem"}));
  CHECK(accepted({model, "--semantics", "float:bf16,fla-chunk:4"}) == accepted({"s3-word-problem"}));
  // The state is that at the last boundary: (1, 2, 0) or so after two letters, and as it was after one.
  const Run trace =
      eigenmata({"simulate", model, "--word", "g1 g5 g1", "--semantics", "float:f64,fla-chunk:2", "--trace"});
  REQUIRE(trace.exit == 0);
  std::vector<std::string> states;
  std::istringstream lines(trace.out);
  for (std::string line; std::getline(lines, line) && line.rfind("t=", 0) == 0;)
    states.push_back(line.substr(line.find("(")));
  REQUIRE(states.size() == 4);
  CHECK(states[0] == states[1]);
  CHECK(states[1] != states[2]);
  CHECK(states[2] == states[3]);
}

TEST_CASE("complex networks are simulated as real ones") {
  const TemporaryFolder folder;
  // A fifth of a turn for a, and the real part of where that leads from 1.
  const std::string model = folder.write("turn.json", R"({
  "format": "eigenmata-model", "version": 1, "numbers": {"cyclotomic": 5}, "alphabet": ["a", "b"],
  "accepts_empty": true,
  "layers": [{"dimension": 1, "start": ["1"],
    "letters": {"a": {"A": {"diagonal": ["z"]}}, "b": {"A": {"diagonal": ["1"]}}}, "outputs": ["no", "yes"],
    "decoder": {"affine": {"weights": ["1"], "constant": "0", "thresholds": ["1/2"], "outputs": ["no", "yes"]}}}],
  "accept": ["yes"]})");
  const std::string words = folder.write("words", "aaaaa\naabaa\naaabaab\nbbb\n");
  for (const std::string semantics : {"float:f32", "float:bf16,pytorch-loop", "fixed:2.12"}) {
    const Run run = eigenmata({"simulate", model, words, "--semantics", semantics, "--verdicts", "-"});
    CHECK(run.exit == 0);
    CHECK(run.out.rfind("1\n0\n1\n1\n", 0) == 0);
  }
  const Run trace = eigenmata({"simulate", model, "--word", "a", "--semantics", "fixed:2.12", "--trace"});
  CHECK(trace.out.find("(633/2048, 487/512)") != std::string::npos);
}

TEST_CASE("a network whose numeric states are all known goes on as an automaton, with the same verdicts") {
  const TemporaryFolder folder;
  const std::string model = folder.write("halves.json", kHalves);
  const std::string verdicts = folder / "verdicts";
  const std::vector<std::string> words{"--random", "300000", "--length", "12", "--quiet", "--verdicts", verdicts};
  const auto engine = [&](const std::string& network, std::vector<std::string> more) {
    std::vector<std::string> arguments{"simulate", network, "--json", "--semantics", "fixed:3.4"};
    arguments.insert(arguments.end(), words.begin(), words.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Run run = eigenmata(arguments);
    CHECK(run.exit == 0);
    return Printed(run).text("engine");
  };
  // Whoever wants the final numbers gets the numbers of the table. Of 3.4 they are 1, -1/2, 1/4, -1/8, 1/16 and 0.
  CHECK(engine(model, {"--final-states", folder / "states"}).rfind("closed table of 6 numeric states", 0) == 0);
  const std::string by_table = read_file(verdicts);
  CHECK(engine(model, {}).rfind("automaton of ", 0) == 0);
  CHECK(read_file(verdicts) == by_table);
  CHECK(by_table.find('0') != std::string::npos);
  // Without an answer is not rejected, which an automaton cannot say.
  const std::string table = folder.write("table.json", R"({
  "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": true,
  "layers": [{"dimension": 1, "start": ["1"],
    "letters": {"a": {"A": {"diagonal": ["1/2"]}}, "b": {"A": {"diagonal": ["1"]}}}, "outputs": ["yes", "no"],
    "decoder": {"table": [{"state": ["1"], "output": "yes"}, {"state": ["1/2"], "output": "no"},
                          {"state": ["1/4"], "output": "yes"}]}}],
  "accept": ["yes"]})");
  CHECK(engine(table, {}).find("automaton") == std::string::npos);
  CHECK(read_file(verdicts).find('-') != std::string::npos);
}

TEST_CASE("simulate writes the numeric states of a network as an array that NumPy reads") {
  const TemporaryFolder folder;
  const std::string model = folder.write("halves.json", kHalves);
  const std::string words = folder.write("words.txt", "ab\n\naaa\n");
  const std::string file = folder / "states.npy";
  const auto printed = [&](const std::string& semantics) {
    const Run run = eigenmata({"simulate", model, words, "--semantics", semantics, "--trajectories", file});
    CHECK(run.exit == 0);
    return run_program("/usr/bin/python3", {"-c",
                                            "import numpy, sys\n"
                                            "a = numpy.load(sys.argv[1])\n"
                                            "print(a.dtype, a.shape, a[:, 0].tolist())\n",
                                            file})
        .out;
  };
  CHECK(printed("float:bf16") == "float64 (8, 1) [1.0, -0.5, -0.5, 1.0, 1.0, -0.5, 0.25, -0.125]\n");
  // Units of 1/4; an eighth rounds to even.
  CHECK(printed("fixed:3.2") == "int64 (8, 1) [4, -2, -2, 4, 4, -2, 1, 0]\n");

  // Two columns, and a second a leads where the table of the decoder ends: from there on no answer, and no numbers.
  const std::string table = folder.write("table.json", R"({
  "format": "eigenmata-model", "version": 1, "numbers": "rational", "alphabet": ["a"], "accepts_empty": true,
  "layers": [{"dimension": 2, "start": ["1", "0"],
    "letters": {"a": {"A": {"diagonal": ["2", "1"]}, "B": ["0", "1"]}}, "outputs": ["one"],
    "decoder": {"table": [{"state": ["2", "1"], "output": "one"}]}}],
  "accept": ["one"]})");
  for (const auto& [semantics, none] :
       {std::pair<std::string, std::string>{"float:f32", "nan"}, {"int:8", std::to_string(INT64_MIN)}}) {
    REQUIRE(eigenmata({"simulate", table, "--word", "aaa", "--semantics", semantics, "--trajectories", file}).exit ==
            0);
    const Run numpy =
        run_program("/usr/bin/python3", {"-c",
                                         "import numpy, sys\n"
                                         "a = numpy.load(sys.argv[1])\n"
                                         "print(a.shape, [int(x) for x in a[:2].flat], set(map(str, a[2:].flat)))\n",
                                         file});
    CHECK(numpy.out == "(4, 2) [1, 0, 2, 1] {'" + none + "'}\n");
  }

  const Run exact = eigenmata({"simulate", model, words, "--trajectories", folder / "none"});
  CHECK(exact.exit == 2);
  CHECK(exact.err.find("choose numbers of finitely many bits with --semantics") != std::string::npos);
  const Run wrong = eigenmata({"simulate", model, folder.write("wrong", "aa\nac\n"), "--semantics", "float:bf16",
                               "--trajectories", folder / "none"});
  CHECK(wrong.exit == 2);
  CHECK_FALSE(fs::exists(folder / "none"));
}

}  // namespace
}  // namespace eigenmata::testing

// SPDX-License-Identifier: Apache-2.0
//
// eigenmata simulate: where words come from, what becomes of the answers, and what is refused.
#include <chrono>

#include "program.hpp"

namespace eigenmata::testing {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

void check_refused(const Run& run, const std::string& message) {
  CHECK(run.exit == 2);
  CHECK(run.out.empty());
  CHECK(run.err.find(message) != std::string::npos);
}

TEST_CASE("verdicts and final states, one a line, and the same from every engine") {
  const TemporaryFolder folder;
  const std::string words = folder.write("w", repeated("\n1\n0110\r\n10101\n", 500) + "111");
  const std::string right = repeated("0\n1\n0\n1\n", 500) + "1\n";
  for (const std::string engine : {"", "table", "interleaved", "groups", "composed", "lanes"}) {
    std::vector<std::string> arguments{"simulate",   "parity",         words,        "--json",    "--verdicts",
                                       folder / "v", "--final-states", folder / "s", "--threads", "2"};
    if (!engine.empty()) arguments.insert(arguments.end(), {"--engine", engine});
    const Run run = eigenmata(arguments);
    if (run.exit == 2) {
      CHECK(run.err.find("does not fit this automaton on this processor") != std::string::npos);
      CHECK((engine == "composed" || engine == "lanes"));
      continue;
    }
    REQUIRE(run.exit == 0);
    const Printed out(run);
    CHECK(out.number("words") == 2001);
    CHECK(out.number("symbols") == 500 * 10 + 3);
    CHECK(out.number("accepted") == 1001);
    CHECK(read_file(folder / "v") == right);
    std::string states = read_file(folder / "s");
    CHECK(states.substr(0, 8) == "0\n1\n0\n1\n");
  }
  CHECK(eigenmata({"simulate", "parity", "--verdicts", "-"}, "1\n11\n").out == "1\n0\n");
}

TEST_CASE("words of a model are those of its language") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  REQUIRE(eigenmata({"compile", "s3-word-problem", "--to", "rank-one", "-o", model}).exit == 0);
  for (const std::string& machine : {std::string("s3-word-problem"), model}) {
    const Run run = eigenmata({"simulate", machine, "--random", "200", "--length", "30", "--seed", "5", "--json",
                               "--verdicts", folder / (machine == model ? "v1" : "v2")});
    REQUIRE(run.exit == 0);
    CHECK(Printed(run).number("symbols") == 6000);
  }
  CHECK(read_file(folder / "v1") == read_file(folder / "v2"));
  check_refused(eigenmata({"simulate", model, "--random", "2", "--length", "3", "--from", "language"}),
                "--from language");
}

TEST_CASE("random words: of a length, with a seed, of the language") {
  const std::vector<std::string> random{"simulate", "mod-3", "--random", "50", "--length", "9", "--from", "language"};
  const Run run = eigenmata(random);
  REQUIRE(run.exit == 0);
  CHECK(run.out.find("50 words, 450 symbols, 50 accepted") != std::string::npos);
  check_refused(eigenmata({"simulate", "ab-star", "--random", "1", "--length", "3", "--from", "language"}),
                "no word of length 3");
  check_refused(eigenmata({"simulate", "parity", "--random", "1"}), "--length");
  check_refused(eigenmata({"simulate", "parity", "--random", "1", "--length", "3", "--word", "0"}), "--random");
}

TEST_CASE("bytes, streams and what is no letter") {
  const TemporaryFolder folder;
  const std::string bytes = folder.write("b", std::string("\0\1\1\1\0\0", 6));
  const Run records = eigenmata({"simulate", "parity", bytes, "--bytes", "--word-length", "3"});
  CHECK(records.out.find("reject  011\naccept  100\n") == 0);
  const Run stream = eigenmata({"simulate", "parity", bytes, "--bytes", "--stream", "--json"});
  CHECK(Printed(stream).number("words") == 1);
  CHECK(Printed(stream).number("accepted") == 1);
  check_refused(eigenmata({"simulate", "parity", bytes, "--bytes", "--word-length", "4"}), "2 of 4 bytes");
  check_refused(eigenmata({"simulate", "parity", bytes, "--bytes"}), "--word-length");
  check_refused(eigenmata({"simulate", "parity", folder.write("c", "\1\2"), "--bytes", "--stream"}), "byte 1 ");
  const Run skipped = eigenmata({"simulate", "parity", "--skip-invalid", "--json"},
                                "0?1\n\xFF\xFE"
                                "1é1\n");
  CHECK(Printed(skipped).number("skipped") == 4);
  CHECK(Printed(skipped).number("accepted") == 1);
  check_refused(eigenmata({"simulate", "parity"}, "01\n0\xFF"), "standard input:2:2");
  CHECK(Printed(eigenmata({"simulate", "parity", "--json"}, "")).number("words") == 0);
  CHECK(Printed(eigenmata({"simulate", "parity", "--stream", "--json"}, "")).number("words") == 1);
}

TEST_CASE("alphabets of names, of more than 256 letters, and automata of one state") {
  const Run names = eigenmata({"simulate", "s3-word-problem"}, "g1 g1\n\n g2\t\r\n");
  CHECK(names.out.find("accept  ε\nreject  g2\n") != std::string::npos);
  std::string alphabet = "x0";
  for (int i = 1; i < 300; ++i) alphabet += ",x" + std::to_string(i);
  const Run wide =
      eigenmata({"simulate", "-e", "<x299>.*", "-a", alphabet, "--final-states", "/dev/null"}, "x299 x0\nx0 x299\n");
  CHECK(wide.exit == 0);
  CHECK(wide.out.find("accept  x299 x0\nreject  x0 x299\n") == 0);
  const Run one = eigenmata({"simulate", "-e", ".*", "-a", "a", "--random", "3", "--length", "100000", "--json"});
  CHECK(Printed(one).number("accepted") == 3);
}

TEST_CASE("many words are not all shown, and words cut into blocks are whole again") {
  const TemporaryFolder folder;
  const std::string word = repeated("10", 1'100'000);
  const Run run =
      eigenmata({"simulate", "parity", folder.write("w", word + "1\n" + word + "\n" + repeated("0\n", 200))});
  CHECK(run.out.find("accept  10101010101010101010 … 0101010101 (2200001 letters)\nreject  ") == 0);
  CHECK(run.out.find("... and 102 more words") != std::string::npos);
  CHECK(run.out.find("202 words, 4400201 symbols, 1 accepted") != std::string::npos);
}

TEST_CASE("files and options that make no sense") {
  const TemporaryFolder folder;
  const std::string words = folder.write("w", "01\n");
  check_refused(eigenmata({"simulate", "parity", words, "--word", "01"}), "found 2 arguments");
  check_refused(eigenmata({"simulate", "parity", folder / "missing"}), "cannot read");
  check_refused(eigenmata({"simulate", "parity", folder / "."}), "it is a directory");
  check_refused(eigenmata({"simulate", "parity", words, "--verdicts", "/dev/full"}), "No space left");
  check_refused(eigenmata({"simulate", "parity", words, "--verdicts", folder / "no/v"}), "cannot write");
  check_refused(eigenmata({"simulate", "parity", words, "--engine", "fastest"}), "--engine");
  check_refused(eigenmata({"simulate", "-", "--format", "json"}), "standard input");
  check_refused(eigenmata({"simulate", "parity", words, "--semantics", "float:bf16"}), "an automaton computes");
  check_refused(eigenmata({"simulate", "parity", words, "--json", "--verdicts", "-"}), "--json");
  // A word that is refused leaves no file of verdicts behind.
  check_refused(eigenmata({"simulate", "parity", folder.write("x", "01\n2\n"), "--verdicts", folder / "v"}), "x:2:1");
  CHECK(folder.files().size() == 2);
}

TEST_CASE("limits end a run with what was done") {
  const auto begin = std::chrono::steady_clock::now();
  const Run run =
      eigenmata({"simulate", "parity", "--random", "1000000000000", "--length", "50", "--time-limit", "0.3", "--json"});
  CHECK(run.exit == 20);
  CHECK(Printed(run).text("verdict") == "unknown");
  CHECK(Printed(run).number("words") > 1000);
  const Run stopped =
      run_program(EIGENMATA_PROGRAM, {"simulate", "parity", "--random", "1000000000000", "--length", "50"}, "", 300);
  CHECK(stopped.exit == 20);
  CHECK(stopped.out.find("unknown: interrupted; this is what was done until then\n") != std::string::npos);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("simulate writes the states of automata as an array that NumPy reads") {
  const TemporaryFolder folder;
  const std::string file = folder / "states.npy";
  const Run run =
      eigenmata({"simulate", "-e", "(aa)*", "-a", "ab", folder.write("words", "aab\n\naaa\n"), "--trajectories", file});
  REQUIRE(run.exit == 0);
  const Run numpy =
      run_program("/usr/bin/python3", {"-c",
                                       "import numpy, sys\n"
                                       "a = numpy.load(sys.argv[1])\n"
                                       "print(a.dtype, a.shape)\n"
                                       "print(a[0] == a[2] == a[4] == a[5] == a[7], a[1] == a[6] == a[8])\n"
                                       "print(len(set(a.tolist())))\n",
                                       file});
  CHECK(numpy.out == "uint32 (9,)\nTrue True\n3\n");
  // Against the final states, over words that are cut between blocks, too.
  std::string text;
  for (std::size_t i = 0; i < 2'500'000; ++i) text += "ab"[i * i % 7 % 2];
  const std::string word = folder.write("long", text);
  REQUIRE(eigenmata({"simulate", "-e", "(a|b)*b(a|b){3}", word, "--trajectories", file, "--final-states",
                     folder / "final", "--quiet"})
              .exit == 0);
  const std::string array = read_file(file);
  REQUIRE(array.size() == 128 + 4 * (text.size() + 1));
  std::uint32_t last = 0;
  for (unsigned i = 0; i < 4; ++i)
    last |= std::uint32_t{static_cast<unsigned char>(array[array.size() - 4 + i])} << (8 * i);
  CHECK(read_file(folder / "final") == std::to_string(last) + "\n");

  CHECK(eigenmata({"simulate", "-e", "a*", "--word", "a", "--trajectories", "-"}).exit == 2);
  CHECK(eigenmata({"simulate", "-e", "a*", "--word", "a", "--trajectories", file, "--trace"}).exit == 2);
  CHECK(eigenmata({"simulate", "-e", "a*", "--word", "b", "--trajectories", folder / "none"}).exit == 2);
  CHECK_FALSE(fs::exists(folder / "none"));
}

}  // namespace
}  // namespace eigenmata::testing

// SPDX-License-Identifier: Apache-2.0
//
// Bad input is normal input: one clear message with the place, exit code 2, nothing on stdout, no file left behind.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

void check_refused(const Run& run, const std::string& part_of_message) {
  CHECK(run.exit == 2);
  CHECK(run.out.empty());
  CHECK(run.err.find(part_of_message) != std::string::npos);
  // One message: one line.
  CHECK(std::count(run.err.begin(), run.err.end(), '\n') == 1);
}

TEST_CASE("bad usage") {
  check_refused(eigenmata({"nonsense"}), "nonsense");
  check_refused(eigenmata({"classify"}), "a language");
  check_refused(eigenmata({"classify", "parity", "mod-3"}), "a language");
  check_refused(eigenmata({"classify", "parity", "--nonsense"}), "--nonsense");
  check_refused(eigenmata({"compile", "parity"}), "--to");
  check_refused(eigenmata({"compile", "parity", "--to", "nonsense"}), "nonsense");
  check_refused(eigenmata({"compile", "parity", "--to", "householder[1,-1]"}), "empty");
  check_refused(eigenmata({"compile", "parity", "--to", "rank-one", "--layers", "-1"}), "--layers");
  check_refused(eigenmata({"compile", "parity", "--to", "rank-one", "--minimise", "beauty"}), "beauty");
  check_refused(eigenmata({"compile", "parity", "--to", "rank-one", "--semantics", "vague"}), "vague");
  check_refused(eigenmata({"check", "parity", "parity"}), "parity");
  check_refused(eigenmata({"convert", "parity"}), "-o");
  check_refused(eigenmata({"convert", "parity", "-o", "x.unknown"}), "format");
  check_refused(eigenmata({"list", "nonsense"}), "nonsense");
  check_refused(eigenmata({"list", "search"}), "'search' cannot be listed");  // once taken for a second command
  check_refused(eigenmata({"classify", "check"}), "'check'");
  CHECK(eigenmata({}).exit == 2);
}

TEST_CASE("languages that cannot be read") {
  const TemporaryFolder folder;
  check_refused(eigenmata({"classify", "no-such-language"}), "no-such-language");
  check_refused(eigenmata({"classify", "../secret"}), "../secret");
  check_refused(eigenmata({"classify", folder.path().string()}), "format");
  check_refused(eigenmata({"classify", folder.path().string(), "--format", "att"}), "directory");
  check_refused(eigenmata({"classify", "-"}), "--format");
  check_refused(eigenmata({"classify", folder.write("x.xyz", "")}), "--format");
  check_refused(eigenmata({"classify", "parity", "--format", "xyz"}), "xyz");
}

TEST_CASE("regular expressions with errors name the column") {
  check_refused(eigenmata({"classify", "-e", "(ab"}), "regex:1:1");
  check_refused(eigenmata({"classify", "-e", "ab)"}), "regex:1:3");
  check_refused(eigenmata({"classify", "-e", ""}), "empty");
  check_refused(eigenmata({"classify", "-e", "()"}), "alphabet");
  check_refused(eigenmata({"classify", "-e", "a*", "-a", ""}), "alphabet");
  check_refused(eigenmata({"classify", "-e", "a*", "-a", "aa"}), "twice");
  check_refused(eigenmata({"classify", "-e", "abc", "-a", "ab"}), "regex:1:3");
}

TEST_CASE("files that are cut off or overwritten decide nothing") {
  const TemporaryFolder folder;
  for (const std::string format : {"json", "dot", "jff", "gap"}) {
    CAPTURE(format);
    REQUIRE(eigenmata({"convert", "flip-flop", "-o", folder / ("whole." + format)}).exit == 0);
    const std::string whole = read_file(folder / ("whole." + format));
    const std::string cut = folder.write("cut." + format, whole.substr(0, whole.size() * 2 / 3));
    const std::string place = "cut." + format + ":";
    check_refused(eigenmata({"decide", cut, "--class", "dense"}), place);
    check_refused(eigenmata({"decide", cut, "--json"}), place);
    check_refused(eigenmata({"decide", "--matrix", "parity", cut}), place);
    std::string overwritten = whole;
    overwritten.replace(whole.size() / 2, 4, std::string("\0\xff\x01\xfe", 4));
    check_refused(eigenmata({"decide", folder.write("over." + format, overwritten)}), "over." + format + ":");
  }
  // AT&T files have no end to miss: what is left of one that is cut off between lines is a file.
  const std::string noise = folder.write("noise.att", std::string("\xbd\xe8\x05 1 a\n0 1 b\n", 12));
  check_refused(eigenmata({"decide", noise, "--class", "dense"}), "noise.att:1");
  check_refused(eigenmata({"decide", "--matrix", noise}), "noise.att:1");
}

TEST_CASE("files with errors name the line") {
  const TemporaryFolder folder;
  check_refused(eigenmata({"classify", folder.write("a.att", "0 1 a\n1 x b\n")}), "a.att:2:3");
  check_refused(eigenmata({"classify", folder.write("b.att", "")}), "without states");
  check_refused(eigenmata({"classify", folder.write("c.att", "0 1 a 3\n")}), "c.att:1:7");
  check_refused(eigenmata({"classify", folder.write("a.dot", "digraph { 0 -> 1 ")}), "a.dot:1");
  check_refused(eigenmata({"classify", folder.write("a.jff", "<structure><type>fa</type>")}), "a.jff:1");
  check_refused(eigenmata({"classify", folder.write("a.gap", "# initial 1 accepting 1\n[Transformation([1,3])]\n")}),
                "a.gap:2");
  const std::string head = R"({"format": "eigenmata-language", "version": 1, "alphabet": ["a"], )";
  check_refused(
      eigenmata({"classify", folder.write("zero.json",
                                          head + R"("states": 0, "initial": 0, "accepting": [], "transitions": []})")}),
      "without states");
  check_refused(eigenmata({"classify", folder.write("double.json", head + R"("states": 1, "initial": 0, "accepting": [],
                           "transitions": [[0, "a", 0], [0, "a", 0]]})")}),
                "double.json:2");
  check_refused(
      eigenmata({"classify", folder.write("missing.json", head + R"("states": 2, "initial": 0, "accepting": [],
                           "transitions": [[0, "a", 0]]})")}),
      "no transition");
  check_refused(eigenmata({"classify", folder.write("letters.json",
                                                    R"({"format": "eigenmata-language", "version": 1, "alphabet": [],
                           "states": 1, "initial": 0, "accepting": [], "transitions": []})")}),
                "alphabet is empty");
}

TEST_CASE("a line of two gigabytes is refused without being read") {
  const TemporaryFolder folder;
  const std::string path = folder.write("huge.att", "");
  fs::resize_file(path, std::uintmax_t{2} << 30);  // sparse: it takes no room
  check_refused(eigenmata({"classify", path}), "MiB");
  const std::string long_line = folder.write("long.att", "0 1 " + std::string(std::size_t{20} << 20, 'a') + "\n");
  check_refused(eigenmata({"classify", long_line}), "long.att:1");
  check_refused(eigenmata_check({path}), "huge.att");
}

TEST_CASE("models that do not fit are refused with the place") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  REQUIRE(eigenmata({"compile", "ab-star", "--to", "rank-one", "-o", model}).exit == 0);
  const std::string good = read_file(model);
  const auto broken = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return folder.write("broken.json", text);
  };
  check_refused(eigenmata({"check", broken("\"dimension\": 3", "\"dimension\": 4"), "ab-star"}), "broken.json:");
  check_refused(eigenmata({"check", broken("\"start\": [\"1\"", "\"start\": [\"1/0\""), "ab-star"}), "denominator 0");
  check_refused(eigenmata({"check", broken("\"start\": [\"1\"", "\"start\": [NaN"), "ab-star"}), "broken.json:");
  check_refused(eigenmata({"check", broken("\"start\": [\"1\"", "\"start\": [0.5"), "ab-star"}), "exact");
  check_refused(eigenmata({"check", broken("\"class\": \"rank-one:2\"", "\"class\": \"rank-one:1\""), "ab-star"}),
                "class");
  check_refused(eigenmata({"check", broken("\"accept\": [\"accept\"]", "\"accept\": [\"maybe\"]"), "ab-star"}),
                "maybe");
  check_refused(eigenmata({"check", folder.write("cut.json", good.substr(0, good.size() / 2)), "ab-star"}),
                "cut.json:");
  check_refused(eigenmata({"check", folder.write("empty.json", ""), "ab-star"}), "empty.json:");
}

TEST_CASE("truncated certificates are unreadable, wrong ones are not proved") {
  const TemporaryFolder folder;
  const std::string certificate = folder / "c.cert";
  REQUIRE(eigenmata({"compile", "ab-star", "--to", "rank-one", "--certificate", certificate}).exit == 0);
  const std::string good = read_file(certificate);
  check_refused(eigenmata_check({folder.write("cut.cert", good.substr(0, good.size() - 8))}), "cut.cert");
  std::string wrong = good;
  const std::size_t step = wrong.rfind("step 2 2");
  REQUIRE(step != std::string::npos);
  wrong.replace(step, 8, "step 2 1");
  const Run run = eigenmata_check({folder.write("wrong.cert", wrong)});
  CHECK(run.exit == 10);
  CHECK(run.out.find("wrong.cert:") != std::string::npos);
}

TEST_CASE("an error leaves no file behind and overwrites none") {
  const TemporaryFolder folder;
  const std::string model = folder.write("m.json", "keep me");
  CHECK(eigenmata({"compile", "-e", "(a", "--to", "rank-one", "-o", model}).exit == 2);
  CHECK(eigenmata({"compile", "parity", "--to", "mamba", "-o", model}).exit == 10);
  CHECK(eigenmata(
            {"compile", "parity", "--to", "rank-one", "-o", model, "--certificate", folder / "no/such/folder/c.cert"})
            .exit == 2);
  CHECK(read_file(model) == "keep me");
  CHECK(folder.files().size() == 1);
}

TEST_CASE("a full disk is an error, not a success") {
  const Run run = eigenmata({"compile", "parity", "--to", "rank-one", "-o", "/dev/full"});
  CHECK(run.exit == 2);
  CHECK(run.err.find("/dev/full") != std::string::npos);
}

TEST_CASE("where one of two files has no room, the other does not appear") {
  const TemporaryFolder folder;
  for (const std::string semantics : {"exact", "int:8"}) {
    const Run run = eigenmata({"compile", "parity", "--to", "diagonal[-1,1]", "--semantics", semantics, "-o",
                               "/dev/full", "--certificate", folder / "certificate"});
    CAPTURE(semantics, run.err);
    CHECK(run.exit == 2);
    CHECK_FALSE(std::filesystem::exists(folder / "certificate"));
  }
}

TEST_CASE("words with foreign letters name line and column") {
  const TemporaryFolder folder;
  check_refused(eigenmata({"simulate", "parity", folder.write("w.txt", "0101\n01x1\n")}), "w.txt:2:3");
  check_refused(eigenmata({"simulate", "parity", "--word", "012"}), "--word");
}

}  // namespace
}  // namespace eigenmata::testing

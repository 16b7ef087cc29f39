// SPDX-License-Identifier: Apache-2.0
//
// The program as scripts see it: exit codes, and what is said where. Partly in this process, partly as a
// process.
#include "checker/program.hpp"

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support.hpp"

namespace eigenmata::checker {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("eigenmata-check-" + std::to_string(std::rand()))) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_;
};

struct Said {
  int code;
  std::string out;
  std::string err;
};

Said say(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = run(arguments, out, err);
  return {code, out.str(), err.str()};
}

constexpr const char* kParityModel = R"({"format": "eigenmata-model", "version": 1, "class": "diagonal[-1,1]",
  "numbers": "rational", "alphabet": ["a", "b"], "accepts_empty": true, "layers": [{"dimension": 1, "start": [1],
  "letters": {"a": {"A": {"diagonal": [-1]}}, "b": {"A": {"diagonal": [1]}}}, "outputs": ["odd", "even"],
  "decoder": {"affine": {"weights": [1], "constant": 0, "thresholds": [0], "outputs": ["odd", "even"]}}}],
  "accept": ["even"]})";

constexpr const char* kDigitsModel = R"({"format": "eigenmata-model", "version": 1, "class": "diagonal[0,1]",
  "numbers": "rational", "alphabet": ["0", "1", "hold"], "accepts_empty": false, "layers": [{"dimension": 1,
  "start": ["-1"], "letters": {"0": {"A": {"diagonal": ["1/4"]}, "B": ["-3/4"]}, "1": {"A": {"diagonal": ["1/4"]},
  "B": ["3/4"]}, "hold": {"A": {"diagonal": ["1"]}}}, "outputs": ["no", "yes"], "decoder": {"affine": {"weights": ["1"],
  "constant": "0", "thresholds": ["0", "3/4"], "outputs": ["no", "yes", "no"]}}}], "accept": ["yes"]})";

TEST_CASE("what is said when all is proved", "[checker][program]") {
  const Folder folder;
  const std::string cert = folder.write("p.cert", samples().at("parity"));
  const Said alone = say({cert});
  CHECK(alone.code == 0);
  CHECK(alone.err.empty());
  CHECK(alone.out ==
        "proved: the network (1 layer, dimension 1) accepts exactly the words that the automaton accepts: 2 "
        "points, "
        "2 letters, 4 transitions checked; every matrix is diagonal[-1,1]\n"
        "no language was named: only the automaton written in the certificate was compared\n");
  const Said whole = say({cert, "-e", "b*(ab*ab*)*", "--model", folder.write("p.json", kParityModel)});
  CHECK(whole.code == 0);
  CHECK_THAT(whole.out, Catch::Contains("\nproved: the automaton accepts the language of \"b*(ab*ab*)*\"\n") &&
                            Catch::Contains("\nproved: the network is the one of ") &&
                            !Catch::Contains("no language was named"));
  const Said quiet = say({cert, "--quiet"});
  CHECK(quiet.code == 0);
  CHECK(quiet.out.empty());
  CHECK_THAT(say({folder.write("t.cert", samples().at("two layers"))}).out,
             Catch::Contains("(2 layers, dimensions 1 and 1)"));
  const Said layers = say({folder.write("c.cert", samples().at("cascade")), "-e", "(.*b)?c*a(b|c)*", "-a", "abc"});
  CHECK(layers.code == 0);
  CHECK_THAT(layers.out, Catch::Contains(": 4 regions, 6 contexts, 3 letters, checked layer by layer; every matrix is "
                                         "householder[-1,1]:2\n") &&
                             Catch::Contains("\nproved: the automaton accepts the language of "));
  CHECK_THAT(say({folder.write("l.cert", samples().at("last is a"))}).out, Catch::Contains("(no layers)"));
}

TEST_CASE("what is said when something is not proved", "[checker][program]") {
  const Folder folder;
  const std::string cert = folder.write("p.cert", samples().at("parity"));
  const Said other = say({cert, "-e", "b*"});
  CHECK(other.code == 10);
  CHECK(other.err.empty());
  CHECK(other.out == "not proved: " + cert +
                         ":8: rule 8: the automaton and the language of \"b*\" differ; a shortest difference is "
                         "\"aa\" (2 letters), which only the automaton accepts\n");
  CHECK_THAT(say({cert, "-e", "b*(ab*ab*)*|c"}).out, Catch::Contains("\"c\" (1 letter), which only the language has"));
  CHECK_THAT(say({cert, "-e", "b*(ab*ab*)*&.+"}).out, Catch::Contains("the empty word (0 letters)"));
  CHECK(say({cert, "-e", "b*(ab*ab*)*", "-a", "cba"}).code == 0);

  const Said broken = say({folder.write("q.cert", with_line(samples().at("parity"), 14, "start 0:2"))});
  CHECK(broken.code == 10);
  CHECK_THAT(broken.out, Catch::Contains("q.cert:26: rule 1: point 0 has the vector 0:1 at layer 1"));
  CHECK(say({folder.write("q.cert", with_line(samples().at("parity"), 14, "start 0:2")), "--quiet"}).out.empty());

  const std::string digits = folder.write("d.cert", samples().at("digits"));
  CHECK(say({digits, "-e", "(.*<0>)?<hold>*<1><hold>*", "-a", "0,1,hold"}).code == 0);
  CHECK(say({digits, "-e", "(.*<0>)?<hold>*<1>", "-a", "0,1,hold"}).code == 10);
  CHECK(say({digits, "--model", folder.write("m.json", kDigitsModel)}).code == 0);
  CHECK(say({digits, "--model", folder.write("m.json", kParityModel)}).code == 10);
  const std::size_t step = line_number(samples().at("digits"), "step 0 1 2");
  const Said leaves = say({folder.write("q.cert", with_line(samples().at("digits"), step, "step 0 1 3"))});
  CHECK(leaves.code == 10);
  CHECK_THAT(leaves.out,
             Catch::Contains("q.cert:" + std::to_string(step) + ": rule 3: layer 1: region 0 under letter"));

  std::string model = kParityModel;
  model.replace(model.find("\"diagonal\": [1]"), 15, "\"diagonal\": [2]");
  const Said different = say({cert, "--model", folder.write("m.json", model)});
  CHECK(different.code == 10);
  CHECK_THAT(different.out, Catch::Contains(":18: rule 8: the network is not the one of ") &&
                                Catch::Contains("letter \"b\": the diagonal differs") && !Catch::Contains("\nproved"));
}

TEST_CASE("an unreadable input outweighs a verdict", "[checker][program]") {
  const Folder folder;
  const std::string good = folder.write("p.cert", samples().at("parity"));
  const std::string broken = folder.write("q.cert", with_line(samples().at("parity"), 14, "start 0:2"));
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{folder.write("e.cert", "")},
                                             {folder.write("z.cert", std::string("\0", 1))},
                                             {broken, "-e", "a|"},
                                             {broken, "no-such-language"},
                                             {broken, folder.write("x.json", "{")},
                                             {broken, folder.write("x.att", "q")},
                                             {broken, folder.write("x.dot", "digraph {}")},
                                             {good, "--model", folder.write("m.json", "{}")},
                                             {good, "--model", "/nonexistent"},
                                             {"/nonexistent"},
                                             {"/tmp"},
                                             {},
                                             {good, "--frobnicate"}}) {
    const Said said = say(arguments);
    CHECK(said.code == 2);
    CHECK(said.out.empty());
    CHECK(said.err.substr(0, 17) == "eigenmata-check: ");
    CHECK(said.err.back() == '\n');
    CHECK(said.err.find('\n') == said.err.size() - 1);
  }
}

TEST_CASE("help and version", "[checker][program]") {
  CHECK_THAT(say({"--help"}).out, Catch::Contains("usage: eigenmata-check CERT [LANG]"));
  CHECK(say({"--help"}).code == 0);
  CHECK(say({"--version"}).out.substr(0, 16) == "eigenmata-check ");
}

TEST_CASE("an answer that cannot be written is no proof", "[checker][program]") {
  const Folder folder;
  const std::string cert = folder.write("p.cert", samples().at("parity"));
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  std::ostringstream err;
  CHECK(run({cert}, out, err) == 2);
  CHECK_THAT(err.str(), Catch::Contains("cannot be written"));
}

#ifdef EIGENMATA_CHECK_PROGRAM
/// The exit code of a shell command with the program in place of %.
int shell(std::string command) {
  for (std::size_t at = command.find('%'); at != std::string::npos; at = command.find('%')) {
    command.replace(at, 1, EIGENMATA_CHECK_PROGRAM);
  }
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_CASE("the process itself", "[checker][program]") {
  const Folder folder;
  const std::string cert = folder.write("p.cert", samples().at("parity"));
  CHECK(shell("% " + cert + " >/dev/null") == 0);
  CHECK(shell("% - <" + cert + " >/dev/null") == 0);
  CHECK(shell("printf '0 0 b\\n0 1 a\\n1 1 b\\n1 0 a\\n0\\n' | % " + cert + " - --format att >/dev/null") == 0);
  CHECK(shell("% " + cert + " -e 'b*' >/dev/null") == 10);
  CHECK(shell("% " + cert + ".not 2>/dev/null") == 2);
  CHECK(shell("% " + cert + " >/dev/full 2>/dev/null") == 2);
  CHECK(shell("% " + cert + " >&- 2>/dev/null") == 2);
  CHECK(shell("% - <&- 2>/dev/null") == 2);
}
#endif

}  // namespace
}  // namespace eigenmata::checker

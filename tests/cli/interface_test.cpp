// SPDX-License-Identifier: Apache-2.0
//
// What scripts may rely on: exit codes, and the keys of --json.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

TEST_CASE("classify prints the keys that scripts rely on") {
  const Run run = eigenmata({"classify", "tomita-4", "--json"});
  REQUIRE(run.exit == 0);
  CHECK(run.err.empty());
  const Printed out(run);
  CHECK(out.number("states") == 4);
  CHECK(letters(out.at("alphabet")) == "0 1");
  CHECK(out.at("monoid").at("size").index(100, "size") == 12);
  CHECK(out.at("monoid").at("idempotents").index(100, "idempotents") == 8);
  CHECK(out.at("periods").size() == 1);
  CHECK(out.at("period_witness").is_null());
  CHECK(out.at("properties").at("aperiodic").string() == "yes");
  CHECK(out.at("properties").at("group").string() == "no");
  CHECK(out.at("properties").at("commutative").string() == "no");
}

TEST_CASE("the period witness of parity is periodic with period 2") {
  const Printed out(eigenmata({"classify", "parity", "--json"}));
  const auto witness = out.at("period_witness");
  CHECK(witness.at("period").index(100, "period") == 2);
  std::string base = letters(witness.at("prefix"));
  const std::string repeat = letters(witness.at("repeat"));
  CHECK(repeat == "1");
  CHECK(out.at("properties").at("commutative").string() == "yes");
}

TEST_CASE("check prints verdict, reachable states and counterexample") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  REQUIRE(eigenmata({"compile", "parity", "--to", "rank-one", "-o", model}).exit == 0);
  const Run yes = eigenmata({"check", model, "parity", "--json"});
  CHECK(yes.exit == 0);
  CHECK(Printed(yes).text("verdict") == "yes");
  CHECK(Printed(yes).number("reachable_states") == 2);
  CHECK(Printed(yes).at("counterexample").is_null());
  CHECK(Printed(yes).at("exact_up_to").is_null());
  const Run no = eigenmata({"check", model, "-e", "(0|1)*1", "--json"});
  CHECK(no.exit == 10);
  CHECK(Printed(no).text("verdict") == "no");
  CHECK(letters(Printed(no).at("counterexample")) == "1 0");
  const Run up_to = eigenmata({"check", model, "parity", "--up-to", "1", "--json"});
  CHECK(up_to.exit == 20);
  CHECK(Printed(up_to).number("exact_up_to") == 1);
}

TEST_CASE("check writes a certificate that the independent program accepts") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  const std::string certificate = folder / "m.cert";
  REQUIRE(eigenmata({"compile", "dyck-1-depth-3", "--to", "dense", "-o", model}).exit == 0);
  REQUIRE(eigenmata({"check", model, "dyck-1-depth-3", "--certificate", certificate}).exit == 0);
  CHECK(eigenmata_check({certificate, "dyck-1-depth-3", "--model", model}).exit == 0);
}

TEST_CASE("equal says yes, or gives a shortest difference") {
  CHECK(eigenmata({"equal", "-e", "(ab)*", "-e", "()|a(ba)*b"}).exit == 0);
  const Run no = eigenmata({"equal", "ab-star", "-e", "(ab){0,2}", "--json"});
  CHECK(no.exit == 10);
  CHECK(letters(Printed(no).at("counterexample")) == "a b a b a b");
  // As sets of words: a letter that does not occur makes no difference.
  CHECK(eigenmata({"equal", "-e", "a*", "-e", "a*", "-a", "ab"}).exit == 0);
  CHECK(eigenmata({"equal", "-e", "a*", "-e", "(a|b)*"}).exit == 10);
}

TEST_CASE("convert goes through every format and back") {
  const TemporaryFolder folder;
  for (const std::string format : {"att", "dot", "jff", "json", "gap"}) {
    INFO(format);
    const std::string file = folder / ("t." + format);
    REQUIRE(eigenmata({"convert", "t3", "-o", file}).exit == 0);
    CHECK(eigenmata({"equal", "t3", file}).exit == 0);
    const Run piped = eigenmata({"convert", "t3", "-o", "-", "--as", format});
    CHECK(piped.exit == 0);
    CHECK(piped.out == read_file(file));
    CHECK(eigenmata({"classify", "-", "--format", format}, piped.out).exit == 0);
  }
}

TEST_CASE("simulate runs models and languages over words") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  REQUIRE(eigenmata({"compile", "ab-star", "--to", "rank-one", "-o", model}).exit == 0);
  const std::string words = "\nab\nabab\naba\nb\n";
  for (const std::string& machine : {std::string("ab-star"), model}) {
    const Run run = eigenmata({"simulate", machine, "--json"}, words);
    REQUIRE(run.exit == 0);
    CHECK(Printed(run).number("words") == 5);
    CHECK(Printed(run).number("symbols") == 10);
    CHECK(Printed(run).number("accepted") == 3);
    const Run stream = eigenmata({"simulate", machine, "--stream", "--json"}, "ab\nab\nab\n");
    CHECK(Printed(stream).number("words") == 1);
    CHECK(Printed(stream).number("symbols") == 6);
    CHECK(Printed(stream).number("accepted") == 1);
    CHECK(Printed(eigenmata({"simulate", machine, "--word", "ab", "--word", "ba", "--json"})).number("accepted") == 1);
  }
  CHECK(eigenmata({"simulate", model, folder.write("w", words)}).out.find("accept  abab") != std::string::npos);
  CHECK(eigenmata({"simulate", model, "--word", "ab", "--trace"}).out.find("(0, 1, 0)") != std::string::npos);
}

TEST_CASE("show draws automata and spectra") {
  const TemporaryFolder folder;
  CHECK(eigenmata({"show", "parity"}).out.find("> ") != std::string::npos);
  CHECK(eigenmata({"show", "parity", "--as", "dot"}).out.find("doublecircle") != std::string::npos);
  const std::string model = folder / "m.json";
  REQUIRE(eigenmata({"compile", "mod-5", "--to", "rank-one", "-o", model}).exit == 0);
  // The letter a turns a cycle of five: the fifth roots of unity.
  CHECK(eigenmata({"show", model}).out.find("e(1/5)") != std::string::npos);
  CHECK(eigenmata({"show", model, "--word", "aaaaa"}).out.find("eigenvalues 1") != std::string::npos);
  CHECK(eigenmata({"show", model, "-o", folder / "m.svg"}).exit == 0);
  CHECK(read_file(folder / "m.svg").find("</svg>") != std::string::npos);
  CHECK(eigenmata({"show", model, "--as", "dot"}).exit == 2);
  CHECK(eigenmata({"show", model, "--egg-box"}).exit == 2);
  CHECK(eigenmata({"show", "ab-star", "--egg-box"}).out.find("idempotent") != std::string::npos);
  CHECK(eigenmata({"show", "ab-star", "--egg-box", "--as", "dot"}).out.find("digraph egg_boxes") == 0);
}

TEST_CASE("list knows what there is") {
  const Run languages = eigenmata({"list", "--json"});
  REQUIRE(languages.exit == 0);
  CHECK(Printed(languages).at("items").size() >= 60);
  for (const std::string kind :
       {"languages", "classes", "architectures", "semantics", "formats", "groups", "theorems", "references"}) {
    INFO(kind);
    const Run run = eigenmata({"list", kind, "--json"});
    CHECK(run.exit == 0);
    CHECK(Printed(run).at("items").size() >= 2);
    CHECK(eigenmata({"list", kind}).exit == 0);
  }
}

TEST_CASE("what is not built yet answers 20 and says so") {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"search", "--structure", "diagonal-real", "--format", "f32"},
                                             {"compile", "parity", "--to", "rank-one", "--semantics", "cast:-1,1"}}) {
    INFO(arguments[0]);
    const Run run = eigenmata(arguments);
    CHECK(run.exit == 20);
    CHECK(run.out.find("not built yet") != std::string::npos);
  }
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"compile", "parity", "--to", "ttt-linear"}, {"decide", "parity", "--class", "ttt-linear"}}) {
    const Run run = eigenmata(arguments);
    CHECK(run.exit == 20);
    CHECK(run.out.find("not linear in the state") != std::string::npos);
    CHECK(run.out.find("not built yet") == std::string::npos);
  }
}

TEST_CASE("a bound that no construction meets is unknown, not no") {
  const Run run = eigenmata({"compile", "psl-2-7-points", "--to", "householder[-1,1]:2", "--layers", "2", "--json"});
  CHECK(run.exit == 20);
  CHECK(Printed(run).text("verdict") == "unknown");
  CHECK(eigenmata({"compile", "flip-flop", "--to", "householder[-1,1]"}).exit == 0);
  CHECK(eigenmata({"compile", "parity", "--to", "rank-one", "--layers", "0"}).exit == 20);
}

TEST_CASE("help and version") {
  CHECK(eigenmata({"--version"}).out.rfind("eigenmata ", 0) == 0);
  for (const std::string command :
       {"classify", "compile", "check", "equal", "convert", "simulate", "search", "show", "list"}) {
    INFO(command);
    CHECK(eigenmata({"help", command}).exit == 0);
    CHECK(eigenmata({command, "--help"}).exit == 0);
  }
  CHECK(eigenmata({"help", "nothing"}).exit == 2);
  CHECK(eigenmata_check({"--version"}).exit == 0);
  CHECK(eigenmata_check({"--help"}).exit == 0);
}

}  // namespace
}  // namespace eigenmata::testing

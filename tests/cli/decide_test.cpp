// SPDX-License-Identifier: Apache-2.0
//
// `eigenmata decide`, the refusals of `compile` that rest on it, and the table of many languages.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "eigenmata/core/random.hpp"
#include "eigenmata/core/text.hpp"
#include "program.hpp"

namespace eigenmata::cli {
namespace {

using testing::eigenmata;
using testing::Printed;
using testing::Run;
using testing::TemporaryFolder;

TEST_CASE("one cell: the verdict is the exit code", "[decide]") {
  const Run no = eigenmata({"decide", "parity", "--class", "diagonal[0,1]", "--json"});
  CHECK(no.exit == 10);
  const Printed printed_no(no);
  const core::JsonCursor row = printed_no.at("rows")[0];
  CHECK(row.at("class").string() == "diagonal[0,1]");
  CHECK(row.at("layers").string() == "any");
  CHECK(row.at("semantics").string() == "exact");
  CHECK(row.at("verdict").string() == "no");
  CHECK(row.at("theorem").string() == "star-free-digits");
  CHECK(row.at("witness").at("period").index(100, "period") == 2);
  CHECK(row.at("constructed").is_null());

  const Run yes = eigenmata({"decide", "s5-swaps", "--class", "deltanet[-1,1]", "--layers", "1", "--json"});
  CHECK(yes.exit == 0);
  const Printed printed_yes(yes);
  CHECK(printed_yes.at("rows")[0].at("constructed").at("factors_per_token").index(100, "factors") == 1);
  CHECK(printed_yes.at("rows")[0].at("layers").index(100, "layers") == 1);

  CHECK(eigenmata({"decide", "ab-star", "--class", "diagonal[0,1]", "--layers", "1"}).exit == 10);
  CHECK(eigenmata({"decide", "ab-star", "--class", "diagonal[0,1]", "--layers", "2"}).exit == 0);
  CHECK(eigenmata({"decide", "flip-flop", "--class", "mamba"}).exit == 10);
  CHECK(eigenmata({"decide", "flip-flop", "--class", "mamba[0,1]"}).exit == 0);
  CHECK(eigenmata({"decide", "parity", "--class", "diagonal[0,1]", "--semantics", "uint:8"}).exit == 0);
  CHECK(eigenmata({"decide", "-e", "(..)*a", "-a", "ab", "--class", "diagonal{-1,0}"}).exit == 0);
}

TEST_CASE("an automaton of thousands of states, in little memory", "[decide]") {
  // Its monoid and the sets of its decompositions cannot be listed: once that is known it is not tried again.
  constexpr std::size_t kStates = 1'500;
  core::Random random(1);
  std::string automaton;
  for (std::size_t q = 0; q < kStates; ++q) {
    for (const char* letter : {"a", "b"})
      automaton += std::to_string(q) + ' ' + std::to_string(random.below(kStates)) + ' ' + letter + '\n';
    if (q % 3 == 0) automaton += std::to_string(q) + '\n';
  }
  const TemporaryFolder folder;
  const Run json = eigenmata({"decide", folder.write("random.att", automaton), "--json"});
  REQUIRE(json.exit == 0);
  const Printed printed(json);
  const core::JsonCursor rows = printed.at("rows");
  std::size_t built = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) built += rows[i].at("constructed").is_null() ? 0 : 1;
  CHECK(built >= 10);  // by one-hot vectors and rank-one products
}

TEST_CASE("the table has a row for every cell, and says what was built", "[decide]") {
  const Run json = eigenmata({"decide", "mod-3", "--json"});
  REQUIRE(json.exit == 0);
  const Printed printed(json);
  const core::JsonCursor rows = printed.at("rows");
  CHECK(rows.size() >= 100);
  std::size_t built = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string verdict = rows[i].at("verdict").string();
    CHECK((verdict == "yes" || verdict == "no" || verdict == "unknown"));
    CHECK_FALSE(rows[i].at("reason").string().empty());
    CHECK(rows[i].at("theorem").is_null() == (verdict == "unknown"));
    CHECK(rows[i].at("witness").is_null() == (verdict != "no"));
    if (!rows[i].at("constructed").is_null()) ++built;
  }
  CHECK(built >= 10);
  const Run text = eigenmata({"decide", "mod-3", "--explain"});
  CHECK(text.exit == 0);
  CHECK(text.out.find("householder[-1,1]:2        yes*") != std::string::npos);
  CHECK(text.out.find("  no       1 layer, 2 layers, 4 layers, any number of layers") != std::string::npos);
  CHECK(text.out.find("[unit-groups]") != std::string::npos);
}

TEST_CASE("compile says no with the theorem where there is no network", "[decide]") {
  const Run no = eigenmata({"compile", "parity", "--to", "diagonal[0,1]", "--json"});
  CHECK(no.exit == 10);
  CHECK(Printed(no).text("verdict") == "no");
  CHECK(Printed(no).text("theorem") == "star-free-digits");
  CHECK(eigenmata({"compile", "mod-3", "--to", "householder[-1,1]:1", "--layers", "1"}).exit == 10);
  CHECK(eigenmata({"compile", "parity", "--to", "mamba"}).exit == 10);
  CHECK(eigenmata({"compile", "flip-flop", "--to", "householder[-1,1]"}).exit == 0);
}

TEST_CASE("many languages against a few classes", "[decide]") {
  const TemporaryFolder folder;
  for (const char* name : {"parity", "flip-flop"})
    REQUIRE(eigenmata({"convert", name, "-o", folder / (std::string(name) + ".att")}).exit == 0);
  const Run text = eigenmata({"decide", "--matrix", folder.path().string(), "mod-3", "-e", "(a,b)*"});
  REQUIRE(text.exit == 0);
  CHECK(text.out.find("mod-3") != std::string::npos);

  const Run csv = eigenmata({"decide", "--matrix", "parity", "-e", "(a,b)*", "--as", "csv"});
  REQUIRE(csv.exit == 0);
  CHECK(csv.out.find("\n\"(a,b)*\",") != std::string::npos);
  CHECK(csv.out.find("\nparity,2,no,no,no,no,no,yes,yes,") != std::string::npos);

  const Run json = eigenmata({"decide", "--matrix", "parity", "mod-3", "--json"});
  REQUIRE(json.exit == 0);
  const Printed printed(json);
  CHECK(printed.at("rows").size() == 2);
  CHECK(printed.at("rows")[1].at("verdicts").size() == printed.at("columns").size());

  REQUIRE(eigenmata({"decide", "--matrix", "parity", "-e", "a<b>", "-o", folder / "table.html"}).exit == 0);
  const std::string html = testing::read_file(folder / "table.html");
  CHECK(html.find("<td>a&lt;b&gt;</td>") != std::string::npos);
  CHECK(html.find("</html>") != std::string::npos);
}

TEST_CASE("a language that meets a limit gets unknowns, the others their verdicts", "[decide]") {
  const Run run =
      eigenmata({"decide", "--matrix", "-e", "(a|b)*a(a|b){30}", "parity", "--memory-limit", "20", "--as", "csv"});
  CHECK(run.exit == 0);
  CHECK(run.out.find("\nparity,2,no,") != std::string::npos);
  CHECK(run.out.find(",?,unknown,unknown,") != std::string::npos);
}

TEST_CASE("a network whose rounded states are closed is a yes in its arithmetic", "[decide]") {
  const auto decide = [](const std::string& language, const std::string& c, const std::string& semantics) {
    return eigenmata({"decide", language, "--class", c, "--semantics", semantics, "--layers", "1", "--json"});
  };
  for (const std::string semantics : {"float:bf16", "float:e2m1", "float:e4m3,pytorch-loop", "fixed:2.3", "int:4"}) {
    CAPTURE(semantics);
    const Run parity = decide("parity", "diagonal[-1,1]", semantics);
    CHECK(parity.exit == 0);
    const Printed cells(parity);
    CHECK(cells.at("rows")[0].at("theorem").string() == "numeric-closure");
    CHECK(cells.at("rows")[0].at("constructed").at("layers").index(10, "layers") == 1);
  }
  CHECK(decide("s3-word-problem", "householder[-1,1]:2", "float:bf16").exit == 0);
  // Its keys are no numbers of a format when they are normalised; without signs rounding is monotone.
  CHECK(decide("s3-word-problem", "householder[-1,1]:2", "float:bf16,fla-recurrent").exit == 20);
  CHECK(decide("parity", "diagonal[0,1]", "float:bf16").exit == 10);
}

TEST_CASE("bad questions", "[decide]") {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"decide"},
                                             {"decide", "parity", "--class", "diag"},
                                             {"decide", "parity", "--class", "diagonal[0,2]"},
                                             {"decide", "parity", "--class", "diagonal[0,1]", "--layers", "0"},
                                             {"decide", "parity", "--class", "diagonal[0,1]", "--layers", "x"},
                                             {"decide", "parity", "--class", "diagonal[0,1]", "--semantics", "exakt"},
                                             {"decide", "parity", "--layers", "2"},
                                             {"decide", "parity", "mod-3"},
                                             {"decide", "no-such-language"},
                                             {"decide", "parity", "--class", "diagonal{0"},
                                             {"decide", "parity", "--class", "diagonal{e(1/4294967299)}"},
                                             {"compile", "parity", "--to", "triangular[0,1"},
                                             {"decide", "--matrix", "parity", "--json", "--as", "csv"},
                                             {"decide", "--matrix", "parity", "--as", "xml"},
                                             {"decide", "--matrix", "parity", "--class", "dense"}}) {
    CAPTURE(core::in_quotes(arguments.back()));
    const Run run = eigenmata(arguments);
    CHECK(run.exit == 2);
    CHECK(run.out.empty());
    CHECK_FALSE(run.err.empty());
  }
}

}  // namespace
}  // namespace eigenmata::cli

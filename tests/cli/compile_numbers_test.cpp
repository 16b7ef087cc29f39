// SPDX-License-Identifier: Apache-2.0
//
// `compile --semantics`: networks in floats and integers, proved again by the program that shares no code.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

TEST_CASE("networks in numbers of finitely many bits are compiled, certified and re-proved") {
  struct Case {
    const char *language, *target, *semantics, *pass;
    std::size_t layers;
  };
  for (const Case& c :
       {Case{"mod-8", "diagonal{0,1}", "uint:3", "wrap-around", 1},
        Case{"mod-8", "constant{1}", "uint:8", "wrap-around", 1},
        Case{"mod-8", "diagonal[-1,1]", "uint:2", "wrap-around", 3},
        Case{"parity-since-reset", "diagonal[0,1]", "uint:4", "wrap-around", 2},
        Case{"s5-swaps", "householder[-1,1]", "float:bf16", "permuted-points", 1},
        Case{"t3", "rank-one", "int:4", "one-hot", 1}, Case{"mod-8", "diagonal{0,1}", "int:3,wrap", "wrap-around", 1},
        Case{"mod-4", "diagonal-complex", "float:bf16", "phases", 1},
        Case{"s4-word-problem", "diagonal-complex", "float:bf16", "rounded-turns", 3},
        Case{"mod-7", "diagonal-complex", "float:e3m2", "rounded-turns", 1},
        Case{"parity", "diagonal[-1,1]", "fixed:2.2", "signs-and-digits", 1}}) {
    const TemporaryFolder folder;
    const std::string model = folder / "m.json";
    const std::string certificate = folder / "m.cert";
    INFO(c.language << " " << c.target << " " << c.semantics);
    const Run run = eigenmata({"compile", c.language, "--to", c.target, "--semantics", c.semantics, "-o", model,
                               "--certificate", certificate, "--json", "--explain"});
    INFO(run.out << run.err);
    REQUIRE(run.exit == 0);
    const Printed report(run);
    CHECK(report.number("layers") == c.layers);
    CHECK(report.text("pass") == c.pass);
    CHECK(report.at("offers").size() >= 1);
    CHECK(eigenmata_check({certificate, c.language, "--model", model}).exit == 0);
    CHECK(eigenmata({"check", model, c.language, "--semantics", c.semantics}).exit == 0);
    CHECK(eigenmata_check({certificate, "mod-5", "--model", model}).exit == 10);
  }
}

TEST_CASE("what is built in an arithmetic is decided there") {
  const auto decided = [](const std::string& language, const std::string& target, const std::string& semantics) {
    return eigenmata({"decide", language, "--class", target, "--semantics", semantics}).exit;
  };
  CHECK(decided("mod-3", "diagonal-complex", "float:bf16") == 0);
  CHECK(decided("mod-3", "diagonal-complex", "float:e2m1") == 20);
  CHECK(decided("s5-swaps", "householder[-1,1]:1", "float:bf16") == 0);
  CHECK(decided("mod-8", "diagonal{0,1}", "uint:3") == 0);
  CHECK(decided("mod-3", "diagonal[-1,1]", "float:bf16") == 10);
}

TEST_CASE("what an arithmetic cannot hold is refused with the theorem, and nothing is written") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  const Run run =
      eigenmata({"compile", "mod-3", "--to", "diagonal[0,1]", "--semantics", "uint:8", "-o", model, "--json"});
  CHECK(run.exit == 10);
  CHECK(Printed(run).text("theorem") == "wrap-around");
  CHECK_FALSE(fs::exists(model));
  // Rounding spoils what is built for exact arithmetic: digits of more bits than there are.
  const Run rounded =
      eigenmata({"compile", "dyck-2-depth-4", "--to", "diagonal[0,1]", "--semantics", "float:e2m1", "-o", model});
  CHECK(rounded.exit == 20);
  CHECK_FALSE(fs::exists(model));
  CHECK(eigenmata({"compile", "parity", "--to", "rank-one", "--semantics", "uint:63"}).exit == 20);
  CHECK(eigenmata({"compile", "parity", "--to", "rank-one", "--semantics", "uint:8", "--coq", model}).exit == 2);
}

}  // namespace
}  // namespace eigenmata::testing

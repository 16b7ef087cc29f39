// SPDX-License-Identifier: Apache-2.0
//
// The main job end to end: a language in, certified weights out, re-proved by the program that shares no code.
#include "eigenmata/automata/language.hpp"
#include "program.hpp"

namespace eigenmata::testing {
namespace {

TEST_CASE("the word problem of A5 is compiled, certified and re-proved") {
  const TemporaryFolder folder;
  const std::string model = folder / "a5.json";
  const std::string certificate = folder / "a5.cert";
  const Run compiled = eigenmata(
      {"compile", "a5-word-problem", "--to", "rank-one", "-o", model, "--certificate", certificate, "--json"});
  REQUIRE(compiled.exit == 0);
  const Printed report(compiled);
  CHECK(report.number("layers") == 1);
  // A5 rotates an icosahedron: dimension 3, and every rotation needs rank 2.
  CHECK(report.number("dimension") == 3);
  CHECK(report.number("factors_per_token") == 2);
  CHECK(report.at("lower_bound").at("factors_per_token").index(100, "bound") == 2);
  CHECK(report.at("verified").boolean());
  CHECK(report.at("per_layer").size() == 1);
  CHECK(eigenmata_check({certificate, "a5-word-problem"}).exit == 0);
  CHECK(eigenmata_check({certificate, "a5-word-problem", "--model", model}).exit == 0);
  CHECK(eigenmata_check({certificate, "s3-word-problem"}).exit == 10);
  const Run checked = eigenmata({"check", model, "a5-word-problem", "--json"});
  CHECK(checked.exit == 0);
  CHECK(Printed(checked).number("reachable_states") == 60);
}

TEST_CASE("a regular expression is compiled, certified and re-proved") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  const std::string certificate = folder / "m.cert";
  const std::string regex = "(a|b)*a(a|b){3}&~(.*bb.*)";
  REQUIRE(eigenmata({"compile", "-e", regex, "--to", "rank-one", "-o", model, "--certificate", certificate}).exit == 0);
  CHECK(eigenmata_check({certificate, "-e", regex, "--model", model}).exit == 0);
  CHECK(eigenmata_check({certificate, "-e", "(a|b)*a(a|b){3}"}).exit == 10);
  CHECK(eigenmata({"check", model, "-e", regex}).exit == 0);
}

TEST_CASE("an AT&T file is compiled, certified and re-proved") {
  const TemporaryFolder folder;
  const std::string file = folder.write("m.att", "0 1 a\n1 2 b\n2 0 c\n0 0 <eps>\n0\n");
  const std::string model = folder / "m.json";
  const std::string certificate = folder / "m.cert";
  REQUIRE(eigenmata({"compile", file, "--to", "rank-one", "-o", model, "--certificate", certificate}).exit == 0);
  CHECK(eigenmata_check({certificate, file, "--model", model}).exit == 0);
  CHECK(eigenmata_check({certificate, "-e", "(abc)*"}).exit == 0);
  CHECK(eigenmata_check({certificate, "-e", "(acb)*"}).exit == 10);
}

TEST_CASE("every language of the catalogue is compiled to rank-one factors and re-proved") {
  const auto names = automata::catalogue_names();
  REQUIRE(names.size() >= 60);
  for (const std::string& name : names) {
    const TemporaryFolder folder;
    const std::string certificate = folder / "c.cert";
    const std::string model = folder / "m.json";
    INFO(name);
    REQUIRE(eigenmata({"compile", name, "--to", "rank-one", "-o", model, "--certificate", certificate}).exit == 0);
    REQUIRE(eigenmata_check({certificate, name, "--model", model}).exit == 0);
  }
}

TEST_CASE("permutation automata are compiled to reflections and re-proved") {
  for (const std::string name :
       {"parity", "mod-6", "s3-word-problem", "a5-word-problem", "s5-swaps", "z60-word-problem", "q8-word-problem"}) {
    const TemporaryFolder folder;
    const std::string certificate = folder / "c.cert";
    INFO(name);
    REQUIRE(eigenmata({"compile", name, "--to", "householder[-1,1]", "--certificate", certificate}).exit == 0);
    REQUIRE(eigenmata_check({certificate, name}).exit == 0);
  }
  // The identity and ten transpositions, acting on five numbers: one reflection a token.
  const Run swaps = eigenmata({"compile", "s5-swaps", "--to", "householder[-1,1]:1", "--json"});
  REQUIRE(swaps.exit == 0);
  CHECK(Printed(swaps).number("factors_per_token") == 1);
  CHECK(Printed(swaps).number("dimension") == 5);
}

TEST_CASE("networks over a number field are compiled, certified and re-proved") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  const std::string certificate = folder / "m.cert";
  REQUIRE(eigenmata({"compile", "a5-points", "--to", "householder[-1,1]:2", "-o", model, "--certificate", certificate})
              .exit == 0);
  CHECK(read_file(certificate).find("\nnumbers field x^2-5 2 3 sqrt(5)\n") != std::string::npos);
  CHECK(eigenmata_check({certificate, "a5-points", "--model", model}).exit == 0);
  CHECK(eigenmata({"check", model, "a5-points"}).exit == 0);
  CHECK(eigenmata({"check", model, "a5-word-problem"}).exit != 0);
  std::string changed = read_file(model);
  const std::size_t at = changed.find("1/2*sqrt(5)");
  REQUIRE(at != std::string::npos);
  changed.replace(at, 11, "1/3*sqrt(5)");
  CHECK(eigenmata_check({certificate, "a5-points", "--model", folder.write("other.json", changed)}).exit == 10);
  std::string reducible = read_file(certificate);
  reducible.replace(reducible.find("x^2-5 2 3"), 9, "x^2-4 2 3");
  CHECK(eigenmata_check({folder.write("reducible.cert", reducible), "a5-points"}).exit == 2);
  // A certificate found by exploring a model is over the model's field.
  const std::string found = folder / "found.cert";
  REQUIRE(eigenmata({"check", model, "a5-points", "--certificate", found}).exit == 0);
  CHECK(eigenmata_check({found, "a5-points", "--model", model}).exit == 0);
}

TEST_CASE("every encoding of one language passes the independent checker") {
  for (const std::string encoding : {"one-hot", "reduced"}) {
    for (const std::string target : {"rank-one", "dense", "householder[-1,1]"}) {
      const TemporaryFolder folder;
      INFO(encoding << " " << target);
      const std::string certificate = folder / "c.cert";
      REQUIRE(eigenmata(
                  {"compile", "s3-word-problem", "--to", target, "--encoding", encoding, "--certificate", certificate})
                  .exit == 0);
      REQUIRE(eigenmata_check({certificate, "s3-word-problem"}).exit == 0);
    }
  }
}

}  // namespace
}  // namespace eigenmata::testing

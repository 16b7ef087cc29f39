// SPDX-License-Identifier: Apache-2.0
//
// Where published statements disagree, a network decides: those of proofs/networks, as proofs/expressivity.md tells it.
#include <catch2/catch.hpp>
#include <string>

#include "program.hpp"

namespace eigenmata::cli {
namespace {

using testing::eigenmata;
using testing::Run;

std::string network(const char* name) { return std::string(EIGENMATA_SOURCE_DIR "/proofs/networks/") + name; }

bool prints(const Run& run, const char* text) { return run.out.find(text) != std::string::npos; }

TEST_CASE("two layers of reflections count modulo 3", "[disagreements]") {
  const std::string model = network("mod-3-by-reflections.json");
  CHECK(eigenmata({"check", model, "mod-3"}).exit == 0);
  const Run spectra = eigenmata({"show", model});
  CHECK(prints(spectra, "class householder[-1,1]:1"));
  CHECK(prints(spectra, "eigenvalues 1 (x2), -1"));
  CHECK_FALSE(prints(spectra, "e("));
  CHECK(eigenmata({"decide", "mod-3", "--class", "householder[-1,1]:1", "--layers", "2"}).exit == 0);
  CHECK(eigenmata({"decide", "mod-3", "--class", "householder[-1,1]:1", "--layers", "1"}).exit == 10);
  CHECK(eigenmata({"decide", "mod-3", "--class", "triangular[-1,1]"}).exit == 10);
}

TEST_CASE("nilpotent letters, and a word with the eigenvalue -1", "[disagreements]") {
  const std::string model = network("abab-by-nilpotent-letters.json");
  CHECK(eigenmata({"check", model, "-e", "(abab)*"}).exit == 0);
  CHECK(prints(eigenmata({"show", model}), "eigenvalues 0 (x2)"));
  CHECK_FALSE(prints(eigenmata({"show", model}), "-1"));
  CHECK(prints(eigenmata({"show", model, "--word", "ab"}), "eigenvalues 0, -1"));
  CHECK(eigenmata({"decide", "-e", "(abab)*", "--class", "triangular[0,1]"}).exit == 10);
}

TEST_CASE("idempotent letters that turn", "[disagreements]") {
  const std::string model = network("turns-by-idempotent-letters.json");
  CHECK(eigenmata({"check", model, "-e", "e*(f+e+f+e+)*"}).exit == 0);
  CHECK(prints(eigenmata({"show", model}), "eigenvalues 1 (x2), 0 (x2)"));
  CHECK(prints(eigenmata({"show", model, "--word", "fe"}), "-1"));
  CHECK(eigenmata({"decide", "-e", "e*(f+e+f+e+)*", "--class", "diagonal[0,1]"}).exit == 10);
}

}  // namespace
}  // namespace eigenmata::cli

// SPDX-License-Identifier: Apache-2.0
//
// `compile --coq`: the file that it writes for one language is the one in proofs/checker/examples, which Coq checks in
// `make proofs`. This test needs no Coq.
#include "program.hpp"

namespace eigenmata::testing {
namespace {

std::string text_of(const std::string& file) {
  std::ifstream in(file);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("the Coq file of a certificate is the one that Coq checks with the proofs") {
  const TemporaryFolder folder;
  const std::string file = folder / "abab_star.v";
  REQUIRE(eigenmata({"compile", "abab-star", "--to", "rank-one", "--coq", file}).exit == 0);
  CHECK(text_of(file) == text_of(EIGENMATA_SOURCE_DIR "/proofs/checker/examples/abab_star.v"));
}

TEST_CASE("--coq refuses a certificate of regions, and writes nothing") {
  const TemporaryFolder folder;
  const std::string file = folder / "refused.v";
  const Run run = eigenmata({"compile", "ends-with-ab", "--to", "diagonal[0,1]", "--coq", file});
  CHECK(run.exit == 2);
  CHECK(run.err.find("--coq is for certificates of kind points") != std::string::npos);
  CHECK_FALSE(fs::exists(file));
}

}  // namespace
}  // namespace eigenmata::testing

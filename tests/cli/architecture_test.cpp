// SPDX-License-Identifier: Apache-2.0
//
// `compile --to ARCHITECTURE`: parameters for each token, a token that writes the start, limits of gates; both programs
// prove the claim, and a certificate whose tie is broken is not proved.
#include <catch2/catch.hpp>
#include <string>

#include "program.hpp"

namespace eigenmata::cli {
namespace {

using testing::eigenmata;
using testing::eigenmata_check;
using testing::Printed;
using testing::read_file;
using testing::Run;
using testing::TemporaryFolder;

TEST_CASE("an architecture by name: built, tied, proved twice", "[architecture]") {
  const TemporaryFolder folder;
  const std::string model = folder / "m.json";
  const std::string cert = folder / "c.cert";
  const Run run = eigenmata({"compile", "flip-flop", "--to", "deltanet", "-o", model, "--certificate", cert, "--json"});
  REQUIRE(run.exit == 0);
  const Printed printed(run);
  CHECK(printed.text("architecture") == "deltanet");
  CHECK(printed.at("reads_bos").boolean());
  CHECK(printed.at("limits").size() == 0);
  const core::JsonCursor rows = printed.at("parameters");
  REQUIRE(rows.size() == 4);  // the first token and three letters
  CHECK(rows[0].at("token").is_null());
  CHECK(rows[3].at("token").string() == "hold");
  CHECK(rows[3].at("steps")[0].at("beta").string() == "1/2");
  CHECK(read_file(model).find("\"bos\"") != std::string::npos);
  CHECK(eigenmata_check({cert, "flip-flop", "--model", model}).exit == 0);
  // Its states are infinitely many: looking at them all finds no difference, and no end.
  CHECK(eigenmata({"check", model, "flip-flop", "--time-limit", "1"}).exit == 20);
  CHECK(eigenmata({"show", model}).exit == 0);

  // The idle step of the letter that holds, at its limit 0: the same map, but no DeltaNet.
  std::string broken = read_file(cert);
  const std::size_t idle = broken.find("factor 1/2 | 1:1\n");
  REQUIRE(idle != std::string::npos);
  broken.replace(idle, 10, "factor 0");
  const Run refused = eigenmata_check({folder.write("broken.cert", broken), "flip-flop"});
  CHECK(refused.exit == 10);
  CHECK(refused.out.find("hold") != std::string::npos);
}

TEST_CASE("limits are told with the logits from which rounding reaches them", "[architecture]") {
  const Run run = eigenmata({"compile", "parity", "--to", "deltanet[-1,1]"});
  CHECK(run.exit == 0);
  CHECK(run.out.find("beta = 2 is a limit of 2 sigmoid(z)") != std::string::npos);
  CHECK(run.out.find("z >= 17.32868 in f32, z >= 6.25 in bf16") != std::string::npos);
  const Run unlimited = eigenmata({"compile", "-e", "(a|b)*a(a|b)", "--to", "mamba"});
  CHECK(unlimited.out.find("every gate lies inside its range") != std::string::npos);
}

TEST_CASE("what an architecture cannot hold is refused; what is not of its form is unknown", "[architecture]") {
  const Run no = eigenmata({"compile", "parity", "--to", "deltaproduct:2", "--json"});
  CHECK(no.exit == 10);
  CHECK(Printed(no).text("theorem") == "householder-star-free");
  const Run open = eigenmata({"compile", "-e", "(a|b)*a(a|b)", "--to", "mamba3"});
  CHECK(open.exit == 20);
  CHECK(open.out.find("no function of the token alone") != std::string::npos);
  const Run decided = eigenmata({"decide", "-e", "(a|b)*a(a|b)", "--class", "gated-deltanet", "--json"});
  CHECK(Printed(decided).at("rows")[0].at("constructed").at("layers").index(9, "layers") == 1);
  CHECK(Printed(eigenmata({"decide", "-e", "(a|b)*a(a|b)", "--class", "mamba3", "--json"}))
            .at("rows")[0]
            .at("constructed")
            .is_null());
}

TEST_CASE("offers that say the same are listed once", "[architecture]") {
  const Run run = eigenmata({"compile", "a5-points", "--to", "householder[-1,1]", "--explain"});
  const std::size_t first = run.out.find("    representation:frame");
  if (first != std::string::npos) {
    const std::string line = run.out.substr(first, run.out.find('\n', first) - first + 1);
    CHECK(run.out.find(line, first + 1) == std::string::npos);
  }
}

}  // namespace
}  // namespace eigenmata::cli

// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

namespace eigenmata::testing {
namespace {

TEST_CASE("derive answers claim by claim, as text and as JSON", "[derive]") {
  const Run text = eigenmata({"derive", "legendre", "--N", "4"});
  CHECK(text.exit == 0);
  CHECK(text.out.find("exact: Q; N = 1..4") != std::string::npos);
  const Run json = eigenmata({"derive", "legendre.orthogonality", "--json"});
  CHECK(json.exit == 0);
  const Printed printed(json);
  REQUIRE(printed.at("claims").size() == 1);
}

TEST_CASE("what derive cannot mean is an error that lists what it can", "[derive]") {
  const Run unknown = eigenmata({"derive", "hypo"});
  CHECK(unknown.exit == 2);
  CHECK(unknown.out.empty());
  CHECK(unknown.err.find("legendre") != std::string::npos);
  CHECK(eigenmata({"derive", "legendre", "--N", "0"}).exit == 2);
  CHECK(eigenmata({"derive", "legendre", "--N", "-1"}).exit == 2);
  CHECK(eigenmata({"derive", "legendre", "--dtype", "f33"}).exit == 2);
  CHECK(eigenmata({"derive", "legendre", "--bits", "3"}).exit == 2);
}

TEST_CASE("a size that one of many claims is not about leaves that one open", "[derive]") {
  CHECK(eigenmata({"derive", "hippo.fout.seam", "--N", "6"}).exit == 2);
  const Run both = eigenmata({"derive", "hippo.fout.seam", "legendre", "--N", "6"});
  CHECK(both.exit == 20);
  CHECK(both.out.find("0 not, 1 unknown") != std::string::npos);
}

TEST_CASE("a limit leaves claims open", "[derive]") {
  CHECK(eigenmata({"derive", "legendre", "--N", "3000", "--time-limit", "0.2"}).exit == 20);
}

}  // namespace
}  // namespace eigenmata::testing

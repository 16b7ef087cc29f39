// SPDX-License-Identifier: Apache-2.0
#include "program.hpp"

namespace eigenmata::testing {
namespace {

TEST_CASE("search finds counters that never drift, or proves that there are none") {
  const std::vector<std::string> fp4{"search", "--structure", "diagonal-complex", "--format", "e2m1", "--json"};
  const Run all = eigenmata(fp4);
  CHECK(all.exit == 0);
  CHECK(Printed(all).at("found").size() == 10);
  CHECK(Printed(all).number("searched") == 120);
  CHECK(Printed(all).at("exhaustive").boolean());
  auto with = fp4;
  with.insert(with.end(), {"--period", "5"});
  CHECK(eigenmata(with).exit == 0);
  with.back() = "3";
  const Run none = eigenmata(with);
  CHECK(none.exit == 10);
  CHECK(Printed(none).at("found").size() == 0);
  CHECK(eigenmata({"search", "--structure", "diagonal-real", "--format", "e4m3", "--period", "3"}).exit == 10);
  CHECK(eigenmata({"search", "--structure", "diagonal-real", "--format", "e4m3", "--period", "2"}).exit == 0);
}

TEST_CASE("search says what it does not know") {
  CHECK(eigenmata({"search", "--structure", "householder-pair", "--format", "e2m1"}).exit == 20);
  CHECK(eigenmata({"search", "--structure", "diagonal-complex", "--format", "bf16"}).exit == 20);
  CHECK(eigenmata({"search", "--structure", "vague", "--format", "e2m1"}).exit == 2);
  CHECK(eigenmata({"search", "--structure", "diagonal-complex", "--format", "fp8"}).exit == 2);
  CHECK(eigenmata({"search", "--format", "e2m1"}).exit == 2);
}

}  // namespace
}  // namespace eigenmata::testing

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/error.hpp"

#include <catch2/catch.hpp>

namespace eigenmata::core {
namespace {

TEST_CASE("a place leaves out what is unknown", "[error]") {
  CHECK(to_string(Place{"f.json"}) == "f.json");
  CHECK(to_string(Place{"f.json", 3}) == "f.json:3");
  CHECK(to_string(Place{"f.json", 3, 7}) == "f.json:3:7");
  CHECK(to_string(Place{"f.json", 0, 7}) == "f.json");  // a column without a line means nothing
}

TEST_CASE("an error says where before it says what, and keeps its place", "[error]") {
  const Error error({"f.json", 3, 7}, "too many corners");
  CHECK(error.what() == std::string("f.json:3:7: too many corners"));
  CHECK(error.place() == Place{"f.json", 3, 7});
  CHECK(Error("no place").what() == std::string("no place"));
  CHECK(Error("no place").place() == Place{});
}

}  // namespace
}  // namespace eigenmata::core

// SPDX-License-Identifier: Apache-2.0
#include "checker/json.hpp"

#include <catch2/catch.hpp>

#include "checker/error.hpp"

namespace eigenmata::checker {
namespace {

std::string fault_of(const std::string& text) {
  try {
    const JsonDocument document(text, "x");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("values and their places", "[checker][json]") {
  const JsonDocument json("{\"a\": [1, -2.5e+10, null],\n  \"é\\u00e9\\ud83d\\ude00\\n\": {\"b\": true}, \"c\": false}",
                          "x");
  const JsonValue& root = json.root();
  const auto& list = json.array(json.need(root, "a"), "a");
  REQUIRE(list.size() == 3);
  CHECK(list[0].text == "1");
  CHECK(list[1].text == "-2.5e+10");
  CHECK(list[2].kind == JsonValue::Kind::kNull);
  CHECK(json.place(list[1]) == "x:1:11");
  const JsonValue& inner = json.need(root, "éé\xF0\x9F\x98\x80\n");
  CHECK(json.place(inner) == "x:2:28");
  CHECK(json.boolean(json.need(inner, "b"), "b"));
  CHECK_FALSE(json.boolean(json.need(root, "c"), "c"));
  CHECK(json.find(root, "d") == nullptr);
  CHECK_THROWS_WITH(json.need(root, "d"), "x:1:1: the key \"d\" is missing");
  CHECK_THROWS_WITH(json.require_keys(root, {"a", "c"}), Catch::Contains("unknown key"));
  CHECK_THROWS_WITH(json.count(list[1], "n"), Catch::Contains("x:1:11: n must be an integer"));
}

TEST_CASE("texts that are JSON", "[checker][json]") {
  for (const char* good : {"0", "-0", "[]", "{}", " [ ] ", "\"\"", "1.0e-7", "[[],{}]", "{\"\":0}", "\"\\u0000\"",
                           "\"\x7F\"", "1e999999999999"}) {
    CHECK(fault_of(good).empty());
  }
}

TEST_CASE("texts that are no JSON", "[checker][json]") {
  for (const char* bad : {"",
                          " ",
                          "[",
                          "]",
                          "[1,]",
                          "[,1]",
                          "[1 2]",
                          "{",
                          "{\"a\"}",
                          "{\"a\":}",
                          "{\"a\":1,}",
                          "{a:1}",
                          "{'a':1}",
                          "01",
                          "+1",
                          ".5",
                          "1.",
                          "1e",
                          "1e+",
                          "-",
                          "--1",
                          "nul",
                          "nulll",
                          "True",
                          "NaN",
                          "Infinity",
                          "\"",
                          "\"\\\"",
                          "\"\\x\"",
                          "\"\\u12\"",
                          "\"\\u12g4\"",
                          "\"\\ud800\"",
                          "\"\\udc00\"",
                          "\"\\ud800\\u0041\"",
                          "\"\\ud800\\ud800\"",
                          "\"\n\"",
                          "\"\t\"",
                          "\"\xFF\"",
                          "\"\xC0\x80\"",
                          "1 1",
                          "{} {}",
                          "[]]",
                          "/**/1",
                          "\xEF\xBB\xBF{}",
                          "[1}",
                          "{\"a\":1]",
                          "\v1",
                          "\xC2\xA0"
                          "1"}) {
    CAPTURE(bad);
    CHECK_FALSE(fault_of(bad).empty());
  }
  CHECK_FALSE(fault_of(std::string("1\0", 2)).empty());
  CHECK_FALSE(fault_of(std::string("\0", 1)).empty());
}

TEST_CASE("faults have a line and a column", "[checker][json]") {
  CHECK(fault_of("{\"a\": 1,\n \"é\": x}") == "x:2:7: expected a JSON value");
  CHECK(fault_of("{\"a\": 1,\n \"b\": 2, \"a\": 3}") == "x:2:10: the key \"a\" stands twice in this object");
  CHECK(fault_of("{\"a\": 1, \"\\u0061\": 3}") == "x:1:10: the key \"a\" stands twice in this object");
}

TEST_CASE("nesting is bounded", "[checker][json]") {
  CHECK(fault_of(std::string(64, '[') + std::string(64, ']')).empty());
  CHECK_THAT(fault_of(std::string(65, '[') + std::string(65, ']')), Catch::Contains("deeper than 64"));
  CHECK_THAT(fault_of(std::string(1'000'000, '[')), Catch::Contains("deeper than 64"));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK_THAT(fault_of(objects), Catch::Contains("deeper than 64"));
}

}  // namespace
}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/json.hpp"

#include <catch2/catch.hpp>

#include "eigenmata/core/text.hpp"
#include "support/property.hpp"
#include "support/random_objects.hpp"

namespace eigenmata::core {
namespace {

using namespace std::string_literals;
using Catch::Contains;
using Kind = Json::Kind;
using Layout = JsonWriter::Layout;

const std::string kSource = "f";

Json parsed(const std::string& text) { return parse_json({kSource, text}); }

/// Message of the refusal; "accepted" if there is none.
std::string refusal(const std::string& text) {
  try {
    (void)parsed(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

std::string place_of_refusal(const std::string& text) {
  try {
    (void)parsed(text);
  } catch (const Error& error) {
    return to_string(error.place());
  }
  return "accepted";
}

std::string text_of_number(const std::string& number) {
  const Json document = parsed("[" + number + "]");
  REQUIRE(document.items.size() == 1);
  CHECK(document.items[0].kind == Kind::kNumber);
  return document.items[0].text;
}

TEST_CASE("every kind of value is read", "[json]") {
  const Json document = parsed(R"([null, true, false, 12, "twelve", [], {"a": 1}])");
  REQUIRE(document.items.size() == 7);
  CHECK(document.items[0].kind == Kind::kNull);
  CHECK((document.items[1].kind == Kind::kBoolean && document.items[1].boolean));
  CHECK((document.items[2].kind == Kind::kBoolean && !document.items[2].boolean));
  CHECK((document.items[3].kind == Kind::kNumber && document.items[3].text == "12"));
  CHECK((document.items[4].kind == Kind::kString && document.items[4].text == "twelve"));
  CHECK((document.items[5].kind == Kind::kArray && document.items[5].items.empty()));
  CHECK((document.items[6].kind == Kind::kObject && document.items[6].keys.at(0).name == "a"));
  CHECK(parsed("7").text == "7");  // a document need not be a container
}

TEST_CASE("numbers keep the text that they have in the file", "[json]") {
  for (const std::string& number :
       {"0"s, "-0"s, "-12"s, "9007199254740993"s, "18446744073709551615"s, "18446744073709551616"s,
        "-9223372036854775809"s, "123456789012345678901234567890"s, "1.50"s, "0.1"s, "1E5"s, "1e+05"s, "-2.5e-3"s,
        "1e300"s, "1e-400"s, "0.1000000000000000055511151231257827021181583404541015625"s, std::string(300, '7')}) {
    CHECK(text_of_number(number) == number);
  }
  const Json document = parsed("[1\n,2]");  // a number may be the last of its line
  CHECK(document.items.at(0).text == "1");
  CHECK(document.items.at(1).text == "2");
  CHECK(parsed("123456").text == "123456");
}

TEST_CASE("numbers beyond the range of doubles are refused with advice", "[json]") {
  CHECK(refusal("[1, 1e400]") == "f:1:5: a number beyond the range of doubles; write it as a string");
  CHECK(refusal("[" + std::string(400, '9') + "]") ==
        "f:1:2: a number beyond the range of doubles; write it as a string");
}

TEST_CASE("what is not quite JSON is refused", "[json]") {
  for (const std::string& text : {""s,
                                  " "s,
                                  "["s,
                                  "]"s,
                                  "[1"s,
                                  "[1,]"s,
                                  "[,1]"s,
                                  "[1 2]"s,
                                  "{"s,
                                  R"({"a"})"s,
                                  R"({"a":})"s,
                                  R"({"a":1,})"s,
                                  "{a:1}"s,
                                  "{'a':1}"s,
                                  "{1:1}"s,
                                  "nul"s,
                                  "True"s,
                                  "NaN"s,
                                  "[nan]"s,
                                  "[NaN]"s,
                                  "[Infinity]"s,
                                  "[-Infinity]"s,
                                  "[inf]"s,
                                  "[01]"s,
                                  "[+1]"s,
                                  "[.5]"s,
                                  "[1.]"s,
                                  "[1e]"s,
                                  "[-]"s,
                                  "[0x10]"s,
                                  "[1_000]"s,
                                  "\"a"s,
                                  R"("\x41")"s,
                                  R"("\u12")"s,
                                  R"("\ud800")"s,
                                  R"("\udc00\ud800")"s,
                                  "[\"a\tb\"]"s,
                                  "[\"a\nb\"]"s,
                                  "// comment\n[]"s,
                                  "[] // comment"s,
                                  "/* comment */ []"s,
                                  "[1] x"s,
                                  "[1] ["s,
                                  "{} {}"s,
                                  "[1];"s,
                                  "[\xC2\xA0]"s}) {
    CAPTURE(text);
    CHECK_THAT(refusal(text), Contains("not JSON: "));
  }
}

TEST_CASE("invalid UTF-8, a byte-order mark and NUL bytes are refused", "[json]") {
  for (const std::string& bytes : {"\xFF"s, "\xC3"s, "\xC0\x80"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s}) {
    CAPTURE(bytes);
    CHECK_THAT(refusal("[\"" + bytes + "\"]"), Contains("not JSON"));
  }
  CHECK(refusal("\xEF\xBB\xBF[]") == "f:1:1: not JSON: a byte-order mark; JSON begins without one");
  CHECK(refusal("[1]\0"s) == "f:1:4: not JSON: a NUL byte");
  CHECK(refusal("[1]\n \0 and more"s) == "f:2:2: not JSON: a NUL byte");
  CHECK_THAT(refusal("[\"a\0b\"]"s), Contains("NUL"));
}

TEST_CASE("a message never holds the raw bytes of the input, nor all of a long one", "[json]") {
  for (const std::string& text : {"[\"\xFF\"]"s, "[\"\x1B[31m\"]"s, "[\"" + std::string(100'000, 'x')}) {
    const std::string message = refusal(text);
    CHECK_THAT(message, Contains("not JSON"));
    CHECK(message.size() < 500);
    CHECK(message.find_first_of("\xFF\x1B\n") == std::string::npos);
  }
}

TEST_CASE("an object with two equal keys is refused at the second", "[json]") {
  CHECK(refusal(R"({"a": 1, "b": {"a": 2}})") == "accepted");
  CHECK(refusal(R"([{"a": 1}, {"a": 1}])") == "accepted");
  CHECK(refusal(R"({"a": 1, "b": 2, "a": 1})") == "f:1:18: key 'a' stands twice in one object");
  CHECK(refusal(R"({"a": 1, "\u0061": 1})") == "f:1:10: key 'a' stands twice in one object");
  CHECK(refusal("{\"x\": [{\"\": 1,\n\"\": 1}]}") == "f:2:1: key '' stands twice in one object");
}

TEST_CASE("sixty-four levels are read, sixty-five refused, and a million too", "[json]") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(refusal(nested(64)) == "accepted");
  CHECK(refusal(nested(65)) == "f:1:65: nested deeper than 64");
  CHECK(refusal(std::string(1'000'000, '[')) == "f:1:65: nested deeper than 64");
  std::string objects;
  for (int i = 0; i < 65; ++i) objects += "{\"a\":";
  CHECK_THAT(refusal(objects + "1"), Contains("nested deeper than 64"));
}

TEST_CASE("values and keys know where they begin, in characters", "[json]") {
  const Json document = parsed("{ \"é\": [ 12,\n\n  \"x\\\"y\", true\n, null, -1.5e3\n],\n\"b\": {},\"c\":[]}");
  const JsonCursor root(document, kSource);
  CHECK(to_string(root.place()) == "f:1:1");
  CHECK(to_string(root.key_place(0)) == "f:1:3");
  const JsonCursor list = root.at("é");
  CHECK(to_string(list.place()) == "f:1:8");
  CHECK(to_string(list[0].place()) == "f:1:10");
  CHECK(to_string(list[1].place()) == "f:3:3");
  CHECK(to_string(list[2].place()) == "f:3:11");
  CHECK(to_string(list[3].place()) == "f:4:3");
  CHECK(to_string(list[4].place()) == "f:4:9");
  CHECK(to_string(root.key_place(1)) == "f:6:1");
  CHECK(to_string(root.at("b").place()) == "f:6:6");
  CHECK(to_string(root.at("c").place()) == "f:6:13");
}

TEST_CASE("refusals stand at what is wrong", "[json]") {
  CHECK(place_of_refusal("[1,]") == "f:1:4");
  CHECK(place_of_refusal("[\"é\" 2]") == "f:1:6");
  CHECK(place_of_refusal("[1,\n 2\n}") == "f:3:1");
  CHECK(place_of_refusal("[nan]") == "f:1:2");
  CHECK(place_of_refusal("[1, 01]") == "f:1:5");
  CHECK(place_of_refusal("[1] x") == "f:1:5");
  CHECK(place_of_refusal("[\"a\nb\"]") == "f:1:4");
  CHECK(place_of_refusal("[1\n") == "f:2:1");
  CHECK(place_of_refusal("") == "f:1:1");
}

TEST_CASE("accessors check the kind and say what they expected and found", "[json]") {
  const Json document = parsed(R"({"a": [1, -1, 1.0, "x", "1/2", null, true, 7, 18446744073709551615]})");
  const JsonCursor list = JsonCursor(document, kSource).at("a");
  CHECK(list.is_array());
  CHECK(list.size() == 9);
  CHECK(list[3].string() == "x");
  CHECK(list[6].boolean());
  CHECK(list[5].is_null());
  CHECK_THROWS_WITH(list[0].string(), "f:1:8: expected a string, found a number");
  CHECK_THROWS_WITH(list[3].boolean(), "f:1:20: expected true or false, found a string");
  CHECK_THROWS_WITH(list[3].size(), Contains("expected an array, found a string"));
  CHECK_THROWS_WITH(list.at("a"), Contains("expected an object, found an array"));

  CHECK(list[0].index(2, "the state") == 1);
  CHECK_THROWS_WITH(list[0].index(1, "the state"), "f:1:8: the state is 1; expected an integer from 0 to 0");
  CHECK_THROWS_WITH(list[1].index(5, "the state"), Contains("the state is -1; expected an integer from 0 to 4"));
  CHECK_THROWS_WITH(list[2].index(5, "the state"), Contains("is 1.0"));
  CHECK_THROWS_WITH(list[3].index(5, "the state"), Contains("expected a number, found a string"));
  CHECK_THROWS_WITH(list[0].index(0, "the state"), Contains("is 1"));
  CHECK_THROWS_AS(list[8].index(SIZE_MAX, "the state"), Error);  // the limit itself is not below the limit

  CHECK(list[1].exact_number() == "-1");
  CHECK(list[4].exact_number() == "1/2");
  CHECK_THROWS_WITH(list[2].exact_number(), "f:1:15: 1.0 is not exact; write it as a string, like \"1/2\"");
  CHECK_THROWS_WITH(list[5].exact_number(), Contains("expected an exact number like \"-63/625\", found null"));
}

TEST_CASE("members are found by name, and those of other names refused", "[json]") {
  const Json document = parsed(R"({"states": 2, "colour": "red"})");
  const JsonCursor root(document, kSource);
  CHECK(root.has("states"));
  CHECK_FALSE(root.has("state"));
  CHECK(root.at("colour").string() == "red");
  CHECK(root.key(1) == "colour");
  CHECK(root[1].string() == "red");
  CHECK_NOTHROW(root.allow_only({"colour", "states", "more"}));
  CHECK_THROWS_WITH(root.at("initial"), "f:1:1: key 'initial' is missing");
  CHECK_THROWS_WITH(root.allow_only({"states", "initial"}),
                    "f:1:15: unknown key 'colour'; known here: states, initial");
}

TEST_CASE("containers stand on lines of their own, inline ones on one line", "[json]") {
  JsonWriter json;
  json.begin_object();
  json.key("a").begin_array().integer(1).integer(2).end_array();
  json.key("b")
      .begin_array(Layout::kInline)
      .integer(1)
      .begin_object()
      .key("x")
      .null()
      .key("y")
      .boolean(true)
      .end_object();
  json.end_array();
  json.key("c").begin_object().end_object();
  json.key("d").begin_array().end_array();
  json.end_object();
  CHECK(json.take() == R"({
  "a": [
    1,
    2
  ],
  "b": [1, {"x": null, "y": true}],
  "c": {},
  "d": []
}
)");
}

TEST_CASE("integers up to 2^53 are numbers, larger ones strings", "[json]") {
  JsonWriter json;
  json.integers({0, 9007199254740992u, 9007199254740993u, UINT64_MAX});
  CHECK(json.take() == "[0, 9007199254740992, \"9007199254740993\", \"18446744073709551615\"]\n");
}

TEST_CASE("measured quantities are strings with six significant digits", "[json]") {
  JsonWriter json;
  json.begin_array(Layout::kInline).measured(0.123456789).measured(1234567.0).measured(0).end_array();
  CHECK(json.take() == "[\"0.123457\", \"1.23457e+06\", \"0\"]\n");
}

void write(JsonWriter& json, const Json& value, Random& random) {
  const Layout layout = random.one_in(2) ? Layout::kInline : Layout::kLines;
  switch (value.kind) {
    case Kind::kNull:
      json.null();
      break;
    case Kind::kBoolean:
      json.boolean(value.boolean);
      break;
    case Kind::kNumber:
      json.integer(std::stoull(value.text));
      break;
    case Kind::kString:
      json.string(value.text);
      break;
    case Kind::kArray:
      json.begin_array(layout);
      for (const Json& item : value.items) write(json, item, random);
      json.end_array();
      break;
    case Kind::kObject:
      json.begin_object(layout);
      for (std::size_t i = 0; i < value.items.size(); ++i) write(json.key(value.keys[i].name), value.items[i], random);
      json.end_object();
      break;
  }
}

Json random_value(Random& random, std::size_t depth) {
  Json value;
  value.kind = static_cast<Kind>(random.below(depth == 0 ? 4 : 6));
  value.boolean = value.kind == Kind::kBoolean && random.one_in(2);
  if (value.kind == Kind::kNumber) value.text = std::to_string(random.below(std::uint64_t{1} << random.between(1, 53)));
  if (value.kind == Kind::kString) {
    for (std::size_t i = random.below(6); i > 0; --i)
      value.text += to_utf8(static_cast<char32_t>(random.below(0xD800)));
  }
  if (value.kind != Kind::kArray && value.kind != Kind::kObject) return value;
  for (std::size_t i = random.below(5); i > 0; --i) {
    if (value.kind == Kind::kObject) value.keys.push_back({"key \"" + std::to_string(i) + "\"\n", 0, 0});
    value.items.push_back(random_value(random, depth - 1));
  }
  return value;
}

bool same(const Json& a, const Json& b) {
  if (a.kind != b.kind || a.boolean != b.boolean || a.text != b.text || a.items.size() != b.items.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (a.kind == Kind::kObject && a.keys[i].name != b.keys[i].name) return false;
    if (!same(a.items[i], b.items[i])) return false;
  }
  return true;
}

TEST_CASE("what the writer writes, the reader reads", "[json]") {
  EIGENMATA_SEEDED(random, 9);
  for (int i = 0; i < 2000; ++i) {
    const Json value = random_value(random, 4);
    JsonWriter json;
    write(json, value, random);
    const std::string text = json.take();
    CAPTURE(text);
    REQUIRE(same(value, parsed(text)));
    CHECK((text.back() == '\n' && text[text.size() - 2] != '\n'));
  }
}

TEST_CASE("strings of any bytes are written so that they read back, invalid ones replaced", "[json]") {
  testing::check_property("a quoted string reads back", 10, [](const std::string& bytes) {
    const Json document = parse_json({kSource, json_quoted(bytes)});
    std::vector<std::string_view> characters;
    if (split_characters(bytes, characters)) {
      RC_ASSERT(document.text == bytes);
    } else {
      RC_ASSERT(document.text.find("\uFFFD") != std::string::npos);
    }
  });
}

TEST_CASE("no text crashes the reader", "[json]") {
  const std::string pieces = "[]{},:\"\\u0a1-.eE truefalsn\n\xC3\xA9";
  testing::check_property("a text is read or refused with a place", 11, [&] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(pieces));
    try {
      (void)parse_json({kSource, text});
    } catch (const Error& error) {
      RC_ASSERT(error.place().line >= 1u);
      RC_ASSERT(error.place().column >= 1u);
    }
  });
}

}  // namespace
}  // namespace eigenmata::core

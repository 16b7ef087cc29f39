// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/text.hpp"

#include <catch2/catch.hpp>

#include "support/random_objects.hpp"

namespace eigenmata::core {
namespace {

using namespace std::string_literals;

/// UTF-8 by the table of RFC 3629, section 4, as plainly as it can be written: a model to test against.
bool is_one_character_by_the_rfc(const std::string& bytes) {
  const auto in = [&](std::size_t i, unsigned low, unsigned high) {
    const unsigned byte = static_cast<unsigned char>(bytes[i]);
    return byte >= low && byte <= high;
  };
  switch (bytes.size()) {
    case 1:
      return in(0, 0x00, 0x7F);
    case 2:
      return in(0, 0xC2, 0xDF) && in(1, 0x80, 0xBF);
    case 3:
      return ((in(0, 0xE0, 0xE0) && in(1, 0xA0, 0xBF)) || (in(0, 0xE1, 0xEC) && in(1, 0x80, 0xBF)) ||
              (in(0, 0xED, 0xED) && in(1, 0x80, 0x9F)) || (in(0, 0xEE, 0xEF) && in(1, 0x80, 0xBF))) &&
             in(2, 0x80, 0xBF);
    case 4:
      return ((in(0, 0xF0, 0xF0) && in(1, 0x90, 0xBF)) || (in(0, 0xF1, 0xF3) && in(1, 0x80, 0xBF)) ||
              (in(0, 0xF4, 0xF4) && in(1, 0x80, 0x8F))) &&
             in(2, 0x80, 0xBF) && in(3, 0x80, 0xBF);
    default:
      return false;
  }
}

std::size_t length_by_the_rfc(const std::string& text, std::size_t at) {
  for (std::size_t length = 1; length <= 4 && at + length <= text.size(); ++length) {
    if (is_one_character_by_the_rfc(text.substr(at, length))) return length;
  }
  return 0;
}

TEST_CASE("every code point that is no surrogate survives encoding and decoding", "[text]") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string text = to_utf8(c);
    if (utf8_length(text, 0) == text.size() && utf8_code_point(text, 0) == c) continue;
    CAPTURE(static_cast<std::uint32_t>(c), text);
    FAIL();
  }
}

TEST_CASE("the lengths of encodings change where RFC 3629 says", "[text]") {
  CHECK(to_utf8(0x7F).size() == 1);
  CHECK(to_utf8(0x80) == "\xC2\x80");
  CHECK(to_utf8(0x7FF) == "\xDF\xBF");
  CHECK(to_utf8(0x800) == "\xE0\xA0\x80");
  CHECK(to_utf8(0xFFFF) == "\xEF\xBF\xBF");
  CHECK(to_utf8(0x10000) == "\xF0\x90\x80\x80");
  CHECK(to_utf8(0x10FFFF) == "\xF4\x8F\xBF\xBF");
}

TEST_CASE("overlong, surrogate, truncated and too large encodings are no characters", "[text]") {
  for (const std::string& bytes : {
           "\x80"s,              // a continuation alone
           "\xC0\x80"s,          // U+0000 in two bytes
           "\xC1\xBF"s,          // U+007F in two bytes
           "\xE0\x9F\xBF"s,      // U+07FF in three
           "\xF0\x8F\xBF\xBF"s,  // U+FFFF in four
           "\xED\xA0\x80"s,      // U+D800
           "\xED\xBF\xBF"s,      // U+DFFF
           "\xF4\x90\x80\x80"s,  // U+110000
           "\xF8\x88\x80\x80\x80"s,
           "\xFE"s,
           "\xFF"s,
           "\xC3"s,
           "\xE2\x82"s,
           "\xF0\x9F\x98"s,
           "\xC3("s,
           "\xE2\x28\xA1"s,
       }) {
    CAPTURE(bytes);
    CHECK(utf8_length(bytes, 0) == 0);
    std::vector<std::string_view> characters;
    const std::string text = "ab" + bytes;  // the characters point into it
    CHECK_FALSE(split_characters(text, characters));
    CHECK(characters == std::vector<std::string_view>{"a", "b"});
  }
  CHECK(utf8_length("\xED\x9F\xBF", 0) == 3);  // U+D7FF, the last before the surrogates
  CHECK(utf8_length("\xEE\x80\x80", 0) == 3);  // U+E000, the first after them
  CHECK(utf8_length("a", 1) == 0);
  CHECK(utf8_length("\0"s, 0) == 1);
}

TEST_CASE("random bytes split as the table of RFC 3629 splits them", "[text]") {
  EIGENMATA_SEEDED(random, 1);
  // Bytes at the edges of the table's ranges, where mistakes are.
  const std::string edges =
      "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF";
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    while (text.size() < 4) text += edges[random.below(edges.size())];
    if (utf8_length(text, 0) == length_by_the_rfc(text, 0)) continue;
    CAPTURE(text);
    REQUIRE(utf8_length(text, 0) == length_by_the_rfc(text, 0));
  }
}

TEST_CASE("splitting at blanks leaves no empty pieces", "[text]") {
  CHECK(split_blanks("").empty());
  CHECK(split_blanks(" \t ").empty());
  CHECK(split_blanks(" push\t\tpop  nop ") == std::vector<std::string_view>{"push", "pop", "nop"});
  CHECK(split_blanks("a\nb") == std::vector<std::string_view>{"a\nb"});
}

TEST_CASE("messages show control characters and invalid bytes as escapes, and shorten what is long", "[text]") {
  CHECK(in_quotes("") == "''");
  CHECK(in_quotes("é ∀ 😀") == "'é ∀ 😀'");
  CHECK(in_quotes("a\nb\x1B\x7F") == "'a\\x0ab\\x1b\\x7f'");
  CHECK(in_quotes("\xC3") == "'\\xc3'");
  CHECK(in_quotes("\0x"s) == "'\\x00x'");
  CHECK(in_quotes("abcd", 4) == "'abcd'");
  CHECK(in_quotes("abcde", 4) == "'abcd…'");
  CHECK(in_quotes("ééé", 3) == "'éé…'");  // whole characters
  CHECK(in_quotes(std::string(1 << 20, 'x')).size() < 80);
}

TEST_CASE("unsigned numbers have one text", "[text]") {
  const auto parsed = [](std::string_view text, std::uint64_t limit = UINT64_MAX) {
    std::uint64_t value = 77;
    const bool ok = parse_unsigned(text, value, limit);
    if (!ok) CHECK(value == 77);  // left alone
    return ok ? std::to_string(value) : "refused";
  };
  for (const char* text : {"0", "1", "10", "18446744073709551615"}) CHECK(parsed(text) == text);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "01", "00", "1a", "0x1", "1e3", "18446744073709551616",
                           "20000000000000000000", "99999999999999999999", "100000000000000000000", "١"}) {
    CAPTURE(text);
    CHECK(parsed(text) == "refused");
  }
  CHECK(parsed("255", 255) == "255");
  CHECK(parsed("256", 255) == "refused");
  CHECK(parsed("0", 0) == "0");
}

TEST_CASE("HTML is escaped", "[text]") {
  CHECK(html_escaped("a<b> & \"c\" é") == "a&lt;b&gt; &amp; &quot;c&quot; é");
  CHECK(html_escaped("").empty());
}

}  // namespace
}  // namespace eigenmata::core

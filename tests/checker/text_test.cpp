// SPDX-License-Identifier: Apache-2.0
#include "checker/text.hpp"

#include <catch2/catch.hpp>

namespace eigenmata::checker {
namespace {

TEST_CASE("every character survives encoding and decoding", "[checker][text]") {
  for (char32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 || c > 0x10FF00 ? 1 : 37) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_character(text, c);
    std::size_t at = 0;
    REQUIRE(next_character(text, at) == c);
    REQUIRE(at == text.size());
    REQUIRE_FALSE(first_invalid_byte(text));
    for (std::size_t cut = 1; cut < text.size(); ++cut) REQUIRE(first_invalid_byte(text.substr(0, cut)) == 0U);
  }
}

TEST_CASE("bytes that are no UTF-8", "[checker][text]") {
  // A continuation alone, overlong forms, a surrogate, beyond U+10FFFF, bytes that never occur.
  for (const char* bytes : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xF0\x80\x80\x80", "\xED\xA0\x80",
                            "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3(", "\xE2\x82"}) {
    CHECK(first_invalid_byte(std::string("ab") + bytes) == 2U);
  }
  CHECK(count_characters("é\xFFz") == 3);
}

TEST_CASE("what is a letter", "[checker][text]") {
  for (const char* letter : {"a", "é", " ", "push", "g17", "<x>", "\xF0\x9F\x98\x80"}) {
    CHECK_FALSE(fault_of_letter(letter));
  }
  for (const char* other : {"", "two words", " a", "\x07", "a\tb", "\xC2\x85", "\xFF", "\xE2\x80\xA8"}) {
    CHECK(fault_of_letter(other));
  }
}

TEST_CASE("counts are canonical and bounded", "[checker][text]") {
  CHECK(parse_count("0") == 0U);
  CHECK(parse_count("4294967294") == 4294967294U);
  for (const char* bad : {"", "00", "01", "-1", "+1", "1 ", "0x1", "4294967295", "99999999999999999999", "1e3"}) {
    CHECK_FALSE(parse_count(bad));
  }
}

TEST_CASE("texts and words in messages", "[checker][text]") {
  CHECK(quoted("a\"b\\c\n") == R"("a\"b\\c\u000a")");
  CHECK(quoted("abcdef", 3) == "\"abc…\"");
  CHECK(quoted("\xFF") == "\"\xEF\xBF\xBD\"");
  CHECK(shown_word({}) == "the empty word");
  CHECK(shown_word({"a", "é"}) == "\"aé\"");
  CHECK(shown_word({"a", "push"}) == "\"a push\"");
  CHECK(plural(1, "point") == "1 point");
  CHECK(plural(0, "point") == "0 points");
}

}  // namespace
}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// UTF-8, and how texts are shown inside messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace eigenmata::core {

/// Length in bytes of the UTF-8 character that starts at `text[at]`, or 0 if none is valid there
/// (truncated, overlong, surrogate, beyond U+10FFFF).
[[nodiscard]] std::size_t utf8_length(std::string_view text, std::size_t at);

/// The code point that starts at `text[at]`. Needs `utf8_length(text, at) > 0`.
[[nodiscard]] char32_t utf8_code_point(std::string_view text, std::size_t at);

/// The UTF-8 encoding of a code point.
[[nodiscard]] std::string to_utf8(char32_t code_point);

/// U+0000–001F and U+007F–009F.
[[nodiscard]] bool is_control(char32_t code_point);

/// What a letter may consist of: no control character, line or paragraph separator, surrogate or noncharacter.
[[nodiscard]] bool is_printable(char32_t code_point);

/// Splits a text into its characters. Returns false if the text is not valid UTF-8 (`characters` then
/// holds what came before).
[[nodiscard]] bool split_characters(std::string_view text, std::vector<std::string_view>& characters);

/// Splits at runs of blanks and tabs; no empty pieces.
[[nodiscard]] std::vector<std::string_view> split_blanks(std::string_view text);

/// For messages: the text in single quotes, control characters and invalid bytes escaped, shortened with an
/// ellipsis past `limit` bytes.
[[nodiscard]] std::string in_quotes(std::string_view text, std::size_t limit = 60);

/// The text with & < > " as HTML and XML write them.
[[nodiscard]] std::string html_escaped(std::string_view text);

/// Reads a decimal number without sign, blank or leading zero (except "0" itself). Returns false, and leaves
/// `value` alone, if the text is anything else or exceeds `limit`.
[[nodiscard]] bool parse_unsigned(std::string_view text, std::uint64_t& value, std::uint64_t limit = UINT64_MAX);

}  // namespace eigenmata::core

// SPDX-License-Identifier: Apache-2.0
//
// Texts: UTF-8, letters, counts, and how they are shown in messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eigenmata::checker {

/// The character that begins at byte `at`, which then moves behind it; nothing if the bytes there are no
/// UTF-8 (overlong forms, surrogates and values above U+10FFFF are none). Needs at < text.size().
std::optional<char32_t> next_character(std::string_view text, std::size_t& at);

void append_character(std::string& text, char32_t character);

/// Offset of the first byte that is not part of valid UTF-8, if there is one.
std::optional<std::size_t> first_invalid_byte(std::string_view text);

/// Number of characters of a text; bytes that are no UTF-8 count one each.
std::size_t count_characters(std::string_view text);

/// C0 and C1 controls and DEL.
bool is_control(char32_t character);

/// Whether one character may be a letter: everything but controls, surrogates, line and paragraph separators
/// and noncharacters. A blank may.
bool is_printable(char32_t character);

/// What forbids this text as a letter (one printable character, or several without blanks), if anything does.
std::optional<std::string> fault_of_letter(std::string_view text);

/// A JSON string for messages, cut after `limit` characters.
std::string quoted(std::string_view text, std::size_t limit = 60);

/// A word as the formats write it, in quotes: letters in a row if all are single characters, else with
/// blanks. The word without letters is `the empty word`.
std::string shown_word(const std::vector<std::string>& letters);

/// A decimal number from 0 to kMaxCount without leading zeros.
std::optional<std::uint32_t> parse_count(std::string_view text);

/// `1 point`, `2 points`.
std::string plural(std::size_t count, const std::string& noun);

}  // namespace eigenmata::checker

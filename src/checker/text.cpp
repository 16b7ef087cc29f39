// SPDX-License-Identifier: Apache-2.0
#include "checker/text.hpp"

#include <algorithm>

#include "checker/limits.hpp"

namespace eigenmata::checker {
namespace {

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t lowest;  ///< smaller values would have a shorter form
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return Lead{2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return Lead{3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

void append_escaped(std::string& text, char32_t c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  if (c == '"' || c == '\\') {
    text += '\\';
    text += static_cast<char>(c);
  } else if (!is_printable(c)) {
    text += "\\u";
    for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) text += kHex[(c >> shift) & 0xFU];
  } else {
    append_character(text, c);
  }
}

}  // namespace

std::optional<char32_t> next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const std::optional<Lead> lead = lead_of(first);
  if (!lead || text.size() - at < lead->length) return std::nullopt;
  char32_t c = lead->bits;
  for (std::size_t i = 1; i < lead->length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0U) != 0x80U) return std::nullopt;
    c = (c << 6) | (byte & 0x3FU);
  }
  if (c < lead->lowest || c > 0x10FFFF || is_surrogate(c)) return std::nullopt;
  at += lead->length;
  return c;
}

void append_character(std::string& text, char32_t c) {
  const auto put = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::optional<std::size_t> first_invalid_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!next_character(text, at)) return at;
  }
  return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (!next_character(text, at)) ++at;
  }
  return count;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

bool is_printable(char32_t c) {
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  return !is_control(c) && !is_surrogate(c) && !separator && !noncharacter && c <= 0x10FFFF;
}

std::optional<std::string> fault_of_letter(std::string_view text) {
  if (text.empty()) return "a letter needs at least one character";
  std::size_t count = 0;
  bool blank = false;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const std::optional<char32_t> c = next_character(text, at);
    if (!c) return "the letter " + quoted(text) + " is not valid UTF-8";
    if (!is_printable(*c)) return "the letter " + quoted(text) + " has a character that cannot be printed";
    blank = blank || *c == ' ';
  }
  if (count > 1 && blank) return "the letter " + quoted(text) + " has several characters, so none may be a blank";
  return std::nullopt;
}

std::string quoted(std::string_view text, std::size_t limit) {
  std::string result = "\"";
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == limit) {
      result += "…";
      break;
    }
    if (const std::optional<char32_t> c = next_character(text, at)) {
      append_escaped(result, *c);
    } else {
      result += "\xEF\xBF\xBD";  // U+FFFD stands for a byte that is no UTF-8
      ++at;
    }
  }
  return result + "\"";
}

std::string shown_word(const std::vector<std::string>& letters) {
  if (letters.empty()) return "the empty word";
  const bool in_a_row = std::all_of(letters.begin(), letters.end(),
                                    [](const std::string& letter) { return count_characters(letter) == 1; });
  std::string text;
  for (const std::string& letter : letters) {
    if (!in_a_row && !text.empty()) text += ' ';
    text += letter;
  }
  return quoted(text, text.size());
}

std::optional<std::uint32_t> parse_count(std::string_view text) {
  if (text.empty() || text.size() > 10 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = 10 * value + static_cast<std::uint64_t>(digit - '0');
  }
  if (value > kMaxCount) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

std::string plural(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/text.hpp"

#include <cassert>

namespace eigenmata::core {
namespace {

bool is_continuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u;
}

char hex_digit(unsigned value) { return "0123456789abcdef"[value & 15u]; }

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80u) return 1;
  std::size_t length = 0;
  if ((lead & 0xE0u) == 0xC0u) length = 2;
  if ((lead & 0xF0u) == 0xE0u) length = 3;
  if ((lead & 0xF8u) == 0xF0u) length = 4;
  if (length == 0) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(text, at + i)) return 0;
  }
  static constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    value = (value << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[length] || value > 0x10FFFF || surrogate) return 0;
  return length;
}

char32_t utf8_code_point(std::string_view text, std::size_t at) {
  const std::size_t length = utf8_length(text, at);
  assert(length > 0);
  const auto lead = static_cast<unsigned char>(text[at]);
  if (length == 1) return lead;
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    value = (value << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
  }
  return value;
}

std::string to_utf8(char32_t c) {
  assert(c <= 0x10FFFF);
  std::string text;
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
  return text;
}

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

bool is_printable(char32_t c) {
  const bool separator = c == 0x2028 || c == 0x2029;
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  const bool noncharacter = (c & 0xFFFEu) == 0xFFFEu || (c >= 0xFDD0 && c <= 0xFDEF);
  return !is_control(c) && !separator && !surrogate && !noncharacter && c <= 0x10FFFF;
}

bool split_characters(std::string_view text, std::vector<std::string_view>& characters) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    characters.push_back(text.substr(at, length));
    at += length;
  }
  return true;
}

std::vector<std::string_view> split_blanks(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t at = 0;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (at < text.size()) {
    while (at < text.size() && is_blank(text[at])) ++at;
    const std::size_t start = at;
    while (at < text.size() && !is_blank(text[at])) ++at;
    if (at > start) pieces.push_back(text.substr(start, at - start));
  }
  return pieces;
}

std::string in_quotes(std::string_view text, std::size_t limit) {
  std::string shown = "'";
  for (std::size_t at = 0; at < text.size();) {
    if (at >= limit) return shown + "…'";
    const std::size_t length = utf8_length(text, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    if (length == 0 || is_control(utf8_code_point(text, at))) {
      shown += "\\x";
      shown += hex_digit(byte >> 4u);
      shown += hex_digit(byte);
      ++at;
    } else {
      shown += text.substr(at, length);
      at += length;
    }
  }
  return shown + "'";
}

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

bool parse_unsigned(std::string_view text, std::uint64_t& value, std::uint64_t limit) {
  if (text.empty() || text.size() > 20 || (text.size() > 1 && text[0] == '0')) return false;
  std::uint64_t result = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (result > (UINT64_MAX - digit) / 10) return false;
    result = result * 10 + digit;
  }
  if (result > limit) return false;
  value = result;
  return true;
}

}  // namespace eigenmata::core

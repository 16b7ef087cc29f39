// SPDX-License-Identifier: Apache-2.0
#include "checker/json.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "checker/error.hpp"
#include "checker/limits.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::uint32_t read_hex4(std::string_view text, std::size_t& at) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i, ++at) {
    const char c = at < text.size() ? text[at] : '\0';
    std::uint32_t digit = 0;
    if (is_digit(c)) {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      digit = static_cast<std::uint32_t>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = static_cast<std::uint32_t>(c - 'A') + 10;
    } else {
      throw JsonSyntax(at, "\\u needs four hexadecimal digits");
    }
    value = 16 * value + digit;
  }
  return value;
}

/// Reads what follows `\u`; `start` is the backslash.
char32_t read_unicode_escape(std::string_view text, std::size_t& at, std::size_t start) {
  const std::uint32_t high = read_hex4(text, at);
  if (high < 0xD800 || high > 0xDFFF) return high;
  const bool paired = high <= 0xDBFF && text.substr(at, 2) == "\\u";
  if (paired) {
    at += 2;
    const std::uint32_t low = read_hex4(text, at);
    if (low >= 0xDC00 && low <= 0xDFFF) return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }
  throw JsonSyntax(start, "a surrogate alone is no character; they come as a high one and a low one");
}

void read_escape(std::string_view text, std::size_t& at, std::string& result) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t start = at++;
  const char c = at < text.size() ? text[at] : '\0';
  if (c == 'u') {
    append_character(result, read_unicode_escape(text, ++at, start));
    return;
  }
  const std::size_t which = kNames.find(c);
  if (which == std::string_view::npos) {
    throw JsonSyntax(start, "unknown escape; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits");
  }
  result += kMeanings[which];
  ++at;
}

class Parser {
 public:
  Parser(std::string_view text, std::deque<std::string>& decoded) : text_(text), decoded_(decoded) {}

  JsonValue parse() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") throw JsonSyntax(0, "a byte-order mark is not part of JSON");
    skip_blanks();
    JsonValue value = read_value(0);
    skip_blanks();
    if (at_ < text_.size()) throw JsonSyntax(at_, "the text must end after its value");
    return value;
  }

 private:
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_blanks() {
    while (at_ < text_.size() && std::string_view(" \t\n\r").find(text_[at_]) != std::string_view::npos) ++at_;
  }

  JsonValue read_value(std::size_t depth) {
    if (++values_ > kMaxJsonValues) {
      throw JsonSyntax(at_, "more than " + std::to_string(kMaxJsonValues) + " values and keys, the most allowed");
    }
    JsonValue value;
    value.offset = at_;
    const char c = peek();
    if (c == '{' || c == '[') {
      if (depth == kMaxJsonDepth) {
        throw JsonSyntax(at_, "nested deeper than " + std::to_string(kMaxJsonDepth) + " levels, the most allowed");
      }
      c == '{' ? read_object(value, depth) : read_array(value, depth);
    } else if (c == '"') {
      value.kind = JsonValue::Kind::kString;
      value.text = read_string();
    } else if (c == '-' || is_digit(c)) {
      value.kind = JsonValue::Kind::kNumber;
      value.text = read_number();
    } else if (!read_word(value, "null", JsonValue::Kind::kNull) && !read_word(value, "true", JsonValue::Kind::kTrue) &&
               !read_word(value, "false", JsonValue::Kind::kFalse)) {
      throw JsonSyntax(at_,
                       at_ < text_.size() ? "expected a JSON value" : "the text ends where a JSON value should be");
    }
    return value;
  }

  bool read_word(JsonValue& value, std::string_view word, JsonValue::Kind kind) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    value.kind = kind;
    return true;
  }

  /// Strings without escapes are not copied.
  std::string_view read_string() {
    const std::size_t start = at_;
    std::string decoded = read_json_string(text_, at_);
    const std::string_view raw = text_.substr(start + 1, at_ - start - 2);
    if (raw == decoded) return raw;
    decoded_.push_back(std::move(decoded));
    return decoded_.back();
  }

  void read_digits(const char* message) {
    if (!is_digit(peek())) throw JsonSyntax(at_, message);
    while (is_digit(peek())) ++at_;
  }

  std::string_view read_number() {
    const std::size_t start = at_;
    if (peek() == '-') ++at_;
    const bool zero = peek() == '0';
    const std::size_t first = at_;
    read_digits("a minus needs a digit behind it");
    if (zero && at_ - first > 1) throw JsonSyntax(start, "a number must not begin with 0");
    if (peek() == '.') {
      ++at_;
      read_digits("a decimal point needs a digit behind it");
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      read_digits("an exponent needs a digit");
    }
    return text_.substr(start, at_ - start);
  }

  void read_array(JsonValue& value, std::size_t depth) {
    value.kind = JsonValue::Kind::kArray;
    ++at_;
    skip_blanks();
    if (peek() == ']') {
      ++at_;
      return;
    }
    for (;;) {
      skip_blanks();
      value.items.push_back(read_value(depth + 1));
      skip_blanks();
      if (read_separator(']')) return;
    }
  }

  void read_object(JsonValue& value, std::size_t depth) {
    value.kind = JsonValue::Kind::kObject;
    ++at_;
    skip_blanks();
    if (peek() == '}') {
      ++at_;
      return;
    }
    for (;;) {
      skip_blanks();
      if (peek() != '"') throw JsonSyntax(at_, "expected a key, that is, a string");
      value.items.push_back(read_value(depth + 1));
      skip_blanks();
      if (peek() != ':') throw JsonSyntax(at_, "expected ':' after the key");
      ++at_;
      skip_blanks();
      value.items.push_back(read_value(depth + 1));
      skip_blanks();
      if (read_separator('}')) break;
    }
    refuse_repeated_key(value);
  }

  /// Behind an item: true at the closing bracket, false at a comma.
  bool read_separator(char close) {
    const char c = peek();
    if (c != close && c != ',') throw JsonSyntax(at_, std::string("expected ',' or '") + close + "'");
    ++at_;
    return c == close;
  }

  static void refuse_repeated_key(const JsonValue& object) {
    std::vector<std::pair<std::string_view, std::size_t>> keys;
    for (std::size_t i = 0; i < object.items.size(); i += 2) {
      keys.emplace_back(object.items[i].text, object.items[i].offset);
    }
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (keys[i].first == keys[i - 1].first) {
        throw JsonSyntax(keys[i].second, "the key " + quoted(keys[i].first) + " stands twice in this object");
      }
    }
  }

  std::string_view text_;
  std::deque<std::string>& decoded_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
};

std::string place_of(const std::string& name, std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t feed = before.rfind('\n');
  const std::size_t column = count_characters(feed == std::string_view::npos ? before : before.substr(feed + 1)) + 1;
  return name + ":" + std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace

std::string read_json_string(std::string_view text, std::size_t& at) {
  const std::size_t start = at;
  if (at >= text.size() || text[at] != '"') throw JsonSyntax(at, "expected a JSON string, in double quotes");
  ++at;
  std::string result;
  for (;;) {
    if (at >= text.size()) throw JsonSyntax(start, "this string has no closing quote");
    if (text[at] == '"') break;
    if (text[at] == '\\') {
      read_escape(text, at, result);
      continue;
    }
    const std::size_t from = at;
    const std::optional<char32_t> c = next_character(text, at);
    if (!c) throw JsonSyntax(from, "these bytes are not valid UTF-8");
    if (*c < 0x20) throw JsonSyntax(from, "a control character in a string must be written as an escape");
    result.append(text, from, at - from);
  }
  ++at;
  return result;
}

JsonDocument::JsonDocument(std::string text, std::string name) : text_(std::move(text)), name_(std::move(name)) {
  try {
    root_ = Parser(text_, decoded_).parse();
  } catch (const JsonSyntax& fault) {
    throw Error(place_of(name_, text_, fault.offset()) + ": " + fault.what());
  }
}

std::string JsonDocument::place(const JsonValue& where) const { return place_of(name_, text_, where.offset); }

void JsonDocument::fail(const JsonValue& where, const std::string& message) const {
  throw Error(place(where) + ": " + message);
}

void JsonDocument::require_keys(const JsonValue& value, std::initializer_list<std::string_view> keys) const {
  const std::vector<JsonValue>& items = object(value, "this");
  for (std::size_t i = 0; i < items.size(); i += 2) {
    if (std::find(keys.begin(), keys.end(), items[i].text) != keys.end()) continue;
    std::string known;
    for (const std::string_view key : keys) known += (known.empty() ? "" : ", ") + std::string(key);
    fail(items[i], "unknown key " + quoted(items[i].text) + "; known here: " + known);
  }
}

const JsonValue* JsonDocument::find(const JsonValue& object, std::string_view key) const {
  for (std::size_t i = 0; i < object.items.size(); i += 2) {
    if (object.items[i].text == key) return &object.items[i + 1];
  }
  return nullptr;
}

const JsonValue& JsonDocument::need(const JsonValue& object, std::string_view key) const {
  const JsonValue* member = find(object, key);
  if (member == nullptr) fail(object, "the key " + quoted(key) + " is missing");
  return *member;
}

const std::vector<JsonValue>& JsonDocument::array(const JsonValue& value, const std::string& what) const {
  if (value.kind != JsonValue::Kind::kArray) fail(value, what + " must be an array");
  return value.items;
}

const std::vector<JsonValue>& JsonDocument::object(const JsonValue& value, const std::string& what) const {
  if (value.kind != JsonValue::Kind::kObject) fail(value, what + " must be an object");
  return value.items;
}

std::string_view JsonDocument::string(const JsonValue& value, const std::string& what) const {
  if (value.kind != JsonValue::Kind::kString) fail(value, what + " must be a string");
  return value.text;
}

bool JsonDocument::boolean(const JsonValue& value, const std::string& what) const {
  if (value.kind != JsonValue::Kind::kTrue && value.kind != JsonValue::Kind::kFalse) {
    fail(value, what + " must be true or false");
  }
  return value.kind == JsonValue::Kind::kTrue;
}

std::uint32_t JsonDocument::count(const JsonValue& value, const std::string& what) const {
  if (value.kind == JsonValue::Kind::kNumber) {
    if (const std::optional<std::uint32_t> number = parse_count(value.text)) return *number;
  }
  fail(value, what + " must be an integer from 0 to " + std::to_string(kMaxCount));
}

}  // namespace eigenmata::checker

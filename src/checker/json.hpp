// SPDX-License-Identifier: Apache-2.0
//
// JSON, strictly as RFC 8259 has it, with the place of every value for messages.
//
// Numbers stay texts: nothing here rounds. A key twice in an object is an error, so are nesting beyond
// kMaxJsonDepth, more than kMaxJsonValues values, bytes that are no UTF-8, unpaired surrogates, a byte-order
// mark and anything after the value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace eigenmata::checker {

struct JsonValue {
  enum class Kind : std::uint8_t { kNull, kTrue, kFalse, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  /// Byte of the text at which the value begins.
  std::size_t offset = 0;
  /// Of a string its decoded characters, of a number its digits as written.
  std::string_view text;
  /// Of an array its elements; of an object key, value, key, value, …
  std::vector<JsonValue> items;
};

/// What is wrong with a JSON text, and at which byte.
class JsonSyntax : public std::runtime_error {
 public:
  JsonSyntax(std::size_t offset, const std::string& message) : std::runtime_error(message), offset_(offset) {}
  [[nodiscard]] std::size_t offset() const { return offset_; }

 private:
  std::size_t offset_;
};

/// Reads the JSON string that begins at byte `at` and moves behind it. Throws JsonSyntax.
std::string read_json_string(std::string_view text, std::size_t& at);

/// A JSON text, parsed; and the ways to ask for its parts that throw an Error with the place.
class JsonDocument {
 public:
  /// Throws Error.
  JsonDocument(std::string text, std::string name);
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  [[nodiscard]] const JsonValue& root() const { return root_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  [[noreturn]] void fail(const JsonValue& where, const std::string& message) const;
  /// `file:line:column` of a value.
  [[nodiscard]] std::string place(const JsonValue& where) const;

  /// Throws unless the value is an object without other keys than these.
  void require_keys(const JsonValue& value, std::initializer_list<std::string_view> keys) const;
  /// The member of that name, or nullptr. Looks through all keys: meant for objects that passed require_keys.
  [[nodiscard]] const JsonValue* find(const JsonValue& object, std::string_view key) const;
  /// The member of that name; throws if there is none.
  [[nodiscard]] const JsonValue& need(const JsonValue& object, std::string_view key) const;

  /// The elements of an array; throws if the value is none. `what` names the value in the message.
  [[nodiscard]] const std::vector<JsonValue>& array(const JsonValue& value, const std::string& what) const;
  /// Keys and values in turn.
  [[nodiscard]] const std::vector<JsonValue>& object(const JsonValue& value, const std::string& what) const;
  [[nodiscard]] std::string_view string(const JsonValue& value, const std::string& what) const;
  [[nodiscard]] bool boolean(const JsonValue& value, const std::string& what) const;
  /// An integer from 0 to kMaxCount.
  [[nodiscard]] std::uint32_t count(const JsonValue& value, const std::string& what) const;

 private:
  std::string text_;
  std::string name_;
  std::deque<std::string> decoded_;  ///< strings that had escapes
  JsonValue root_;
};

}  // namespace eigenmata::checker

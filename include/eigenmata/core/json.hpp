// SPDX-License-Identifier: Apache-2.0
//
// Strict JSON in, plain JSON out.
//
// The parser underneath is nlohmann's, through its event interface: left alone it keeps the last of two equal
// keys and turns large integers into doubles. Here equal keys are refused, numbers keep their text, nesting is
// bounded, and every value knows the line and column it stands at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"
#include "eigenmata/core/input.hpp"

namespace eigenmata::core {

/// The name of an object's member, and where it stands.
struct JsonKey {
  std::string name;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// A JSON value as it stood in the file. Numbers are kept as text.
struct Json {
  enum class Kind : std::uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  bool boolean = false;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string text;           ///< of a string or a number
  std::vector<Json> items;    ///< of an array, or the values of an object
  std::vector<JsonKey> keys;  ///< of an object, in step with `items`
};

/// A value together with the document it belongs to: each accessor checks the kind and throws `Error` with the place.
/// The document has to outlive its cursors.
class JsonCursor {
 public:
  JsonCursor(const Json& value, const std::string& source) : value_(&value), source_(&source) {}

  [[nodiscard]] Json::Kind kind() const { return value_->kind; }
  [[nodiscard]] bool is_null() const { return value_->kind == Json::Kind::kNull; }
  [[nodiscard]] bool is_array() const { return value_->kind == Json::Kind::kArray; }
  [[nodiscard]] bool is_object() const { return value_->kind == Json::Kind::kObject; }
  [[nodiscard]] bool is_string() const { return value_->kind == Json::Kind::kString; }

  [[nodiscard]] const std::string& string() const;
  [[nodiscard]] bool boolean() const;
  /// A number in {0, …, limit − 1}; `what` names it in the message.
  [[nodiscard]] std::size_t index(std::size_t limit, std::string_view what) const;
  /// The text of a string or of an integer: the two ways in which exact numbers are written.
  [[nodiscard]] const std::string& exact_number() const;

  /// This value, which has to be an array. Objects can be walked through like arrays too; where order counts and not
  /// names, they have to be refused.
  [[nodiscard]] const JsonCursor& array() const {
    require(Json::Kind::kArray);
    return *this;
  }
  /// Number of items of an array or an object.
  [[nodiscard]] std::size_t size() const;
  /// Item of an array, or value of the i-th member of an object.
  [[nodiscard]] JsonCursor operator[](std::size_t i) const;
  /// Name of the i-th member of an object.
  [[nodiscard]] const std::string& key(std::size_t i) const;
  /// Member of an object; throws if it is missing.
  [[nodiscard]] JsonCursor at(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  /// Throws if the object has a member of another name.
  void allow_only(std::initializer_list<std::string_view> names) const;

  [[nodiscard]] Place place() const;
  /// Place of the name of the i-th member.
  [[nodiscard]] Place key_place(std::size_t i) const;
  /// An `Error` at this value, to be thrown.
  [[nodiscard]] Error error(const std::string& message) const { return Error(place(), message); }

 private:
  void require(Json::Kind kind) const;

  const Json* value_;
  const std::string* source_;
};

/// Parses one JSON document. Throws `Error` with line and column: not JSON, a key twice, nested deeper than 64, a
/// number beyond the range of doubles (±1.8e308; larger ones are written as strings), a byte-order mark, anything
/// after the end.
[[nodiscard]] Json parse_json(const Input& input);

/// Writes JSON piece by piece. Containers begun with `Layout::kInline` stay on one line.
class JsonWriter {
 public:
  enum class Layout { kLines, kInline };

  JsonWriter& begin_object(Layout layout = Layout::kLines) { return begin('{', layout); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array(Layout layout = Layout::kLines) { return begin('[', layout); }
  JsonWriter& end_array() { return end(']'); }

  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// An integer; beyond 2^53 it is written as a string.
  JsonWriter& integer(std::uint64_t value);
  /// A duration or another measured quantity, as a string with six significant digits.
  JsonWriter& measured(double value);
  JsonWriter& strings(const std::vector<std::string>& values);
  JsonWriter& integers(const std::vector<std::uint64_t>& values);

  /// The finished document, with a newline at its end.
  [[nodiscard]] std::string take();

 private:
  JsonWriter& begin(char open, Layout layout);
  JsonWriter& end(char close);
  void separate();

  struct Level {
    Layout layout;
    bool empty;
  };
  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

/// A JSON string literal, quotes included.
[[nodiscard]] std::string json_quoted(std::string_view text);

}  // namespace eigenmata::core

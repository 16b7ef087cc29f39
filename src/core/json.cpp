// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/core/json.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "eigenmata/core/text.hpp"

namespace eigenmata::core {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::uint64_t kLargestExactDouble = std::uint64_t{1} << 53;

/// Follows the characters that the parser takes and remembers where things stand. Columns count characters, not bytes.
class Position {
 public:
  struct Mark {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    std::size_t offset = 0;
  };

  /// Moves past the byte c. The parser takes one byte more than a number has, so that the start of a token has to be
  /// found here.
  void take(char c) {
    last_ = next_;
    if (in_string_) {
      in_string_ = escaped_ || c != '"';
      escaped_ = !escaped_ && c == '\\';
    } else {
      const bool in_word = std::string_view(" \t\r\n,:[]{}\"").find(c) == std::string_view::npos;
      in_string_ = c == '"';
      if (in_string_ || (in_word && !in_word_)) token_ = next_;
      in_word_ = in_word;
    }
    ++next_.offset;
    if (c == '\n') {
      ++next_.line;
      next_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0u) != 0x80u) {
      ++next_.column;
    }
  }

  [[nodiscard]] Mark next() const { return next_; }
  /// The character taken last.
  [[nodiscard]] Mark last() const { return last_; }
  /// The beginning of the latest string, number or literal.
  [[nodiscard]] Mark token() const { return token_; }

 private:
  Mark next_, last_, token_;
  bool in_string_ = false, escaped_ = false, in_word_ = false;
};

/// Input iterator that moves a shared position along.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, Position* position) : at_(at), position_(position) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    position_->take(*at_++);
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  Position* position_;
};

const char* kind_name(Json::Kind kind) {
  switch (kind) {
    case Json::Kind::kNull:
      return "null";
    case Json::Kind::kBoolean:
      return "true or false";
    case Json::Kind::kNumber:
      return "a number";
    case Json::Kind::kString:
      return "a string";
    case Json::Kind::kArray:
      return "an array";
    case Json::Kind::kObject:
      return "an object";
  }
  return "";
}

/// Builds the tree from nlohmann's events.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(const Input& input, const Position& position) : input_(input), position_(position) {}

  Json take() { return std::move(root_); }

  bool null() override { return add(Json::Kind::kNull, {}, position_.token()); }
  bool boolean(bool value) override {
    add(Json::Kind::kBoolean, {}, position_.token());
    last_->boolean = value;
    return true;
  }
  bool number_integer(number_integer_t) override { return number(); }
  bool number_unsigned(number_unsigned_t) override { return number(); }
  bool number_float(number_float_t, const string_t&) override { return number(); }
  bool string(string_t& value) override { return add(Json::Kind::kString, std::move(value), position_.token()); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::Kind::kObject); }
  bool start_array(std::size_t) override { return open(Json::Kind::kArray); }
  bool key(string_t& name) override {
    open_.back()->keys.push_back({std::move(name), position_.token().line, position_.token().column});
    return true;
  }
  bool end_object() override {
    refuse_equal_keys(*open_.back());
    open_.pop_back();
    return true;
  }
  bool end_array() override {
    open_.pop_back();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception& error) override {
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow) {
      throw Error(place(position_.token()), "a number beyond the range of doubles; write it as a string");
    }
    std::string message = error.what();  // "[json.exception.parse_error.101] parse error at line 1, column 2: …"
    if (const auto at = message.find(": "); at != std::string::npos) message = message.substr(at + 2);
    const auto mentions = [&](const char* what) { return message.find(what) != std::string::npos; };
    Position::Mark mark = position_.last();
    if (mentions("unexpected end of input")) mark = position_.next();
    if (mentions("literal; ") || mentions("invalid number")) mark = position_.token();
    // It quotes what it read last, whatever bytes and however many that are.
    message = in_quotes(message, 300);
    throw Error(place(mark), "not JSON: " + message.substr(1, message.size() - 2));
  }

 private:
  [[nodiscard]] Place place(const Position::Mark& mark) const { return {input_.name, mark.line, mark.column}; }

  bool add(Json::Kind kind, std::string text, const Position::Mark& mark) {
    Json value;
    value.kind = kind;
    value.line = mark.line;
    value.column = mark.column;
    value.text = std::move(text);
    if (open_.empty()) {
      root_ = std::move(value);
      last_ = &root_;
    } else {
      open_.back()->items.push_back(std::move(value));
      last_ = &open_.back()->items.back();
    }
    return true;
  }

  bool number() {
    const std::size_t start = position_.token().offset;
    const std::size_t end = std::min(input_.text.find_first_not_of("+-.0123456789Ee", start), input_.text.size());
    return add(Json::Kind::kNumber, input_.text.substr(start, end - start), position_.token());
  }

  bool open(Json::Kind kind) {
    if (open_.size() == kMaxDepth) {
      throw Error(place(position_.last()), "nested deeper than " + std::to_string(kMaxDepth));
    }
    add(kind, {}, position_.last());
    open_.push_back(last_);
    return true;
  }

  void refuse_equal_keys(const Json& object) const {
    std::unordered_set<std::string_view> seen;
    for (const JsonKey& key : object.keys) {
      if (!seen.insert(key.name).second) {
        throw Error({input_.name, key.line, key.column}, "key " + in_quotes(key.name) + " stands twice in one object");
      }
    }
  }

  const Input& input_;
  const Position& position_;
  Json root_;
  Json* last_ = nullptr;
  // Pointers to the open containers stay valid: a container grows only while it is the innermost one.
  std::vector<Json*> open_;
};

}  // namespace

Json parse_json(const Input& input) {
  // nlohmann's parser skips a byte-order mark and takes a NUL for the end of the text.
  if (input.text.compare(0, 3, "\xEF\xBB\xBF") == 0) {
    throw Error({input.name, 1, 1}, "not JSON: a byte-order mark; JSON begins without one");
  }
  if (const std::size_t nul = input.text.find('\0'); nul != std::string::npos) {
    throw Error(LineIndex(input).place(nul), "not JSON: a NUL byte");
  }
  Position position;
  TreeBuilder builder(input, position);
  const char* const begin = input.text.data();
  nlohmann::json::sax_parse(CountingIterator(begin, &position), CountingIterator(begin + input.text.size(), &position),
                            &builder);
  return builder.take();
}

void JsonCursor::require(Json::Kind kind) const {
  if (value_->kind != kind) {
    throw error(std::string("expected ") + kind_name(kind) + ", found " + kind_name(value_->kind));
  }
}

const std::string& JsonCursor::string() const {
  require(Json::Kind::kString);
  return value_->text;
}

bool JsonCursor::boolean() const {
  require(Json::Kind::kBoolean);
  return value_->boolean;
}

std::size_t JsonCursor::index(std::size_t limit, std::string_view what) const {
  require(Json::Kind::kNumber);
  std::uint64_t value = 0;
  if (limit == 0 || !parse_unsigned(value_->text, value, limit - 1)) {
    throw error(std::string(what) + " is " + value_->text + "; expected an integer from 0 to " +
                std::to_string(limit == 0 ? 0 : limit - 1));
  }
  return value;
}

const std::string& JsonCursor::exact_number() const {
  if (value_->kind == Json::Kind::kNumber) {
    const bool integer = value_->text.find_first_not_of("-0123456789") == std::string::npos;
    if (!integer) {
      throw error(value_->text + " is not exact; write it as a string, like \"1/2\"");
    }
    return value_->text;
  }
  if (value_->kind != Json::Kind::kString) {
    throw error(std::string("expected an exact number like \"-63/625\", found ") + kind_name(value_->kind));
  }
  return value_->text;
}

std::size_t JsonCursor::size() const {
  if (value_->kind != Json::Kind::kObject) require(Json::Kind::kArray);
  return value_->items.size();
}

JsonCursor JsonCursor::operator[](std::size_t i) const { return {value_->items.at(i), *source_}; }

const std::string& JsonCursor::key(std::size_t i) const {
  require(Json::Kind::kObject);
  return value_->keys.at(i).name;
}

bool JsonCursor::has(std::string_view key) const {
  require(Json::Kind::kObject);
  return std::any_of(value_->keys.begin(), value_->keys.end(), [&](const auto& k) { return k.name == key; });
}

JsonCursor JsonCursor::at(std::string_view key) const {
  require(Json::Kind::kObject);
  for (std::size_t i = 0; i < value_->keys.size(); ++i) {
    if (value_->keys[i].name == key) return (*this)[i];
  }
  throw error("key " + in_quotes(key) + " is missing");
}

void JsonCursor::allow_only(std::initializer_list<std::string_view> names) const {
  require(Json::Kind::kObject);
  for (std::size_t i = 0; i < value_->keys.size(); ++i) {
    const std::string& name = value_->keys[i].name;
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string expected;
    for (const std::string_view known : names) expected += (expected.empty() ? "" : ", ") + std::string(known);
    throw Error(key_place(i), "unknown key " + in_quotes(name) + "; known here: " + expected);
  }
}

Place JsonCursor::place() const { return {*source_, value_->line, value_->column}; }

Place JsonCursor::key_place(std::size_t i) const {
  const JsonKey& key = value_->keys.at(i);
  return {*source_, key.line, key.column};
}

std::string json_quoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (!level.empty) out_ += ',';
  if (level.layout == Layout::kLines) {
    out_ += '\n';
    out_.append(2 * levels_.size(), ' ');
  } else if (!level.empty) {
    out_ += ' ';
  }
  level.empty = false;
}

JsonWriter& JsonWriter::begin(char open, Layout layout) {
  separate();
  out_ += open;
  // Inside a container on one line everything stays on that line.
  if (!levels_.empty() && levels_.back().layout == Layout::kInline) layout = Layout::kInline;
  levels_.push_back({layout, true});
  return *this;
}

JsonWriter& JsonWriter::end(char close) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (level.layout == Layout::kLines && !level.empty) {
    out_ += '\n';
    out_.append(2 * levels_.size(), ' ');
  }
  out_ += close;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  out_ += json_quoted(name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  separate();
  out_ += json_quoted(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonWriter& JsonWriter::integer(std::uint64_t value) {
  separate();
  const std::string digits = std::to_string(value);
  out_ += value > kLargestExactDouble ? "\"" + digits + "\"" : digits;
  return *this;
}

JsonWriter& JsonWriter::measured(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return string(buffer);
}

JsonWriter& JsonWriter::strings(const std::vector<std::string>& values) {
  begin_array(Layout::kInline);
  for (const std::string& value : values) string(value);
  return end_array();
}

JsonWriter& JsonWriter::integers(const std::vector<std::uint64_t>& values) {
  begin_array(Layout::kInline);
  for (const std::uint64_t value : values) integer(value);
  return end_array();
}

std::string JsonWriter::take() {
  out_ += '\n';
  return std::move(out_);
}

}  // namespace eigenmata::core

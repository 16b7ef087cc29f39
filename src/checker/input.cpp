// SPDX-License-Identifier: Apache-2.0
#include "checker/input.hpp"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>

#include "checker/error.hpp"
#include "checker/limits.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16;

/// Fills the buffer and returns how much there was; counts the bytes against the bound.
std::size_t read_some(std::istream& in, std::vector<char>& buffer, std::size_t& total, const std::string& name) {
  if (!in.good()) return 0;
  in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  if (in.bad()) throw Error(name + ": the system cannot read this input");
  const auto count = static_cast<std::size_t>(in.gcount());
  total += count;
  if (total > kMaxFileBytes) {
    throw Error(name + ": longer than " + std::to_string(kMaxFileBytes) + " bytes (1 GiB), the most that is read");
  }
  return count;
}

std::string code_point(char32_t c) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(c));
  return text;
}

}  // namespace

InputFile::InputFile(const std::string& path)
    : name_(path == "-" ? "standard input" : path), standard_input_(path == "-") {
  if (standard_input_) return;
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(path, ignored);
  if (!std::filesystem::exists(status)) throw Error(path + ": no such file");
  if (std::filesystem::is_directory(status)) throw Error(path + ": a folder, not a file");
  file_.open(path, std::ios::binary);
  if (!file_) throw Error(path + ": cannot be opened for reading");
}

std::istream& InputFile::stream() {
  if (standard_input_) return std::cin;
  return file_;
}

std::string read_all(std::istream& in, const std::string& name) {
  std::vector<char> buffer(kBufferBytes);
  std::string text;
  std::size_t total = 0;
  while (const std::size_t count = read_some(in, buffer, total, name)) text.append(buffer.data(), count);
  return text;
}

LineReader::LineReader(std::istream& in, const std::string& name, Ends ends)
    : in_(in), name_(name), ends_(ends), buffer_(kBufferBytes) {}

bool LineReader::refill() {
  begin_ = 0;
  end_ = read_some(in_, buffer_, total_, name_);
  return end_ > 0;
}

void LineReader::append(std::string_view part) {
  if (line_.size() + part.size() > kMaxLineBytes) {
    throw Error(name_, number_, 1,
                "this line is longer than " + std::to_string(kMaxLineBytes) + " bytes (16 MiB), the most allowed");
  }
  line_ += part;
}

bool LineReader::next() {
  line_.clear();
  ++number_;
  for (;;) {
    if (begin_ == end_ && !refill()) {
      if (line_.empty()) return false;
      break;
    }
    const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
    const std::size_t feed = rest.find('\n');
    append(rest.substr(0, feed));
    begin_ += feed == std::string_view::npos ? rest.size() : feed + 1;
    if (feed != std::string_view::npos) break;
  }
  if (ends_ == Ends::kAny && !line_.empty() && line_.back() == '\r') line_.pop_back();
  require_text();
  return true;
}

void LineReader::require_text() const {
  for (std::size_t at = 0; at < line_.size();) {
    const std::size_t here = at;
    const std::optional<char32_t> c = next_character(line_, at);
    if (!c) fail(here, "these bytes are not valid UTF-8");
    if (is_control(*c) && *c != '\t') {
      fail(here, "the control character " + code_point(*c) + " has no place here" +
                     (*c == '\r' ? "; lines end with a line feed alone" : ""));
    }
  }
}

void LineReader::fail(std::size_t byte, const std::string& message) const {
  throw Error(name_, number_, count_characters(std::string_view(line_).substr(0, byte)) + 1, message);
}

}  // namespace eigenmata::checker

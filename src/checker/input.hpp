// SPDX-License-Identifier: Apache-2.0
//
// Reading files: line by line, or as a whole, never more than limits.hpp allows.
#pragma once

#include <cstddef>
#include <fstream>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace eigenmata::checker {

/// An open input; the path `-` is standard input. Throws Error if there is nothing to read.
class InputFile {
 public:
  explicit InputFile(const std::string& path);

  [[nodiscard]] std::istream& stream();
  /// How messages name it.
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  std::string name_;
  std::ifstream file_;
  bool standard_input_;
};

/// All bytes of a stream. Throws Error beyond kMaxFileBytes or if the system fails to read.
std::string read_all(std::istream& in, const std::string& name);

/// The lines of a UTF-8 text, one at a time. Control characters other than tabs are refused, so are lines
/// beyond kMaxLineBytes. The last line may lack its line feed.
class LineReader {
 public:
  /// With kAny a carriage return before the line feed belongs to the line's end, as other systems write it.
  enum class Ends { kLineFeed, kAny };

  /// Stream and name are not copied: both must outlive the reader.
  LineReader(std::istream& in, const std::string& name, Ends ends = Ends::kLineFeed);

  /// Moves on to the next line; false behind the last one.
  bool next();

  /// The current line without its line feed, valid until `next`.
  [[nodiscard]] std::string_view line() const { return line_; }
  /// Its number, from 1; behind the last line one more than that one has.
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Throws an Error that points at a byte of the current line.
  [[noreturn]] void fail(std::size_t byte, const std::string& message) const;

 private:
  bool refill();
  void append(std::string_view part);
  void require_text() const;

  std::istream& in_;
  const std::string& name_;
  Ends ends_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t total_ = 0;
  std::string line_;
  std::size_t number_ = 0;
};

}  // namespace eigenmata::checker

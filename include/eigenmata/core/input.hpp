// SPDX-License-Identifier: Apache-2.0
//
// Reading text from files and from standard input, within bounds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"

namespace eigenmata::core {

/// Inputs that are read whole may have at most this many bytes, and one line of them this many.
inline constexpr std::size_t kMaxInputBytes = std::size_t{1} << 30;
inline constexpr std::size_t kMaxLineBytes = std::size_t{16} << 20;

/// A text and the name it goes by in messages.
struct Input {
  std::string name;
  std::string text;
};

/// Reads a whole file, or standard input for "-". Throws `Error` if it cannot be read or is too large; nothing
/// beyond `max_bytes` is ever held in memory.
[[nodiscard]] Input read_input(const std::string& path, std::size_t max_bytes = kMaxInputBytes);

/// Walks through the lines of an input. A line ends at "\n" or "\r\n"; the last one may lack it.
class LineReader {
 public:
  /// The input has to outlive the reader.
  explicit LineReader(const Input& input) : input_(input) {}

  /// Moves to the next line. Returns false at the end. Throws `Error` at a line of more than `kMaxLineBytes` bytes.
  bool next();

  [[nodiscard]] std::string_view line() const { return line_; }
  /// Place of the current line, for messages; `column` 0 leaves the column out.
  [[nodiscard]] Place place(std::size_t column = 0) const { return {input_.name, number_, column}; }
  /// Column (1-based, in bytes) of a piece that points into the current line.
  [[nodiscard]] Place place_of(std::string_view piece) const;

 private:
  const Input& input_;
  std::size_t at_ = 0;
  std::size_t number_ = 0;
  std::string_view line_;
};

/// Where the bytes of a text stand: built once, then each question costs a binary search.
class LineIndex {
 public:
  explicit LineIndex(const Input& input);

  /// Line and column (in bytes) of the byte at `offset`; past the end, of the end.
  [[nodiscard]] Place place(std::size_t offset) const;

 private:
  std::string name_;
  std::size_t size_;
  std::vector<std::size_t> starts_;
};

}  // namespace eigenmata::core

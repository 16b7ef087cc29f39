// SPDX-License-Identifier: Apache-2.0
//
// A file, however large, or a pipe, seen through a window that moves along it; about twice the window is held in
// memory. Files are read, not mapped: a mapped file that somebody else makes shorter ends the process (SIGBUS), a file
// that is read says so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/limits.hpp"

namespace eigenmata::simulation {

class ByteInput {
 public:
  /// Bytes that the window shows, if there are as many.
  static constexpr std::size_t kWindow = std::size_t{1} << 20;

  /// "-" is standard input. Throws `core::Error` if the file cannot be read, or is a directory.
  explicit ByteInput(const std::string& path, std::size_t window = kWindow, const core::Limits& limits = {});
  ~ByteInput();
  ByteInput(const ByteInput&) = delete;
  ByteInput& operator=(const ByteInput&) = delete;

  /// What the input goes by in messages.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Known of regular files.
  [[nodiscard]] std::optional<std::uint64_t> size() const { return size_; }

  /// The bytes from the first one that is not consumed: at least `window` of them, or all that are left. Valid until
  /// the next call. Waits for a pipe. Throws `core::Error` if reading fails or a file has become shorter,
  /// `core::LimitReached` while it waits.
  [[nodiscard]] std::string_view window();
  /// True if the last window reached the end of the input.
  [[nodiscard]] bool is_last() const { return is_last_; }
  /// Moves on. Needs at most as many bytes as the last window had.
  void consume(std::size_t bytes);
  [[nodiscard]] std::uint64_t consumed() const { return consumed_; }

 private:
  [[noreturn]] void fail() const;

  std::string name_;
  std::string path_;
  std::size_t window_;
  core::Limits limits_;
  int descriptor_ = -1;
  std::optional<std::uint64_t> size_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // in the buffer
  std::size_t end_ = 0;
  bool is_last_ = false;
  std::uint64_t consumed_ = 0;
};

}  // namespace eigenmata::simulation

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace eigenmata::checker {

/// An input that cannot be read, or a command line that makes no sense (exit code 2). The message says what
/// is wrong, where, and what would be right.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;

  /// Lines and columns start at 1; columns count characters, not bytes.
  Error(const std::string& file, std::size_t line, std::size_t column, const std::string& message)
      : std::runtime_error(file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message) {}
};

/// An automaton outgrew the bounds in limits.hpp. Whoever knows the name of the input turns this into an
/// Error.
class TooLarge : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace eigenmata::checker

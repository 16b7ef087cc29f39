// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace eigenmata::core {

/// Where in an input something stands. Lines and columns start at 1; 0 means unknown.
struct Place {
  std::string source;  ///< file name, "regex", "command line", …
  std::size_t line = 0;
  std::size_t column = 0;  ///< counted in characters (UTF-8 code points) where the reader knows them

  friend bool operator==(const Place&, const Place&) = default;
};

/// "source:line:column", leaving out what is unknown.
[[nodiscard]] std::string to_string(const Place& place);

/// What a user's input can cause. The message says what is wrong, where, and what would be right.
/// Everything a caller can provoke with bad data ends here; impossible states are assertions.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message) : std::runtime_error(message) {}
  Error(Place place, const std::string& message);

  [[nodiscard]] const Place& place() const { return place_; }

 private:
  Place place_;
};

}  // namespace eigenmata::core

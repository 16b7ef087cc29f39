// SPDX-License-Identifier: Apache-2.0
//
// A number of things, in words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace eigenmata::core {

/// "1 layer", "3 layers": for nouns whose plural ends in s.
[[nodiscard]] inline std::string counted(std::size_t count, std::string_view noun) {
  std::string text = std::to_string(count);
  text += ' ';
  text += noun;
  if (count != 1) text += 's';
  return text;
}

}  // namespace eigenmata::core

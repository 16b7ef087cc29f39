// SPDX-License-Identifier: Apache-2.0
//
// What comments and language files cite: a key in brackets, like [Grazzi2025, Thm 3], stands for one of these.
#pragma once

#include <string_view>
#include <vector>

namespace eigenmata::core {

struct Reference {
  std::string_view key;
  std::string_view text;  ///< authors, title, where and when
};

/// All references, sorted by key.
[[nodiscard]] const std::vector<Reference>& bibliography();

}  // namespace eigenmata::core

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace eigenmata::certificate {

/// Under the letter the context of the layers up to one may go from one to the other while that layer says the symbol.
struct Situation {
  std::uint32_t letter = 0;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t symbol = 0;

  friend auto operator<=>(const Situation&, const Situation&) = default;
};

}  // namespace eigenmata::certificate

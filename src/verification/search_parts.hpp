// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>

#include "eigenmata/verification/period_search.hpp"

namespace eigenmata::verification {

/// The rows of a part, of `rows` in all: from the first to before the second.
inline std::pair<std::size_t, std::size_t> rows_of(SearchPart part, std::size_t rows) {
  return {part.index * rows / part.count, (part.index + 1) * rows / part.count};
}

}  // namespace eigenmata::verification

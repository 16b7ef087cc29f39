// SPDX-License-Identifier: Apache-2.0
//
// One step of a layer by looking it up: where a coordinate of the next state depends on one coordinate of the state,
// and numbers are codes of few bits, all it can become is a table of 2^bits entries. Matrices of compiled networks have
// few entries, and rounded sums cost far more than a look-up.
//
// The tables are filled by the step itself, from states that are zero but for the coordinate in question. The terms
// left out are products 0 · h, which add a zero to a sum and change at most the sign of a zero, if h is finite; and −0
// and +0 are one state. So a step from a state with an infinity or a NaN in it is never looked up.
//
// Cost: dimension · 2^bits entries a letter, and 2^bits a readout; none if bits > kMostTableBits, or dimension³ ·
// 2^bits · letters > 2^24.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include "eigenmata/core/alphabet.hpp"

namespace eigenmata::verification {

inline constexpr std::size_t kMostTableBits = 8;

/// The codes of the next values of one coordinate, by the code of the one that it depends on.
struct RowTable {
  std::size_t depends_on = 0;
  std::vector<std::uint8_t> codes;  ///< none: not tabulated
};
static_assert(kMostTableBits <= 8);

/// The outputs of a decoder by that code; nothing where it has no answer.
struct OutputTable {
  std::size_t depends_on = 0;
  std::vector<std::optional<core::Symbol>> entries;
};

/// Adds nothing to any sum but a zero, whatever finite number it multiplies.
template <class T>
[[nodiscard]] bool is_zero_entry(const T& k, const typename T::Scalar& a) {
  if constexpr (std::is_floating_point_v<typename T::Scalar>) {
    return a == 0;
  } else {
    return k.is_zero(a);
  }
}

template <class S>
[[nodiscard]] bool is_finite_number(const S& a) {
  if constexpr (std::is_floating_point_v<S>) {
    return std::isfinite(a);
  } else {
    return true;
  }
}

/// The only position in `entries` that is not zero, or 0 if all are; nothing if there are several.
template <class T>
[[nodiscard]] std::optional<std::size_t> only_entry(const T& k, const typename T::Scalar* entries, std::size_t count) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < count; ++i) {
    if (is_zero_entry(k, entries[i])) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found.value_or(0);
}

}  // namespace eigenmata::verification

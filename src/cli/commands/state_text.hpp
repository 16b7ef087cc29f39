// SPDX-License-Identifier: Apache-2.0
//
// The states of a network for people: short vectors in full, long ones by their entries.
#pragma once

#include <string>

#include "eigenmata/lrnn/recurrence.hpp"

namespace eigenmata::cli {

template <exact::Arithmetic K>
[[nodiscard]] std::string vector_text(const K& k, const lrnn::SparseVector<typename K::Scalar>& h) {
  constexpr std::size_t kShort = 12;
  std::string text;
  if (h.dimension() <= kShort) {
    for (const auto& value : coordinates(k, h)) text += (text.empty() ? "" : ", ") + k.format(value);
    return "(" + text + ")";
  }
  for (const auto& entry : h.entries()) {
    // Where numbers round, vectors list their zeros.
    if (k.equal(entry.value, k.zero())) continue;
    text += (text.empty() ? "" : " ") + std::to_string(entry.index) + ":" + k.format(entry.value);
  }
  return "{" + text + "}";
}

template <exact::Arithmetic K>
[[nodiscard]] std::string state_text(const K& k, const lrnn::JointState<typename K::Scalar>& states) {
  std::string text;
  for (const auto& h : states) text += (text.empty() ? "" : "  ") + vector_text(k, h);
  return text;
}

}  // namespace eigenmata::cli

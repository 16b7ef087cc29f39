// SPDX-License-Identifier: Apache-2.0
//
// When two numbers of lanes are one: −0 is 0, and NaN is one number.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace eigenmata::simulation {

template <class T>
[[nodiscard]] T canonical(T a) {
  return a == 0 ? T(0) : std::isnan(a) ? std::numeric_limits<T>::quiet_NaN() : a;
}

template <class T>
[[nodiscard]] bool is_same(T a, T b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

/// Goes on with a hash by a canonical number.
template <class T>
[[nodiscard]] std::uint64_t hashed(std::uint64_t hash, T a) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  hash = (hash ^ std::bit_cast<Bits>(a)) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

}  // namespace eigenmata::simulation

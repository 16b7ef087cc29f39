// SPDX-License-Identifier: Apache-2.0
//
// Prefixes e_1, e_1∘e_2, e_1∘e_2∘e_3, … of an associative operation, in three orders: one after the other; by halves
// (solve both halves, then carry the first one's total into the second: depth ⌈log₂ n⌉, (n/2)·log₂ n operations for
// n = 2^m); and by odd and even places (combine neighbours, solve the half as long sequence, fill in the places
// between: 2n − 2 − log₂ n operations for n = 2^m). Linear recurrences x_t = A_t x_{t−1} + b_t are prefixes of pairs
// (A, b).
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace eigenmata::ssm {

template <class E, class Combine>
[[nodiscard]] std::vector<E> scan_in_sequence(std::vector<E> e, const Combine& combine) {
  for (std::size_t i = 1; i < e.size(); ++i) e[i] = combine(e[i - 1], e[i]);
  return e;
}

namespace internal {
template <class E, class Combine>
void scan_range(std::vector<E>& e, std::size_t first, std::size_t last, const Combine& combine) {
  if (last - first < 2) return;
  const std::size_t middle = first + (last - first + 1) / 2;
  scan_range(e, first, middle, combine);
  scan_range(e, middle, last, combine);
  for (std::size_t i = middle; i < last; ++i) e[i] = combine(e[middle - 1], e[i]);
}
}  // namespace internal

template <class E, class Combine>
[[nodiscard]] std::vector<E> scan_by_halves(std::vector<E> e, const Combine& combine) {
  internal::scan_range(e, 0, e.size(), combine);
  return e;
}

template <class E, class Combine>
[[nodiscard]] std::vector<E> scan_by_odd_and_even(std::vector<E> e, const Combine& combine) {
  if (e.size() < 2) return e;
  std::vector<E> pairs;
  for (std::size_t i = 0; i + 1 < e.size(); i += 2) pairs.push_back(combine(e[i], e[i + 1]));
  pairs = scan_by_odd_and_even(std::move(pairs), combine);
  for (std::size_t i = 1; i < e.size(); ++i) e[i] = i % 2 == 1 ? pairs[i / 2] : combine(pairs[i / 2 - 1], e[i]);
  return e;
}

}  // namespace eigenmata::ssm

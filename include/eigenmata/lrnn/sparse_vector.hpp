// SPDX-License-Identifier: Apache-2.0
//
// Vectors by their support. A one-hot state of dimension 100,000 is one entry.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "eigenmata/exact/arithmetic.hpp"

namespace eigenmata::lrnn {

template <class S>
class SparseVector {
 public:
  struct Entry {
    std::uint32_t index;
    S value;
    friend bool operator==(const Entry&, const Entry&) = default;
  };

  /// Zero.
  explicit SparseVector(std::size_t dimension = 0) : dimension_(dimension) {}
  /// Needs increasing indices below `dimension` and no value that is zero.
  SparseVector(std::size_t dimension, std::vector<Entry> entries)
      : dimension_(dimension), entries_(std::move(entries)) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      assert(entries_[i].index < dimension_ && (i == 0 || entries_[i - 1].index < entries_[i].index));
    }
  }

  [[nodiscard]] std::size_t dimension() const { return dimension_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] bool is_zero() const { return entries_.empty(); }
  /// The entries, to be used again elsewhere.
  [[nodiscard]] std::vector<Entry> release() && { return std::move(entries_); }

 private:
  std::size_t dimension_;
  std::vector<Entry> entries_;
};

/// From all coordinates; those that are zero are dropped.
template <exact::Arithmetic K>
[[nodiscard]] SparseVector<typename K::Scalar> sparse(const K& k, const std::vector<typename K::Scalar>& coordinates) {
  std::vector<typename SparseVector<typename K::Scalar>::Entry> entries;
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    if (!k.is_zero(coordinates[i])) entries.push_back({static_cast<std::uint32_t>(i), coordinates[i]});
  }
  return {coordinates.size(), std::move(entries)};
}

/// All coordinates.
template <exact::Arithmetic K>
[[nodiscard]] std::vector<typename K::Scalar> coordinates(const K& k, const SparseVector<typename K::Scalar>& vector) {
  std::vector<typename K::Scalar> result(vector.dimension(), k.zero());
  for (const auto& entry : vector.entries()) result[entry.index] = entry.value;
  return result;
}

/// The i-th unit vector.
template <exact::Arithmetic K>
[[nodiscard]] SparseVector<typename K::Scalar> unit_vector(const K& k, std::size_t dimension, std::size_t i) {
  return {dimension, {{static_cast<std::uint32_t>(i), k.one()}}};
}

template <exact::Comparable K>
[[nodiscard]] bool equal(const K& k, const SparseVector<typename K::Scalar>& a,
                         const SparseVector<typename K::Scalar>& b) {
  if (a.dimension() != b.dimension() || a.entries().size() != b.entries().size()) return false;
  for (std::size_t i = 0; i < a.entries().size(); ++i) {
    if (a.entries()[i].index != b.entries()[i].index || !k.equal(a.entries()[i].value, b.entries()[i].value))
      return false;
  }
  return true;
}

template <exact::Comparable K>
[[nodiscard]] std::size_t hash(const K& k, const SparseVector<typename K::Scalar>& a) {
  std::size_t hash = a.dimension();
  for (const auto& entry : a.entries()) {
    hash = (hash ^ entry.index) * 0x9E3779B97F4A7C15u + (hash >> 29);
    hash = (hash ^ k.hash(entry.value)) * 0x9E3779B97F4A7C15u + (hash >> 29);
  }
  return hash;
}

/// aᵀb, summed in the order of the indices. Cost: O(s log l) for s entries of the shorter and l of the longer vector,
/// so that a readout with 100,000 weights of a one-hot state is one search.
template <exact::Arithmetic K>
[[nodiscard]] typename K::Scalar dot(const K& k, const SparseVector<typename K::Scalar>& a,
                                     const SparseVector<typename K::Scalar>& b) {
  if (b.entries().size() < a.entries().size()) return dot(k, b, a);
  exact::ProductSum<K> sum(k);
  auto at = b.entries().begin();
  for (const auto& entry : a.entries()) {
    at = std::lower_bound(at, b.entries().end(), entry.index,
                          [](const auto& e, std::uint32_t index) { return e.index < index; });
    if (at == b.entries().end()) break;
    if (at->index == entry.index) sum.add(k, entry.value, at->value);
  }
  return std::move(sum.total(k));
}

/// The same vector with every value mapped. `f` must not make a value zero.
template <class S, class Map>
[[nodiscard]] auto mapped(const SparseVector<S>& a, const Map& f) {
  using T = decltype(f(std::declval<const S&>()));
  std::vector<typename SparseVector<T>::Entry> entries;
  for (const auto& entry : a.entries()) entries.push_back({entry.index, f(entry.value)});
  return SparseVector<T>(a.dimension(), std::move(entries));
}

}  // namespace eigenmata::lrnn

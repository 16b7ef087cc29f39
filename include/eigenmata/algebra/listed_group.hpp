// SPDX-License-Identifier: Apache-2.0
//
// A permutation group whose elements are all written down and numbered, for questions that need to look at each:
// conjugacy classes, centre, exponent, maximal and minimal subgroups. Numbers are those of `PermutationGroup::element`;
// an element is found from its images of the base points alone [Seress2003, Ch. 4], so a product costs O(base²),
// whatever the degree, and there is no hash table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "eigenmata/algebra/permutation_group.hpp"

namespace eigenmata::algebra {

class ListedGroup {
 public:
  struct ConjugacyClass {
    std::uint32_t representative;  ///< the least number in the class
    std::uint32_t size;
    std::uint64_t element_order;
  };
  static constexpr std::size_t kUsualLimit = 20'000;

  /// Throws `core::LimitReached`: kSize if the group has more than `max_order` elements (which is at most 2³² − 1),
  /// others as usual. Cost: O(order · degree) time and memory.
  explicit ListedGroup(const PermutationGroup& group, std::size_t max_order = kUsualLimit,
                       const core::Limits& limits = {});

  [[nodiscard]] const PermutationGroup& group() const { return group_; }
  [[nodiscard]] std::size_t order() const { return order_; }
  /// The element with this number, 0 … order−1. The identity has number 0.
  [[nodiscard]] Transformation element(std::uint32_t x) const;
  /// Needs g in the group.
  [[nodiscard]] std::uint32_t number_of(const Transformation& g) const;

  /// First x, then y. Cost: O(base²).
  [[nodiscard]] std::uint32_t product(std::uint32_t x, std::uint32_t y) const;
  /// Cost: O(base · degree).
  [[nodiscard]] std::uint32_t inverse(std::uint32_t x) const;
  [[nodiscard]] std::uint32_t power(std::uint32_t x, std::uint64_t exponent) const;
  /// Cost: O(degree).
  [[nodiscard]] std::uint64_t element_order(std::uint32_t x) const;

  /// Ordered by representative; the first is that of the identity. Cost: O(order · generators · base · degree).
  [[nodiscard]] std::vector<ConjugacyClass> conjugacy_classes() const;
  /// For every element, the position of its class in `conjugacy_classes()`.
  [[nodiscard]] std::vector<std::uint32_t> class_of_elements() const;

  /// The numbers of the elements that commute with all, increasing.
  [[nodiscard]] std::vector<std::uint32_t> centre() const;
  /// The numbers of the elements that commute with each of the given ones, increasing.
  [[nodiscard]] std::vector<std::uint32_t> centraliser(const std::vector<std::uint32_t>& elements) const;
  /// Least common multiple of the element orders.
  [[nodiscard]] std::uint64_t exponent() const;

  /// The numbers of the elements of a subgroup (of the same degree), increasing. Cost: O(its order · base · degree).
  [[nodiscard]] std::vector<std::uint32_t> members(const PermutationGroup& subgroup) const;

 private:
  template <class ImageOf>
  [[nodiscard]] std::uint32_t number_from(ImageOf image_of) const;
  [[nodiscard]] const Point* images(std::uint32_t x) const { return images_.data() + std::size_t{x} * degree_; }

  PermutationGroup group_;
  std::size_t order_;
  std::size_t degree_;
  std::vector<Point> images_;  // [element · degree + point]
};

/// The centre as a group. Throws as `ListedGroup`.
[[nodiscard]] PermutationGroup centre(const PermutationGroup& g, const core::Limits& limits = {});
/// Least common multiple of the element orders. Throws as `ListedGroup`.
[[nodiscard]] std::uint64_t exponent(const PermutationGroup& g, const core::Limits& limits = {});

}  // namespace eigenmata::algebra

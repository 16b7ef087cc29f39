// SPDX-License-Identifier: Apache-2.0
//
// Maps of {0, …, n−1} to itself. They act from the right, x·(fg) = (x·f)·g, as words do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "eigenmata/automata/dfa.hpp"

namespace eigenmata::algebra {

/// A point, 0 … degree − 1.
using Point = std::uint32_t;

/// A map with its degree, which is part of its identity: the identity on 3 points is not the identity on 4.
class Transformation {
 public:
  /// Throws `core::Error` if a value is not below the degree `images.size()`.
  explicit Transformation(std::vector<Point> images);
  [[nodiscard]] static Transformation identity(std::size_t degree);

  [[nodiscard]] std::size_t degree() const { return images_.size(); }
  /// Needs x < degree().
  [[nodiscard]] Point image_of(Point x) const { return images_[x]; }
  [[nodiscard]] const std::vector<Point>& images() const { return images_; }

  /// Number of points in the image.
  [[nodiscard]] std::size_t rank() const;
  [[nodiscard]] bool is_permutation() const { return rank() == degree(); }
  /// Number of cycles of the functional graph x → x·f, fixed points included: also the number of its weakly connected
  /// components, since each component has exactly one cycle. Cost: O(degree).
  [[nodiscard]] std::size_t components() const;
  /// The period of f, f², f³, …: least common multiple of the cycle lengths. Cost: O(degree).
  [[nodiscard]] std::uint64_t period() const;

  /// First a, then b. Needs equal degrees.
  friend Transformation operator*(const Transformation& a, const Transformation& b);
  friend bool operator==(const Transformation&, const Transformation&) = default;

 private:
  std::vector<Point> images_;
};

/// Needs a permutation.
[[nodiscard]] Transformation inverse(const Transformation& permutation);

/// The map that each letter makes on the states, in the order of the letters.
[[nodiscard]] std::vector<Transformation> letter_maps(const automata::Dfa& dfa);

/// The map that a word makes on the states.
[[nodiscard]] Transformation word_map(const automata::Dfa& dfa, const automata::Word& word);

}  // namespace eigenmata::algebra

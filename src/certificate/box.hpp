// SPDX-License-Identifier: Apache-2.0
//
// Boxes under affine maps. The smallest box around A·r + B has as its centre the image of the centre of r, and as its
// half-widths Σ_j w_j |A e_j|, where j runs over the coordinates in which r is an interval, of half-width w_j. So each
// e_j is sent through the factors of A by itself: factor by factor with intervals, already a swap would widen.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "eigenmata/certificate/layerwise.hpp"
#include "eigenmata/lrnn/recurrence.hpp"

namespace eigenmata::certificate {

/// Centre and half-widths of a box.
struct Box {
  lrnn::SparseVector<exact::Rational> centre;
  lrnn::SparseVector<exact::Rational> half_widths;

  [[nodiscard]] bool is_point() const { return half_widths.is_zero(); }
};

[[nodiscard]] Box box_of(const Region& region, std::size_t dimension);

/// Is the box inside the region?
[[nodiscard]] bool contains(const Region& region, const Box& box);

/// The images of boxes under the maps of one layer. Remembers the columns A e_j that it has met.
class BoxImages {
 public:
  using Runner = lrnn::Runner<exact::RationalArithmetic>;
  using Workspace = lrnn::Workspace<exact::RationalArithmetic>;

  BoxImages(const Runner& runner, std::size_t layer) : runner_(runner), layer_(layer), work_(runner.make_workspace()) {}

  /// The smallest box that contains A·box + B.
  [[nodiscard]] Box image(const Box& box, core::Symbol symbol);

  /// The decoder's output under the symbol, if it has the same one for all of the box.
  [[nodiscard]] std::optional<core::Symbol> output(const Box& box, core::Symbol symbol) const;

 private:
  const lrnn::SparseVector<exact::Rational>& column(std::uint32_t j, core::Symbol symbol);

  const Runner& runner_;
  std::size_t layer_;
  Workspace work_;
  std::map<std::pair<std::uint32_t, core::Symbol>, lrnn::SparseVector<exact::Rational>> columns_;
};

}  // namespace eigenmata::certificate

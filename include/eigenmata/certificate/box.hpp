// SPDX-License-Identifier: Apache-2.0
//
// Boxes under affine maps. The smallest box around A·r + B has as its centre the image of the centre of r, and as its
// half-widths Σ_j w_j |A e_j|, where j runs over the coordinates in which r is an interval, of half-width w_j. So each
// e_j is sent through the factors of A by itself: factor by factor with intervals, already a swap would widen.
//
// Over complex numbers a box is a centre of any numbers with segments parallel to the real line: coordinate j is c_j +
// t, −w_j ≤ t ≤ w_j. That stays so as long as the columns A e_j of intervals are real; here they have to be rational.
#pragma once

#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "eigenmata/certificate/layerwise.hpp"
#include "eigenmata/lrnn/recurrence.hpp"

namespace eigenmata::certificate {

/// Centre and half-widths of a box.
template <class S>
struct Box {
  lrnn::SparseVector<S> centre;
  lrnn::SparseVector<exact::Rational> half_widths;

  [[nodiscard]] bool is_point() const { return half_widths.is_zero(); }
};

template <class K>
[[nodiscard]] Box<typename K::Scalar> box_of(const K& k, const RegionOver<typename K::Scalar>& region,
                                             std::size_t dimension) {
  using S = typename K::Scalar;
  std::vector<typename lrnn::SparseVector<S>::Entry> centre;
  std::vector<lrnn::SparseVector<exact::Rational>::Entry> half_widths;
  for (const auto& extent : region) {
    S middle = extent.low;
    if (!k.equal(extent.low, extent.high)) {
      // The ends of an interval are rational.
      const exact::Rational low = *exact::rational_value(k, extent.low);
      const exact::Rational high = *exact::rational_value(k, extent.high);
      middle = k.from_rational((low + high) / 2);
      half_widths.push_back({extent.index, (high - low) / 2});
    }
    if (!k.is_zero(middle)) centre.push_back({extent.index, std::move(middle)});
  }
  return {{dimension, std::move(centre)}, {dimension, std::move(half_widths)}};
}

/// Is the second box inside the first? [c ± w] lies in [c′ ± w′] if and only if c − c′ is real and |c − c′| + w ≤ w′.
/// No, if c − c′ is not rational.
template <class K>
[[nodiscard]] bool contains(const K& k, const Box<typename K::Scalar>& outer, const Box<typename K::Scalar>& inner);

/// The images of boxes under the maps of one layer. Remembers the columns A e_j that it has met.
template <class K>
class BoxImages {
 public:
  using S = typename K::Scalar;
  using Runner = lrnn::Runner<K>;

  BoxImages(const Runner& runner, std::size_t layer)
      : runner_(runner), k_(runner.arithmetic()), layer_(layer), work_(runner.make_workspace()) {}

  /// The smallest box that contains A·box + B; nothing if an interval gets a factor that is not rational.
  [[nodiscard]] std::optional<Box<S>> image(const Box<S>& box, core::Symbol symbol);

  /// The decoder's output under the symbol, if it has the same one for all of the box. An affine readout has none
  /// unless its value differs from the thresholds by rational numbers.
  [[nodiscard]] std::optional<core::Symbol> output(const Box<S>& box, core::Symbol symbol) const;

 private:
  using Magnitudes = std::optional<lrnn::SparseVector<exact::Rational>>;
  /// |A e_j|, if it is rational.
  const Magnitudes& column(std::uint32_t j, core::Symbol symbol);

  const Runner& runner_;
  const K& k_;
  std::size_t layer_;
  lrnn::Workspace<K> work_;
  std::map<std::pair<std::uint32_t, core::Symbol>, Magnitudes> columns_;
};

extern template bool contains(const exact::RationalArithmetic&, const Box<exact::Rational>&,
                              const Box<exact::Rational>&);
extern template bool contains(const exact::CyclotomicField&, const Box<exact::FieldElement>&,
                              const Box<exact::FieldElement>&);
extern template class BoxImages<exact::RationalArithmetic>;
extern template class BoxImages<exact::CyclotomicField>;

}  // namespace eigenmata::certificate

// SPDX-License-Identifier: Apache-2.0
//
// Schreier–Sims [HoltEickOBrien2005, §4.4] [Seress2003, Ch. 4], deterministic and incremental. The chain
// G = G⁰ ≥ G¹ ≥ … ≥ 1 of stabilisers of base points b₀, b₁, …; level i keeps the orbit of bᵢ under Gⁱ and, for each of
// its points, an element of Gⁱ that carries bᵢ there (explicitly: no words, no trees). Schreier's lemma makes
// generators of Gⁱ⁺¹ out of those of Gⁱ; each is sifted through the deeper levels, and what remains is added there.
// When every Schreier generator of every level sifts to the identity, the chain is right, and the order is the product
// of the orbit lengths.
//
// The only mutable object of the permutation groups: `PermutationGroup` holds a finished one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::algebra {

/// A permutation as its images: [x] is x·g. Products read from left to right.
using Images = std::vector<Point>;

[[nodiscard]] Images identity_images(std::size_t degree);
[[nodiscard]] bool is_identity(const Images& g);
[[nodiscard]] Images product(const Images& a, const Images& b);
[[nodiscard]] Images inverse(const Images& g);
/// g⁻¹·x·g.
[[nodiscard]] Images conjugate(const Images& x, const Images& g);
/// a⁻¹·b⁻¹·a·b.
[[nodiscard]] Images commutator(const Images& a, const Images& b);
[[nodiscard]] Images power(const Images& g, std::uint64_t exponent);
[[nodiscard]] std::uint64_t order_of(const Images& g);

class StabiliserChain {
 public:
  struct Level {
    Point base = 0;
    std::vector<Images> generators;   ///< of Gⁱ
    std::vector<std::size_t> tested;  ///< for each generator, the number of orbit points whose Schreier generator sifts
    std::vector<Point> orbit;         ///< the base point first
    std::vector<std::uint32_t> position;  ///< of each point in the orbit; kNotThere elsewhere
    std::vector<Images> carrier;          ///< carrier[p] sends the base point to orbit[p]; carrier[0] is the identity
    std::vector<Images> carrier_inverse;
  };
  static constexpr std::uint32_t kNotThere = UINT32_MAX;

  /// The trivial group. The base begins with the points of `base_prefix` (distinct), even where they are redundant.
  explicit StabiliserChain(std::size_t degree, const std::vector<Point>& base_prefix = {});

  /// Makes the group larger by g; false if it was in it before. Throws `LimitReached`; the chain is useless then.
  bool insert(const Images& g, const core::Limits& limits);
  [[nodiscard]] bool contains(const Images& g) const;

  [[nodiscard]] std::size_t degree() const { return degree_; }
  [[nodiscard]] const std::vector<Level>& levels() const { return levels_; }

 private:
  struct Residue {
    Images images;
    std::size_t level;  // the first level that it does not pass; the number of levels if it passes all
  };
  [[nodiscard]] Residue sift(Images g, std::size_t from) const;
  void append_level(Point base);
  void add_generator(const Images& g, std::size_t first, std::size_t last, const core::Limits& limits);
  void extend_orbit(Level& level, const core::Limits& limits);
  void complete(std::size_t i, core::Ticker& ticker, const core::Limits& limits);

  std::size_t degree_;
  std::vector<Level> levels_;
  std::size_t carriers_ = 0;  // over all levels: what takes the memory
};

}  // namespace eigenmata::algebra

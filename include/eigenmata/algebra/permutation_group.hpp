// SPDX-License-Identifier: Apache-2.0
//
// A permutation group, given by generators: the group that the letters of a permutation automaton make, or a maximal
// subgroup of a transition monoid. It acts from the right, x·(gh) = (x·g)·h.
//
// What is stored is a base and strong generating set, found by the deterministic Schreier–Sims algorithm
// [HoltEickOBrien2005, §4.4] [Seress2003, Ch. 4]: no randomness, so nothing that is said about the group is only
// probable. Cost for degree n, base of length b: O(n²·b²·s) for s strong generators in practice (S₆₄ in well under a
// second); memory O(n · sum of the basic orbit lengths), at worst n³ numbers. Practical for degrees up to a few
// hundred.
//
// Example:
//   const PermutationGroup s3(3, {Transformation({1, 2, 0}), Transformation({1, 0, 2})});
//   s3.order() == 6;  s3.is_abelian() == false;  structure_name(s3) == "S3";  // structure_name.hpp
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/exact/rational.hpp"

namespace eigenmata::algebra {

class StabiliserChain;

class PermutationGroup {
 public:
  /// The group on 0 … degree−1 that the generators make; without generators, the trivial group. Throws `core::Error` if
  /// a generator is not a permutation or has another degree; `core::LimitReached` when a limit is reached.
  PermutationGroup(std::size_t degree, std::vector<Transformation> generators, const core::Limits& limits = {});
  /// The same with the given points (distinct, below the degree) as the first of the base, redundant or not.
  PermutationGroup(std::size_t degree, std::vector<Transformation> generators, const std::vector<Point>& base_prefix,
                   const core::Limits& limits = {});
  /// A finished chain; for the functions of this module, which grow chains. The generators must generate its group.
  PermutationGroup(std::vector<Transformation> generators, std::shared_ptr<const StabiliserChain> chain);

  [[nodiscard]] std::size_t degree() const;
  /// As they were given.
  [[nodiscard]] const std::vector<Transformation>& generators() const { return generators_; }

  /// Exact, of any size.
  [[nodiscard]] const exact::Integer& order() const { return order_; }
  [[nodiscard]] bool is_trivial() const { return order_ == 1; }
  /// The order as prime powers, prime → exponent; empty for the trivial group. Every prime is at most the degree.
  [[nodiscard]] std::map<std::uint64_t, std::uint64_t> order_factors() const;

  /// The base points, the lengths of their orbits under the stabilisers of those before, and generators such that those
  /// which fix the first i base points generate their stabiliser, for every i.
  [[nodiscard]] std::vector<Point> base() const;
  [[nodiscard]] std::vector<std::size_t> basic_orbit_lengths() const;
  [[nodiscard]] std::vector<Transformation> strong_generators() const;
  /// Pointwise stabiliser of the first `points` base points. Needs points ≤ base().size(). No new chain is computed for
  /// the order, but one for the result.
  [[nodiscard]] PermutationGroup base_stabiliser(std::size_t points, const core::Limits& limits = {}) const;

  /// Of a map of the same degree; others, and maps that are no permutations, are not in it. Cost: O(base · degree).
  [[nodiscard]] bool contains(const Transformation& g) const;
  /// Every element of this group is in the other, which has the same degree.
  [[nodiscard]] bool is_subgroup_of(const PermutationGroup& other) const;
  /// The same set of permutations, whatever the generators.
  [[nodiscard]] friend bool operator==(const PermutationGroup& a, const PermutationGroup& b) {
    return a.order_ == b.order_ && a.is_subgroup_of(b);
  }

  /// Uniform, and independent of the draws before. Cost: O(base · degree).
  [[nodiscard]] Transformation random_element(core::Random& random) const;

  /// Elements are numbered 0 … order−1 by their places in the transversals; 0 is the identity. Needs index < order.
  /// Cost: O(base · degree).
  [[nodiscard]] Transformation element(const exact::Integer& index) const;
  /// All elements, by number. Throws `core::LimitReached` (kSize) if there are more than `limit`.
  [[nodiscard]] std::vector<Transformation> elements(std::size_t limit) const;

  /// In increasing order. Needs x < degree.
  [[nodiscard]] std::vector<Point> orbit(Point x) const;
  /// Each in increasing order, ordered by their least points; fixed points are orbits of length 1.
  [[nodiscard]] std::vector<std::vector<Point>> orbits() const;
  /// One orbit, or no point at all.
  [[nodiscard]] bool is_transitive() const { return orbits().size() <= 1; }
  /// By the generators alone: O(generators² · degree).
  [[nodiscard]] bool is_abelian() const;

  [[nodiscard]] const StabiliserChain& chain() const { return *chain_; }

 private:
  std::vector<Transformation> generators_;
  std::shared_ptr<const StabiliserChain> chain_;
  exact::Integer order_;
};

/// All permutations of n points, the even ones, rotations of n points.
[[nodiscard]] PermutationGroup symmetric_group(std::size_t n);
[[nodiscard]] PermutationGroup alternating_group(std::size_t n);
[[nodiscard]] PermutationGroup cyclic_group(std::size_t n);

}  // namespace eigenmata::algebra

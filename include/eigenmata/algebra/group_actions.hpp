// SPDX-License-Identifier: Apache-2.0
//
// Homomorphisms between permutation groups: what a group does on an orbit, on blocks, on the cosets of a normal
// subgroup; with the kernels. The kernel comes from one stabiliser chain of the pairs (image, element), whose base
// begins with all points of the image [HoltEickOBrien2005, §4.5]. Functions throw `core::LimitReached`.
#pragma once

#include <cstddef>
#include <vector>

#include "eigenmata/algebra/listed_group.hpp"
#include "eigenmata/algebra/permutation_group.hpp"

namespace eigenmata::algebra {

struct Action {
  PermutationGroup image;
  PermutationGroup kernel;  ///< a normal subgroup of the acting group
};

/// The homomorphism that sends the i-th generator of g to images[i], all of degree `image_degree`. That it is one is
/// required, not checked. Cost: a chain on degree + image_degree points.
[[nodiscard]] Action action_from_images(const PermutationGroup& g, std::size_t image_degree,
                                        const std::vector<Transformation>& images, const core::Limits& limits = {});
/// On a union of orbits, whose points are renumbered in the order given.
[[nodiscard]] Action action_on_points(const PermutationGroup& g, const std::vector<Point>& points,
                                      const core::Limits& limits = {});
/// On the blocks of a block system, numbered as given.
[[nodiscard]] Action action_on_blocks(const PermutationGroup& g, const std::vector<std::vector<Point>>& blocks,
                                      const core::Limits& limits = {});

/// A system of blocks, neither points nor everything, of the least size that a block through point 0 can have; empty if
/// there is none, that is, if g is primitive (or has at most two points). Needs g transitive. By union and find
/// [HoltEickOBrien2005, §4.3]. Cost: O(degree² · generators) up to a logarithm.
[[nodiscard]] std::vector<std::vector<Point>> block_system(const PermutationGroup& g);

/// g/n: how g permutes the cosets of a normal subgroup n by multiplication from the right, a regular group.
struct Quotient {
  PermutationGroup group;                       ///< its points are the cosets; n itself is point 0
  std::vector<Transformation> representatives;  ///< [i] is in coset i, so it sends point 0 to point i
};
/// Needs n normal in g. Throws `core::LimitReached` (kSize) if there are more than `max_index` cosets.
/// Cost: O(index · generators · (base orbits of n)), and a chain on `index` points: index² numbers.
[[nodiscard]] Quotient quotient(const PermutationGroup& g, const PermutationGroup& n, std::size_t max_index = 2'500,
                                const core::Limits& limits = {});
/// All elements of g whose coset is in a subgroup of the quotient.
[[nodiscard]] PermutationGroup preimage(const Quotient& quotient, const PermutationGroup& n,
                                        const PermutationGroup& subgroup, const core::Limits& limits = {});

/// The normal subgroups that contain no smaller one but the trivial one; none for the trivial group, the group itself
/// if it is simple. Each is the normal closure of any element of prime order in it. Ordered by order.
[[nodiscard]] std::vector<PermutationGroup> minimal_normal_subgroups(const ListedGroup& g,
                                                                     const core::Limits& limits = {});

}  // namespace eigenmata::algebra

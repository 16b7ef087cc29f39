// SPDX-License-Identifier: Apache-2.0
//
// Functions on the states that are constant on the components of a few words (q and q·w lie in one component).
//
// If the states are the elements of a group, the components of words that generate a subgroup H are its cosets yH. A
// function with distinct values on them has |G:H| images under the letters, which the letters permute: the permutation
// representation on the cosets. So random pairs of words find small faithful representations of groups given by large
// automata; and for monoids they find functions that stay simple.
#pragma once

#include <cstdint>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/core/random.hpp"
#include "function_space.hpp"

namespace eigenmata::compiler {

/// For each state the number of its component.
using Components = std::vector<std::uint32_t>;

/// Components of single random words and of pairs, with more than one component and fewer than states; each once, few
/// components first, at most `keep`. Cost: `trials` · states.
[[nodiscard]] std::vector<Components> sample_components(const std::vector<algebra::Transformation>& letters,
                                                        std::size_t trials, std::size_t keep, core::Random& random);

/// A function with the values 0, 1, 2, … on the components, in random order.
[[nodiscard]] StateFunction generic_function(const Components& components, core::Random& random);

/// The common refinement of two partitions of the states.
[[nodiscard]] Components refined(const Components& a, const Components& b);

}  // namespace eigenmata::compiler

// SPDX-License-Identifier: Apache-2.0
//
// Egg-boxes as text, and as a picture for Graphviz.
#pragma once

#include <cstddef>
#include <string>

#include "eigenmata/algebra/green.hpp"
#include "eigenmata/core/alphabet.hpp"

namespace eigenmata::algebra {

/// One block a D-class, in the order of their least elements: a line with its numbers, then the egg-box. A row is an
/// R-class, a column an L-class; a cell shows the least word of its H-class ("ε" if empty), with * in front if it is a
/// group. Beyond `most` rows, columns, or D-classes "…" stands for the rest.
///
/// `alphabet` names the letters of the words, as many as the monoid has. Cost: O(elements · letters of a word).
[[nodiscard]] std::string egg_box_text(const GreenRelations& green, const core::Alphabet& alphabet,
                                       std::size_t most = 16);

/// The same as a directed graph for Graphviz: a table for each D-class, groups shaded and marked with *, and a line
/// down to each D-class directly below in the J-order. At most 4 · `most` D-classes are drawn. Cost: O(elements ·
/// letters), and the third power of the number of D-classes drawn.
[[nodiscard]] std::string egg_box_dot(const GreenRelations& green, const core::Alphabet& alphabet,
                                      std::size_t most = 16);

}  // namespace eigenmata::algebra

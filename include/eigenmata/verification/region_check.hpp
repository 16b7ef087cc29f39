// SPDX-License-Identifier: Apache-2.0
//
// A proof for networks whose numeric states are too many to list: for each state of the automaton a box, an interval of
// numbers of the format for every coordinate of every layer, so that the start is in the first one's box, every rounded
// step from the box of q by a letter x ends in the box of δ(q, x), and all answers on the way are the automaton's. By
// induction over the word that is so for all words: the boxes together are a closed set as in numeric_check.hpp.
//
// Rounded products by a parameter, and rounded sums, are monotone in every argument, in whatever order and format a
// plan performs them. So the ends of an interval are computed by the same operations as the numbers in it, and hold
// exactly what those can become: there is no error beyond the one of boxes, that what coordinates have in common is
// lost. Good for layers that contract, hopeless for those that rotate.
#pragma once

#include <optional>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"

namespace eigenmata::verification {

/// Finite numbers of the format of states.
struct Interval {
  double low = 0;
  double high = 0;
};
/// The coordinates of all layers, one layer after the other.
using Box = std::vector<Interval>;

struct ClosedRegion {
  automata::Dfa automaton;                ///< over the network's alphabet
  std::vector<std::optional<Box>> boxes;  ///< for each state of the automaton; nothing where no word leads
};

/// Joins what steps lead to until nothing changes, then checks every box against every letter again. Nothing if numbers
/// may overflow, an answer may be wrong somewhere in a box, a decoder is a table, the plan has chunks, the language has
/// words that the network cannot read, more than 2^20 boxes were changed, or a limit came first: no difference is
/// claimed then. Cost: a step of the network for each letter and change of a box. Never throws `core::LimitReached`.
[[nodiscard]] std::optional<ClosedRegion> closed_region(const precision::FloatArithmetic& arithmetic,
                                                        const lrnn::Network<double>& network,
                                                        const automata::Dfa& language, const core::Limits& limits);

}  // namespace eigenmata::verification

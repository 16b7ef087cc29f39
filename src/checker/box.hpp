// SPDX-License-Identifier: Apache-2.0
//
// Boxes, products of closed intervals, written as centre ± radius; and their images under h ← A h + B.
//
// The image of a box is no box, but the smallest box around it is simple in this form: coordinate i of A h + B
// is largest at the corner where every h_j is c_j + ρ_j or c_j − ρ_j by the sign of A_ij, so the centre is
// A c + B and the radius |A| ρ, with absolute values entry by entry. The centre goes through the map as any
// state does, and so does, through A alone, the unit vector of each coordinate with ρ_j > 0: that is column j
// of A. Pushing the box from factor to factor instead would give too large a box: a reflection that exchanges
// two coordinates, taken as h − v (vᵀh), widens both. All of it is exact. A point costs what a state costs; a
// box, that once more for each coordinate with ρ_j > 0.
//
// Over complex numbers the centre may be any, and the intervals are segments parallel to the real line. An image whose
// sides would not be (a column of A with ρ_j > 0 is not real) is refused: Unordered is thrown. So are comparisons of
// numbers that are not rational.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "checker/network.hpp"
#include "checker/propagation.hpp"

namespace eigenmata::checker {

/// Coordinate i goes from centre_i − radius_i to centre_i + radius_i. No radius is negative.
struct BoxView {
  VectorView centre;
  VectorView radius;

  [[nodiscard]] bool is_point() const { return radius.empty(); }
};

struct Box {
  SparseVector centre;
  SparseVector radius;

  [[nodiscard]] BoxView view() const { return {centre, radius}; }
};

/// The smallest box around A · box + B. Both workspaces may have any content.
Box image(const PreparedMap& map, BoxView box, Workspace& state, Workspace& scratch);

/// Where `inner` leaves `outer`; nothing if it lies in it. Centres that differ by a number that is not rational are
/// taken to be too far apart.
std::optional<std::uint32_t> coordinate_outside(BoxView inner, BoxView outer);

/// The smallest and the largest value of weights·h for h in the box.
std::pair<Number, Number> range(VectorView weights, BoxView box);

/// One side, for messages: `1/2`, or `[0,1]`.
std::string shown_side(BoxView box, std::uint32_t index);

/// `0:1 1:[0,1]`, cut after some sides.
std::string shown(BoxView box);

}  // namespace eigenmata::checker

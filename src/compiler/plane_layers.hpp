// SPDX-License-Identifier: Apache-2.0
//
// A level of a cascade that counts modulo m > 2 as a layer of Householder factors: a coordinate is a point of a circle,
// (cos 2πv/m, sin 2πv/m), adding j turns it by two reflections, and v ↦ t − v is one reflection, with the unit vector
// (−sin πt/m, cos πt/m). Coordinates modulo 2 and codes are one number each, as in cascade_layers.hpp. All numbers are
// real ones of a cyclotomic field that has i; the decoder is a table of the values.
#pragma once

#include <cstdint>
#include <vector>

#include "eigenmata/algebra/cascade.hpp"
#include "eigenmata/certificate/layerwise.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::compiler {

/// A level made into a layer over a cyclotomic field.
struct FieldLayer {
  lrnn::Layer<exact::FieldElement> layer;
  std::vector<certificate::RegionOver<exact::FieldElement>> regions;  ///< by value
  std::vector<std::size_t> factor_bounds;                             ///< by symbol: rank(I − A)
};

/// The order of the roots of unity whose field has all numbers of the level's layer, a multiple of 4; 1 if it counts
/// modulo 2 at most. Needs a machine of coordinates.
[[nodiscard]] std::uint64_t plane_order(const algebra::CascadeLevel& level);

/// Needs a field of an order that plane_order divides, a level that needs no old values, and no counter beyond 2 that
/// is overwritten.
[[nodiscard]] FieldLayer plane_layer(const exact::CyclotomicField& k, const algebra::CascadeLevel& level);

}  // namespace eigenmata::compiler

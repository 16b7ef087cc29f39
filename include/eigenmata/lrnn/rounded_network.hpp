// SPDX-License-Identifier: Apache-2.0
//
// The same network in an arithmetic that rounds: every parameter rounded once, correctly, from its exact value.
//
// Two things change besides the numbers. A Householder factor I − (β/vᵀv) v vᵀ keeps s = β/vᵀv, computed exactly and
// rounded, in the place of β, since no implementation divides at every step (or, with normalised keys, s = β and
// v/|v|). And vectors of layers list all their coordinates, zeros too, if the arithmetic has infinities: see
// precision/float_arithmetic.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eigenmata/core/limits.hpp"
#include "eigenmata/lrnn/recurrence.hpp"
#include "eigenmata/precision/fixed_arithmetic.hpp"
#include "eigenmata/precision/float_arithmetic.hpp"

namespace eigenmata::lrnn {

template <class S>
struct RoundedNetwork {
  Network<S> network;
  std::size_t parameters = 0;  ///< numbers in the exact network, zeros not counted
  std::size_t rounded = 0;     ///< of them, those that the format does not hold
  /// For plans in chunks only, [layer][input symbol]: x, if the symbol adds b = β x k to the state, β and k being those
  /// of its last factor. The vectors b of the network itself are 0 then.
  std::vector<std::vector<S>> values = {};
};

/// Throws `core::Error`, naming layer and letter, if the arithmetic refuses a number (integers: 1/2), if a number is
/// not real, if two states of a table become one, or if a plan in chunks is asked of a layer that is no product of
/// Householder factors, with B along the key of the last one, and an affine decoder; `core::LimitReached` if the dense
/// vectors would take too much memory. Cost: O(dimension · factors) for each layer and letter.
template <class T, exact::ExactArithmetic K>
[[nodiscard]] RoundedNetwork<typename T::Scalar> rounded_network(const T& target, const K& k,
                                                                 const Network<typename K::Scalar>& network,
                                                                 const core::Limits& limits);

extern template class Workspace<precision::FloatArithmetic>;
extern template class FactorProduct<precision::FloatArithmetic>;
extern template class Runner<precision::FloatArithmetic>;
extern template class Workspace<precision::FixedArithmetic>;
extern template class FactorProduct<precision::FixedArithmetic>;
extern template class Runner<precision::FixedArithmetic>;

}  // namespace eigenmata::lrnn

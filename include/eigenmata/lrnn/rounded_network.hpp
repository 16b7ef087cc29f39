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
};

/// Throws `core::Error`, naming layer and letter, if the arithmetic refuses a number (integers: 1/2), if a number is
/// not real, or if two states of a table become one; `core::LimitReached` if the dense vectors would take too much
/// memory. Cost: O(dimension · factors) for each layer and letter.
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

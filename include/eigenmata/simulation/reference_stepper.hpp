// SPDX-License-Identifier: Apache-2.0
//
// The definition itself behind the interface of the fast path: lrnn::Runner, one word at a time. What has no lanes runs
// by it: fixed point and integers, other roundings, mixtures of formats.
#pragma once

#include <memory>

#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/simulation/batch_stepper.hpp"

namespace eigenmata::simulation {

/// Copies the network. Needs at most 256 letters, and no plan in chunks. For `precision::FloatArithmetic` and
/// `precision::FixedArithmetic`.
template <class T>
[[nodiscard]] std::unique_ptr<BatchStepper> reference_stepper(const T& arithmetic,
                                                              const lrnn::Network<typename T::Scalar>& network);

extern template std::unique_ptr<BatchStepper> reference_stepper(const precision::FloatArithmetic&,
                                                                const lrnn::Network<double>&);
extern template std::unique_ptr<BatchStepper> reference_stepper(const precision::FixedArithmetic&,
                                                                const lrnn::Network<std::int64_t>&);

}  // namespace eigenmata::simulation

// SPDX-License-Identifier: Apache-2.0
//
// What others trained, as a network: the parameters of each token in a .npz or .safetensors file.
// proofs/weights-format.md is the page about the names of the arrays.
#pragma once

#include "eigenmata/core/input.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// Numbers of all arrays together.
inline constexpr std::size_t kMaxWeights = std::size_t{1} << 24;

/// Throws `core::Error` for anything that does not fit: files (tensor_file.hpp), shapes, numbers that are not finite,
/// arrays or keys that are not known, a claimed class that the network is not in. Cost: linear in the size of the
/// network.
[[nodiscard]] RationalNetwork read_weights(const core::Input& input);

}  // namespace eigenmata::lrnn

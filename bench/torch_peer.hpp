// SPDX-License-Identifier: Apache-2.0
//
// PyTorch on this processor, where it is installed.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace eigenmata::bench {

/// Runs torch_peer.py: tokens a second of one thread by "loop" and "chunked", for words of so many letters over an
/// alphabet of `letters`. Empty if there is no Python with torch, or if it fails.
[[nodiscard]] std::map<std::string, double> torch_rates(std::size_t dimension, std::size_t letters, std::size_t length);

}  // namespace eigenmata::bench

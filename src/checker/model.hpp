// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "checker/network.hpp"

namespace eigenmata::checker {

/// Reads a model file (proofs/model-format.md) into the same data that a certificate's network becomes: input
/// symbols and outputs numbered in the order of their lists. Throws Error.
Network read_model(const std::string& text, const std::string& name);

/// Where two networks differ.
struct NetworkDifference {
  std::size_t line;  ///< of the certificate
  std::string reason;
};

/// Compares number for number: letters and their order, class, empty word, layers, maps, decoders, accepting
/// outputs. Names of outputs do not matter. Nothing if all is the same.
std::optional<NetworkDifference> difference(const Network& certificate, const Network& model);

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// What a certificate of `kind blocks` says of the last two layers (proofs/certificate-format.md, "Blocks").
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/network.hpp"

namespace eigenmata::checker {

class CertificateLines;

struct Blocks {
  std::uint32_t length = 0;         ///< letters in a block
  std::size_t line = 0;             ///< of `block`
  std::vector<SparseVector> codes;  ///< of each state of the automaton
  std::vector<std::size_t> code_lines;
};

/// Reads what follows the regions and contexts of the other layers, up to before `end`.
Blocks read_blocks(CertificateLines& lines, std::uint32_t dimension, std::size_t states);

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// What a certificate of `kind layers` has instead of points (proofs/certificate-format.md, "Layer by layer"):
// regions of each layer by itself, and contexts, what is remembered of the layers up to one together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/automaton.hpp"
#include "checker/box.hpp"
#include "checker/network.hpp"
#include "checker/pair_table.hpp"
#include "checker/rows.hpp"

namespace eigenmata::checker {

class CertificateLines;

struct LayerRegions {
  std::uint32_t start = 0;  ///< the region in which h_0 lies
  Rows<Entry> centres;      ///< of each region
  Rows<Entry> radii;
  PairTable steps;             ///< (region, input symbol) ↦ region
  std::uint32_t contexts = 0;  ///< announced, not listed
  PairTable meets;             ///< (context of the layer before, region) ↦ context

  std::size_t line = 0;        ///< of `regions`
  std::size_t start_line = 0;  ///< of the start region
  std::size_t steps_line = 0;
  std::size_t meets_line = 0;

  [[nodiscard]] BoxView region(std::uint32_t r) const { return {centres[r], radii[r]}; }
};

struct Layerwise {
  std::vector<LayerRegions> layers;
  Rows<State> meaning;  ///< of each context of the last layer, increasing
  std::vector<std::size_t> meaning_lines;
};

/// Reads what follows the network's `accept` line, up to before `end`; if the last layers have no regions, up to before
/// what is said of them, and no meaning.
Layerwise read_layerwise(CertificateLines& lines, const Network& network, std::size_t states,
                         std::size_t without_regions = 0);

}  // namespace eigenmata::checker

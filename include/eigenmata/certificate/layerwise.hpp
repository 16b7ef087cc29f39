// SPDX-License-Identifier: Apache-2.0
//
// Certificates layer by layer: for each layer the regions (boxes) that its state moves among, and the contexts that
// join the layers, instead of all joint states. They stay small where the joint states are too many to list, or
// infinitely many. Format, rules and the proof of soundness: proofs/certificate-format.md, "Layer by layer".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/certificate/certificate.hpp"
#include "eigenmata/core/input.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::certificate {

/// One coordinate of a box: the closed interval from low to high, low ≤ high; not both 0.
struct Extent {
  std::uint32_t index = 0;
  exact::Rational low;
  exact::Rational high;

  friend bool operator==(const Extent&, const Extent&) = default;
};

/// A closed box: coordinates that are not listed are 0. Indices increase.
using Region = std::vector<Extent>;

/// The region that is one point.
[[nodiscard]] Region point_region(const lrnn::SparseVector<exact::Rational>& point);

struct RegionStep {
  std::uint32_t region = 0;
  std::uint32_t symbol = 0;
  std::uint32_t next = 0;
};

struct ContextMeet {
  std::uint32_t above = 0;
  std::uint32_t region = 0;
  std::uint32_t context = 0;
};

/// What is claimed of one layer.
struct LayerClaim {
  std::vector<Region> regions;
  std::uint32_t start = 0;
  std::vector<RegionStep> steps;  ///< (region, symbol) increasing
  std::size_t contexts = 0;
  std::vector<ContextMeet> meets;  ///< (above, region) increasing
};

struct LayerwiseCertificate {
  lrnn::RationalNetwork network;
  automata::Dfa automaton;  ///< over the network's alphabet
  std::vector<LayerClaim> layers;
  std::vector<std::vector<automata::State>> meaning;  ///< of each context of the last layer; states increasing
};

/// Rules 1 to 7 of kind layers. `Failure::point` is the layer, counted from 1; 0 if no layer is to blame.
///
/// Cost: the steps used · (factor meetings + intervals of a region · the same) + situations. Throws
/// `core::LimitReached` when interrupted, or for more situations than the memory limit allows.
[[nodiscard]] core::Verdict<core::NoEvidence, Failure> check(const LayerwiseCertificate& certificate,
                                                             const core::Limits& limits);

/// How many situations a check goes through, and how many steps of layers it uses.
struct LayerwiseSize {
  std::size_t regions = 0;
  std::size_t steps = 0;
  std::size_t contexts = 0;
};
[[nodiscard]] LayerwiseSize size_of(const LayerwiseCertificate& certificate);

/// Are all matrices, offsets and start vectors integral, factor by factor? Then bounded states are finitely many: a
/// network with a certificate has a finite orbit. (No is no proof of the contrary.)
[[nodiscard]] bool is_integral(const lrnn::RationalNetwork& network);

/// The text of a certificate. Cost: linear in its size.
[[nodiscard]] std::string write_certificate(const LayerwiseCertificate& certificate);

}  // namespace eigenmata::certificate

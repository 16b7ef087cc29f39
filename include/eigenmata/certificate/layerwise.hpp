// SPDX-License-Identifier: Apache-2.0
//
// Certificates layer by layer: for each layer the regions (boxes) that its state moves among, and the contexts that
// join the layers, instead of all joint states. They stay small where the joint states are too many to list, or
// infinitely many. Format, rules and the proof of soundness: proofs/certificate-format.md, "Layer by layer".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/certificate/certificate.hpp"
#include "eigenmata/core/input.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::certificate {

/// One coordinate of a box: a number (low = high, not 0), or the closed interval of real numbers from low to high, both
/// rational, low < high.
template <class S>
struct ExtentOver {
  std::uint32_t index = 0;
  S low;
  S high;

  friend bool operator==(const ExtentOver&, const ExtentOver&) = default;
};

/// A closed box: coordinates that are not listed are 0. Indices increase.
template <class S>
using RegionOver = std::vector<ExtentOver<S>>;

using Extent = ExtentOver<exact::Rational>;
using Region = RegionOver<exact::Rational>;

/// The region that is one point.
template <class S>
[[nodiscard]] RegionOver<S> point_region(const lrnn::SparseVector<S>& point) {
  RegionOver<S> region;
  for (const auto& entry : point.entries()) region.push_back({entry.index, entry.value, entry.value});
  return region;
}

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
template <class S>
struct LayerClaimOver {
  std::vector<RegionOver<S>> regions;
  std::uint32_t start = 0;
  std::vector<RegionStep> steps;  ///< (region, symbol) increasing
  std::size_t contexts = 0;
  std::vector<ContextMeet> meets;  ///< (above, region) increasing
};

using LayerClaim = LayerClaimOver<exact::Rational>;

/// What kind blocks claims of the last two layers: the first of them a ring of the last 2m letters, the second one
/// doing the block of m letters before the one that is read (certificate-format.md, "Blocks").
template <class S>
struct BlockClaimOver {
  std::size_t length = 1;                    ///< m
  std::vector<lrnn::SparseVector<S>> codes;  ///< by state of the automaton, of the last layer
};

/// Over the rationals, or a cyclotomic field. Of kind blocks if `blocks` is there: then `layers` are all but the last
/// two, and no context has a meaning.
template <exact::ExactArithmetic K>
struct LayerwiseOver {
  using S = typename K::Scalar;

  lrnn::Network<S> network;
  automata::Dfa automaton;  ///< over the network's alphabet
  std::vector<LayerClaimOver<S>> layers;
  std::vector<std::vector<automata::State>> meaning;  ///< of each context of the last layer; states increasing
  K arithmetic = {};
  std::optional<BlockClaimOver<S>> blocks = std::nullopt;
};

using LayerwiseCertificate = LayerwiseOver<exact::RationalArithmetic>;
using ComplexLayerwiseCertificate = LayerwiseOver<exact::CyclotomicField>;

/// Rules 1 to 7 of kind layers, or of kind blocks. `Failure::point` is the layer, counted from 1; 0 if no layer is to
/// blame.
///
/// Cost: the steps used · (factor meetings + intervals of a region · the same) + situations; for blocks, products of
/// m letters · m · nodes of the second walk · states. Throws
/// `core::LimitReached` when interrupted, or for more situations than the memory limit allows.
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, Failure> check(const LayerwiseOver<K>& certificate,
                                                             const core::Limits& limits);

extern template core::Verdict<core::NoEvidence, Failure> check(const LayerwiseCertificate&, const core::Limits&);
extern template core::Verdict<core::NoEvidence, Failure> check(const ComplexLayerwiseCertificate&, const core::Limits&);

/// How many situations a check goes through, and how many steps of layers it uses.
struct LayerwiseSize {
  std::size_t regions = 0;
  std::size_t steps = 0;
  std::size_t contexts = 0;
};
template <exact::ExactArithmetic K>
[[nodiscard]] LayerwiseSize size_of(const LayerwiseOver<K>& certificate) {
  LayerwiseSize size;
  for (const auto& layer : certificate.layers) {
    size.regions += layer.regions.size();
    size.steps += layer.steps.size();
    size.contexts += layer.contexts;
  }
  return size;
}

/// Are all matrices, offsets and start vectors integral, factor by factor? Then bounded states are finitely many: a
/// network with a certificate has a finite orbit. (No is no proof of the contrary.)
[[nodiscard]] bool is_integral(const lrnn::RationalNetwork& network);

/// Are all regions points? Then a network with this certificate has a finite orbit.
template <exact::ExactArithmetic K>
[[nodiscard]] bool has_points_only(const LayerwiseOver<K>& certificate) {
  for (const auto& layer : certificate.layers) {
    for (const auto& region : layer.regions) {
      for (const auto& extent : region) {
        if (!certificate.arithmetic.equal(extent.low, extent.high)) return false;
      }
    }
  }
  return true;
}

/// The text of a certificate. Cost: linear in its size.
[[nodiscard]] std::string write_certificate(const LayerwiseCertificate& certificate);
[[nodiscard]] std::string write_certificate(const ComplexLayerwiseCertificate& certificate);

}  // namespace eigenmata::certificate

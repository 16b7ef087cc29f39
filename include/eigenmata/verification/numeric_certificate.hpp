// SPDX-License-Identifier: Apache-2.0
//
// What a numeric check found, written down for eigenmata-check: the exact network, the name of the arithmetic, and the
// closed set of states, or of boxes (`kind numeric` of proofs/certificate-format.md). The checker runs the network from
// each of them again, in an arithmetic of its own.
#pragma once

#include <string>
#include <string_view>

#include "eigenmata/certificate/numeric.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "eigenmata/verification/region_check.hpp"

namespace eigenmata::verification {

/// The text. `network` is the exact one, `semantics` the name of the arithmetic in which the closure was found. Throws
/// `core::LimitReached` if it would take too much memory. Cost: linear in its size, for each state about a quarter of
/// its bits in bytes.
template <exact::ExactArithmetic K>
[[nodiscard]] std::string write_certificate(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                            std::string_view semantics, const NumericClosure& closure,
                                            const core::Limits& limits);

/// The same of boxes. `arithmetic` is the one of `semantics`. Cost: linear in the boxes' sides.
template <exact::ExactArithmetic K>
[[nodiscard]] std::string write_certificate(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                            std::string_view semantics, const precision::FloatArithmetic& arithmetic,
                                            const ClosedRegion& region);

#define EIGENMATA_CERTIFICATES(K, S)                                                                               \
  extern template std::string write_certificate(const exact::K&, const lrnn::Network<exact::S>&, std::string_view, \
                                                const NumericClosure&, const core::Limits&);                       \
  extern template std::string write_certificate(const exact::K&, const lrnn::Network<exact::S>&, std::string_view, \
                                                const precision::FloatArithmetic&, const ClosedRegion&);
EIGENMATA_CERTIFICATES(RationalArithmetic, Rational)
EIGENMATA_CERTIFICATES(NumberField, FieldElement)
EIGENMATA_CERTIFICATES(CyclotomicField, FieldElement)
#undef EIGENMATA_CERTIFICATES

}  // namespace eigenmata::verification

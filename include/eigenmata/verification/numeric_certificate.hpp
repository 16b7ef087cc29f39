// SPDX-License-Identifier: Apache-2.0
//
// What a numeric check found, written down for eigenmata-check: the exact network, the name of the arithmetic, and the
// closed set of states (`kind numeric` of proofs/certificate-format.md). The checker runs the network from each of them
// again, in an arithmetic of its own.
#pragma once

#include <string>
#include <string_view>

#include "eigenmata/certificate/numeric.hpp"
#include "eigenmata/verification/numeric_check.hpp"

namespace eigenmata::verification {

/// The text. `network` is the exact one, `semantics` the name of the arithmetic in which the closure was found. Throws
/// `core::LimitReached` if it would take too much memory. Cost: linear in its size, for each state about a quarter of
/// its bits in bytes.
template <exact::ExactArithmetic K>
[[nodiscard]] std::string write_certificate(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                            std::string_view semantics, const NumericClosure& closure,
                                            const core::Limits& limits);

extern template std::string write_certificate(const exact::RationalArithmetic&, const lrnn::Network<exact::Rational>&,
                                              std::string_view, const NumericClosure&, const core::Limits&);
extern template std::string write_certificate(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&,
                                              std::string_view, const NumericClosure&, const core::Limits&);
extern template std::string write_certificate(const exact::CyclotomicField&, const lrnn::Network<exact::FieldElement>&,
                                              std::string_view, const NumericClosure&, const core::Limits&);

}  // namespace eigenmata::verification

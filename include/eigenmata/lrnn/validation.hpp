// SPDX-License-Identifier: Apache-2.0
//
// Does everything in a network fit together, and is it of the class that it claims?
#pragma once

#include <string>

#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// Throws `core::Error` naming layer and letter if a vector or matrix does not have its layer's dimension, a map is
/// missing, an output does not exist, a Householder vector is zero, thresholds do not increase, or `accept` has the
/// wrong size.
template <exact::ExactArithmetic K>
void validate(const K& k, const Network<typename K::Scalar>& network);

/// Is every matrix of the form, with at most the number of factors, and with eigenvalues in the interval? The witness
/// of no names layer, letter and factor. `dense` claims nothing. Cost: O(size of the network).
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, std::string> is_member(const K& k,
                                                                     const Network<typename K::Scalar>& network,
                                                                     const TransitionClass& c);

/// The same letters in the same order and the same numbers everywhere: matrices factor by factor, vectors, decoders,
/// accepted answers, claim. The names of the outputs of layers are not compared.
[[nodiscard]] bool same_network(const RationalNetwork& a, const RationalNetwork& b);

extern template void validate(const exact::RationalArithmetic&, const Network<exact::Rational>&);
extern template void validate(const exact::NumberField&, const Network<exact::FieldElement>&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::RationalArithmetic&,
                                                                       const Network<exact::Rational>&,
                                                                       const TransitionClass&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::NumberField&,
                                                                       const Network<exact::FieldElement>&,
                                                                       const TransitionClass&);

}  // namespace eigenmata::lrnn

// SPDX-License-Identifier: Apache-2.0
//
// Is a network of a class? Read off the form in which its matrices are stored, factor by factor.
#pragma once

#include <string>

#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::expressivity {

/// Yes if every matrix is stored in the form of the class, with at most its number of factors, and every number that
/// has to be in the spectrum set is. No names layer, symbol and what is outside; another way of writing the same
/// matrices could still be of the class. Numbers that are neither rational nor rational multiples of roots of unity are
/// in no set here, but for cyclotomic ones with rational |a|² in discs and circles. Of contractions only diagonal ones
/// are recognised. Architectures whose form is none of these (rwkv7) are no. Cost: O(size of the network).
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, std::string> is_member(const K& k,
                                                                     const lrnn::Network<typename K::Scalar>& network,
                                                                     const ModelClass& c);

[[nodiscard]] inline core::Verdict<core::NoEvidence, std::string> is_member(const lrnn::RationalNetwork& network,
                                                                            const ModelClass& c) {
  return is_member(exact::RationalArithmetic{}, network, c);
}

extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::RationalArithmetic&,
                                                                       const lrnn::RationalNetwork&, const ModelClass&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::CyclotomicField&,
                                                                       const lrnn::Network<exact::FieldElement>&,
                                                                       const ModelClass&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::NumberField&,
                                                                       const lrnn::Network<exact::FieldElement>&,
                                                                       const ModelClass&);

}  // namespace eigenmata::expressivity

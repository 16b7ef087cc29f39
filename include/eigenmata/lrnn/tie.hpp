// SPDX-License-Identifier: Apache-2.0
//
// The parameters of a token, found from the A and B that they make: so a network is of an architecture if and only if
// every one of its maps has parameters (of the forms looked for here; another way of writing the same matrices might
// have some where this finds none).
//
// The delta rule, several steps. With C_j = I − β_j k_j k_jᵀ the steps make A = C_r ⋯ C_1 and
//
//   B = Σ_j v_j β_j C_r ⋯ C_{j+1} k_j,
//
// linear in the values v_j: they exist if and only if B is in the span of these vectors, and elimination finds them.
// (If no factor is wasted, r = rank(I − A), the span is the range of I − A, and the tie says that the letter's map has
// a fixed point. A map with a bounded orbit has one: where y A = y, the number y h grows by y B in each step, so y B is
// 0. So for letters that may repeat for ever the tie costs nothing.)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// h ← h − (β / |u|²) u (uᵀh − t): the step with the key k = u / |u| and the value v = t / |u|.
template <class S>
struct DeltaStep {
  S beta;
  SparseVector<S> u;  ///< not 0
  S t;
};

/// What a token needs. Which of these an architecture has follows from its tie.
template <class S>
struct TokenParameters {
  std::vector<DeltaStep<S>> steps;  ///< in the order in which they act; of kDelta, kGatedDelta, kDeltaAndDecay
  std::optional<S> gate;            ///< α of kGatedDelta: the state is multiplied by it first
  std::vector<S> gates;             ///< entries of a diagonal A, the decay w of kDeltaAndDecay
  std::vector<S> rates;             ///< a of kDeltaAndDecay, for the key of its step
  SparseVector<S> written;          ///< B
};

/// The parameters with which the architecture makes this map; no with the reason, if there are none of the forms looked
/// for. `architecture` must have been found in the zoo. Cost: O(numbers of A), and for r steps whose B is not 0 O(n
/// r²).
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<TokenParameters<typename K::Scalar>, std::string> token_parameters(
    const K& k, const ArchitectureChoice& architecture, const AffineMap<typename K::Scalar>& map);

/// Is the network of the architecture? All maps have parameters, those of the beginning-of-sequence token included; the
/// state before the first token is 0: either all layers read such a token, or all start vectors are 0; and an
/// architecture with one matrix for all tokens has one in each layer. The witness of no names layer and token. A
/// network without layers is of every architecture that is built at all.
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, std::string> is_member(const K& k,
                                                                     const Network<typename K::Scalar>& network,
                                                                     const ArchitectureChoice& architecture);

extern template core::Verdict<TokenParameters<exact::Rational>, std::string> token_parameters(
    const exact::RationalArithmetic&, const ArchitectureChoice&, const AffineMap<exact::Rational>&);
extern template core::Verdict<TokenParameters<exact::FieldElement>, std::string> token_parameters(
    const exact::NumberField&, const ArchitectureChoice&, const AffineMap<exact::FieldElement>&);
extern template core::Verdict<TokenParameters<exact::FieldElement>, std::string> token_parameters(
    const exact::CyclotomicField&, const ArchitectureChoice&, const AffineMap<exact::FieldElement>&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::RationalArithmetic&,
                                                                       const Network<exact::Rational>&,
                                                                       const ArchitectureChoice&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::NumberField&,
                                                                       const Network<exact::FieldElement>&,
                                                                       const ArchitectureChoice&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::CyclotomicField&,
                                                                       const Network<exact::FieldElement>&,
                                                                       const ArchitectureChoice&);

}  // namespace eigenmata::lrnn

// SPDX-License-Identifier: Apache-2.0
//
// Which classes of `expressivity` a concrete network is of: what the theorems may be asked about it.
#pragma once

#include <vector>

#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/expressivity/model_class.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::verification {

/// Classes that all layers of the network are of, the smallest first: constant, diagonal or triangular with the entries
/// that occur (over a number field with intervals around them), householder with the 1 − β that occur, rank-one with
/// the number of factors that occurs; then the class that the network claims. Empty if there is none but dense: also if
/// an eigenvalue is not in [−1, 1], of which no theorem speaks.
///
/// Matrices written as dense or as products are looked at as they are, if they have at most 64 rows; larger ones by
/// their form alone. Cost: O(size of the network), 64³ operations for each such matrix.
template <exact::ExactArithmetic K>
[[nodiscard]] std::vector<expressivity::ModelClass> classes_of(const K& k,
                                                               const lrnn::Network<typename K::Scalar>& network);

extern template std::vector<expressivity::ModelClass> classes_of(const exact::RationalArithmetic&,
                                                                 const lrnn::Network<exact::Rational>&);
extern template std::vector<expressivity::ModelClass> classes_of(const exact::NumberField&,
                                                                 const lrnn::Network<exact::FieldElement>&);
extern template std::vector<expressivity::ModelClass> classes_of(const exact::CyclotomicField&,
                                                                 const lrnn::Network<exact::FieldElement>&);

}  // namespace eigenmata::verification

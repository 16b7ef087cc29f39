// SPDX-License-Identifier: Apache-2.0
//
// Eigenvalues and norms of transition matrices, exactly.
//
// What a network can do depends on the spectra of *products* of its matrices along words, not only on those of single
// letters: two nilpotent matrices can have a product with the eigenvalue −1. So everything here takes a word.
#pragma once

#include <utility>
#include <vector>

#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/algebraic.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// An eigenvalue and its algebraic multiplicity.
using Eigenvalue = std::pair<exact::Algebraic, std::size_t>;

/// A(x_t) ⋯ A(x_1) for a word x_1 … x_t over the inputs of the layer; the identity for the empty word.
template <exact::Field K>
[[nodiscard]] exact::Matrix<typename K::Scalar> word_matrix(const K& k, const Layer<typename K::Scalar>& layer,
                                                            const Word& word) {
  auto product = exact::identity(k, layer.dimension);
  for (const Symbol x : word) product = multiply(k, to_dense(k, layer.maps[core::index(x)].a), product);
  return product;
}

/// The eigenvalues with multiplicity, in the order of `exact::before_as_root`. Throws `core::LimitReached` for matrices
/// of more than 120 rows, where exact roots become slow (over a number field of degree d: of more than 24/d).
[[nodiscard]] std::vector<Eigenvalue> spectrum(const exact::RationalArithmetic& k,
                                               const exact::Matrix<exact::Rational>& a);
[[nodiscard]] std::vector<Eigenvalue> spectrum(const exact::NumberField& k,
                                               const exact::Matrix<exact::FieldElement>& a);
/// Of triangular matrices whose diagonal entries are rational multiples of roots of unity; throws for others.
[[nodiscard]] std::vector<Eigenvalue> spectrum(const exact::CyclotomicField& k,
                                               const exact::Matrix<exact::FieldElement>& a);

/// Is |A h| ≤ |h| for all h (Euclidean norm)? The witness of no is an h with |A h| > |h|. Cost: O(n³) operations.
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, std::vector<typename K::Scalar>> is_contraction(
    const K& k, const exact::Matrix<typename K::Scalar>& a) {
  const auto gram = multiply(k, exact::transposed(a), a);
  return exact::positive_semidefinite(k, exact::subtract(k, exact::identity(k, a.columns()), gram));
}

}  // namespace eigenmata::lrnn

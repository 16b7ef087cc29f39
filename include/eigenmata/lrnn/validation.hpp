// SPDX-License-Identifier: Apache-2.0
//
// Does everything in a network fit together, and is it of the class that it claims?
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "eigenmata/core/verdict.hpp"
#include "eigenmata/exact/cyclotomic_field.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::lrnn {

/// Throws `core::Error` naming layer and letter if a vector or matrix does not have its layer's dimension, a map is
/// missing, an output does not exist, a Householder vector is zero or over complex numbers, thresholds do not increase,
/// two rows of a table have the same state, or `accept` has the wrong size.
template <exact::ExactArithmetic K>
void validate(const K& k, const Network<typename K::Scalar>& network);

/// Is every matrix of the form, with at most the number of factors, and with eigenvalues in the interval? The witness
/// of no names layer, letter and factor. `dense` claims nothing. Entries of `diagonal-complex` need a rational |a|² to
/// be decided; they are refused otherwise. Cost: O(size of the network).
template <exact::ExactArithmetic K>
[[nodiscard]] core::Verdict<core::NoEvidence, std::string> is_member(const K& k,
                                                                     const Network<typename K::Scalar>& network,
                                                                     const TransitionClass& c);

/// The same letters in the same order and the same numbers everywhere: matrices factor by factor, vectors, decoders,
/// accepted answers, claim. The names of the outputs of layers are not compared.
template <exact::ExactArithmetic K>
[[nodiscard]] bool same_network(const K& k, const Network<typename K::Scalar>& a, const Network<typename K::Scalar>& b);
[[nodiscard]] bool same_network(const RationalNetwork& a, const RationalNetwork& b);

/// The first row of a table whose state an earlier row has as well (a state may have one output only); nothing if all
/// rows differ. Cost: linear in the size of the table.
template <exact::Comparable K>
[[nodiscard]] std::optional<std::size_t> repeated_row(const K& k, const TableDecoder<typename K::Scalar>& table) {
  std::unordered_multimap<std::size_t, std::size_t> seen;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const std::size_t key = hash(k, table.rows[i].state);
    const auto [first, last] = seen.equal_range(key);
    for (auto other = first; other != last; ++other) {
      if (equal(k, table.rows[other->second].state, table.rows[i].state)) return i;
    }
    seen.emplace(key, i);
  }
  return std::nullopt;
}

extern template bool same_network(const exact::RationalArithmetic&, const RationalNetwork&, const RationalNetwork&);
extern template bool same_network(const exact::NumberField&, const Network<exact::FieldElement>&,
                                  const Network<exact::FieldElement>&);
extern template bool same_network(const exact::CyclotomicField&, const Network<exact::FieldElement>&,
                                  const Network<exact::FieldElement>&);
extern template void validate(const exact::RationalArithmetic&, const Network<exact::Rational>&);
extern template void validate(const exact::NumberField&, const Network<exact::FieldElement>&);
extern template void validate(const exact::CyclotomicField&, const Network<exact::FieldElement>&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::RationalArithmetic&,
                                                                       const Network<exact::Rational>&,
                                                                       const TransitionClass&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::NumberField&,
                                                                       const Network<exact::FieldElement>&,
                                                                       const TransitionClass&);
extern template core::Verdict<core::NoEvidence, std::string> is_member(const exact::CyclotomicField&,
                                                                       const Network<exact::FieldElement>&,
                                                                       const TransitionClass&);

}  // namespace eigenmata::lrnn

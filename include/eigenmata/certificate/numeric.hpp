// SPDX-License-Identifier: Apache-2.0
//
// Certificates about a network in numbers of finitely many bits: `kind numeric` of proofs/certificate-format.md. The
// states come from verification/numeric_certificate.hpp; only eigenmata-check reads these certificates.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/exact/number_field.hpp"
#include "eigenmata/lrnn/network.hpp"

namespace eigenmata::certificate {

/// That a network accepts a language when it is run in an arithmetic of finitely many bits: what a floor above proved
/// (verification/numeric_proof.hpp), as the texts that are written to disk.
struct NumericProof {
  std::size_t states = 0;   ///< reachable pairs of a numeric state and a state of the automaton
  std::string plan;         ///< how the arithmetic rounds, in words
  std::string model;        ///< the model file
  std::string certificate;  ///< of kind numeric
};

/// All of a certificate of kind numeric up to the network's `accept` line. Needs an automaton over the network's
/// alphabet.
template <exact::ExactArithmetic K>
[[nodiscard]] std::string numeric_heading(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                          const automata::Dfa& automaton, std::string_view semantics);

extern template std::string numeric_heading(const exact::RationalArithmetic&, const lrnn::Network<exact::Rational>&,
                                            const automata::Dfa&, std::string_view);
extern template std::string numeric_heading(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&,
                                            const automata::Dfa&, std::string_view);
extern template std::string numeric_heading(const exact::CyclotomicField&, const lrnn::Network<exact::FieldElement>&,
                                            const automata::Dfa&, std::string_view);

}  // namespace eigenmata::certificate

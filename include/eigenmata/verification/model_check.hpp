// SPDX-License-Identifier: Apache-2.0
//
// Does a network recognise a language? Proof for all word lengths, or a shortest word on which they differ.
//
// Both are compared as sets of words. A letter that only the language knows cannot be read by the network: if an
// accepted word has one, that word is a difference. A letter that only the network knows is in no word of the language.
#pragma once

#include <cstddef>
#include <optional>

#include "eigenmata/certificate/exploration.hpp"

namespace eigenmata::verification {

/// A word on which network and language differ.
struct Counterexample {
  core::Alphabet alphabet;  ///< of the network and the language together
  core::Word word;
  bool in_language = false;
  /// What the network says; nothing if it has no answer: a decoder has no output, or it cannot read a letter.
  std::optional<bool> network_accepts;
};

template <exact::ExactArithmetic K>
struct ModelCheck {
  core::Verdict<certificate::Certificate<K>, Counterexample> verdict;
  std::size_t reachable_states = 0;
  std::size_t agrees_up_to_length = 0;  ///< if unknown: on all words of at most this length
};

/// By exploring the reachable states of the network in exact arithmetic (certificate/exploration.hpp); unknown at a
/// limit, or after length `up_to`. The counterexample is a shortest one, unless a limit was reached while looking for
/// shorter ones than a word that the network cannot read.
template <exact::ExactArithmetic K>
[[nodiscard]] ModelCheck<K> check_model(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                        const automata::Dfa& language, const core::Limits& limits,
                                        std::optional<std::size_t> up_to = std::nullopt);

extern template ModelCheck<exact::RationalArithmetic> check_model(const exact::RationalArithmetic&,
                                                                  const lrnn::Network<exact::Rational>&,
                                                                  const automata::Dfa&, const core::Limits&,
                                                                  std::optional<std::size_t>);
extern template ModelCheck<exact::NumberField> check_model(const exact::NumberField&,
                                                           const lrnn::Network<exact::FieldElement>&,
                                                           const automata::Dfa&, const core::Limits&,
                                                           std::optional<std::size_t>);
extern template ModelCheck<exact::CyclotomicField> check_model(const exact::CyclotomicField&,
                                                               const lrnn::Network<exact::FieldElement>&,
                                                               const automata::Dfa&, const core::Limits&,
                                                               std::optional<std::size_t>);

}  // namespace eigenmata::verification

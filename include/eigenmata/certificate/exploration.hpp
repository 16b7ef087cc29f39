// SPDX-License-Identifier: Apache-2.0
//
// All states that a network can reach, side by side with an automaton, breadth first. If there are finitely many and
// the two never disagree, the states found are a certificate; if they disagree, the word found is a shortest one.
//
// A network may have infinitely many reachable states; then only a limit ends the search, and the answer is unknown
// with the length up to which the two agree on all words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "eigenmata/certificate/certificate.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::certificate {

/// A word on which network and automaton differ.
struct Difference {
  core::Word word;
  /// What the network says; nothing if a decoder has no output after this word.
  std::optional<bool> network_accepts;
};

template <exact::ExactArithmetic K>
struct Exploration {
  core::Verdict<Certificate<K>, Difference> verdict;
  std::size_t reachable_states = 0;     ///< pairs of network state and automaton state found
  std::size_t agrees_up_to_length = 0;  ///< if unknown: they agree on all words of at most this length
};

/// Needs an automaton over the network's alphabet. Stops, with unknown, after all words of length `up_to` if that is
/// given.
///
/// Cost: reachable states · letters steps of the network. Memory: the states, counted against the limit. The semantics
/// is exact arithmetic; what is proved holds for `exact` and `finite-orbit` alike, since the reachable states are
/// finite.
template <exact::ExactArithmetic K>
[[nodiscard]] Exploration<K> explore(const K& k, const lrnn::Network<typename K::Scalar>& network,
                                     const automata::Dfa& automaton, const core::Limits& limits,
                                     std::optional<std::size_t> up_to = std::nullopt);

extern template Exploration<exact::RationalArithmetic> explore(const exact::RationalArithmetic&,
                                                               const lrnn::Network<exact::Rational>&,
                                                               const automata::Dfa&, const core::Limits&,
                                                               std::optional<std::size_t>);
extern template Exploration<exact::NumberField> explore(const exact::NumberField&,
                                                        const lrnn::Network<exact::FieldElement>&, const automata::Dfa&,
                                                        const core::Limits&, std::optional<std::size_t>);
extern template Exploration<exact::CyclotomicField> explore(const exact::CyclotomicField&,
                                                            const lrnn::Network<exact::FieldElement>&,
                                                            const automata::Dfa&, const core::Limits&,
                                                            std::optional<std::size_t>);

}  // namespace eigenmata::certificate

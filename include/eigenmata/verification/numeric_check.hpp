// SPDX-License-Identifier: Apache-2.0
//
// Does a network, run in numbers of finitely many bits, recognise a language? For all word lengths: its numeric states
// are finitely many, so breadth-first search over pairs (states of all layers, state of the automaton) ends. If the two
// never disagree, the set of pairs found is closed under all letters and proves it; if they do, the word is a shortest
// one. There may be astronomically many states, so a limit may come first; then the answer is unknown, with the length
// up to which all words are right.
//
//   const precision::FloatArithmetic bf16(precision::named_plan("all-same", precision::kBf16, {"plan"}));
//   const auto rounded = lrnn::rounded_network(bf16, k, network, limits);
//   const auto check = check_numeric(bf16, rounded.network, language, limits);
//
// −0 and +0 are counted as one state (precision/float_arithmetic.hpp).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/lrnn/rounded_network.hpp"
#include "eigenmata/precision/packed_states.hpp"
#include "eigenmata/verification/model_check.hpp"

namespace eigenmata::verification {

/// A set of pairs (state of all layers, state of the automaton), in the order in which they were found: the first is
/// the start, and all letters stay in the set. The proof of a yes.
struct NumericClosure {
  automata::Dfa automaton;         ///< over the network's alphabet
  precision::PackedStates states;  ///< the codes of all coordinates of all layers, then the automaton's state
  std::size_t coordinates = 0;     ///< of all layers
  std::size_t number_bits = 0;     ///< of a coordinate
  /// 0, or letters of a chunk; then a state is one at a boundary, with the letters since.
  std::size_t chunk = 0;

  [[nodiscard]] std::uint64_t code(std::size_t state, std::size_t coordinate) const {
    return precision::PackedStates::bits_at(states[state], coordinate * number_bits, number_bits);
  }
  [[nodiscard]] automata::State automaton_state(std::size_t state) const {
    const auto bits = static_cast<std::size_t>(std::bit_width(automaton.states() - 1));
    return automata::state(precision::PackedStates::bits_at(states[state], coordinates * number_bits, bits));
  }
  /// The letters since the boundary; none without chunks.
  [[nodiscard]] core::Word since_boundary(std::size_t state) const;
};

struct NumericCheck {
  core::Verdict<core::NoEvidence, Counterexample> verdict;
  std::size_t reachable_states = 0;     ///< pairs of numeric state and automaton state found
  std::size_t agrees_up_to_length = 0;  ///< if unknown: on all words of at most this length
  std::size_t state_bits = 0;           ///< of one such pair
  std::size_t table_bytes = 0;
  std::uint64_t steps = 0;
  double seconds = 0;
  std::shared_ptr<const NumericClosure> closure = nullptr;  ///< of a yes that all reachable states were listed for
};

/// As `check_model` does for exact arithmetic. Never throws `core::LimitReached`. Cost: reachable states · letters
/// steps of the network; memory: see packed_states.hpp.
template <class T>
[[nodiscard]] NumericCheck check_numeric(const T& arithmetic, const lrnn::Network<typename T::Scalar>& network,
                                         const automata::Dfa& language, const core::Limits& limits,
                                         std::optional<std::size_t> up_to = std::nullopt);

/// Long words in place of all words, where closure is out of reach: powers of every letter, then random words, each of
/// at most `letters` letters. The least beginning of any of them on which the two differ; nothing if there is none, or
/// the deadline came first. Needs a language over the network's alphabet. With the length that all words agree up to,
/// the length of this one brackets that of the first failure.
template <class T>
[[nodiscard]] std::optional<Counterexample> run_long_words(const T& arithmetic,
                                                           const lrnn::Network<typename T::Scalar>& network,
                                                           const automata::Dfa& language, std::size_t letters,
                                                           std::uint64_t seed, const core::Limits& limits);

/// The minimal automaton of what the network recognises, by the same search. A word after which the network has no
/// answer, and every longer one, is rejected. Throws `core::LimitReached`.
template <class T>
[[nodiscard]] automata::Dfa recognised_language(const T& arithmetic, const lrnn::Network<typename T::Scalar>& network,
                                                const core::Limits& limits);

// The same of a network with what chunks need beside it. The ones above are for plans that go step by step, these for
// all.
template <class T>
[[nodiscard]] NumericCheck check_numeric(const T& arithmetic, const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                                         const automata::Dfa& language, const core::Limits& limits,
                                         std::optional<std::size_t> up_to = std::nullopt);
template <class T>
[[nodiscard]] std::optional<Counterexample> run_long_words(const T& arithmetic,
                                                           const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                                                           const automata::Dfa& language, std::size_t letters,
                                                           std::uint64_t seed, const core::Limits& limits);
template <class T>
[[nodiscard]] automata::Dfa recognised_language(const T& arithmetic,
                                                const lrnn::RoundedNetwork<typename T::Scalar>& rounded,
                                                const core::Limits& limits);

#define EIGENMATA_NUMERIC(T, N)                                                                                    \
  extern template NumericCheck check_numeric(const T&, const lrnn::N<T::Scalar>&, const automata::Dfa&,            \
                                             const core::Limits&, std::optional<std::size_t>);                     \
  extern template std::optional<Counterexample> run_long_words(                                                    \
      const T&, const lrnn::N<T::Scalar>&, const automata::Dfa&, std::size_t, std::uint64_t, const core::Limits&); \
  extern template automata::Dfa recognised_language(const T&, const lrnn::N<T::Scalar>&, const core::Limits&);
EIGENMATA_NUMERIC(precision::FloatArithmetic, Network)
EIGENMATA_NUMERIC(precision::FixedArithmetic, Network)
EIGENMATA_NUMERIC(precision::FloatArithmetic, RoundedNetwork)
EIGENMATA_NUMERIC(precision::FixedArithmetic, RoundedNetwork)
#undef EIGENMATA_NUMERIC

}  // namespace eigenmata::verification

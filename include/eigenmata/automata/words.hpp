// SPDX-License-Identifier: Apache-2.0
//
// The words of a language: shortest ones, how many of a length, a uniformly random one.
#pragma once

#include <boost/multiprecision/gmp.hpp>
#include <cstddef>
#include <optional>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/random.hpp"

namespace eigenmata::automata {

/// Numbers of words exceed 64 bits at once. This module knows no other numbers.
using WordCount = boost::multiprecision::number<boost::multiprecision::gmp_int, boost::multiprecision::et_off>;

/// A shortest accepted word, the first in the order of the letters; nothing if the language is empty.
/// Cost: O(states · letters).
[[nodiscard]] std::optional<Word> shortest_accepted(const Dfa& dfa);

/// A shortest rejected word; nothing if every word is accepted.
[[nodiscard]] std::optional<Word> shortest_rejected(const Dfa& dfa);

/// A shortest word from one state to another, the first in the order of the letters; nothing if there is none.
[[nodiscard]] std::optional<Word> shortest_path(const Dfa& dfa, State from, State to);

/// Number of accepted words of a length. Cost: O(length · states · letters) additions, O(states) numbers held.
[[nodiscard]] WordCount count_words(const Dfa& dfa, std::size_t length, const core::Limits& limits = {});

/// Draws words of one length from the language, each with the same probability.
class WordSampler {
 public:
  /// Counts the accepted completions of every state and every remaining length: O(length · states · letters)
  /// additions, O(length · states) numbers held. Throws `core::LimitReached`.
  WordSampler(const Dfa& dfa, std::size_t length, const core::Limits& limits = {});

  /// Number of words to draw from.
  [[nodiscard]] const WordCount& total() const;

  /// Needs `total() > 0`. Cost: O(length · letters).
  [[nodiscard]] Word sample(core::Random& random) const;

 private:
  Dfa dfa_;
  std::size_t length_;
  std::vector<std::vector<WordCount>> completions_;  // [remaining length][state]
};

}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
//
// A search over the letters that network and language both know, made into an answer about the two as sets of words.
#pragma once

#include <algorithm>
#include <optional>

#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/verification/numeric_check.hpp"
#include "foreign_letters.hpp"

namespace eigenmata::verification {

/// Calls `search(automaton, up_to)` with the language over the network's letters, minimised if the limits allow it, and
/// with a bound so that a shorter difference than a word that the network cannot read is still found.
template <class Search>
[[nodiscard]] NumericCheck against_language(const core::Alphabet& letters, const automata::Dfa& language,
                                            const core::Limits& limits, std::optional<std::size_t> up_to,
                                            const Search& search) {
  const auto foreign = shortest_foreign_word(language, letters);
  std::optional<std::size_t> bound = up_to;
  if (foreign) bound = std::min(up_to.value_or(SIZE_MAX), foreign->size() - 1);
  automata::Dfa readable = over_alphabet(language, letters);
  try {
    readable = automata::minimised(readable, limits);
  } catch (const core::LimitReached&) {
    // Only the search would be smaller. It meets the limit too.
  }
  NumericCheck found = search(readable, bound);
  const bool shorter_ones_agree = found.verdict.is_yes() || (bound && found.agrees_up_to_length >= *bound);
  if (foreign && !found.verdict.is_no() && shorter_ones_agree && foreign->size() <= up_to.value_or(SIZE_MAX)) {
    found.closure = nullptr;
    using Verdict = core::Verdict<core::NoEvidence, Counterexample>;
    const core::Alphabet all = core::united(letters, language.alphabet());
    found.verdict =
        Verdict::no({all, translated(*foreign, language.alphabet(), all), true, std::nullopt}, "numeric-closure");
  }
  return found;
}

}  // namespace eigenmata::verification

// SPDX-License-Identifier: Apache-2.0
//
// Words that a network cannot read: with a letter of the language that it does not know.
#pragma once

#include <optional>

#include "eigenmata/automata/dfa.hpp"

namespace eigenmata::verification {

/// A shortest word of the language with a letter outside the alphabet.
[[nodiscard]] std::optional<core::Word> shortest_foreign_word(const automata::Dfa& language,
                                                              const core::Alphabet& known);

/// The same word over an alphabet that has all its letters.
[[nodiscard]] core::Word translated(const core::Word& word, const core::Alphabet& from, const core::Alphabet& to);

}  // namespace eigenmata::verification

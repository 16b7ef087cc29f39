// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/automaton.hpp"

namespace eigenmata::checker {

/// A word on which two languages differ.
struct Difference {
  std::vector<std::string> word;
  /// Whether the first one accepts it; the second one then does not, and the other way round.
  bool first_accepts;
};

/// A shortest word that one language has and the other has not; nothing if they are the same set of words.
/// The alphabets may differ: letters are matched by name, and a word with a letter that a language does not
/// know is not in it. Names within an alphabet must be distinct.
std::optional<Difference> shortest_difference(const std::vector<std::string>& alphabet1, const Dfa& first,
                                              const std::vector<std::string>& alphabet2, const Dfa& second);

}  // namespace eigenmata::checker

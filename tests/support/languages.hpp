// SPDX-License-Identifier: Apache-2.0
//
// Languages by expression and from the catalogue, as minimal automata, and words as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/automata/language.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/regex.hpp"

namespace eigenmata::testing {

/// The minimal automaton of an expression; the alphabet as it is written after `-a`, or the letters
/// mentioned.
inline automata::Dfa regex_language(const std::string& expression, const std::string& alphabet = "") {
  std::optional<core::Alphabet> letters;
  if (!alphabet.empty()) letters = core::parse_alphabet(alphabet, {"alphabet"});
  return automata::compile_regex(expression, letters, {});
}

/// The minimal automaton of a language of the catalogue.
inline automata::Dfa catalogue_language(const std::string& name) {
  automata::LanguageRequest request;
  request.path_or_name = name;
  return automata::minimised(automata::read_language(request, {}).dfa);
}

/// Does the automaton accept the language of the expression over its alphabet?
inline bool is_language(const automata::Dfa& dfa, std::string_view expression) {
  return automata::minimised(dfa) == automata::compile_regex(expression, dfa.alphabet(), {});
}

inline core::Word word_of(const core::Alphabet& alphabet, const std::string& text) {
  return core::parse_word(alphabet, text, {"word"});
}

/// A complete automaton from its table: `next[q][x]`.
inline automata::Dfa dfa_from_table(const core::Alphabet& alphabet, const std::vector<std::vector<std::size_t>>& next,
                                    const std::vector<std::size_t>& accepting, std::size_t initial = 0) {
  std::vector<bool> accepts(next.size(), false);
  for (const std::size_t q : accepting) accepts[q] = true;
  std::vector<automata::State> table;
  for (const auto& row : next) {
    for (const std::size_t target : row) table.push_back(automata::state(target));
  }
  return {alphabet, automata::state(initial), std::move(accepts), std::move(table)};
}

}  // namespace eigenmata::testing

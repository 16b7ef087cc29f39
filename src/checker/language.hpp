// SPDX-License-Identifier: Apache-2.0
//
// Languages from texts: the formats of the project that the checker reads by itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/automaton.hpp"

namespace eigenmata::checker {

/// A set of words over named letters. Letter a of the automaton is alphabet[a]; names are distinct.
struct Language {
  std::vector<std::string> alphabet;
  Dfa automaton;
};

enum class LanguageFormat { kAtt, kJson, kRegex };

/// What the command line says about a language besides its text.
struct LanguageOptions {
  /// `-a`: letters as given.
  std::optional<std::vector<std::string>> alphabet;
  /// The text of a symbol table (AT&T only) and its name for messages.
  std::optional<std::string> symbols;
  std::string symbols_name;
};

/// Reads a language. `name` stands for the text in messages. Throws Error.
Language read_language(const std::string& text, LanguageFormat format, const std::string& name,
                       const LanguageOptions& options);

/// The letters of `-a`: characters, or names separated by commas. Throws Error.
std::vector<std::string> parse_symbols(std::string_view text);

/// Throws Error unless the letters are distinct, at least one, and letters.
void require_alphabet(const std::vector<std::string>& letters, const std::string& place);

/// AT&T / OpenFST text. Throws Error, TooLarge.
Language read_att(const std::string& text, const std::string& name, const LanguageOptions& options);

/// The project's JSON. Throws Error, TooLarge.
Language read_json_language(const std::string& text, const std::string& name, const LanguageOptions& options);

}  // namespace eigenmata::checker

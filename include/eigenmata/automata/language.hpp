// SPDX-License-Identifier: Apache-2.0
//
// Wherever a user names a language: an expression, a file, standard input, or a name of the catalogue.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/automata/formats.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::automata {

/// How a language was asked for.
struct LanguageRequest {
  std::optional<std::string> regex;         ///< if set, the rest but `alphabet` is not looked at
  std::string path_or_name;                 ///< an existing path wins over a name; "-" is standard input
  std::optional<Format> format;             ///< overrides the path's ending
  std::optional<Alphabet> alphabet;         ///< may add letters to those the language has
  std::optional<std::string> symbols_path;  ///< AT&T symbol table
};

/// A language, as an automaton with a name.
struct Language {
  std::string name;
  Dfa dfa;                  ///< complete; as given, not minimised (minimal if given as a regex)
  std::string description;  ///< one line, or empty
  std::string source;       ///< where it was published, or empty
};

/// Throws `core::Error` for anything unreadable or unknown, `core::LimitReached`.
[[nodiscard]] Language read_language(const LanguageRequest& request, const core::Limits& limits);

/// The folder of the catalogue: $EIGENMATA_AUTOMATA if set, else share/eigenmata/automata beside the program's own
/// folder, else the source tree or the installation that the library was built for. Throws `core::Error` if none
/// exists.
[[nodiscard]] std::string catalogue_directory();

/// The names in the catalogue, sorted.
[[nodiscard]] std::vector<std::string> catalogue_names();

}  // namespace eigenmata::automata

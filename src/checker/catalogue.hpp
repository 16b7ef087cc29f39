// SPDX-License-Identifier: Apache-2.0
//
// From what the user wrote to the text of a language.
#pragma once

#include <optional>
#include <string>

#include "checker/language.hpp"
#include "checker/options.hpp"

namespace eigenmata::checker {

/// The file of a language of the catalogue: `NAME.json` in the folder that the environment variable
/// EIGENMATA_AUTOMATA names; if it is not set, in the first of these that has it: share/eigenmata/automata
/// beside the folder of the running program, the source tree, the installation. Throws Error if there is
/// none, or if the name has characters other than letters, digits, `-` and `_`.
std::string catalogue_file(const std::string& name);

/// The language that the command line asks for, if it asks for one. Throws Error.
std::optional<Language> requested_language(const Options& options);

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace eigenmata::checker {

/// What the command line asks for.
struct Options {
  bool help = false;
  bool version = false;
  bool quiet = false;
  std::string certificate;
  std::optional<std::string> language;  ///< path, `-` or name
  std::optional<std::string> regex;
  std::optional<std::string> alphabet;
  std::optional<std::string> symbols;
  std::optional<std::string> format;
  std::optional<std::string> model;
};

/// Takes the arguments apart, without the program's name. Throws Error.
Options parse_options(const std::vector<std::string>& arguments);

extern const char* const kHelp;

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/language.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "eigenmata/automata/regex.hpp"
#include "eigenmata/core/text.hpp"

#ifndef EIGENMATA_SOURCE_AUTOMATA
#define EIGENMATA_SOURCE_AUTOMATA ""
#endif
#ifndef EIGENMATA_INSTALLED_AUTOMATA
#define EIGENMATA_INSTALLED_AUTOMATA ""
#endif

namespace eigenmata::automata {
namespace {

namespace fs = std::filesystem;
using core::in_quotes;

std::string format_names() {
  std::string names;
  for (const Format format : all_formats()) names += (names.empty() ? "" : ", ") + std::string(to_string(format));
  return names;
}

/// -a may add letters and reorder them; it may not take any away.
Dfa widened(const Dfa& dfa, const std::optional<Alphabet>& alphabet, const std::string& name) {
  if (!alphabet) return dfa;
  for (const std::string& letter : dfa.alphabet().names()) {
    if (!alphabet->find(letter)) {
      throw core::Error({name}, "has the letter " + in_quotes(letter) + ", which the given alphabet " +
                                    to_string(*alphabet) + " lacks");
    }
  }
  return over_alphabet(dfa, *alphabet);
}

Language read_file(const LanguageRequest& request, const core::Limits& limits) {
  const auto format = request.format ? request.format : format_of_path(request.path_or_name);
  if (!format) {
    const std::string where = request.path_or_name == "-" ? "standard input" : in_quotes(request.path_or_name, 200);
    throw core::Error("the format of " + where + " is not known; say --format, one of " + format_names());
  }
  const core::Input input = core::read_input(request.path_or_name);
  const auto deterministic = [&](const Nfa& nfa) { return Language{input.name, determinised(nfa, limits), "", ""}; };
  switch (*format) {
    case Format::kAtt: {
      std::optional<SymbolTable> symbols;
      if (request.symbols_path) symbols = read_symbol_table(core::read_input(*request.symbols_path));
      return deterministic(read_att(input, request.alphabet, symbols));
    }
    case Format::kDot:
      return deterministic(read_dot(input, request.alphabet));
    case Format::kJff:
      return deterministic(read_jff(input, request.alphabet));
    case Format::kGap:
      return {input.name, read_gap(input, request.alphabet), "", ""};
    case Format::kJson:
      break;
  }
  JsonLanguage language = read_json_language(input, limits);
  return {input.name, widened(language.dfa, request.alphabet, input.name), std::move(language.description),
          std::move(language.source)};
}

bool is_catalogue_name(const std::string& name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos &&
         name[0] != '-';
}

}  // namespace

std::string catalogue_directory() {
  if (const char* chosen = std::getenv("EIGENMATA_AUTOMATA"); chosen != nullptr && *chosen != '\0') {
    if (!fs::is_directory(chosen))
      throw core::Error("EIGENMATA_AUTOMATA names " + in_quotes(chosen, 200) + ", which is no folder");
    return chosen;
  }
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const std::vector<fs::path> candidates{program.parent_path().parent_path() / "share/eigenmata/automata",
                                         EIGENMATA_SOURCE_AUTOMATA, EIGENMATA_INSTALLED_AUTOMATA};
  for (const fs::path& candidate : candidates) {
    if (!candidate.empty() && fs::is_directory(candidate, ignored)) return candidate.string();
  }
  throw core::Error("the catalogue of languages is not found; set EIGENMATA_AUTOMATA to its folder");
}

std::vector<std::string> catalogue_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(catalogue_directory())) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Language read_language(const LanguageRequest& request, const core::Limits& limits) {
  if (request.regex) return {*request.regex, compile_regex(*request.regex, request.alphabet, limits), "", ""};
  const std::string& name = request.path_or_name;
  std::error_code ignored;
  if (name == "-" || fs::exists(name, ignored)) return read_file(request, limits);
  if (is_catalogue_name(name)) {
    LanguageRequest entry = request;
    entry.path_or_name = catalogue_directory() + "/" + name + ".json";
    entry.format = Format::kJson;
    if (fs::exists(entry.path_or_name, ignored)) {
      Language language = read_file(entry, limits);
      language.name = name;
      return language;
    }
  }
  throw core::Error("no file and no language of the catalogue is called " + in_quotes(name, 200) +
                    "; 'eigenmata list' shows the catalogue, -e takes an expression");
}

}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
#include "checker/language.hpp"

#include <algorithm>
#include <unordered_set>

#include "checker/error.hpp"
#include "checker/regex.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

Language read_regex(const std::string& text, const std::string& name, const LanguageOptions& options) {
  try {
    return compile_regex(text, options.alphabet);
  } catch (const RegexError& fault) {
    throw Error(name, 1, fault.character(), fault.what());
  }
}

}  // namespace

void require_alphabet(const std::vector<std::string>& letters, const std::string& place) {
  if (letters.empty()) throw Error(place + ": an alphabet needs at least one letter");
  std::unordered_set<std::string_view> seen;
  for (const std::string& letter : letters) {
    if (const std::optional<std::string> fault = fault_of_letter(letter)) throw Error(place + ": " + *fault);
    if (!seen.insert(letter).second) throw Error(place + ": the letter " + quoted(letter) + " stands twice");
  }
}

std::vector<std::string> parse_symbols(std::string_view text) {
  std::vector<std::string> letters;
  if (text.find(',') == std::string_view::npos) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t start = at;
      if (!next_character(text, at)) throw Error("-a: this is not valid UTF-8");
      letters.emplace_back(text.substr(start, at - start));
    }
  } else {
    for (std::size_t start = 0; start <= text.size();) {
      const std::size_t comma = std::min(text.find(',', start), text.size());
      letters.emplace_back(text.substr(start, comma - start));
      start = comma + 1;
    }
  }
  require_alphabet(letters, "-a");
  return letters;
}

Language read_language(const std::string& text, LanguageFormat format, const std::string& name,
                       const LanguageOptions& options) {
  try {
    if (format == LanguageFormat::kAtt) return read_att(text, name, options);
    if (format == LanguageFormat::kJson) return read_json_language(text, name, options);
    return read_regex(text, name, options);
  } catch (const TooLarge& fault) {
    throw Error(name + ": " + fault.what());
  }
}

}  // namespace eigenmata::checker

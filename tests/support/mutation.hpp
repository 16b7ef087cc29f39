// SPDX-License-Identifier: Apache-2.0
//
// Texts with one small thing wrong.
#pragma once

#include <string>
#include <vector>

#include "support/random_objects.hpp"

namespace eigenmata::testing {

/// The beginnings and ends of the words of a text: runs of anything but blanks, line ends and the marks of our formats.
inline std::vector<std::pair<std::size_t, std::size_t>> words_of(const std::string& text) {
  constexpr const char* kBetween = " \n\t:,|[]{}\"";
  std::vector<std::pair<std::size_t, std::size_t>> words;
  for (std::size_t at = text.find_first_not_of(kBetween); at != std::string::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBetween, at), text.size());
    words.emplace_back(at, end);
    at = text.find_first_not_of(kBetween, end);
  }
  return words;
}

/// One character replaced, left out or put in; a word replaced by another of the text or by a small number; a line left
/// out or doubled.
inline std::string mutated(const std::string& text, core::Random& random) {
  static const std::string kCharacters = "0123456789-/:|,.[]{}() #\"\\ax\n\t\r+*~<>";
  std::string mutant = text;
  const std::size_t at = random.below(text.size());
  const char character = kCharacters[random.below(kCharacters.size())];
  const auto words = words_of(text);
  const auto word = words[random.below(words.size())];
  const auto begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
  const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
  switch (random.below(8)) {
    case 0:
      mutant[at] = character;
      break;
    case 1:
      mutant.erase(at, 1);
      break;
    case 2:
      mutant.insert(at, 1, character);
      break;
    case 3:
    case 4: {
      const auto other = words[random.below(words.size())];
      mutant.replace(word.first, word.second - word.first, text.substr(other.first, other.second - other.first));
      break;
    }
    case 5:
      mutant.replace(word.first, word.second - word.first, std::to_string(random.between(-1, 4)));
      break;
    case 6:
      if (begin < end) mutant.erase(begin, end - begin);
      break;
    default:
      if (begin < end) mutant.insert(end, text.substr(begin, end - begin));
      break;
  }
  return mutant;
}

}  // namespace eigenmata::testing

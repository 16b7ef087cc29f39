// SPDX-License-Identifier: Apache-2.0
//
// Regular expressions with intersection and complement.
//
// The parser yields a tree with the letters as they are written; only when the alphabet is known, given or
// collected from the tree, do letters get numbers and the tree becomes an automaton.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "checker/language.hpp"

namespace eigenmata::checker {

/// What is wrong with an expression, and at which of its characters, counted from 1.
class RegexError : public std::runtime_error {
 public:
  RegexError(std::size_t character, const std::string& message) : std::runtime_error(message), character_(character) {}
  [[nodiscard]] std::size_t character() const { return character_; }

 private:
  std::size_t character_;
};

/// One letter, or the characters from low to high.
struct RegexItem {
  bool range = false;
  std::string letter;
  char32_t low = 0;
  char32_t high = 0;
  std::size_t character = 0;  ///< where it stands
};

struct RegexNode {
  enum class Kind : std::uint8_t { kLetters, kAnyLetter, kConcatenation, kUnion, kIntersection, kComplement, kRepeat };

  Kind kind = Kind::kConcatenation;
  /// kLetters: whether it means the letters that are not among the items.
  bool negated = false;
  std::vector<RegexItem> items;
  /// One for kComplement and kRepeat; a kConcatenation without children is the empty word.
  std::vector<RegexNode> children;
  std::uint32_t minimum = 0;
  std::optional<std::uint32_t> maximum;
};

/// Throws RegexError. The text must be valid UTF-8.
RegexNode parse_regex(std::string_view text);

/// The letters that an expression mentions: characters by code point, then names of several characters.
std::vector<std::string> mentioned_letters(const RegexNode& root);

/// The language of an expression over the alphabet given, or over the letters mentioned. Throws RegexError,
/// TooLarge.
Language compile_regex(std::string_view text, const std::optional<std::vector<std::string>>& alphabet);

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// Letters and words. The conventions of the whole house, stated once:
//
//   * Words act from the right, left to right: q·(uv) = (q·u)·v. The first letter of a word acts first.
//   * Vectors are columns: a layer moves its state by h ← A h + b.
//   * Outputs start at t = 1. Whether the empty word is accepted is a bit of its own in every network.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/error.hpp"

namespace eigenmata::core {

/// A letter, as its position in an alphabet.
enum class Symbol : std::uint32_t {};

[[nodiscard]] constexpr std::size_t index(Symbol symbol) { return static_cast<std::size_t>(symbol); }
[[nodiscard]] constexpr Symbol symbol(std::size_t index) { return static_cast<Symbol>(index); }

using Word = std::vector<Symbol>;

/// A finite, ordered set of letters, at least one. Immutable; copies share their storage.
///
/// A letter is one printable character ("a", "é", " ") or a name of several characters without blanks ("push").
class Alphabet {
 public:
  /// Throws `Error` (at `place`) if there is no letter, a letter stands twice, is empty, has a character
  /// that cannot be printed or invalid UTF-8, or has several characters one of which is a blank.
  explicit Alphabet(std::vector<std::string> names, const Place& place = {"alphabet"});

  [[nodiscard]] std::size_t size() const;
  /// Needs `index(symbol) < size()`.
  [[nodiscard]] const std::string& name(Symbol symbol) const;
  [[nodiscard]] const std::vector<std::string>& names() const;
  /// Cost: one hash look-up.
  [[nodiscard]] std::optional<Symbol> find(std::string_view name) const;
  /// True if every letter is one character, so that words can be written without blanks.
  [[nodiscard]] bool single_characters() const;

  /// The same letters in the same order.
  friend bool operator==(const Alphabet& a, const Alphabet& b);

 private:
  struct Data;
  std::shared_ptr<const Data> data_;
};

/// The letters of `first`, then those of `second` that it lacks.
[[nodiscard]] Alphabet united(const Alphabet& first, const Alphabet& second);

/// The alphabet that a user writes after `-a`: names separated by commas if there is a comma, else one letter
/// a character. Throws `Error` as the constructor does.
[[nodiscard]] Alphabet parse_alphabet(std::string_view text, const Place& place);

/// "{a, b, c}", shortened in the middle past about a dozen letters.
[[nodiscard]] std::string to_string(const Alphabet& alphabet);

/// A word as it stands in files: concatenated if every letter is one character, else separated by single blanks.
/// The empty word is the empty text. Inverse of `parse_word`.
[[nodiscard]] std::string format_word(const Alphabet& alphabet, const Word& word);

/// Reads a word from one line. Throws `Error` with the column of the first thing that is not a letter.
[[nodiscard]] Word parse_word(const Alphabet& alphabet, std::string_view text, const Place& place);

}  // namespace eigenmata::core

// SPDX-License-Identifier: Apache-2.0
//
// One line of a certificate, taken apart token by token. Every fault becomes an Error with its column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/input.hpp"
#include "checker/network.hpp"

namespace eigenmata::checker {

class Tokens {
 public:
  /// Of the reader's current line, which must stay the current one.
  explicit Tokens(const LineReader& lines, FieldPointer field = nullptr)
      : lines_(lines), line_(lines.line()), field_(std::move(field)) {}

  [[nodiscard]] bool at_end() const { return next_ > line_.size(); }
  /// Whether the next token is `|`.
  [[nodiscard]] bool at_bar() const { return at_word("|"); }
  /// Whether the next token is this word.
  [[nodiscard]] bool at_word(std::string_view word) const;

  /// The next token, not empty. `expected` says in the message what should be there.
  std::string_view take(std::string_view expected);
  /// Takes a token that must be this word.
  void word(std::string_view expected);
  void bar() { word("|"); }
  /// From 0 to kMaxCount.
  std::uint32_t count(std::string_view what);
  /// Like count, at least one.
  std::uint32_t positive(std::string_view what);
  /// The number of an existing thing: below `limit`.
  std::uint32_t index(std::string_view what, std::uint32_t limit);
  /// Numbers of existing things, increasing, up to the end of the line, appended to `into`.
  void increasing(std::string_view what, std::uint32_t limit, std::vector<std::uint32_t>& into);
  Number number(std::string_view what);
  /// Entries up to a bar or the end, appended to `into`.
  void vector(std::uint32_t dimension, std::vector<Entry>& into);
  /// The same as a vector of its own.
  SparseVector vector(std::uint32_t dimension);
  /// The sides of a box up to the end of the line, appended as centre and radius (box.hpp).
  void box(std::uint32_t dimension, std::vector<Entry>& centre, std::vector<Entry>& radius);
  /// What is left of the line, all of it taken.
  std::string_view rest(std::size_t& column);
  /// Throws unless the line ends here.
  void finish();

  /// Points at the token taken last.
  [[noreturn]] void fail(const std::string& message) const { lines_.fail(last_, message); }

 private:
  /// A number's text; nothing if it is none in canonical form. Throws as `fail` does for one that shows the field to
  /// be none.
  std::optional<Number> parsed(std::string_view text) const;
  /// The next token, taken apart at its colon: the index, larger than the one before, and what follows.
  std::pair<std::uint32_t, std::string_view> side(std::uint32_t dimension, std::optional<std::uint32_t> before,
                                                  std::string_view form);
  Number nonzero(std::string_view text, std::string_view form);

  const LineReader& lines_;
  std::string_view line_;
  FieldPointer field_;    ///< of the numbers; none if they are rational
  std::size_t next_ = 0;  ///< first byte of the next token
  std::size_t last_ = 0;  ///< first byte of the token taken last
};

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "checker/input.hpp"
#include "checker/tokens.hpp"

namespace eigenmata::checker {

/// The lines of a certificate that are no comments, one at a time.
class CertificateLines {
 public:
  /// Stream and name must outlive this.
  CertificateLines(std::istream& in, const std::string& name) : lines_(in, name) {}

  /// Of the numbers on the lines to come; rational without it.
  void set_field(FieldPointer field) { field_ = std::move(field); }
  /// Moves on; false behind the last line.
  bool advance();
  /// Moves on to a line that must be there; what it should be, for the message.
  Tokens& next_line(std::string_view expected);
  /// Moves on to a line that must begin with this word, and takes the word.
  Tokens& line_of(std::string_view word);
  /// What is left of the current line.
  [[nodiscard]] Tokens& tokens() { return *tokens_; }
  /// The current line must end here.
  void finish() { tokens_->finish(); }

  [[nodiscard]] std::size_t number() const { return lines_.number(); }
  [[nodiscard]] const std::string& name() const { return lines_.name(); }
  /// Throws an Error that points at a byte of the current line.
  [[noreturn]] void fail(std::size_t byte, const std::string& message) const { lines_.fail(byte, message); }

 private:
  LineReader lines_;
  std::optional<Tokens> tokens_;
  FieldPointer field_;
};

}  // namespace eigenmata::checker

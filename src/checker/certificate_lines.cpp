// SPDX-License-Identifier: Apache-2.0
#include "checker/certificate_lines.hpp"

#include "checker/error.hpp"

namespace eigenmata::checker {

bool CertificateLines::advance() {
  while (lines_.next()) {
    if (lines_.line().substr(0, 1) != "#") return true;
  }
  return false;
}

Tokens& CertificateLines::next_line(std::string_view expected) {
  if (!advance()) throw Error(name(), number(), 1, "the file ends here; expected " + std::string(expected));
  return tokens_.emplace(lines_, field_);
}

Tokens& CertificateLines::line_of(std::string_view word) {
  Tokens& tokens = next_line("a line that begins with '" + std::string(word) + "'");
  tokens.word(word);
  return tokens;
}

}  // namespace eigenmata::checker

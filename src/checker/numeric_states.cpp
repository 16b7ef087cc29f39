// SPDX-License-Identifier: Apache-2.0
#include "checker/numeric_states.hpp"

#include <string>

#include "checker/certificate_lines.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

/// A code in so many digits 0–9, a–f.
std::optional<std::uint64_t> parse_code(std::string_view text, std::size_t digits) {
  if (text.size() != digits) return std::nullopt;
  std::uint64_t code = 0;
  for (const char c : text) {
    const bool decimal = c >= '0' && c <= '9';
    if (!decimal && (c < 'a' || c > 'f')) return std::nullopt;
    code = code << 4 | static_cast<std::uint64_t>(decimal ? c - '0' : c - 'a' + 10);
  }
  return code;
}

}  // namespace

NumericStates read_semantics(CertificateLines& lines) {
  Tokens& tokens = lines.line_of("semantics");
  NumericStates result;
  result.name = tokens.take("a semantics");
  result.semantics_line = lines.number();
  std::string fault;
  const auto semantics = NumericSemantics::parse(result.name, fault);
  if (!semantics) tokens.fail(fault);
  result.semantics = *semantics;
  tokens.finish();
  return result;
}

void read_states(CertificateLines& lines, const Network& network, std::size_t automaton_states, NumericStates& into) {
  for (const Layer& layer : network.layers) into.coordinates += layer.dimension;
  const NumberFormat& format = into.semantics.states;
  const std::size_t digits = (format.bits() + 3) / 4;
  const std::uint32_t count = lines.line_of("states").positive("number of states");
  into.heading_line = lines.number();
  lines.finish();
  for (std::uint32_t i = 0; i < count; ++i) {
    Tokens& tokens = lines.line_of("state");
    into.states.push_back(tokens.index("state", static_cast<std::uint32_t>(automaton_states)));
    into.lines.push_back(lines.number());
    for (std::size_t c = 0; c < into.coordinates; ++c) {
      const std::string_view text = tokens.take("the code of a coordinate");
      const std::optional<std::uint64_t> code = parse_code(text, digits);
      if (!code) {
        tokens.fail("expected a code of " + plural(digits, "digit") + " 0 to 9, a to f, found " + quoted(text));
      }
      if (!format.value(*code)) tokens.fail(quoted(text) + " is the code of no state");
      into.codes.push_back(*code);
    }
    if (into.semantics.chunk != 0) {
      tokens.bar();
      std::uint32_t left = into.semantics.chunk - 1;
      for (; !tokens.at_end(); --left) {
        const std::uint32_t letter = tokens.index("letter", static_cast<std::uint32_t>(network.letters.size()));
        if (left == 0) tokens.fail("more letters than there can be since a boundary");
        into.codes.push_back(std::uint64_t{letter} + 1);
      }
      into.codes.resize(into.codes.size() + left);
    }
    tokens.finish();
  }
}

}  // namespace eigenmata::checker

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

Value read_code(Tokens& tokens, const NumberFormat& format) {
  const std::size_t digits = (format.bits() + 3) / 4;
  const std::string_view text = tokens.take("the code of a coordinate");
  const std::optional<std::uint64_t> code = parse_code(text, digits);
  if (!code) {
    tokens.fail("expected a code of " + plural(digits, "digit") + " 0 to 9, a to f, found " + quoted(text));
  }
  const std::optional<Value> value = format.value(*code);
  if (!value) tokens.fail(quoted(text) + " is the code of no state");
  return *value;
}

void read_boxes(CertificateLines& lines, std::size_t automaton_states, NumericStates& into) {
  const std::uint32_t count = lines.tokens().positive("number of boxes");
  lines.finish();
  for (std::uint32_t i = 0; i < count; ++i) {
    Tokens& tokens = lines.line_of("box");
    NumericBox box{tokens.index("state", static_cast<std::uint32_t>(automaton_states)), {}, lines.number()};
    for (std::size_t c = 0; c < into.coordinates; ++c) {
      Interval side;
      for (Value* end : {&side.low, &side.high}) {
        *end = read_code(tokens, into.semantics.states);
        if (!end->is_finite()) tokens.fail("a box ends in finite numbers");
      }
      if (!(side.low <= side.high)) tokens.fail("the high end of a side is below the low one");
      box.sides.push_back(std::move(side));
    }
    tokens.finish();
    into.boxes.push_back(std::move(box));
  }
}

void read_listed(CertificateLines& lines, const Network& network, std::size_t automaton_states, NumericStates& into) {
  const std::uint32_t count = lines.tokens().positive("number of states");
  lines.finish();
  for (std::uint32_t i = 0; i < count; ++i) {
    Tokens& tokens = lines.line_of("state");
    into.states.push_back(tokens.index("state", static_cast<std::uint32_t>(automaton_states)));
    into.lines.push_back(lines.number());
    for (std::size_t c = 0; c < into.coordinates; ++c) {
      into.codes.push_back(into.semantics.states.code(read_code(tokens, into.semantics.states)));
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
  Tokens& heading = lines.next_line("a line that begins with 'states' or 'boxes'");
  const std::string_view word = heading.take("'states' or 'boxes'");
  if (word == "boxes") {
    if (into.semantics.chunk != 0 || into.semantics.stochastic)
      heading.fail("boxes are of plans that go step by step and round to nearest");
    return read_boxes(lines, automaton_states, into);
  }
  if (word != "states") heading.fail("expected 'states' or 'boxes', found " + quoted(word));
  read_listed(lines, network, automaton_states, into);
}

}  // namespace eigenmata::checker

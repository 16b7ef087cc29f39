// SPDX-License-Identifier: Apache-2.0
//
// The text format of the AT&T FSM tools and OpenFST, for acceptors.
#include <algorithm>
#include <string>
#include <vector>

#include "eigenmata/automata/formats.hpp"
#include "eigenmata/core/text.hpp"
#include "graph_builder.hpp"

namespace eigenmata::automata {
namespace {

using core::in_quotes;

constexpr std::string_view kEpsilon = "<eps>";

/// "0", "0.0", "0." or ".00".
bool is_zero_weight(std::string_view text) {
  const auto points = std::count(text.begin(), text.end(), '.');
  return text.find_first_not_of("0.") == std::string_view::npos && points <= 1 &&
         text.find('0') != std::string_view::npos;
}

/// One line's columns, read with their meaning.
class LineParser {
 public:
  LineParser(const core::LineReader& lines, const std::optional<SymbolTable>& symbols, formats::GraphBuilder& builder)
      : lines_(lines), symbols_(symbols), builder_(builder), columns_(core::split_blanks(lines.line())) {}

  [[nodiscard]] bool is_empty() const { return columns_.empty(); }

  /// Returns the state in the first column.
  State read() {
    const State from = state_in(0);
    if (columns_.size() <= 2) {
      if (columns_.size() == 2) require_zero_weight(1);
      builder_.set_accepting(from);
      return from;
    }
    const State to = state_in(1);
    std::size_t weight = 3;
    // With four columns the last is an output label if it repeats the label, else a weight.
    if (columns_.size() >= 4 && columns_[3] == columns_[2]) weight = 4;
    if (columns_.size() == 4 && weight == 3 && !is_zero_weight(columns_[3])) {
      throw core::Error(place(3), "input label " + in_quotes(columns_[2]) + " and output label " +
                                      in_quotes(columns_[3]) +
                                      " differ; an acceptor repeats its label, and a weight has to be 0");
    }
    if (columns_.size() > weight) require_zero_weight(weight);
    if (columns_.size() > weight + 1) {
      throw core::Error(place(weight + 1), "a column too many; expected: source target label [label] [weight 0]");
    }
    add_edge(from, to);
    return from;
  }

 private:
  [[nodiscard]] core::Place place(std::size_t column) const { return lines_.place_of(columns_[column]); }

  State state_in(std::size_t column) {
    std::uint64_t number = 0;
    if (!core::parse_unsigned(columns_[column], number)) {
      throw core::Error(place(column), "state " + in_quotes(columns_[column]) + "; states are numbers from 0");
    }
    return builder_.state_named(columns_[column]);
  }

  void require_zero_weight(std::size_t column) const {
    if (!is_zero_weight(columns_[column])) {
      throw core::Error(place(column),
                        "weight " + in_quotes(columns_[column]) + "; only unweighted automata (weight 0) are read");
    }
  }

  void add_edge(State from, State to) {
    const std::string_view label = columns_[2];
    if (!symbols_) {
      if (label == kEpsilon) {
        builder_.add_epsilon(from, to);
      } else {
        builder_.add_edge(from, label, to, place(2));
      }
      return;
    }
    std::uint64_t number = 0;
    if (!core::parse_unsigned(label, number)) {
      throw core::Error(place(2), "label " + in_quotes(label) + "; with a symbol table labels are numbers");
    }
    if (number == 0) {
      builder_.add_epsilon(from, to);
      return;
    }
    const auto name = symbols_->find(number);
    if (name == symbols_->end()) {
      throw core::Error(place(2), "label " + std::to_string(number) + " is not in the symbol table");
    }
    builder_.add_edge(from, name->second, to, place(2));
  }

  const core::LineReader& lines_;
  const std::optional<SymbolTable>& symbols_;
  formats::GraphBuilder& builder_;
  std::vector<std::string_view> columns_;
};

}  // namespace

SymbolTable read_symbol_table(const core::Input& input) {
  SymbolTable table;
  core::LineReader lines(input);
  while (lines.next()) {
    const auto columns = core::split_blanks(lines.line());
    if (columns.empty()) continue;
    std::uint64_t number = 0;
    if (columns.size() != 2 || !core::parse_unsigned(columns[1], number)) {
      throw core::Error(lines.place(), "expected a symbol and its number, found " + in_quotes(lines.line()));
    }
    if (!table.emplace(number, columns[0]).second) {
      throw core::Error(lines.place_of(columns[1]), "number " + std::to_string(number) + " stands twice");
    }
  }
  return table;
}

Nfa read_att(const core::Input& input, const std::optional<Alphabet>& alphabet,
             const std::optional<SymbolTable>& symbols) {
  formats::GraphBuilder builder(alphabet);
  core::LineReader lines(input);
  while (lines.next()) {
    LineParser parser(lines, symbols, builder);
    if (parser.is_empty()) continue;
    const State first = parser.read();
    if (!builder.has_initial()) builder.set_initial(first);
  }
  return builder.build({input.name});
}

std::string write_att(const Dfa& dfa) {
  for (const std::string& name : dfa.alphabet().names()) {
    if (name.find(' ') != std::string::npos || name == kEpsilon) {
      throw core::Error("letter " + in_quotes(name) + " cannot be written in the AT&T format; JSON takes any letter");
    }
  }
  std::string text;
  const auto write_state = [&](std::size_t q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const Symbol letter = core::symbol(x);
      text += std::to_string(q) + "\t" + std::to_string(index(dfa.step(state(q), letter))) + "\t" +
              dfa.alphabet().name(letter) + "\n";
    }
  };
  const std::size_t initial = index(dfa.initial());
  write_state(initial);
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (q != initial) write_state(q);
  }
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (dfa.is_accepting(state(q))) text += std::to_string(q) + "\n";
  }
  return text;
}

}  // namespace eigenmata::automata

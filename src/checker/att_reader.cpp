// SPDX-License-Identifier: Apache-2.0
//
// Acceptors in the text format of AT&T's FSM tools and of OpenFST.
//
// A line has one to five columns. One: an accepting state. Two: the same with its weight. Three: source,
// target, label. Four: the label twice, or a weight. Five: both. Weights are 0; an output label that differs
// from the input label makes a transducer, which is no language.
#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "checker/error.hpp"
#include "checker/input.hpp"
#include "checker/language.hpp"
#include "checker/limits.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

struct Column {
  std::string_view text;
  std::size_t at;
};

std::vector<Column> columns_of(std::string_view line) {
  constexpr std::string_view kBlanks = " \t";
  std::vector<Column> columns;
  for (std::size_t at = line.find_first_not_of(kBlanks); at < line.size(); at = line.find_first_not_of(kBlanks, at)) {
    const std::size_t end = std::min(line.find_first_of(kBlanks, at), line.size());
    columns.push_back({line.substr(at, end - at), at});
    at = end;
  }
  return columns;
}

/// `0`, or a decimal 0 such as `0.0`.
bool is_zero(std::string_view text) {
  return text.find('0') != std::string_view::npos && text.find_first_not_of("0.") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

std::uint32_t number_in(const Column& column, const LineReader& lines, const std::string& what) {
  const std::optional<std::uint32_t> number = parse_count(column.text);
  if (!number) {
    lines.fail(column.at, "expected " + what + ", a decimal number up to " + std::to_string(kMaxCount) +
                              " without leading zeros, found " + quoted(column.text));
  }
  return *number;
}

using SymbolTable = std::unordered_map<std::uint32_t, std::string>;

SymbolTable read_symbols(const std::string& text, const std::string& name) {
  std::istringstream in(text);
  LineReader lines(in, name, LineReader::Ends::kAny);
  SymbolTable table;
  std::unordered_map<std::string, std::uint32_t> numbers;
  while (lines.next()) {
    const std::vector<Column> columns = columns_of(lines.line());
    if (columns.empty()) continue;
    if (columns.size() != 2) lines.fail(0, "expected a name and a number");
    const std::uint32_t number = number_in(columns[1], lines, "the number of a symbol");
    const std::string symbol(columns[0].text);
    if (number != 0) {
      if (symbol == "<eps>") lines.fail(columns[0].at, "<eps> has the number 0");
      if (const std::optional<std::string> fault = fault_of_letter(symbol)) lines.fail(columns[0].at, *fault);
    }
    if (!table.emplace(number, symbol).second) lines.fail(columns[1].at, "this number stands twice");
    if (!numbers.emplace(symbol, number).second) lines.fail(columns[0].at, "this name stands twice");
  }
  return table;
}

class Reader {
 public:
  Reader(const std::string& text, const std::string& name, const LanguageOptions& options)
      : in_(text), lines_(in_, name, LineReader::Ends::kAny), given_(options.alphabet.has_value()) {
    if (options.symbols) symbols_ = read_symbols(*options.symbols, options.symbols_name);
    if (!given_) return;
    for (const std::string& letter : *options.alphabet) letter_number(letter);
  }

  Language read() {
    while (lines_.next()) {
      const std::vector<Column> columns = columns_of(lines_.line());
      if (!columns.empty()) read_line(columns);
    }
    if (nfa_.initial.empty()) throw Error(lines_.name() + ": no line, so no initial state");
    if (alphabet_.empty()) throw Error(lines_.name() + ": no letter occurs; name the alphabet, with -a");
    nfa_.letters = static_cast<std::uint32_t>(alphabet_.size());
    nfa_.states = static_cast<State>(states_.size());
    return {std::move(alphabet_), determinise(nfa_)};
  }

 private:
  void read_line(const std::vector<Column>& columns) {
    const std::size_t count = columns.size();
    if (count > 5) lines_.fail(columns[5].at, "a transition has at most five columns");
    const State source = state(columns[0]);
    if (nfa_.initial.empty()) nfa_.initial.push_back(source);
    if (count <= 2) {
      if (count == 2) require_weight(columns[1]);
      nfa_.accepting.push_back(source);
      return;
    }
    const State target = state(columns[1]);
    if (count == 5 || (count == 4 && columns[3].text != columns[2].text)) require_weight(columns[count - 1]);
    if (count == 5 && columns[3].text != columns[2].text) {
      lines_.fail(columns[3].at, "the output label differs from the input label: this is a transducer, no language");
    }
    nfa_.edges.push_back({source, letter(columns[2]), target});
  }

  void require_weight(const Column& column) const {
    if (is_zero(column.text)) return;
    lines_.fail(column.at,
                "expected the weight 0 (or, in the fourth column, the label once more), found " + quoted(column.text));
  }

  State state(const Column& column) {
    const std::uint32_t number = number_in(column, lines_, "a state");
    return states_.try_emplace(number, static_cast<State>(states_.size())).first->second;
  }

  LetterId letter(const Column& column) {
    if (!symbols_) {
      if (column.text == "<eps>") return kEpsilon;
      return letter_named(std::string(column.text), column);
    }
    const std::uint32_t number = number_in(column, lines_, "the number of a symbol");
    if (number == 0) return kEpsilon;
    const auto place = symbols_->find(number);
    if (place == symbols_->end()) lines_.fail(column.at, "the symbol table has no number " + std::string(column.text));
    return letter_named(place->second, column);
  }

  LetterId letter_named(const std::string& name, const Column& column) {
    const auto place = letters_.find(name);
    if (place != letters_.end()) return place->second;
    if (given_) lines_.fail(column.at, "the letter " + quoted(name) + " is not in the alphabet given");
    if (const std::optional<std::string> fault = fault_of_letter(name)) lines_.fail(column.at, *fault);
    return letter_number(name);
  }

  LetterId letter_number(const std::string& name) {
    const auto id = static_cast<LetterId>(alphabet_.size());
    letters_.emplace(name, id);
    alphabet_.push_back(name);
    return id;
  }

  std::istringstream in_;
  LineReader lines_;
  bool given_;
  std::optional<SymbolTable> symbols_;
  std::vector<std::string> alphabet_;
  std::unordered_map<std::string, LetterId> letters_;
  std::unordered_map<std::uint32_t, State> states_;
  Nfa nfa_;
};

}  // namespace

Language read_att(const std::string& text, const std::string& name, const LanguageOptions& options) {
  return Reader(text, name, options).read();
}

}  // namespace eigenmata::checker

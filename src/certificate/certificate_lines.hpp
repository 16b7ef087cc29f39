// SPDX-License-Identifier: Apache-2.0
//
// The lines of a certificate and their tokens, and what does not depend on the kind of numbers. Counts are believed
// only as the lines that they announce arrive, so a hostile header cannot ask for memory.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "eigenmata/certificate/any.hpp"
#include "eigenmata/core/json.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::certificate {

inline constexpr std::size_t kMaxCount = std::size_t{1} << 28;
inline constexpr std::size_t kMaxOutputs = std::size_t{1} << 20;

/// Lines and tokens, and what does not depend on the kind of numbers.
class Lines {
 public:
  explicit Lines(const core::Input& input) : input_(input), lines_(input) {}

  /// UTF-8 without control characters but line feeds and tabs (which no token may have, but a comment).
  void require_text() const {
    const std::string& text = input_.text;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '\n' || (text[at] >= 0x20 && text[at] < 0x7F)) {
        ++at;
        continue;
      }
      const std::size_t length = core::utf8_length(text, at);
      const char c = text[at];
      if (length == 0 || (core::is_control(core::utf8_code_point(text, at)) && c != '\n' && c != '\t')) {
        throw core::Error(core::LineIndex(input_).place(at),
                          c == '\r' ? "a carriage return; lines end with a line feed alone"
                                    : "no text: a control character, or bytes that are not UTF-8");
      }
      at += length;
    }
  }

  /// Moves to the next line that is no comment, and splits it. Returns false at the end of the file.
  bool advance() {
    do {
      if (!lines_.next()) return false;
    } while (!lines_.line().empty() && lines_.line()[0] == '#');
    tokens_.clear();
    at_ = 0;
    std::string_view rest = lines_.line();
    for (;;) {
      const std::size_t blank = rest.find(' ');
      tokens_.push_back(rest.substr(0, blank));
      if (blank == std::string_view::npos) break;
      rest.remove_prefix(blank + 1);
    }
    return true;
  }

  [[noreturn]] void fail(const std::string& what) const { throw core::Error(lines_.place(), what); }
  [[noreturn]] void fail_token(const std::string& what) const {
    throw core::Error(at_ < tokens_.size() ? lines_.place_of(tokens_[at_]) : lines_.place(), what);
  }

  void next_line(std::string_view first) {
    if (!advance()) throw core::Error(lines_.place(), "the certificate ends here; expected " + core::in_quotes(first));
    expect(first);
  }
  void expect_line(std::string_view line) {
    if (!advance()) throw core::Error(lines_.place(), "the certificate ends here; expected " + core::in_quotes(line));
    if (lines_.line() != line) fail("expected " + core::in_quotes(line) + ", found " + core::in_quotes(lines_.line()));
  }
  [[nodiscard]] bool at_end() const { return at_ == tokens_.size(); }
  std::string_view token() {
    if (at_end()) fail("the line ends too early");
    return tokens_[at_++];
  }
  [[nodiscard]] bool sees(std::string_view text) const { return !at_end() && tokens_[at_] == text; }
  void expect(std::string_view text) {
    if (!sees(text))
      fail_token("expected " + core::in_quotes(text) +
                 (at_end() ? ", found the end of the line" : ", found " + core::in_quotes(tokens_[at_])));
    ++at_;
  }
  void end_of_line() const {
    if (!at_end()) fail_token("unexpected " + core::in_quotes(tokens_[at_]) + " at the end of the line");
  }

  /// A number below `bound`.
  std::size_t number(std::size_t bound, const char* what) {
    std::uint64_t value = 0;
    if (at_end()) fail(std::string("the line ends where ") + what + " is expected");
    if (bound == 0 || !core::parse_unsigned(tokens_[at_], value, bound - 1)) {
      fail_token(core::in_quotes(tokens_[at_]) + " is no " + what + "; expected a number from 0 to " +
                 std::to_string(bound == 0 ? 0 : bound - 1));
    }
    ++at_;
    return value;
  }

  /// The same, or `-` for none.
  std::uint32_t number_or_none(std::size_t bound, const char* what) {
    if (!sees("-")) return static_cast<std::uint32_t>(number(bound, what));
    ++at_;
    return lrnn::WalkTables::kNone;
  }

  /// A list of increasing numbers below `bound`, as bits.
  std::vector<bool> bits(std::size_t bound, const char* what) {
    std::vector<bool> result(bound, false);
    std::size_t least = 0;
    while (!at_end()) {
      const std::size_t value = number(bound, what);
      if (value < least) {
        --at_;
        fail_token("numbers have to increase");
      }
      result[value] = true;
      least = value + 1;
    }
    return result;
  }

  std::string_view read_kind() {
    next_line("kind");
    const std::string_view kind = sees("layers") ? "layers" : sees("blocks") ? "blocks" : "points";
    expect(kind);
    end_of_line();
    return kind;
  }

  using Numbers = std::variant<exact::RationalArithmetic, exact::NumberField, exact::CyclotomicField>;

  Numbers read_numbers() {
    next_line("numbers");
    if (sees("cyclotomic")) {
      expect("cyclotomic");
      const core::Place at = lines_.place_of(tokens_[at_ - 1]);
      const std::size_t order = number(kMaxCount, "order");
      end_of_line();
      return exact::CyclotomicField(order, at);
    }
    const bool is_field = sees("field");
    expect(is_field ? "field" : "rational");
    if (!is_field) {
      end_of_line();
      return exact::RationalArithmetic{};
    }
    const core::Place place = lines_.place_of(tokens_[at_ - 1]);
    const auto polynomial_place = at_end() ? place : lines_.place_of(tokens_[at_]);
    auto polynomial = exact::parse_polynomial(token(), "x", polynomial_place);
    const exact::Rational low = rational_end();
    const exact::Rational high = rational_end();
    std::string generator(token());
    end_of_line();
    return exact::NumberField(std::move(polynomial), low, high, std::move(generator), place);
  }

  exact::Rational rational_end() {
    const std::string_view text = token();
    return exact::parse_rational(text, lines_.place_of(text));
  }

  std::optional<lrnn::TransitionClass> read_class() {
    next_line("class");
    const std::string_view name = token();
    end_of_line();
    if (name == "none") return std::nullopt;
    return lrnn::parse_transition_class(name, lines_.place_of(name));
  }

  core::Alphabet read_alphabet() {
    next_line("letters");
    const std::size_t letters = number(kMaxCount, "number of letters");
    end_of_line();
    std::vector<std::string> names;
    for (std::size_t x = 0; x < letters; ++x) {
      next_line("letter");
      const std::string_view literal = lines_.line().substr(std::min<std::size_t>(7, lines_.line().size()));
      names.push_back(letter_name(literal));
    }
    return core::Alphabet(std::move(names), lines_.place());
  }

  /// The text that a JSON string stands for.
  [[nodiscard]] std::string letter_name(std::string_view literal) const {
    try {
      core::Json value = core::parse_json({"letter", std::string(literal)});
      const bool no_blanks_around = literal.front() == '"' && literal.back() == '"';
      if (value.kind == core::Json::Kind::kString && no_blanks_around) return std::move(value.text);
    } catch (const core::Error&) {
      // The place that this error knows is one inside the string.
    }
    fail("expected a letter as a JSON string, found " + core::in_quotes(literal));
  }

  automata::Dfa read_automaton(const core::Alphabet& alphabet) {
    next_line("automaton");
    const std::size_t states = number(kMaxCount, "number of states");
    expect("initial");
    const std::size_t initial = number(states, "state");
    end_of_line();
    next_line("accepting");
    std::vector<std::size_t> accepting_states;
    while (!at_end()) {
      const std::size_t q = number(states, "state");
      if (!accepting_states.empty() && q <= accepting_states.back()) {
        --at_;
        fail_token("numbers have to increase");
      }
      accepting_states.push_back(q);
    }
    std::vector<automata::State> next;
    for (std::size_t q = 0; q < states; ++q) {
      next_line("next");
      for (std::size_t x = 0; x < alphabet.size(); ++x) next.push_back(automata::state(number(states, "state")));
      end_of_line();
    }
    std::vector<bool> accepting(states, false);
    for (const std::size_t q : accepting_states) accepting[q] = true;
    return {alphabet, automata::state(initial), std::move(accepting), std::move(next)};
  }

 protected:
  const core::Input& input_;
  core::LineReader lines_;
  std::vector<std::string_view> tokens_;
  std::size_t at_ = 0;
};

}  // namespace eigenmata::certificate

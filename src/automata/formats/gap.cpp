// SPDX-License-Identifier: Apache-2.0
//
// Transformations as GAP writes them, one a letter, on the points 1, …, n.
#include <algorithm>
#include <string>
#include <vector>

#include "eigenmata/automata/formats.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::automata {
namespace {

using core::in_quotes;

class GapReader {
 public:
  explicit GapReader(const core::Input& input) : input_(input), lines_(input), text_(input.text) {}

  Dfa read(const std::optional<Alphabet>& alphabet) {
    read_comments();
    read_list();
    if (maps_.empty()) throw core::Error({input_.name}, "an empty list; expected a Transformation a letter");
    std::size_t points = 1;
    for (const auto& map : maps_) points = std::max(points, degree(map));
    if (initial_ == 0) throw core::Error({input_.name}, "no comment line like '# initial 1 accepting 1,3'");
    for (const std::size_t p : accepting_) points = std::max(points, p);
    points = std::max(points, initial_);
    std::vector<bool> accepting(points, false);
    for (const std::size_t p : accepting_) accepting[p - 1] = true;
    std::vector<State> next(points * maps_.size());
    for (std::size_t q = 0; q < points; ++q) {
      for (std::size_t x = 0; x < maps_.size(); ++x) {
        // GAP's transformations fix every point beyond their list.
        next[q * maps_.size() + x] = state(q < maps_[x].size() ? maps_[x][q] - 1 : q);
      }
    }
    const Dfa dfa(letters(), state(initial_ - 1), std::move(accepting), std::move(next));
    if (!alphabet) return dfa;
    for (const std::string& letter : dfa.alphabet().names()) {
      if (alphabet->find(letter)) continue;
      throw core::Error({input_.name}, in_quotes(letter) + " is not a letter; the letters are " + to_string(*alphabet));
    }
    return over_alphabet(dfa, *alphabet);
  }

 private:
  static std::size_t degree(const std::vector<std::size_t>& map) {
    std::size_t degree = map.size();
    for (const std::size_t p : map) degree = std::max(degree, p);
    return degree;
  }

  [[noreturn]] void fail(const std::string& message) const { throw core::Error(lines_.place(at_), message); }

  Alphabet letters() const {
    std::vector<std::string> names = letters_;
    if (names.empty()) {
      if (maps_.size() > 26) {
        throw core::Error({input_.name},
                          std::to_string(maps_.size()) +
                              " transformations are more than the letters a to z; add a line '# letters …'");
      }
      for (std::size_t x = 0; x < maps_.size(); ++x) names.emplace_back(1, static_cast<char>('a' + x));
    }
    if (names.size() != maps_.size()) {
      throw core::Error({input_.name}, std::to_string(maps_.size()) + " transformations, but " +
                                           std::to_string(names.size()) + " letters");
    }
    return Alphabet(std::move(names), {input_.name});
  }

  /// Comments run from '#' to the end of the line; two of them carry what GAP's list cannot.
  void read_comments() {
    core::LineReader lines(input_);
    while (lines.next()) {
      const std::size_t hash = lines.line().find('#');
      if (hash == std::string_view::npos) continue;
      const auto words = core::split_blanks(lines.line().substr(hash + 1));
      if (words.empty()) continue;
      if (words[0] == "letters") letters_.assign(words.begin() + 1, words.end());
      if (words[0] != "initial") continue;
      if (words.size() < 3 || words.size() > 4 || words[2] != "accepting") {
        throw core::Error(lines.place(hash + 1),
                          "expected '# initial 1 accepting 1,3', found " + in_quotes(lines.line().substr(hash)));
      }
      initial_ = point(words[1], lines);
      if (words.size() == 4) read_accepting(words[3], lines);
    }
  }

  void read_accepting(std::string_view list, const core::LineReader& lines) {
    for (;;) {
      const std::size_t comma = list.find(',');
      accepting_.push_back(point(list.substr(0, comma), lines));
      if (comma == std::string_view::npos) return;
      list.remove_prefix(comma + 1);
    }
  }

  static constexpr std::size_t kMaxPoints = std::size_t{1} << 26;

  static std::size_t point(std::string_view text, const core::LineReader& lines) {
    std::uint64_t value = 0;
    if (!core::parse_unsigned(text, value, kMaxPoints) || value == 0) {
      throw core::Error(lines.place_of(text), in_quotes(text) + " is no point; points are numbers from 1");
    }
    return value;
  }

  void skip() {
    for (;;) {
      while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
      if (at_ == text_.size() || text_[at_] != '#') return;
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
  }

  bool accept(std::string_view token) {
    skip();
    if (text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }

  void expect(std::string_view token) {
    if (!accept(token))
      fail("expected " + in_quotes(token) + (at_ == text_.size() ? " before the end of the file" : ""));
  }

  void read_list() {
    skip();
    if (const std::size_t assignment = text_.find(":=", at_); assignment < text_.find('[', at_)) at_ = assignment + 2;
    expect("[");
    if (!accept("]")) {
      do {
        read_transformation();
      } while (accept(","));
      expect("]");
    }
    accept(";");
    skip();
    if (at_ != text_.size()) fail("expected the end of the file");
  }

  void read_transformation() {
    if (accept("IdentityTransformation")) {
      maps_.emplace_back();
      return;
    }
    expect("Transformation");
    expect("(");
    expect("[");
    std::vector<std::size_t> map;
    if (!accept("]")) {
      do {
        skip();
        const std::size_t start = at_;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
        std::uint64_t value = 0;
        if (!core::parse_unsigned(text_.substr(start, at_ - start), value, kMaxPoints) || value == 0) {
          at_ = start;
          fail("expected a point, a number from 1");
        }
        map.push_back(value);
      } while (accept(","));
      expect("]");
    }
    expect(")");
    for (const std::size_t p : map) {
      if (p > map.size())
        fail("a transformation of " + std::to_string(map.size()) + " points sends one to " + std::to_string(p));
    }
    maps_.push_back(std::move(map));
  }

  const core::Input& input_;
  core::LineIndex lines_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::vector<std::size_t>> maps_;
  std::vector<std::string> letters_;
  std::size_t initial_ = 0;
  std::vector<std::size_t> accepting_;
};

bool is_a_b_c(const Alphabet& alphabet) {
  if (alphabet.size() > 26) return false;
  for (std::size_t x = 0; x < alphabet.size(); ++x) {
    if (alphabet.name(core::symbol(x)) != std::string(1, static_cast<char>('a' + x))) return false;
  }
  return true;
}

}  // namespace

Dfa read_gap(const core::Input& input, const std::optional<Alphabet>& alphabet) {
  return GapReader(input).read(alphabet);
}

std::string write_gap(const Dfa& dfa) {
  std::string text = "# initial " + std::to_string(index(dfa.initial()) + 1) + " accepting";
  char separator = ' ';
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (!dfa.is_accepting(state(q))) continue;
    text += separator + std::to_string(q + 1);
    separator = ',';
  }
  text += "\n";
  if (!is_a_b_c(dfa.alphabet())) {
    text += "# letters";
    for (const std::string& name : dfa.alphabet().names()) {
      if (name == " ") throw core::Error("the letter ' ' cannot be written for GAP; JSON takes any letter");
      text += " " + name;
    }
    text += "\n";
  }
  text += "[";
  for (std::size_t x = 0; x < dfa.letters(); ++x) {
    text += x == 0 ? "Transformation([" : ",\n Transformation([";
    for (std::size_t q = 0; q < dfa.states(); ++q) {
      if (q > 0) text += ",";
      text += std::to_string(index(dfa.step(state(q), core::symbol(x))) + 1);
    }
    text += "])";
  }
  return text + "]\n";
}

}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
//
// The part of Graphviz's language in which automata are drawn: node and edge statements with attributes, defaults for
// nodes and edges, chains of edges. Subgraphs and ports are refused.
#include <optional>
#include <string>
#include <vector>

#include "eigenmata/automata/formats.hpp"
#include "eigenmata/core/text.hpp"
#include "graph_builder.hpp"

namespace eigenmata::automata {
namespace {

using core::in_quotes;

struct Token {
  enum class Kind { kName, kPunctuation, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;  // a name without its quotes, or one of { } [ ] = ; , ->
  bool was_quoted = false;
  std::size_t offset = 0;
};

class Lexer {
 public:
  explicit Lexer(const core::Input& input) : text_(input.text), lines_(input) {}

  Token next() {
    skip_blanks_and_comments();
    Token token;
    token.offset = at_;
    if (at_ == text_.size()) return token;
    const char c = text_[at_];
    if (c == '"') return quoted_name(token);
    if (std::string_view("{}[]=;,:").find(c) != std::string_view::npos) {
      token.kind = Token::Kind::kPunctuation;
      token.text.assign(1, c);
      ++at_;
      return token;
    }
    for (const char* const edge : {"->", "--"}) {
      if (text_.substr(at_, 2) != edge) continue;
      token.kind = Token::Kind::kPunctuation;
      token.text = edge;
      at_ += 2;
      return token;
    }
    while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    if (at_ == token.offset && text_[at_] == '-') {  // a negative number
      ++at_;
      while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    }
    if (at_ == token.offset) throw core::Error(place(at_), in_quotes(text_.substr(at_, 1)) + " has no meaning here");
    token.kind = Token::Kind::kName;
    token.text = text_.substr(token.offset, at_ - token.offset);
    return token;
  }

  [[nodiscard]] core::Place place(std::size_t offset) const { return lines_.place(offset); }

 private:
  static bool is_name_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           byte >= 0x80;
  }

  void skip_blanks_and_comments() {
    for (;;) {
      while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
      const std::string_view rest = text_.substr(at_);
      const bool line_start = at_ == 0 || text_[at_ - 1] == '\n';
      if (rest.substr(0, 2) == "//" || (line_start && rest.substr(0, 1) == "#")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.substr(0, 2) == "/*") {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) throw core::Error(place(at_), "a comment that is never closed");
        at_ = end + 2;
      } else {
        return;
      }
    }
  }

  Token quoted_name(Token token) {
    token.kind = Token::Kind::kName;
    token.was_quoted = true;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      // Graphviz knows one escape inside quotes, \" ; a doubled backslash is its label escape for one.
      if (text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) ++at_;
      token.text += text_[at_];
    }
    if (at_ == text_.size()) throw core::Error(place(token.offset), "a string that is never closed");
    ++at_;
    return token;
  }

  std::string_view text_;
  core::LineIndex lines_;
  std::size_t at_ = 0;
};

struct Attributes {
  std::optional<std::string> label;
  std::optional<std::string> shape;
};

class DotReader {
 public:
  DotReader(const core::Input& input, const std::optional<Alphabet>& alphabet)
      : name_(input.name), lexer_(input), builder_(alphabet), token_(lexer_.next()) {}

  Nfa read() {
    if (is_word("strict")) advance();
    if (is_word("graph")) fail("an undirected graph; an automaton is a digraph");
    if (!is_word("digraph")) fail("expected 'digraph', found " + shown());
    advance();
    if (token_.kind == Token::Kind::kName) advance();
    expect("{");
    while (!accept("}")) statement();
    if (token_.kind != Token::Kind::kEnd) fail("expected the end of the file, found " + shown());
    return builder_.build({name_});
  }

 private:
  [[nodiscard]] std::string shown() const {
    return token_.kind == Token::Kind::kEnd ? "the end of the file" : in_quotes(token_.text);
  }
  [[noreturn]] void fail(const std::string& message) const { throw core::Error(lexer_.place(token_.offset), message); }
  void advance() { token_ = lexer_.next(); }
  [[nodiscard]] bool is(std::string_view text) const {
    return token_.kind == Token::Kind::kPunctuation && token_.text == text;
  }
  [[nodiscard]] bool is_word(std::string_view text) const {
    return token_.kind == Token::Kind::kName && !token_.was_quoted && token_.text == text;
  }
  bool accept(std::string_view text) {
    if (!is(text)) return false;
    advance();
    return true;
  }
  void expect(std::string_view text) {
    if (!accept(text)) fail("expected " + in_quotes(text) + ", found " + shown());
  }
  std::string name() {
    if (token_.kind != Token::Kind::kName) fail("expected a name, found " + shown());
    std::string text = token_.text;
    advance();
    return text;
  }

  void statement() {
    if (accept(";")) return;
    if (is_word("subgraph") || is("{")) fail("subgraphs are not read; write the edges one by one");
    if (is_word("graph")) {
      advance();
      attributes();
      return;
    }
    if (is_word("edge")) {
      advance();
      if (const auto label = attributes().label) default_label_ = *label;
      return;
    }
    if (is_word("node")) {
      advance();
      if (const auto shape = attributes().shape) default_shape_ = *shape;
      return;
    }
    const std::size_t offset = token_.offset;
    std::vector<std::string> chain{name()};
    if (accept("=")) {  // a graph attribute
      name();
      return;
    }
    if (is(":")) fail("ports are not read");
    if (is("--")) fail("'--' joins nodes of an undirected graph; an automaton's edges are '->'");
    while (accept("->")) {
      if (is("{")) fail("subgraphs are not read; write the edges one by one");
      chain.push_back(name());
    }
    const Attributes found = attributes();
    if (chain.size() == 1) {
      node(chain[0], found);
    } else {
      for (std::size_t i = 0; i + 1 < chain.size(); ++i) edge(chain[i], chain[i + 1], found, offset);
    }
  }

  Attributes attributes() {
    Attributes result;
    while (accept("[")) {
      while (!accept("]")) {
        const std::string key = name();
        expect("=");
        const std::string value = name();
        if (key == "label") result.label = value;
        if (key == "shape") result.shape = value;
        if (!accept(",")) accept(";");
      }
    }
    return result;
  }

  static bool is_start_marker(const std::string& name) { return name.rfind("__start", 0) == 0; }

  void node(const std::string& name, const Attributes& attributes) {
    if (is_start_marker(name)) return;
    const State q = node_named(name);
    if (attributes.shape) builder_.set_accepting(q, *attributes.shape == "doublecircle");
  }

  void edge(const std::string& from, const std::string& to, const Attributes& attributes, std::size_t offset) {
    if (is_start_marker(to))
      throw core::Error(lexer_.place(offset), "an edge into " + in_quotes(to) + ", which only marks the initial state");
    if (is_start_marker(from)) {
      builder_.set_initial(node_named(to));
      return;
    }
    const State source = node_named(from);
    const State target = node_named(to);
    const std::vector<std::string> letters = letters_of(attributes.label.value_or(default_label_));
    for (const std::string& letter : letters) {
      if (letter.empty() && letters.size() > 1) {
        throw core::Error(lexer_.place(offset),
                          "nothing stands beside a comma of the label; the letter ',' needs an edge of its own");
      }
      if (letter.empty() || letter == "ε" || letter == "<eps>") {
        builder_.add_epsilon(source, target);
      } else {
        builder_.add_edge(source, letter, target, lexer_.place(offset));
      }
    }
  }

  /// A node takes the default shape of the moment in which it is met first, as in Graphviz.
  State node_named(const std::string& name) {
    const bool is_new = !builder_.find_state(name);
    const State q = builder_.state_named(name);
    if (is_new && default_shape_ == "doublecircle") builder_.set_accepting(q);
    return q;
  }

  /// Letters are separated by commas, with blanks around them; a comma alone is the letter ','.
  static std::vector<std::string> letters_of(const std::string& label) {
    if (label == "," || label == " ") return {label};
    std::vector<std::string> letters;
    std::size_t start = 0;
    for (;;) {
      const std::size_t comma = label.find(',', start);
      std::string piece = label.substr(start, comma == std::string::npos ? comma : comma - start);
      const std::size_t first = piece.find_first_not_of(' ');
      const std::size_t last = piece.find_last_not_of(' ');
      letters.push_back(first == std::string::npos ? "" : piece.substr(first, last - first + 1));
      if (comma == std::string::npos) return letters;
      start = comma + 1;
    }
  }

  std::string name_;
  Lexer lexer_;
  formats::GraphBuilder builder_;
  Token token_;
  std::string default_shape_;
  std::string default_label_;
};

std::string dot_quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + "\"";
}

/// Letters that the comma-separated label of an edge cannot hold stand on an edge of their own.
bool stands_alone(const std::string& letter) { return letter == "," || letter == " "; }

}  // namespace

Nfa read_dot(const core::Input& input, const std::optional<Alphabet>& alphabet) {
  return DotReader(input, alphabet).read();
}

std::string write_dot(const Dfa& dfa) {
  for (const std::string& name : dfa.alphabet().names()) {
    if (name == "ε" || name == "<eps>" || (name.find(',') != std::string::npos && name != ",")) {
      throw core::Error("letter " + in_quotes(name) + " cannot be written for Graphviz; JSON takes any letter");
    }
  }
  std::string text =
      "digraph automaton {\n  rankdir=LR;\n  node [shape=circle];\n  __start0 [shape=point, label=\"\"];\n";
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (dfa.is_accepting(state(q))) text += "  " + std::to_string(q) + " [shape=doublecircle];\n";
  }
  text += "  __start0 -> " + std::to_string(index(dfa.initial())) + ";\n";
  const auto write_edge = [&](std::size_t from, std::size_t to, const std::string& label) {
    text += "  " + std::to_string(from) + " -> " + std::to_string(to) + " [label=" + dot_quoted(label) + "];\n";
  };
  // One edge a pair of states, its letters separated by commas.
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    std::vector<std::pair<std::size_t, std::string>> labels;
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const std::size_t to = index(dfa.step(state(q), core::symbol(x)));
      const std::string& letter = dfa.alphabet().name(core::symbol(x));
      auto same = labels.begin();
      while (same != labels.end() && (same->first != to || stands_alone(same->second))) ++same;
      if (same == labels.end() || stands_alone(letter)) {
        labels.emplace_back(to, letter);
      } else {
        same->second += "," + letter;
      }
    }
    for (const auto& [to, label] : labels) write_edge(q, to, label);
  }
  return text + "}\n";
}

}  // namespace eigenmata::automata

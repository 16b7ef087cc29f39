// SPDX-License-Identifier: Apache-2.0
//
// Parser and compiler of regular expressions. The parser builds a tree whose leaves name their letters; only when
// all letters mentioned are known is the alphabet settled and the tree compiled.
#include "eigenmata/automata/regex.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "eigenmata/automata/boolean.hpp"
#include "eigenmata/automata/minimise.hpp"
#include "eigenmata/automata/nfa.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::automata {
namespace {

constexpr std::size_t kMaxDepth = 200;
constexpr std::size_t kMaxQuantifiers = 8;
constexpr std::uint64_t kMaxRepetition = 1'000'000;
constexpr std::size_t kMaxRange = 65'536;
constexpr std::size_t kMaxMentions = std::size_t{1} << 22;
constexpr std::size_t kMaxNfaStates = std::size_t{1} << 22;
constexpr std::size_t kNoBound = SIZE_MAX;
/// What a state with an edge or two takes, the allocator's share included.
constexpr std::size_t kStateBytes = 128;

/// A letter of a leaf. Those that come from a range may be missing in the alphabet.
struct Mention {
  std::string name;
  std::size_t column;
  bool from_range;
};

struct Node {
  enum class Kind {
    kEmptyWord,
    kAnyLetter,
    kLetters,
    kOtherLetters,
    kConcatenation,
    kUnion,
    kIntersection,
    kComplement,
    kRepetition
  };

  Kind kind;
  std::vector<Mention> letters;                 // kLetters, kOtherLetters
  std::vector<std::unique_ptr<Node>> children;  // the operands
  std::size_t least = 0, most = kNoBound;       // kRepetition
};

using NodePointer = std::unique_ptr<Node>;

NodePointer make_node(Node::Kind kind) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  return node;
}

bool is_special(std::string_view c) {
  return c.size() == 1 && std::string_view(".[](){}*+?|&~<>\\^$").find(c[0]) != std::string_view::npos;
}

bool is_alphanumeric(std::string_view c) {
  return c.size() == 1 &&
         ((c[0] >= 'a' && c[0] <= 'z') || (c[0] >= 'A' && c[0] <= 'Z') || (c[0] >= '0' && c[0] <= '9'));
}

class Parser {
 public:
  Parser(std::string_view text, std::string source) : source_(std::move(source)) {
    if (!core::split_characters(text, characters_)) {
      throw core::Error({source_, 1, characters_.size() + 1}, "not valid UTF-8");
    }
  }

  NodePointer parse() {
    if (characters_.empty()) fail("the expression is empty; write () for the empty word");
    NodePointer node = expression();
    if (!at_end()) fail("unmatched ')'; remove it, or write \\) for the letter");
    return node;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == characters_.size(); }
  [[nodiscard]] bool sees(std::string_view c) const { return !at_end() && characters_[at_] == c; }
  bool accept(std::string_view c) {
    if (!sees(c)) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail(const std::string& message) const { fail_at(at_, message); }
  [[noreturn]] void fail_at(std::size_t position, const std::string& message) const {
    throw core::Error({source_, 1, position + 1}, message);
  }

  NodePointer expression() { return list("|", Node::Kind::kUnion, &Parser::intersection); }

  NodePointer intersection() { return list("&", Node::Kind::kIntersection, &Parser::concatenation); }

  NodePointer list(std::string_view separator, Node::Kind kind, NodePointer (Parser::*operand)()) {
    NodePointer first = (this->*operand)();
    if (!sees(separator)) return first;
    NodePointer node = make_node(kind);
    node->children.push_back(std::move(first));
    while (accept(separator)) node->children.push_back((this->*operand)());
    return node;
  }

  NodePointer concatenation() {
    NodePointer node = make_node(Node::Kind::kConcatenation);
    while (!at_end() && !sees("|") && !sees("&") && !sees(")")) node->children.push_back(factor());
    if (node->children.empty()) {
      const std::string before = at_end() ? "the end" : core::in_quotes(characters_[at_]);
      fail("nothing stands before " + before + "; write () for the empty word, or escape an operator with \\");
    }
    if (node->children.size() == 1) return std::move(node->children[0]);
    return node;
  }

  NodePointer factor() {
    std::size_t complements = 0;
    while (accept("~")) ++complements;
    NodePointer node = quantified();
    if (complements % 2 == 1) {
      NodePointer outer = make_node(Node::Kind::kComplement);
      outer->children.push_back(std::move(node));
      return outer;
    }
    return node;
  }

  NodePointer quantified() {
    NodePointer node = atom();
    std::size_t quantifiers = 0;
    for (;;) {
      const std::size_t start = at_;
      std::size_t least = 0;
      std::size_t most = kNoBound;
      if (accept("*")) {
      } else if (accept("+")) {
        least = 1;
      } else if (accept("?")) {
        most = 1;
      } else if (sees("{")) {
        std::tie(least, most) = bounds();
      } else {
        return node;
      }
      if (++quantifiers > kMaxQuantifiers) {
        fail_at(start, "more than " + std::to_string(kMaxQuantifiers) + " quantifiers in a row");
      }
      NodePointer outer = make_node(Node::Kind::kRepetition);
      outer->least = least;
      outer->most = most;
      outer->children.push_back(std::move(node));
      node = std::move(outer);
    }
  }

  std::pair<std::size_t, std::size_t> bounds() {
    const std::size_t start = at_;
    ++at_;
    const std::size_t least = number();
    std::size_t most = least;
    if (accept(",")) most = sees("}") ? kNoBound : number();
    if (!accept("}")) fail("a repetition is written {m}, {m,} or {m,n}; the letter '{' is \\{");
    if (most < least) fail_at(start, "a repetition from " + std::to_string(least) + " down to " + std::to_string(most));
    return {least, most};
  }

  std::size_t number() {
    const std::size_t start = at_;
    std::string digits;
    while (!at_end() && characters_[at_].size() == 1 && characters_[at_][0] >= '0' && characters_[at_][0] <= '9') {
      digits += characters_[at_++];
    }
    std::uint64_t value = 0;
    if (!core::parse_unsigned(digits, value, kMaxRepetition)) {
      fail_at(start,
              "expected a number from 0 to " + std::to_string(kMaxRepetition) + ", as in {2,5}; the letter '{' is \\{");
    }
    return value;
  }

  NodePointer atom() {
    if (at_end()) fail("the expression ends where something has to follow '~'");
    const std::size_t start = at_;
    const std::string_view c = characters_[at_];
    if (c == "(") {
      ++at_;
      if (accept(")")) return make_node(Node::Kind::kEmptyWord);
      if (++depth_ > kMaxDepth) fail_at(start, "parentheses nested deeper than " + std::to_string(kMaxDepth));
      NodePointer node = expression();
      --depth_;
      if (!accept(")")) fail_at(start, "'(' is never closed; add ')', or write \\( for the letter");
      return node;
    }
    if (c == ".") {
      ++at_;
      return make_node(Node::Kind::kAnyLetter);
    }
    if (c == "[") return letter_class();
    NodePointer node = make_node(Node::Kind::kLetters);
    if (c == "<") {
      node->letters.push_back({symbol_name(), start + 1, false});
    } else if (c == "\\") {
      node->letters.push_back({escaped(), start + 1, false});
    } else if (is_special(c)) {
      const bool quantifier = c == "*" || c == "+" || c == "?" || c == "{";
      fail(quantifier ? "nothing stands before " + core::in_quotes(c) + "; the letter is \\" + std::string(c)
                      : core::in_quotes(c) + " has no meaning here; the letter is \\" + std::string(c));
    } else {
      node->letters.push_back({plain(), start + 1, false});
    }
    return node;
  }

  std::string plain() {
    const std::string_view c = characters_[at_];
    if (!core::is_printable(core::utf8_code_point(c, 0))) {
      fail(core::in_quotes(c) + " cannot be printed, so it is no letter");
    }
    ++at_;
    return std::string(c);
  }

  std::string escaped() {
    ++at_;
    if (at_end()) fail("the expression ends after '\\'");
    if (is_alphanumeric(characters_[at_])) {
      fail("unknown escape '\\" + std::string(characters_[at_]) + "'; '\\' makes an operator a letter");
    }
    return plain();
  }

  std::string symbol_name() {
    const std::size_t start = at_++;
    std::string name;
    while (!at_end() && !sees(">") && !sees("<")) {
      if (sees(" ")) fail("a symbol's name has no blanks");
      name += plain();
    }
    if (!accept(">")) fail_at(start, "'<' is never closed; a named symbol is written <name>, the letter '<' is \\<");
    if (name.empty()) fail_at(start, "a symbol without a name");
    return name;
  }

  NodePointer letter_class() {
    const std::size_t start = at_++;
    const bool negated = accept("^");
    NodePointer node = make_node(negated ? Node::Kind::kOtherLetters : Node::Kind::kLetters);
    while (!at_end() && !sees("]")) class_item(*node);
    if (!accept("]")) fail_at(start, "'[' is never closed; add ']', or write \\[ for the letter");
    if (node->letters.empty()) fail_at(start, "a class without letters; any letter is written '.'");
    return node;
  }

  void class_item(Node& node) {
    const std::size_t column = at_ + 1;
    if (sees("<")) {
      node.letters.push_back({symbol_name(), column, false});
      return;
    }
    const std::string low = class_member();
    const bool range = sees("-") && at_ + 1 < characters_.size() && characters_[at_ + 1] != "]";
    if (!range) {
      node.letters.push_back({low, column, false});
      return;
    }
    ++at_;
    if (sees("<")) fail("a range goes from one character to another, not to a named symbol");
    const std::string high = class_member();
    const char32_t first = core::utf8_code_point(low, 0);
    const char32_t last = core::utf8_code_point(high, 0);
    if (last < first) fail_at(column - 1, "the range " + low + "-" + high + " runs backwards");
    if (last - first >= kMaxRange)
      fail_at(column - 1, "a range of more than " + std::to_string(kMaxRange) + " letters");
    for (char32_t c = first; c <= last; ++c) {
      if (!core::is_printable(c)) continue;
      node.letters.push_back({core::to_utf8(c), column, true});
    }
    range_letters_ += last - first + 1;
    if (range_letters_ > kMaxMentions) {
      throw core::LimitReached(core::LimitReached::Kind::kSize, "the ranges of the expression list more than " +
                                                                    std::to_string(kMaxMentions) + " letters");
    }
  }

  std::string class_member() {
    if (sees("\\")) return escaped();
    if (sees("[") || sees(">")) fail(core::in_quotes(characters_[at_]) + " inside a class is written with \\");
    return plain();
  }

  std::string source_;
  std::vector<std::string_view> characters_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t range_letters_ = 0;
};

void collect_letters(const Node& node, std::set<std::pair<bool, std::string>>& letters) {
  for (const Mention& mention : node.letters) {
    letters.emplace(core::utf8_length(mention.name, 0) != mention.name.size(), mention.name);
  }
  for (const auto& child : node.children) collect_letters(*child, letters);
}

/// Characters by code point (UTF-8 sorts like code points), then names.
Alphabet mentioned_letters(const Node& root, const std::string& source) {
  std::set<std::pair<bool, std::string>> letters;
  collect_letters(root, letters);
  if (letters.empty()) {
    throw core::Error({source}, "no letter is mentioned, so the alphabet is empty; give one, as in -a ab");
  }
  std::vector<std::string> names;
  for (const auto& [is_name, name] : letters) names.push_back(name);
  return Alphabet(std::move(names));
}

/// Part of an automaton with one way in and one way out.
struct Fragment {
  State in, out;
};

class Compiler {
 public:
  Compiler(Alphabet alphabet, const core::Limits& limits, const std::string& source)
      : alphabet_(std::move(alphabet)), limits_(limits), source_(source) {}

  /// Throws if a letter outside the alphabet is mentioned, also where nothing of it is compiled, as in x{0}.
  void check_letters(const Node& node) const {
    (void)letters_of(node);
    for (const auto& child : node.children) check_letters(*child);
  }

  Dfa compile(const Node& node) {
    const std::size_t bytes_outside = bytes_;
    Nfa nfa(alphabet_);
    const Fragment fragment = build(node, nfa);
    nfa.set_initial(fragment.in);
    nfa.set_accepting(fragment.out);
    Dfa dfa = minimised(determinised(nfa, limits_), limits_);
    bytes_ = bytes_outside;
    return dfa;
  }

 private:
  /// Accounts for a part of the automata under construction.
  void require_memory(std::size_t bytes) {
    bytes_ += bytes;
    limits_.require_memory(bytes_, "the automaton of the expression");
  }

  State fresh(Nfa& nfa) {
    if (nfa.states() >= kMaxNfaStates) {
      throw core::LimitReached(core::LimitReached::Kind::kSize, "the expression needs an automaton of more than " +
                                                                    std::to_string(kMaxNfaStates) + " states");
    }
    if (nfa.states() % 4096 == 0) limits_.poll();
    require_memory(kStateBytes);
    return nfa.add_state();
  }

  Fragment fresh_fragment(Nfa& nfa) {
    const State in = fresh(nfa);
    return {in, fresh(nfa)};
  }

  Fragment build(const Node& node, Nfa& nfa) {
    switch (node.kind) {
      case Node::Kind::kEmptyWord: {
        const Fragment fragment = fresh_fragment(nfa);
        nfa.add_epsilon(fragment.in, fragment.out);
        return fragment;
      }
      case Node::Kind::kAnyLetter:
      case Node::Kind::kLetters:
      case Node::Kind::kOtherLetters: {
        const Fragment fragment = fresh_fragment(nfa);
        const std::vector<Symbol> letters = letters_of(node);
        require_memory(letters.size() * sizeof(std::pair<Symbol, State>));
        for (const Symbol letter : letters) nfa.add_edge(fragment.in, letter, fragment.out);
        return fragment;
      }
      case Node::Kind::kConcatenation: {
        Fragment whole = build(*node.children[0], nfa);
        for (std::size_t i = 1; i < node.children.size(); ++i) append(whole, build(*node.children[i], nfa), nfa);
        return whole;
      }
      case Node::Kind::kUnion: {
        const Fragment whole = fresh_fragment(nfa);
        for (const auto& child : node.children) {
          const Fragment part = build(*child, nfa);
          nfa.add_epsilon(whole.in, part.in);
          nfa.add_epsilon(part.out, whole.out);
        }
        return whole;
      }
      case Node::Kind::kIntersection:
      case Node::Kind::kComplement:
        return embed(deterministic(node), nfa);
      case Node::Kind::kRepetition:
        return repeat(node, nfa);
    }
    return {};
  }

  /// The automaton of an intersection or a complement, made once however often a repetition copies it.
  const Dfa& deterministic(const Node& node) {
    if (const auto known = deterministic_.find(&node); known != deterministic_.end()) return known->second;
    Dfa dfa = compile(*node.children[0]);
    if (node.kind == Node::Kind::kComplement) dfa = complement(dfa);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      dfa = minimised(combined(BooleanOperation::kAnd, dfa, compile(*node.children[i]), limits_), limits_);
    }
    return deterministic_.emplace(&node, std::move(dfa)).first->second;
  }

  void append(Fragment& whole, const Fragment& part, Nfa& nfa) {
    nfa.add_epsilon(whole.out, part.in);
    whole.out = part.out;
  }

  Fragment repeat(const Node& node, Nfa& nfa) {
    const State start = fresh(nfa);
    Fragment whole{start, start};
    for (std::size_t i = 0; i < node.least; ++i) append(whole, build(*node.children[0], nfa), nfa);
    if (node.most == kNoBound) {
      const State loop = fresh(nfa);
      append(whole, {loop, loop}, nfa);
      const Fragment part = build(*node.children[0], nfa);
      nfa.add_epsilon(loop, part.in);
      nfa.add_epsilon(part.out, loop);
      // A way out of its own, so that what follows cannot run back into the loop.
      const State out = fresh(nfa);
      append(whole, {out, out}, nfa);
      return whole;
    }
    const State out = fresh(nfa);
    for (std::size_t i = node.least; i < node.most; ++i) {
      nfa.add_epsilon(whole.out, out);
      append(whole, build(*node.children[0], nfa), nfa);
    }
    nfa.add_epsilon(whole.out, out);
    whole.out = out;
    return whole;
  }

  Fragment embed(const Dfa& dfa, Nfa& nfa) {
    const std::size_t offset = nfa.states();
    require_memory(dfa.states() * dfa.letters() * sizeof(std::pair<Symbol, State>));
    for (std::size_t q = 0; q < dfa.states(); ++q) fresh(nfa);
    const State out = fresh(nfa);
    for (std::size_t q = 0; q < dfa.states(); ++q) {
      const State from = state(offset + q);
      for (std::size_t x = 0; x < dfa.letters(); ++x) {
        const State to = dfa.step(state(q), core::symbol(x));
        nfa.add_edge(from, core::symbol(x), state(offset + index(to)));
      }
      if (dfa.is_accepting(state(q))) nfa.add_epsilon(from, out);
    }
    return {state(offset + index(dfa.initial())), out};
  }

  std::vector<Symbol> letters_of(const Node& node) const {
    std::vector<bool> chosen(alphabet_.size(), node.kind != Node::Kind::kLetters);
    for (const Mention& mention : node.letters) {
      const auto letter = alphabet_.find(mention.name);
      if (letter) {
        chosen[core::index(*letter)] = node.kind == Node::Kind::kLetters;
      } else if (!mention.from_range) {
        throw core::Error({source_, 1, mention.column},
                          core::in_quotes(mention.name) + " is not a letter; the letters are " + to_string(alphabet_));
      }
    }
    std::vector<Symbol> letters;
    for (std::size_t x = 0; x < chosen.size(); ++x) {
      if (chosen[x]) letters.push_back(core::symbol(x));
    }
    return letters;
  }

  Alphabet alphabet_;
  const core::Limits& limits_;
  const std::string& source_;
  std::unordered_map<const Node*, Dfa> deterministic_;
  std::size_t bytes_ = 0;
};

}  // namespace

Dfa compile_regex(std::string_view expression, const std::optional<Alphabet>& alphabet, const core::Limits& limits,
                  const std::string& source) {
  const NodePointer root = Parser(expression, source).parse();
  Compiler compiler(alphabet ? *alphabet : mentioned_letters(*root, source), limits, source);
  compiler.check_letters(*root);
  return compiler.compile(*root);
}

std::string escaped_letter(std::string_view letter) {
  if (core::utf8_length(letter, 0) != letter.size()) return "<" + std::string(letter) + ">";
  return (is_special(letter) ? "\\" : "") + std::string(letter);
}

}  // namespace eigenmata::automata

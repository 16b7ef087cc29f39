// SPDX-License-Identifier: Apache-2.0
//
// The grammar of proofs/language-format.md, by recursive descent, one function a rule.
//
// Depth is bounded by the number of open parentheses; rows of quantifiers and of `~` are loops.
#include <utility>

#include "checker/limits.hpp"
#include "checker/regex.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

constexpr std::u32string_view kSpecial = U".[](){}*+?|&~<>\\^$";
constexpr std::u32string_view kSpecialInClass = U"][\\<>";

std::u32string decoded(std::string_view text) {
  std::u32string characters;
  for (std::size_t at = 0; at < text.size();) {
    const std::optional<char32_t> c = next_character(text, at);
    if (!c) throw RegexError(characters.size() + 1, "these bytes are not valid UTF-8");
    characters += *c;
  }
  return characters;
}

std::string shown(char32_t c) {
  std::string text;
  append_character(text, c);
  return quoted(text);
}

bool is_letter_or_digit(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

RegexNode node(RegexNode::Kind kind) {
  RegexNode result;
  result.kind = kind;
  return result;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(decoded(text)) {}

  RegexNode parse() {
    RegexNode root = expression();
    if (!at_end()) fail(peek() == U')' ? "this ')' closes nothing" : "expected the end of the expression");
    return root;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char32_t peek() const { return at_end() ? U'\0' : text_[at_]; }
  [[nodiscard]] bool sees(char32_t c) const { return !at_end() && text_[at_] == c; }
  bool accept(char32_t c) {
    if (!sees(c)) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail(const std::string& message) const { throw RegexError(at_ + 1, message); }
  [[noreturn]] static void fail_at(std::size_t at, const std::string& message) { throw RegexError(at + 1, message); }

  RegexNode expression() {
    return list(RegexNode::Kind::kUnion, U'|', [this] { return intersection(); });
  }

  RegexNode intersection() {
    return list(RegexNode::Kind::kIntersection, U'&', [this] { return concatenation(); });
  }

  template <class Rule>
  RegexNode list(RegexNode::Kind kind, char32_t separator, Rule rule) {
    RegexNode first = rule();
    if (!sees(separator)) return first;
    RegexNode result = node(kind);
    result.children.push_back(std::move(first));
    while (accept(separator)) result.children.push_back(rule());
    return result;
  }

  RegexNode concatenation() {
    RegexNode result = node(RegexNode::Kind::kConcatenation);
    while (!at_end() && !sees(U'|') && !sees(U'&') && !sees(U')')) result.children.push_back(factor());
    if (result.children.empty()) fail("nothing stands here; the empty word is written ()");
    if (result.children.size() > 1) return result;
    RegexNode only = std::move(result.children.front());
    return only;
  }

  RegexNode factor() {
    bool complemented = false;
    bool any = false;
    for (; accept(U'~'); any = true) complemented = !complemented;
    if (any && (at_end() || sees(U'|') || sees(U'&') || sees(U')'))) fail("'~' needs an expression behind it");
    RegexNode result = quantified();
    if (!complemented) return result;
    RegexNode outer = node(RegexNode::Kind::kComplement);
    outer.children.push_back(std::move(result));
    return outer;
  }

  RegexNode quantified() {
    RegexNode result = atom();
    for (std::size_t count = 0;; ++count) {
      const std::size_t start = at_;
      RegexNode outer = node(RegexNode::Kind::kRepeat);
      if (!quantifier(outer)) return result;
      if (count == kMaxRegexQuantifiers) {
        fail_at(start, "more than " + std::to_string(kMaxRegexQuantifiers) + " quantifiers in a row");
      }
      outer.children.push_back(std::move(result));
      result = std::move(outer);
    }
  }

  bool quantifier(RegexNode& repeat) {
    if (accept(U'*')) return true;
    if (accept(U'+')) {
      repeat.minimum = 1;
      return true;
    }
    if (accept(U'?')) {
      repeat.maximum = 1;
      return true;
    }
    const std::size_t start = at_;
    if (!accept(U'{')) return false;
    repeat.minimum = number();
    if (!accept(U',')) {
      repeat.maximum = repeat.minimum;
    } else if (!sees(U'}')) {
      repeat.maximum = number();
    }
    if (!accept(U'}')) fail("expected '}' at the end of {m}, {m,} or {m,n}");
    if (repeat.maximum && *repeat.maximum < repeat.minimum) fail_at(start, "{m,n} needs m ≤ n");
    return true;
  }

  std::uint32_t number() {
    const std::size_t start = at_;
    std::string digits;
    while (!at_end() && peek() >= U'0' && peek() <= U'9') digits += static_cast<char>(text_[at_++]);
    const std::optional<std::uint32_t> value = parse_count(digits);
    if (!value || *value > kMaxRegexRepetitions) {
      fail_at(start, "expected a number from 0 to " + std::to_string(kMaxRegexRepetitions) + " without leading zeros");
    }
    return *value;
  }

  RegexNode atom() {
    const char32_t c = peek();
    if (c == U'(') return group();
    if (c == U'[') return letter_class();
    if (accept(U'.')) return node(RegexNode::Kind::kAnyLetter);
    RegexNode result = node(RegexNode::Kind::kLetters);
    const std::size_t start = at_;
    result.items.push_back(c == U'<' ? name() : single(character(kSpecial), start));
    return result;
  }

  RegexNode group() {
    const std::size_t start = at_;
    if (++depth_ > kMaxRegexParentheses) {
      fail("parentheses nested deeper than " + std::to_string(kMaxRegexParentheses) + ", the most allowed");
    }
    ++at_;
    RegexNode result = sees(U')') ? node(RegexNode::Kind::kConcatenation) : expression();
    if (!accept(U')')) fail_at(start, "this '(' is not closed");
    --depth_;
    return result;
  }

  static RegexItem single(char32_t c, std::size_t at) {
    RegexItem item;
    append_character(item.letter, c);
    item.low = item.high = c;
    item.character = at + 1;
    return item;
  }

  /// A plain character or `\` and a special one.
  char32_t character(std::u32string_view special) {
    const std::size_t start = at_;
    if (at_end()) fail("the expression ends where a letter should be");
    char32_t c = text_[at_++];
    if (c == U'\\') {
      if (at_end()) fail_at(start, "'\\' needs a character behind it");
      c = text_[at_++];
      if (is_letter_or_digit(c)) fail_at(start, "'\\' stands before special characters only, not before " + shown(c));
    } else if (special.find(c) != std::u32string_view::npos) {
      fail_at(start, shown(c) + " cannot stand here; as a letter it needs a '\\' in front");
    }
    if (!is_printable(c)) fail_at(start, shown(c) + " cannot be printed, so it is no letter");
    return c;
  }

  RegexItem name() {
    RegexItem item;
    item.character = at_ + 1;
    const std::size_t start = at_++;
    while (!at_end() && !sees(U'>')) {
      const char32_t c = text_[at_];
      if (c == U'<' || c == U' ' || !is_printable(c)) fail("a name has no '<', no blank and no control character");
      append_character(item.letter, c);
      ++at_;
    }
    if (!accept(U'>')) fail_at(start, "this '<' is not closed");
    if (item.letter.empty()) fail_at(start, "a name needs at least one character");
    return item;
  }

  RegexNode letter_class() {
    const std::size_t start = at_++;
    RegexNode result = node(RegexNode::Kind::kLetters);
    result.negated = accept(U'^');
    while (!sees(U']')) {
      if (at_end()) fail_at(start, "this '[' is not closed");
      result.items.push_back(sees(U'<') ? name() : member_or_range());
    }
    if (result.items.empty()) fail_at(start, "a class needs at least one letter");
    ++at_;
    return result;
  }

  RegexItem member_or_range() {
    const std::size_t start = at_;
    RegexItem item = single(character(kSpecialInClass), start);
    // A '-' is a letter itself unless a member stands behind it.
    const bool range = sees(U'-') && at_ + 1 < text_.size() && text_[at_ + 1] != U']' && text_[at_ + 1] != U'<';
    if (!range) return item;
    ++at_;
    item.range = true;
    item.high = character(kSpecialInClass);
    if (item.high < item.low) fail_at(start, "this range runs backwards");
    return item;
  }

  std::u32string text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace

RegexNode parse_regex(std::string_view text) {
  if (text.size() > kMaxRegexBytes) {
    throw RegexError(1, "longer than " + std::to_string(kMaxRegexBytes) + " bytes (1 MiB), the most allowed");
  }
  return Parser(text).parse();
}

}  // namespace eigenmata::checker

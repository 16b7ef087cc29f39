// SPDX-License-Identifier: Apache-2.0
//
// A second implementation of the grammar of proofs/language-format.md, written to be obviously right: it
// parses the text into a tree and, for a word, computes the set of positions at which a match that starts at
// a position can end. No automaton is made. For words of at most 31 letters. Also: random expressions.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/core/alphabet.hpp"
#include "eigenmata/core/random.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::automata::testing_regex {

using core::Alphabet;
using core::Symbol;
using core::Word;

/// Bit j: the match can end before letter j of the word.
using Ends = std::uint32_t;
/// What a part of an expression does with a word and a starting position.
using Matcher = std::function<Ends(const Word&, std::size_t)>;

class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline Ends from_all(const Matcher& matcher, const Word& word, Ends starts) {
  Ends ends = 0;
  for (std::size_t i = 0; i <= word.size(); ++i) {
    if ((starts >> i & 1u) != 0) ends |= matcher(word, i);
  }
  return ends;
}

/// Recursive descent, one function a rule of the grammar.
class NaiveParser {
 public:
  NaiveParser(std::string_view text, const Alphabet& alphabet) : alphabet_(alphabet) {
    std::vector<std::string_view> characters;
    if (!core::split_characters(text, characters)) throw Refused("UTF-8");
    rest_.assign(characters.rbegin(), characters.rend());
  }

  Matcher parse() {
    Matcher whole = expression();
    if (!rest_.empty()) throw Refused("something is left");
    return whole;
  }

 private:
  [[nodiscard]] std::string peek() const { return rest_.empty() ? std::string() : rest_.back(); }
  std::string take() {
    if (rest_.empty()) throw Refused("the end");
    std::string c = rest_.back();
    rest_.pop_back();
    return c;
  }
  bool accept(const std::string& c) {
    if (peek() != c) return false;
    rest_.pop_back();
    return true;
  }

  Matcher expression() {
    Matcher left = intersection();
    while (accept("|")) {
      left = [left, right = intersection()](const Word& word, std::size_t i) { return left(word, i) | right(word, i); };
    }
    return left;
  }

  Matcher intersection() {
    Matcher left = concatenation();
    while (accept("&")) {
      left = [left, right = concatenation()](const Word& word, std::size_t i) {
        return left(word, i) & right(word, i);
      };
    }
    return left;
  }

  Matcher concatenation() {
    Matcher left = factor();
    while (!rest_.empty() && peek() != "|" && peek() != "&" && peek() != ")") {
      left = [left, right = factor()](const Word& word, std::size_t i) { return from_all(right, word, left(word, i)); };
    }
    return left;
  }

  Matcher factor() {
    if (accept("~")) {
      return [inner = factor()](const Word& word, std::size_t i) {
        const Ends from_i = ((Ends{1} << (word.size() + 1)) - 1) & ~((Ends{1} << i) - 1);
        return from_i & ~inner(word, i);
      };
    }
    Matcher inner = atom();
    for (int quantifiers = 0;; ++quantifiers) {
      std::size_t least = 0;
      std::size_t most = SIZE_MAX;
      if (accept("+")) {
        least = 1;
      } else if (accept("?")) {
        most = 1;
      } else if (accept("{")) {
        least = most = number();
        if (accept(",")) most = peek() == "}" ? SIZE_MAX : number();
        if (!accept("}") || most < least) throw Refused("bounds");
      } else if (!accept("*")) {
        return inner;
      }
      if (quantifiers == 8) throw Refused("quantifiers");
      inner = [inner, least, most](const Word& word, std::size_t i) {
        // Rounds after which a set of at most |w| + 1 positions can no longer change anything new.
        Ends now = Ends{1} << i;
        Ends result = least == 0 ? now : 0;
        const std::size_t enough = std::min(least, word.size() + 2) + word.size() + 2;
        for (std::size_t round = 1; round <= std::min(most, std::max(enough, least)); ++round) {
          now = from_all(inner, word, now);
          if (round >= least) result |= now;
        }
        return result;
      };
    }
  }

  std::size_t number() {
    std::string digits;
    while (peek().size() == 1 && peek()[0] >= '0' && peek()[0] <= '9') digits += take();
    if (digits.empty() || digits.size() > 7 || (digits.size() > 1 && digits[0] == '0')) throw Refused("number");
    const std::size_t value = std::stoul(digits);
    if (value > 1'000'000) throw Refused("number");
    return value;
  }

  Matcher one_of(std::vector<bool> letters) {
    return [letters = std::move(letters)](const Word& word, std::size_t i) -> Ends {
      return i < word.size() && letters[core::index(word[i])] ? Ends{2} << i : 0;
    };
  }

  std::vector<bool> only(const std::string& name) {
    std::vector<bool> letters(alphabet_.size(), false);
    const auto letter = alphabet_.find(name);
    if (!letter) throw Refused("no letter");
    letters[core::index(*letter)] = true;
    return letters;
  }

  Matcher atom() {
    const std::string c = take();
    if (c == "(") {
      if (accept(")")) return [](const Word&, std::size_t i) { return Ends{1} << i; };
      Matcher inner = expression();
      if (!accept(")")) throw Refused("open parenthesis");
      return inner;
    }
    if (c == ".") return one_of(std::vector<bool>(alphabet_.size(), true));
    if (c == "[") return one_of(letter_class());
    if (c == "<") return one_of(only(name()));
    if (c == "\\") return one_of(only(escaped()));
    if (std::string_view("])}>*+?{|&~^$").find(c) != std::string_view::npos) throw Refused("operator");
    return one_of(only(plain(c)));
  }

  static std::string plain(const std::string& c) {
    if (static_cast<unsigned char>(c[0]) < 0x20 || c == "\x7F") throw Refused("control character");
    return c;
  }

  std::string escaped() {
    const std::string c = take();
    if (c.size() == 1 && std::isalnum(static_cast<unsigned char>(c[0])) != 0) throw Refused("escape");
    return plain(c);
  }

  std::string name() {
    std::string text;
    while (peek() != ">") {
      const std::string c = plain(take());
      if (c == " " || c == "<") throw Refused("name");
      text += c;
    }
    take();
    if (text.empty()) throw Refused("name");
    return text;
  }

  std::vector<bool> letter_class() {
    const bool negated = accept("^");
    std::vector<bool> letters(alphabet_.size(), false);
    bool empty = true;
    for (; !accept("]"); empty = false) {
      if (accept("<")) {
        letters[core::index(*alphabet_.find(known(name())))] = true;
        continue;
      }
      const std::string low = member();
      const bool range = peek() == "-" && rest_.size() >= 2 && rest_[rest_.size() - 2] != "]";
      if (!range) {
        letters[core::index(*alphabet_.find(known(low)))] = true;
        continue;
      }
      take();
      if (peek() == "<") throw Refused("range");
      const std::string high = member();
      if (core::utf8_code_point(high, 0) < core::utf8_code_point(low, 0)) throw Refused("range");
      for (std::size_t x = 0; x < alphabet_.size(); ++x) {
        const std::string& letter = alphabet_.name(core::symbol(x));
        if (core::utf8_length(letter, 0) != letter.size()) continue;
        const char32_t c = core::utf8_code_point(letter, 0);
        if (c >= core::utf8_code_point(low, 0) && c <= core::utf8_code_point(high, 0)) letters[x] = true;
      }
    }
    if (empty) throw Refused("empty class");
    if (negated) letters.flip();
    return letters;
  }

  std::string member() {
    const std::string c = take();
    if (c == "\\") return escaped();
    if (c == "[" || c == ">" || c == "]" || c == "<") throw Refused("member");
    return plain(c);
  }

  std::string known(const std::string& name) {
    if (!alphabet_.find(name)) throw Refused("no letter");
    return name;
  }

  const Alphabet& alphabet_;
  std::vector<std::string> rest_;  // the characters to come, the next one last
};

inline bool matches(const Matcher& matcher, const Word& word) { return (matcher(word, 0) >> word.size() & 1u) != 0; }

/// What random expressions are made of.
struct Ingredients {
  std::vector<std::string> letters;  ///< as they are written
  std::vector<std::string> classes;  ///< "[ab]", …
  bool boolean = false;              ///< '&' and '~'
};

/// Every operand of a quantifier is an atom, so that the text also means the same to those who read "a*?" as
/// lazy.
inline std::string random_expression(core::Random& random, const Ingredients& ingredients, std::size_t depth) {
  const auto part = [&] { return random_expression(random, ingredients, depth - 1); };
  const auto group = [&] { return "(" + part() + ")"; };
  const auto leaf = [&]() -> std::string {
    switch (random.below(6)) {
      case 0:
        return random.one_in(2) ? "." : "()";
      case 1:
        return ingredients.classes[random.below(ingredients.classes.size())];
      default:
        return ingredients.letters[random.below(ingredients.letters.size())];
    }
  };
  if (depth == 0) return leaf();
  switch (random.below(ingredients.boolean ? 9 : 7)) {
    case 0:
      return leaf();
    case 1:
      return part() + "|" + part();
    case 2:
      return group() + group();
    case 3:
      return leaf() + part();
    case 4:
      return group() + std::string(1, "*+?"[random.below(3)]);
    case 5: {
      const std::size_t least = random.below(3);
      const std::string lower = std::to_string(least);
      const std::string upper = std::to_string(least + random.below(3));
      return group() + (random.one_in(3)   ? "{" + lower + "}"
                        : random.one_in(2) ? "{" + lower + ",}"
                                           : "{" + lower + "," + upper + "}");
    }
    case 6:
      return leaf() + std::string(1, "*+?"[random.below(3)]);
    case 7:
      return part() + "&" + part();
    default:
      return random.one_in(2) ? "~" + leaf() + "*" : "~" + group();
  }
}

}  // namespace eigenmata::automata::testing_regex

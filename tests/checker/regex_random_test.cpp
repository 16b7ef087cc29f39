// SPDX-License-Identifier: Apache-2.0
//
// Random expressions against a matcher that knows nothing of automata.
//
// The generator makes a tree, prints it with as few parentheses as the grammar needs (so that precedence is
// tested), and the matcher below decides by trying all ways to split the word.
#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <random>

#include "support.hpp"

namespace eigenmata::checker {
namespace {

struct Tree {
  enum class Kind { kClass, kEmpty, kConcatenation, kUnion, kIntersection, kComplement, kRepeat };
  Kind kind = Kind::kEmpty;
  std::string letters;  ///< kClass
  std::vector<Tree> parts;
  std::size_t least = 0;
  std::size_t most = 0;  ///< kRepeat; kMany for no bound
};

constexpr std::size_t kMany = 1000;

bool matches(const Tree& tree, const std::string& word);

/// Whether parts[i…] match the word one after the other.
bool matches_in_a_row(const std::vector<Tree>& parts, std::size_t i, const std::string& word) {
  if (i == parts.size()) return word.empty();
  for (std::size_t cut = 0; cut <= word.size(); ++cut) {
    if (matches(parts[i], word.substr(0, cut)) && matches_in_a_row(parts, i + 1, word.substr(cut))) return true;
  }
  return false;
}

/// Whether the word splits into `least` to `most` words of the part. Beyond `least`, empty words need not be
/// tried.
bool matches_repeated(const Tree& part, std::size_t least, std::size_t most, const std::string& word) {
  if (least == 0 && word.empty()) return true;
  if (most == 0) return false;
  for (std::size_t cut = least == 0 ? 1 : 0; cut <= word.size(); ++cut) {
    const std::size_t fewer = most == kMany ? kMany : most - 1;
    if (matches(part, word.substr(0, cut)) &&
        matches_repeated(part, least == 0 ? 0 : least - 1, fewer, word.substr(cut))) {
      return true;
    }
  }
  return false;
}

bool matches(const Tree& tree, const std::string& word) {
  switch (tree.kind) {
    case Tree::Kind::kClass:
      return word.size() == 1 && tree.letters.find(word[0]) != std::string::npos;
    case Tree::Kind::kEmpty:
      return word.empty();
    case Tree::Kind::kConcatenation:
      return matches_in_a_row(tree.parts, 0, word);
    case Tree::Kind::kUnion:
      return std::any_of(tree.parts.begin(), tree.parts.end(), [&](const Tree& part) { return matches(part, word); });
    case Tree::Kind::kIntersection:
      return std::all_of(tree.parts.begin(), tree.parts.end(), [&](const Tree& part) { return matches(part, word); });
    case Tree::Kind::kComplement:
      return !matches(tree.parts[0], word);
    case Tree::Kind::kRepeat:
      break;
  }
  return matches_repeated(tree.parts[0], tree.least, tree.most, word);
}

class Generator {
 public:
  Generator(unsigned seed, std::string alphabet) : random_(seed), alphabet_(std::move(alphabet)) {}

  Tree tree(int depth) {
    Tree result;
    const std::size_t choice = depth == 0 ? below(8) : below(20);
    if (choice == 0) return result;
    if (choice < 8) {
      result.kind = Tree::Kind::kClass;
      for (const char c : alphabet_) {
        if (below(2) == 0) result.letters += c;
      }
      return result;
    }
    using Kind = Tree::Kind;
    result.kind = choice < 11   ? Kind::kConcatenation
                  : choice < 14 ? Kind::kUnion
                  : choice < 16 ? Kind::kIntersection
                  : choice < 17 ? Kind::kComplement
                                : Kind::kRepeat;
    const bool single = result.kind == Kind::kComplement || result.kind == Kind::kRepeat;
    for (std::size_t i = single ? 1 : 2 + below(2); i > 0; --i) result.parts.push_back(tree(depth - 1));
    if (result.kind == Kind::kRepeat) {
      result.least = below(4);
      result.most = below(3) == 0 ? kMany : result.least + below(3);
    }
    return result;
  }

  /// Binding: 0 union, 1 intersection, 2 concatenation, 3 complement, 4 repeat, 5 atom.
  std::string print(const Tree& tree, int binding) {
    using Kind = Tree::Kind;
    const int own = tree.kind == Kind::kUnion           ? 0
                    : tree.kind == Kind::kIntersection  ? 1
                    : tree.kind == Kind::kConcatenation ? 2
                    : tree.kind == Kind::kComplement    ? 3
                    : tree.kind == Kind::kRepeat        ? 4
                                                        : 5;
    if (own < binding || below(10) == 0) return "(" + print_bare(tree, own) + ")";
    return print_bare(tree, own);
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }

  std::string print_bare(const Tree& tree, int own) {
    using Kind = Tree::Kind;
    if (tree.kind == Kind::kEmpty) return "()";
    if (tree.kind == Kind::kClass) return print_class(tree.letters);
    if (tree.kind == Kind::kComplement) return "~" + print(tree.parts[0], 3);
    if (tree.kind == Kind::kRepeat) return print(tree.parts[0], 4) + quantifier(tree.least, tree.most);
    const std::string separator = own == 0 ? "|" : own == 1 ? "&" : "";
    std::string text;
    for (const Tree& part : tree.parts) text += (text.empty() ? "" : separator) + print(part, own + 1);
    return text;
  }

  std::string print_class(const std::string& letters) {
    if (letters == alphabet_ && below(2) == 0) return ".";
    if (letters.size() == 1 && below(3) != 0) return below(3) == 0 ? "<" + letters + ">" : letters;
    std::string others;
    for (const char c : alphabet_) {
      if (letters.find(c) == std::string::npos) others += c;
    }
    if (letters.empty() || (!others.empty() && below(3) == 0)) return "[^" + others + "]";
    if (letters == alphabet_ && below(2) == 0) return std::string("[") + letters.front() + "-" + letters.back() + "]";
    return "[" + letters + "]";
  }

  std::string quantifier(std::size_t least, std::size_t most) {
    const bool plain = below(4) != 0;
    if (plain && least == 0 && most == kMany) return "*";
    if (plain && least == 1 && most == kMany) return "+";
    if (plain && least == 0 && most == 1) return "?";
    if (most == kMany) return "{" + std::to_string(least) + ",}";
    if (plain && most == least) return "{" + std::to_string(least) + "}";
    return "{" + std::to_string(least) + "," + std::to_string(most) + "}";
  }

  std::mt19937 random_;
  std::string alphabet_;
};

void compare(unsigned seed, const std::string& alphabet, int depth, std::size_t length) {
  Generator generator(seed, alphabet);
  const Tree tree = generator.tree(depth);
  const std::string expression = generator.print(tree, 0);
  std::vector<std::string> letters;
  for (const char c : alphabet) letters.emplace_back(1, c);
  CAPTURE(seed, expression);
  const Language language = regex(expression, letters);
  for (const std::vector<LetterId>& ids : words_up_to(length, language.automaton.letters)) {
    std::string word;
    for (const LetterId id : ids) word += alphabet[id];
    CAPTURE(word);
    REQUIRE(accepts(language.automaton, ids) == matches(tree, word));
  }
}

TEST_CASE("random expressions over two letters", "[checker][regex]") {
  for (unsigned seed = 0; seed < 1500; ++seed) compare(seed, "ab", 4, 5);
}

TEST_CASE("random expressions over three letters", "[checker][regex]") {
  for (unsigned seed = 0; seed < 500; ++seed) compare(10'000 + seed, "abc", 3, 4);
}

}  // namespace
}  // namespace eigenmata::checker

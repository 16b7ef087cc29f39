// SPDX-License-Identifier: Apache-2.0
//
// Expressions to automata: Thompson's construction, with detours over deterministic automata.
//
// Union, concatenation and repetition glue pieces of one NFA with ε. Complement and intersection make their
// operands deterministic and minimal first; the result comes back into the NFA without the states that accept
// nothing more. What is to be repeated is built once and then copied. Every copy costs at least one state, so
// that the bound on states ends any repetition, however nested.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "checker/error.hpp"
#include "checker/limits.hpp"
#include "checker/regex.hpp"
#include "checker/text.hpp"

namespace eigenmata::checker {
namespace {

struct Range {
  char32_t low;
  char32_t high;
};

/// Sorted, without overlaps.
std::vector<Range> merged(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.low < b.low; });
  std::vector<Range> result;
  for (const Range& range : ranges) {
    if (!result.empty() && range.low <= result.back().high) {
      result.back().high = std::max(result.back().high, range.high);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

void collect(const RegexNode& node, std::vector<Range>& characters, std::vector<std::string>& names) {
  for (const RegexItem& item : node.items) {
    if (item.range) {
      characters.push_back({item.low, item.high});
    } else if (count_characters(item.letter) == 1) {
      std::size_t at = 0;
      const char32_t c = next_character(item.letter, at).value();
      characters.push_back({c, c});
    } else {
      names.push_back(item.letter);
    }
  }
  for (const RegexNode& child : node.children) collect(child, characters, names);
}

/// Finds the numbers of letters.
class Letters {
 public:
  explicit Letters(const std::vector<std::string>& alphabet) : size_(static_cast<LetterId>(alphabet.size())) {
    for (LetterId id = 0; id < size_; ++id) {
      numbers_.emplace(alphabet[id], id);
      if (count_characters(alphabet[id]) != 1) continue;
      std::size_t at = 0;
      characters_.emplace_back(next_character(alphabet[id], at).value(), id);
    }
    std::sort(characters_.begin(), characters_.end());
  }

  [[nodiscard]] LetterId size() const { return size_; }

  /// The letters that a leaf of the tree means, each once.
  [[nodiscard]] std::vector<LetterId> of(const RegexNode& leaf) const {
    std::vector<LetterId> found;
    std::vector<Range> ranges;
    for (const RegexItem& item : leaf.items) {
      if (item.range) {
        ranges.push_back({item.low, item.high});
        continue;
      }
      const auto place = numbers_.find(item.letter);
      if (place == numbers_.end()) {
        throw RegexError(item.character, "the letter " + quoted(item.letter) + " is not in the alphabet");
      }
      found.push_back(place->second);
    }
    for (const Range& range : merged(std::move(ranges))) {
      auto place = std::lower_bound(characters_.begin(), characters_.end(), std::make_pair(range.low, LetterId{0}));
      for (; place != characters_.end() && place->first <= range.high; ++place) found.push_back(place->second);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    const bool all_others = leaf.kind == RegexNode::Kind::kAnyLetter || leaf.negated;
    return all_others ? others(found) : found;
  }

 private:
  [[nodiscard]] std::vector<LetterId> others(const std::vector<LetterId>& excluded) const {
    std::vector<LetterId> result;
    std::size_t i = 0;
    for (LetterId id = 0; id < size_; ++id) {
      if (i < excluded.size() && excluded[i] == id) {
        ++i;
      } else {
        result.push_back(id);
      }
    }
    return result;
  }

  LetterId size_;
  std::unordered_map<std::string, LetterId> numbers_;
  std::vector<std::pair<char32_t, LetterId>> characters_;
};

/// The states from which some word is accepted.
std::vector<bool> useful_states(const Dfa& dfa) {
  std::vector<std::pair<State, State>> backward;  // successor, state
  for (State s = 0; s < dfa.size(); ++s) {
    for (LetterId letter = 0; letter < dfa.letters; ++letter) {
      const State target = dfa.successor(s, letter);
      if (backward.empty() || backward.back() != std::make_pair(target, s)) backward.emplace_back(target, s);
    }
  }
  std::sort(backward.begin(), backward.end());
  std::vector<bool> useful = dfa.accepting;
  std::vector<State> queue;
  for (State s = 0; s < dfa.size(); ++s) {
    if (useful[s]) queue.push_back(s);
  }
  while (!queue.empty()) {
    const State target = queue.back();
    queue.pop_back();
    auto edge = std::lower_bound(backward.begin(), backward.end(), std::make_pair(target, State{0}));
    for (; edge != backward.end() && edge->first == target; ++edge) {
      if (useful[edge->second]) continue;
      useful[edge->second] = true;
      queue.push_back(edge->second);
    }
  }
  return useful;
}

/// The deterministic automaton of a subtree.
Dfa automaton_of(const RegexNode& node, const Letters& letters);

/// A part of the NFA with one way in and one way out.
struct Piece {
  State start;
  State end;
};

class Builder {
 public:
  explicit Builder(const Letters& letters) : letters_(letters) { nfa_.letters = letters.size(); }

  Nfa build(const RegexNode& root) {
    const Piece piece = add(root);
    nfa_.initial = {piece.start};
    nfa_.accepting = {piece.end};
    return std::move(nfa_);
  }

 private:
  State fresh(std::size_t count = 1) {
    if (count > kMaxNfaStates - nfa_.states) {
      throw TooLarge("this expression needs an automaton of more than " + std::to_string(kMaxNfaStates) +
                     " states, the most that is built");
    }
    const State first = nfa_.states;
    nfa_.states += static_cast<State>(count);
    return first;
  }

  void edge(State from, LetterId letter, State to) {
    if (nfa_.edges.size() == kMaxNfaEdges) {
      throw TooLarge("this expression needs an automaton of more than " + std::to_string(kMaxNfaEdges) +
                     " transitions, the most that are built");
    }
    nfa_.edges.push_back({from, letter, to});
  }

  void join(State from, State to) { edge(from, kEpsilon, to); }

  Piece add(const RegexNode& node) {
    switch (node.kind) {
      case RegexNode::Kind::kLetters:
      case RegexNode::Kind::kAnyLetter:
        return add_letters(node);
      case RegexNode::Kind::kConcatenation:
        return add_concatenation(node);
      case RegexNode::Kind::kUnion:
        return add_union(node);
      case RegexNode::Kind::kRepeat:
        return add_repeat(node);
      case RegexNode::Kind::kComplement:
      case RegexNode::Kind::kIntersection:
        break;
    }
    return embed(automaton_of(node, letters_));
  }

  Piece empty_word() {
    const State only = fresh();
    return {only, only};
  }

  Piece add_letters(const RegexNode& node) {
    const Piece piece{fresh(), fresh()};
    for (const LetterId letter : letters_.of(node)) edge(piece.start, letter, piece.end);
    return piece;
  }

  Piece add_concatenation(const RegexNode& node) {
    if (node.children.empty()) return empty_word();
    Piece whole = add(node.children.front());
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      const Piece next = add(node.children[i]);
      join(whole.end, next.start);
      whole.end = next.end;
    }
    return whole;
  }

  Piece add_union(const RegexNode& node) {
    const Piece whole{fresh(), fresh()};
    for (const RegexNode& child : node.children) {
      const Piece piece = add(child);
      join(whole.start, piece.start);
      join(piece.end, whole.end);
    }
    return whole;
  }

  /// At least `minimum` copies in a row; from before each further one a way out; if there is no maximum, the
  /// last copy may be repeated.
  Piece add_repeat(const RegexNode& node) {
    const std::uint32_t copies = node.maximum.value_or(std::max<std::uint32_t>(node.minimum, 1));
    const Piece whole{fresh(), fresh()};
    State current = whole.start;
    if (copies > 1) {
      const Nfa once = Builder(letters_).build(node.children.front());
      for (std::uint32_t i = 0; i < copies; ++i) {
        current = add_copy(embed(once), current, i >= node.minimum, whole.end, loops(node, i, copies));
      }
    } else if (copies == 1) {
      current = add_copy(add(node.children.front()), current, node.minimum == 0, whole.end, loops(node, 0, copies));
    }
    join(current, whole.end);
    return whole;
  }

  static bool loops(const RegexNode& node, std::uint32_t copy, std::uint32_t copies) {
    return !node.maximum && copy + 1 == copies;
  }

  State add_copy(const Piece& copy, State current, bool optional, State way_out, bool loop) {
    join(current, copy.start);
    if (optional) join(current, way_out);
    if (loop) join(copy.end, copy.start);
    return copy.end;
  }

  Piece embed(const Nfa& part) {
    const State offset = fresh(part.states);
    for (const Nfa::Edge& e : part.edges) edge(offset + e.from, e.letter, offset + e.to);
    return {offset + part.initial.front(), offset + part.accepting.front()};
  }

  Piece embed(const Dfa& dfa) {
    const std::vector<bool> useful = useful_states(dfa);
    const Piece piece{fresh(), fresh()};
    if (!useful[dfa.initial]) return piece;
    const State offset = fresh(dfa.size());
    join(piece.start, offset + dfa.initial);
    for (State s = 0; s < dfa.size(); ++s) {
      if (!useful[s]) continue;
      if (dfa.accepting[s]) join(offset + s, piece.end);
      for (LetterId letter = 0; letter < dfa.letters; ++letter) {
        const State target = dfa.successor(s, letter);
        if (useful[target]) edge(offset + s, letter, offset + target);
      }
    }
    return piece;
  }

  const Letters& letters_;
  Nfa nfa_;
};

Dfa automaton_of(const RegexNode& node, const Letters& letters) {
  if (node.kind == RegexNode::Kind::kComplement) return complement(automaton_of(node.children.front(), letters));
  if (node.kind == RegexNode::Kind::kIntersection) {
    Dfa all = automaton_of(node.children.front(), letters);
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      all = minimise(intersection(all, automaton_of(node.children[i], letters)));
    }
    return all;
  }
  return minimise(determinise(Builder(letters).build(node)));
}

}  // namespace

std::vector<std::string> mentioned_letters(const RegexNode& root) {
  std::vector<Range> characters;
  std::vector<std::string> letters;
  std::vector<std::string> names;
  collect(root, characters, names);
  for (const Range& range : merged(std::move(characters))) {
    for (char32_t c = range.low; c <= range.high; ++c) {
      if (is_printable(c)) append_character(letters.emplace_back(), c);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  letters.insert(letters.end(), names.begin(), names.end());
  return letters;
}

Language compile_regex(std::string_view text, const std::optional<std::vector<std::string>>& alphabet) {
  const RegexNode root = parse_regex(text);
  Language language;
  language.alphabet = alphabet ? *alphabet : mentioned_letters(root);
  if (language.alphabet.empty()) throw RegexError(1, "no letter is mentioned; name the alphabet, with -a");
  language.automaton = automaton_of(root, Letters(language.alphabet));
  return language;
}

}  // namespace eigenmata::checker

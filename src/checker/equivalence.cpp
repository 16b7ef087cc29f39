// SPDX-License-Identifier: Apache-2.0
//
// Equality of two languages, by breadth-first search over pairs of states that must be equivalent.
//
// As in Hopcroft and Karp's algorithm, states that must be equivalent are merged in a union-find structure,
// and a pair that is merged already is not followed again; at most n1 + n2 pairs are. The word found is
// nevertheless a shortest one: a skipped pair (p, q) is linked by a chain of pairs that were queued at no
// greater depth, and a word that tells p from q tells the two ends of some pair of the chain apart as well.
#include "checker/equivalence.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace eigenmata::checker {
namespace {

constexpr LetterId kForeign = kEpsilon;

/// An automaton seen over the union of both alphabets: letters that it does not know lead to a rejecting
/// sink.
class Side {
 public:
  Side(const Dfa& dfa, std::vector<LetterId> own) : dfa_(dfa), own_(std::move(own)) {}

  [[nodiscard]] std::size_t sink() const { return dfa_.size(); }
  [[nodiscard]] std::size_t initial() const { return dfa_.initial; }
  [[nodiscard]] bool accepts(std::size_t s) const { return s != sink() && dfa_.accepting[s]; }
  [[nodiscard]] std::size_t successor(std::size_t s, std::size_t letter) const {
    if (s == sink() || own_[letter] == kForeign) return sink();
    return dfa_.successor(static_cast<State>(s), own_[letter]);
  }

 private:
  const Dfa& dfa_;
  std::vector<LetterId> own_;  ///< of a letter of the union, its number here or kForeign
};

class Merged {
 public:
  explicit Merged(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

  /// Whether they were apart.
  bool merge(std::size_t a, std::size_t b) {
    a = root(a);
    b = root(b);
    parent_[a] = b;
    return a != b;
  }

 private:
  std::size_t root(std::size_t a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }

  std::vector<std::size_t> parent_;
};

/// A pair of states with the step that led to it.
struct Visit {
  std::size_t p;
  std::size_t q;
  std::size_t before;
  std::size_t letter;
};

std::vector<std::string> word_to(const std::vector<Visit>& visits, std::size_t at,
                                 const std::vector<std::string>& letters) {
  std::vector<std::string> word;
  for (; at != 0; at = visits[at].before) word.push_back(letters[visits[at].letter]);
  std::reverse(word.begin(), word.end());
  return word;
}

}  // namespace

std::optional<Difference> shortest_difference(const std::vector<std::string>& alphabet1, const Dfa& first,
                                              const std::vector<std::string>& alphabet2, const Dfa& second) {
  std::vector<std::string> letters = alphabet1;
  std::vector<LetterId> own1(alphabet1.size());
  std::iota(own1.begin(), own1.end(), LetterId{0});
  std::vector<LetterId> own2(alphabet1.size(), kForeign);
  std::unordered_map<std::string, std::size_t> numbers;
  for (std::size_t i = 0; i < alphabet1.size(); ++i) numbers.emplace(alphabet1[i], i);
  for (LetterId id = 0; id < alphabet2.size(); ++id) {
    const auto known = numbers.find(alphabet2[id]);
    if (known != numbers.end()) {
      own2[known->second] = id;
    } else {
      letters.push_back(alphabet2[id]);
      own1.push_back(kForeign);
      own2.push_back(id);
    }
  }

  const Side side1(first, std::move(own1));
  const Side side2(second, std::move(own2));
  const std::size_t offset = first.size() + 1;
  Merged merged(offset + second.size() + 1);
  std::vector<Visit> visits{{side1.initial(), side2.initial(), 0, 0}};
  merged.merge(side1.initial(), offset + side2.initial());
  for (std::size_t i = 0; i < visits.size(); ++i) {
    const Visit here = visits[i];  // a copy: the list grows below
    if (side1.accepts(here.p) != side2.accepts(here.q)) {
      return Difference{word_to(visits, i, letters), side1.accepts(here.p)};
    }
    for (std::size_t letter = 0; letter < letters.size(); ++letter) {
      const std::size_t p = side1.successor(here.p, letter);
      const std::size_t q = side2.successor(here.q, letter);
      if (merged.merge(p, offset + q)) visits.push_back({p, q, i, letter});
    }
  }
  return std::nullopt;
}

}  // namespace eigenmata::checker

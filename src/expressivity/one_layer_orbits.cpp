// SPDX-License-Identifier: Apache-2.0
//
// What one layer of diagonal matrices recognises on finite orbits, exactly [proofs/expressivity.md, section 11,
// one-layer-orbits].
//
// On finite orbits a coordinate of a diagonal layer is reset by some letters and turned by the others about one centre.
// So what is left of a word is, for every letter, which of the others came last and how often each came since, up to
// what the units cannot tell apart. That is a language's syntactic semigroup obeying three laws, with m the order of
// the group of the units and r that of their ratios:
//
//   xy·t = yx·t,  xᵐ·t = t,  xʳ·t = yʳ·t   for letters x, y and words t in which those occur (without 0 among the
//                                          entries: for all words t that are not empty).
//
// They are tested on pairs of states: both sides are run from each state, and then all t.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "eigenmata/automata/equivalence.hpp"
#include "eigenmata/automata/words.hpp"
#include "rules.hpp"

namespace eigenmata::expressivity {
namespace {

using automata::Dfa;
using automata::State;

/// Longer words are not written down.
constexpr std::uint64_t kLongestPower = 100'000;
/// Pairs of states, each with what has been read, that one law is tested on.
constexpr std::size_t kMostPairs = 1'000'000;

using WordPair = std::pair<core::Word, core::Word>;

core::Word joined(const core::Word& first, const core::Word& second, const core::Word& third = {}) {
  core::Word word = first;
  word.insert(word.end(), second.begin(), second.end());
  word.insert(word.end(), third.begin(), third.end());
  return word;
}

Dfa started_at(const Dfa& dfa, State q) { return {dfa.alphabet(), q, dfa.accepting(), dfa.table()}; }

/// left·t = right·t for all words t in which these letters, one or two, occur; with none: for all t but the empty word.
struct Law {
  core::Word left, right;
  std::vector<core::Symbol> followed_by;
};

/// A search through the pairs of states that the two sides of a law and then one word lead to.
class LawTest {
 public:
  LawTest(const Dfa& dfa, const Law& law, core::Ticker& ticker) : dfa_(dfa), law_(law), ticker_(ticker) {}

  /// Two words that the law says are alike, of which one is accepted. Throws `core::LimitReached`.
  std::optional<WordPair> run() {
    for (std::size_t q = 0; q < dfa_.states(); ++q) {
      const State from = automata::state(q);
      ticker_.tick(law_.left.size() + law_.right.size());
      add({dfa_.run(from, law_.left), dfa_.run(from, law_.right), 0, from, kNone, {}});
    }
    const unsigned all = law_.followed_by.size() == 2 ? 3 : 1;
    for (std::size_t k = 0; k < nodes_.size(); ++k) {
      if (nodes_[k].read == all) return broken_at(k);
      for (std::size_t x = 0; x < dfa_.letters(); ++x) {
        ticker_.tick();
        const core::Symbol letter = core::symbol(x);
        add({dfa_.step(nodes_[k].left, letter), dfa_.step(nodes_[k].right, letter), nodes_[k].read | bit_of(letter),
             nodes_[k].start, k, letter});
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;

  struct Node {
    State left, right;
    unsigned read = 0;  ///< which of the letters that have to follow did
    State start;
    std::size_t parent = kNone;
    core::Symbol by{};
  };

  [[nodiscard]] unsigned bit_of(core::Symbol letter) const {
    if (law_.followed_by.empty()) return 1;
    for (std::size_t i = 0; i < law_.followed_by.size(); ++i) {
      if (law_.followed_by[i] == letter) return 1U << i;
    }
    return 0;
  }

  void add(const Node& node) {
    if (node.left == node.right) return;
    const std::uint64_t key = (std::uint64_t{index(node.left)} * dfa_.states() + index(node.right)) * 4 + node.read;
    if (!known_.insert(key).second) return;
    if (nodes_.size() == kMostPairs)
      throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 1,000,000 pairs of states");
    nodes_.push_back(node);
  }

  [[nodiscard]] WordPair broken_at(std::size_t k) const {
    core::Word t;
    for (std::size_t at = k; nodes_[at].parent != kNone; at = nodes_[at].parent) t.push_back(nodes_[at].by);
    std::reverse(t.begin(), t.end());
    const core::Word apart =
        automata::equal(started_at(dfa_, nodes_[k].left), started_at(dfa_, nodes_[k].right)).witness();
    const core::Word end = joined(t, apart);
    const core::Word prefix = automata::shortest_path(dfa_, dfa_.initial(), nodes_[k].start).value();
    return {joined(prefix, law_.left, end), joined(prefix, law_.right, end)};
  }

  const Dfa& dfa_;
  const Law& law_;
  core::Ticker& ticker_;
  std::vector<Node> nodes_;
  std::unordered_set<std::uint64_t> known_;
};

/// The least multiple of the period of a map that is at least its degree: with it every power is on a cycle.
std::uint64_t idempotent_exponent(const algebra::Transformation& map) {
  const std::uint64_t period = map.period();
  return (map.degree() + period - 1) / period * period;
}

/// The laws; nothing if their words are too long.
std::optional<std::vector<Law>> laws_of(const LanguageFacts& facts, const SpectrumSet& set) {
  const Units& units = set.units();
  const bool resets = set.contains_zero();
  std::vector<Law> laws;
  for (std::size_t i = 0; i < facts.letters().size(); ++i) {
    const core::Symbol x = core::symbol(i);
    // With all units at hand m is any number, so a multiple of the periods of all letters.
    const std::uint64_t m = units.all ? idempotent_exponent(facts.letters()[i]) : units.order;
    if (m > kLongestPower) return std::nullopt;
    laws.push_back({core::Word(m, x), {}, {}});
    if (resets) laws.back().followed_by = {x};
    for (std::size_t j = 0; j < i; ++j) {
      const core::Symbol y = core::symbol(j);
      const std::vector<core::Symbol> both = resets ? std::vector<core::Symbol>{x, y} : std::vector<core::Symbol>{};
      laws.push_back({{x, y}, {y, x}, both});
      if (!units.all && units.ratio_order != units.order)
        laws.push_back({core::Word(units.ratio_order, x), core::Word(units.ratio_order, y), both});
    }
  }
  return laws;
}

/// What is left of a word, in words.
std::string what_is_left(const SpectrumSet& set) {
  const Units& units = set.units();
  const std::string since = set.contains_zero() ? "for each letter, what came after it last: in which order, and " : "";
  if (units.all) return since + "how often each letter, modulo some number";
  if (units.order == 1) return set.contains_zero() ? "the order in which the letters came last" : "the last letter";
  return since + "the length modulo " + std::to_string(units.order) +
         (units.ratio_order == 1 ? "" : " and how often each letter modulo " + std::to_string(units.ratio_order));
}

}  // namespace

CellVerdict decide_one_layer_on_orbits(LanguageFacts& facts, const SpectrumSet& set) {
  const auto laws = laws_of(facts, set);
  if (!laws) return CellVerdict::unknown("not decided here: words as long as the order of the units");
  core::Ticker ticker(facts.limits(), "testing what one layer remembers");
  for (const Law& law : *laws) {
    auto words = LawTest(facts.minimal(), law, ticker).run();
    if (!words) continue;
    Obstruction obstruction;
    obstruction.reason = "of a word, one layer on a finite orbit keeps the last letter and " + what_is_left(set) +
                         "; two words that agree in that are told apart";
    obstruction.words = std::move(words);
    return CellVerdict::no(std::move(obstruction), "one-layer-orbits");
  }
  return yes({"it is decided by the last letter and " + what_is_left(set), 1, {}, {}}, "one-layer-orbits");
}

}  // namespace eigenmata::expressivity

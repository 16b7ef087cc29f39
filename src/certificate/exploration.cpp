// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/certificate/exploration.hpp"

#include <algorithm>
#include <cassert>
#include <unordered_map>
#include <utility>

namespace eigenmata::certificate {
namespace {

using automata::State;
using core::Answer;

template <class K>
class Explorer {
 public:
  using S = typename K::Scalar;
  using Verdict = core::Verdict<Certificate<K>, Difference>;

  Explorer(const K& k, const lrnn::Network<S>& network, const automata::Dfa& automaton, const core::Limits& limits)
      : k_(k), network_(network), automaton_(automaton), limits_(limits), runner_(k, network) {}

  Exploration<K> run(std::optional<std::size_t> up_to) {
    constexpr const char* kTheorem = "certificate-soundness";
    if (network_.accepts_empty_word != automaton_.is_accepting(automaton_.initial())) {
      return result(Verdict::no({{}, network_.accepts_empty_word}, kTheorem));
    }
    auto work = runner_.make_workspace();
    core::Ticker ticker(limits_, "exploring states");
    try {
      next_vectors_ = runner_.start();
      number(next_vectors_, automaton_.initial(), 0, core::symbol(0));
      for (std::size_t p = 0; p < points_.size(); ++p) {
        if (p == level_end_) {  // all words of one more length have been run
          ++length_;
          level_end_ = points_.size();
        }
        if (up_to && length_ >= *up_to) return result(Verdict::unknown("stopped at the length asked for"));
        ticker.tick();
        if (auto difference = expand(p, work)) return result(Verdict::no(std::move(*difference), kTheorem));
      }
    } catch (const core::LimitReached& limit) {
      return result(Verdict::unknown(limit.what()));
    }
    const std::size_t found = points_.size();
    Certificate<K> certificate{k_, network_, automaton_, std::move(points_), std::move(steps_)};
    return {Verdict::yes(std::move(certificate), kTheorem), found, 0};
  }

 private:
  [[nodiscard]] Exploration<K> result(Verdict verdict) const { return {std::move(verdict), points_.size(), length_}; }

  /// Runs all letters from one point.
  std::optional<Difference> expand(std::size_t p, lrnn::Workspace<K>& work) {
    for (std::size_t x = 0; x < automaton_.letters(); ++x) {
      const core::Symbol letter = core::symbol(x);
      const auto accepted = runner_.step(points_[p].vectors, letter, work, next_vectors_);
      const State next = automaton_.step(points_[p].state, letter);
      if (!accepted || *accepted != automaton_.is_accepting(next)) {
        core::Word word = word_to(p);
        word.push_back(letter);
        return Difference{std::move(word), accepted};
      }
      steps_.push_back(number(next_vectors_, next, static_cast<std::uint32_t>(p), letter));
    }
    return std::nullopt;
  }

  /// The number of the point with these vectors and this state; if it is new, the vectors are moved from.
  std::uint32_t number(lrnn::JointState<S>& vectors, State state, std::uint32_t from, core::Symbol letter) {
    std::size_t key = index(state);
    for (const auto& vector : vectors) key = key * 0x9E3779B97F4A7C15u + hash(k_, vector);
    const auto [first, last] = numbers_.equal_range(key);
    for (auto i = first; i != last; ++i) {
      const Point<S>& known = points_[i->second];
      if (known.state == state && same(known.vectors, vectors)) return i->second;
    }
    bytes_ += 160 + 4 * automaton_.letters();
    for (const auto& vector : vectors) bytes_ += 32 + 96 * vector.entries().size();
    limits_.require_memory(bytes_, "the table of " + std::to_string(points_.size()) + " reachable states");
    if (points_.size() >= UINT32_MAX)
      throw core::LimitReached(core::LimitReached::Kind::kSize, "more than 2^32 states");
    const auto fresh = static_cast<std::uint32_t>(points_.size());
    numbers_.emplace(key, fresh);
    points_.push_back({from, letter, state, std::move(vectors), 0});
    return fresh;
  }

  [[nodiscard]] bool same(const lrnn::JointState<S>& a, const lrnn::JointState<S>& b) const {
    for (std::size_t l = 0; l < a.size(); ++l) {
      if (!equal(k_, a[l], b[l])) return false;
    }
    return true;
  }

  [[nodiscard]] core::Word word_to(std::size_t p) const {
    core::Word word;
    for (; p != 0; p = points_[p].from) word.push_back(points_[p].letter);
    std::reverse(word.begin(), word.end());
    return word;
  }

  const K& k_;
  const lrnn::Network<S>& network_;
  const automata::Dfa& automaton_;
  const core::Limits& limits_;
  lrnn::Runner<K> runner_;
  std::vector<Point<S>> points_;
  std::vector<std::uint32_t> steps_;
  std::unordered_multimap<std::size_t, std::uint32_t> numbers_;
  lrnn::JointState<S> next_vectors_;
  std::size_t bytes_ = 0;
  std::size_t length_ = 0;     // all words of this length or less have been run
  std::size_t level_end_ = 1;  // the first point that a word of length `length_` + 1 found
};

}  // namespace

template <exact::ExactArithmetic K>
Exploration<K> explore(const K& k, const lrnn::Network<typename K::Scalar>& network, const automata::Dfa& automaton,
                       const core::Limits& limits, std::optional<std::size_t> up_to) {
  assert(automaton.alphabet() == network.alphabet);
  return Explorer<K>(k, network, automaton, limits).run(up_to);
}

template Exploration<exact::RationalArithmetic> explore(const exact::RationalArithmetic&,
                                                        const lrnn::Network<exact::Rational>&, const automata::Dfa&,
                                                        const core::Limits&, std::optional<std::size_t>);
template Exploration<exact::NumberField> explore(const exact::NumberField&, const lrnn::Network<exact::FieldElement>&,
                                                 const automata::Dfa&, const core::Limits&, std::optional<std::size_t>);
template Exploration<exact::CyclotomicField> explore(const exact::CyclotomicField&,
                                                     const lrnn::Network<exact::FieldElement>&, const automata::Dfa&,
                                                     const core::Limits&, std::optional<std::size_t>);

}  // namespace eigenmata::certificate

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/verification/cast_check.hpp"

#include <algorithm>
#include <cassert>
#include <map>

#include "against_language.hpp"
#include "eigenmata/core/text.hpp"

namespace eigenmata::verification {
namespace {

using automata::Dfa;
using exact::Rational;
using lrnn::RationalNetwork;
using Verdict = core::Verdict<core::NoEvidence, Counterexample>;

constexpr const char* kTheorem = "numeric-closure";

/// The cast to a finite set, and what has to be known of a number for it.
class Cast {
 public:
  explicit Cast(std::vector<Rational> set) : set_(std::move(set)) {
    std::sort(set_.begin(), set_.end());
    for (std::size_t i = 0; i + 1 < set_.size(); ++i) {
      const Rational boundary = (set_[i] + set_[i + 1]) / 2;
      boundaries_.push_back(boundary);
      const Rational size = abs(boundary);
      if (!size.is_zero() && (!small_ || size < *small_)) small_ = size;
    }
  }

  /// Of two equally near numbers the smaller: cells are open below and closed above.
  [[nodiscard]] const Rational& operator()(const Rational& x) const {
    const auto above = std::lower_bound(boundaries_.begin(), boundaries_.end(), x);
    return set_[static_cast<std::size_t>(above - boundaries_.begin())];
  }

  /// A number that stands for all from which the same follows.
  [[nodiscard]] Rational representative(const Rational& x) const {
    if (x.is_zero() || (small_ && abs(x) >= *small_)) return x;
    const Rational size = small_ ? Rational(*small_ / 2) : Rational(1);
    return x.sign() < 0 ? Rational(-size) : size;
  }

 private:
  std::vector<Rational> set_;
  std::vector<Rational> boundaries_;
  std::optional<Rational> small_;
};

using State = std::vector<std::vector<Rational>>;  // a vector a layer

class CastSearch {
 public:
  CastSearch(const RationalNetwork& network, Cast cast)
      : network_(network), cast_(std::move(cast)), runner_({}, network) {}

  [[nodiscard]] State start() const {
    State state;
    for (const auto& layer : network_.layers) {
      state.push_back(lrnn::coordinates(exact::RationalArithmetic{}, layer.start));
      for (Rational& x : state.back()) x = cast_.representative(x);
    }
    return state;
  }

  /// One letter on; nothing if a decoder has no output.
  std::optional<bool> step(State& state, core::Symbol letter) const {
    core::Symbol symbol = letter;
    for (std::size_t l = 0; l < network_.layers.size(); ++l) {
      const auto& entries = std::get<lrnn::Diagonal<Rational>>(network_.layers[l].maps[core::index(symbol)].a).entries;
      std::vector<Rational> seen;
      for (std::size_t i = 0; i < state[l].size(); ++i) {
        state[l][i] = cast_.representative(entries[i] * state[l][i]);
        seen.push_back(cast_(state[l][i]));
      }
      const auto output = runner_.decode(l, lrnn::sparse(exact::RationalArithmetic{}, seen), symbol);
      if (!output) return std::nullopt;
      symbol = *output;
    }
    return network_.accept[core::index(symbol)];
  }

 private:
  const RationalNetwork& network_;
  Cast cast_;
  lrnn::Runner<exact::RationalArithmetic> runner_;
};

struct Found {
  std::size_t from;
  core::Symbol letter;
};

NumericCheck search(const RationalNetwork& network, Cast cast, const Dfa& automaton, const core::Limits& limits,
                    std::optional<std::size_t> up_to) {
  NumericCheck result{Verdict::unknown(""), 0, 0, 0, 0, 0, 0};
  const bool empty_accepted = automaton.is_accepting(automaton.initial());
  if (network.accepts_empty_word != empty_accepted) {
    result.verdict = Verdict::no({network.alphabet, {}, empty_accepted, network.accepts_empty_word}, kTheorem);
    return result;
  }
  const CastSearch cast_search(network, std::move(cast));
  using Pair = std::pair<State, automata::State>;
  std::map<Pair, std::size_t> numbers;
  std::vector<const Pair*> pairs;
  std::vector<Found> found;
  std::size_t bytes = 0;
  const auto number = [&](Pair pair, Found by) {
    const auto [at, fresh] = numbers.emplace(std::move(pair), pairs.size());
    if (!fresh) return;
    for (const auto& vector : at->first.first) bytes += 64 + 96 * vector.size();
    bytes += 200;
    limits.require_memory(bytes, "the table of " + std::to_string(pairs.size()) + " states");
    pairs.push_back(&at->first);
    found.push_back(by);
  };
  const auto word_to = [&](std::size_t p) {
    core::Word word;
    for (; p != 0; p = found[p].from) word.push_back(found[p].letter);
    std::reverse(word.begin(), word.end());
    return word;
  };
  core::Ticker ticker(limits, "exploring cast states");
  try {
    number({cast_search.start(), automaton.initial()}, {0, core::symbol(0)});
    std::size_t level_end = 1;
    for (std::size_t p = 0; p < pairs.size() && result.verdict.is_unknown(); ++p) {
      if (p == level_end) {
        ++result.agrees_up_to_length;
        level_end = pairs.size();
      }
      if (up_to && result.agrees_up_to_length >= *up_to) break;
      ticker.tick();
      for (std::size_t x = 0; x < automaton.letters() && result.verdict.is_unknown(); ++x) {
        State state = pairs[p]->first;
        const auto accepted = cast_search.step(state, core::symbol(x));
        const auto next = automaton.step(pairs[p]->second, core::symbol(x));
        if (accepted == automaton.is_accepting(next)) {
          number({std::move(state), next}, {p, core::symbol(x)});
        } else {
          core::Word word = word_to(p);
          word.push_back(core::symbol(x));
          result.verdict =
              Verdict::no({network.alphabet, std::move(word), automaton.is_accepting(next), accepted}, kTheorem);
        }
        ++result.steps;
      }
      if (p + 1 == pairs.size() && result.verdict.is_unknown()) result.verdict = Verdict::yes({}, kTheorem);
    }
    if (result.verdict.is_unknown()) result.verdict = Verdict::unknown("stopped at the length asked for");
  } catch (const core::LimitReached& limit) {
    result.verdict = Verdict::unknown(limit.what());
  }
  result.reachable_states = pairs.size();
  return result;
}

}  // namespace

std::optional<std::string> why_no_cast_check(const RationalNetwork& network) {
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    for (std::size_t x = 0; x < network.layers[l].maps.size(); ++x) {
      const auto& map = network.layers[l].maps[x];
      const std::string where =
          "layer " + std::to_string(l + 1) + ", letter " + core::in_quotes(network.inputs(l).name(core::symbol(x)));
      const auto* diagonal = std::get_if<lrnn::Diagonal<Rational>>(&map.a);
      if (diagonal == nullptr) return where + ": a matrix that is not diagonal";
      if (!map.b.is_zero()) return where + ": a B";
      for (const Rational& entry : diagonal->entries) {
        if (abs(entry) > 1) return where + ": an entry beyond [-1,1]";
      }
    }
  }
  return std::nullopt;
}

NumericCheck check_cast(const RationalNetwork& network, const std::vector<Rational>& set, const Dfa& language,
                        const core::Limits& limits, std::optional<std::size_t> up_to) {
  assert(!set.empty() && !why_no_cast_check(network));
  return against_language(network.alphabet, language, limits, up_to, [&](const Dfa& readable, const auto& bound) {
    return search(network, Cast(set), readable, limits, bound);
  });
}

}  // namespace eigenmata::verification

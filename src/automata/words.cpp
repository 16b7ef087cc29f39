// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/words.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <string>

namespace eigenmata::automata {
namespace {

std::optional<Word> shortest_word(const Dfa& dfa, State from, const std::function<bool(State)>& is_goal) {
  struct Step {
    State state;
    std::size_t before;
    Symbol letter;
  };
  std::vector<bool> seen(dfa.states(), false);
  std::vector<Step> queue{{from, 0, core::symbol(0)}};
  seen[index(from)] = true;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (is_goal(queue[i].state)) {
      Word word;
      for (std::size_t j = i; j != 0; j = queue[j].before) word.push_back(queue[j].letter);
      std::reverse(word.begin(), word.end());
      return word;
    }
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const State to = dfa.step(queue[i].state, core::symbol(x));
      if (seen[index(to)]) continue;
      seen[index(to)] = true;
      queue.push_back({to, i, core::symbol(x)});
    }
  }
  return std::nullopt;
}

std::vector<WordCount> completions_of_length_zero(const Dfa& dfa) {
  std::vector<WordCount> counts(dfa.states());
  for (std::size_t q = 0; q < dfa.states(); ++q) counts[q] = dfa.is_accepting(state(q)) ? 1 : 0;
  return counts;
}

/// From the numbers of completions of one length, those of the next.
std::vector<WordCount> one_letter_longer(const Dfa& dfa, const std::vector<WordCount>& counts) {
  std::vector<WordCount> longer(dfa.states());
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) longer[q] += counts[index(dfa.step(state(q), core::symbol(x)))];
  }
  return longer;
}

/// Uniform below a bound of any size, by rejection of numbers with as many bits.
WordCount uniform_below(const WordCount& bound, core::Random& random) {
  const unsigned bits = msb(bound) + 1;
  for (;;) {
    WordCount value = 0;
    unsigned missing = bits;
    while (missing > 0) {
      const unsigned take = std::min(missing, 32u);
      value = (value << take) + (random.next() >> (64 - take));
      missing -= take;
    }
    if (value < bound) return value;
  }
}

}  // namespace

std::optional<Word> shortest_accepted(const Dfa& dfa) {
  return shortest_word(dfa, dfa.initial(), [&](State q) { return dfa.is_accepting(q); });
}

std::optional<Word> shortest_rejected(const Dfa& dfa) {
  return shortest_word(dfa, dfa.initial(), [&](State q) { return !dfa.is_accepting(q); });
}

std::optional<Word> shortest_path(const Dfa& dfa, State from, State to) {
  return shortest_word(dfa, from, [to](State q) { return q == to; });
}

WordCount count_words(const Dfa& dfa, std::size_t length, const core::Limits& limits) {
  std::vector<WordCount> counts = completions_of_length_zero(dfa);
  core::Ticker ticker(limits, "counting words", length);
  for (std::size_t i = 0; i < length; ++i) {
    ticker.tick();
    counts = one_letter_longer(dfa, counts);
  }
  return counts[index(dfa.initial())];
}

WordSampler::WordSampler(const Dfa& dfa, std::size_t length, const core::Limits& limits) : dfa_(dfa), length_(length) {
  completions_.push_back(completions_of_length_zero(dfa_));
  core::Ticker ticker(limits, "counting words", length);
  for (std::size_t i = 0; i < length; ++i) {
    ticker.tick();
    limits.require_memory((i + 1) * dfa_.states() * (16 + i / 8), "the table of word counts");
    completions_.push_back(one_letter_longer(dfa_, completions_.back()));
  }
}

const WordCount& WordSampler::total() const { return completions_[length_][index(dfa_.initial())]; }

Word WordSampler::sample(core::Random& random) const {
  assert(total() > 0);
  Word word;
  State q = dfa_.initial();
  for (std::size_t remaining = length_; remaining > 0; --remaining) {
    WordCount rank = uniform_below(completions_[remaining][index(q)], random);
    for (std::size_t x = 0;; ++x) {
      assert(x < dfa_.letters());
      const State to = dfa_.step(q, core::symbol(x));
      const WordCount& through = completions_[remaining - 1][index(to)];
      if (rank < through) {
        word.push_back(core::symbol(x));
        q = to;
        break;
      }
      rank -= through;
    }
  }
  return word;
}

}  // namespace eigenmata::automata

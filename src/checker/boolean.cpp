// SPDX-License-Identifier: Apache-2.0
//
// Complement and intersection of deterministic automata.
#include <unordered_map>
#include <utility>

#include "checker/automaton.hpp"
#include "checker/limits.hpp"

namespace eigenmata::checker {

Dfa complement(Dfa dfa) {
  dfa.accepting.flip();
  return dfa;
}

Dfa intersection(const Dfa& a, const Dfa& b) {
  Dfa result;
  result.letters = a.letters;
  std::vector<std::pair<State, State>> pairs;
  std::unordered_map<std::uint64_t, State> numbers;
  const auto number_of = [&](State p, State q) {
    const std::uint64_t key = (std::uint64_t{p} << 32) | q;
    const auto [place, fresh] = numbers.try_emplace(key, static_cast<State>(pairs.size()));
    if (fresh) {
      require_table(pairs.size() + 1, a.letters);
      pairs.emplace_back(p, q);
      result.accepting.push_back(a.accepting[p] && b.accepting[q]);
    }
    return place->second;
  };
  result.initial = number_of(a.initial, b.initial);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::pair<State, State> pair = pairs[i];  // a copy: the list grows below
    for (LetterId letter = 0; letter < a.letters; ++letter) {
      result.next.push_back(number_of(a.successor(pair.first, letter), b.successor(pair.second, letter)));
    }
  }
  return result;
}

}  // namespace eigenmata::checker

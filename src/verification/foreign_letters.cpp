// SPDX-License-Identifier: Apache-2.0
#include "foreign_letters.hpp"

#include "eigenmata/automata/words.hpp"

namespace eigenmata::verification {

using automata::Dfa;
using core::Alphabet;

std::optional<core::Word> shortest_foreign_word(const Dfa& language, const Alphabet& known) {
  // Two copies of the automaton: the second is entered by a foreign letter and never left.
  const std::size_t n = language.states();
  std::vector<bool> accepting(2 * n, false);
  std::vector<automata::State> next(2 * n * language.letters());
  for (std::size_t q = 0; q < n; ++q) {
    accepting[n + q] = language.is_accepting(automata::state(q));
    for (std::size_t x = 0; x < language.letters(); ++x) {
      const std::size_t target = index(language.step(automata::state(q), core::symbol(x)));
      const bool foreign = !known.find(language.alphabet().name(core::symbol(x)));
      next[q * language.letters() + x] = automata::state(foreign ? n + target : target);
      next[(n + q) * language.letters() + x] = automata::state(n + target);
    }
  }
  return automata::shortest_accepted(
      Dfa(language.alphabet(), language.initial(), std::move(accepting), std::move(next)));
}

core::Word translated(const core::Word& word, const Alphabet& from, const Alphabet& to) {
  core::Word result;
  for (const core::Symbol x : word) result.push_back(*to.find(from.name(x)));
  return result;
}

}  // namespace eigenmata::verification

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/simulation/automaton_runner.hpp"

#include <string>

#include "eigenmata/core/error.hpp"

namespace eigenmata::simulation {

using automata::State;

AutomatonRunner::AutomatonRunner(const automata::Dfa& dfa) : dfa_(dfa) {
  if (dfa.letters() > kLargestPackedAlphabet)
    throw core::Error("fast runs need an alphabet of at most 256 letters; this one has " +
                      std::to_string(dfa.letters()));
}

State AutomatonRunner::run(State from, std::span<const std::uint8_t> word) const {
  State q = from;
  for (const std::uint8_t x : word) q = dfa_.step(q, core::symbol(x));
  return q;
}

void AutomatonRunner::run(const PackedWords& words, State first, std::span<State> finals) const {
  for (std::size_t i = 0; i < words.size(); ++i) finals[i] = run(i == 0 ? first : dfa_.initial(), words.word(i));
}

}  // namespace eigenmata::simulation

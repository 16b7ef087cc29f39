// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/dfa.hpp"

#include <optional>
#include <string>
#include <utility>

#include "eigenmata/core/error.hpp"

namespace eigenmata::automata {

Dfa::Dfa(Alphabet alphabet, State initial, std::vector<bool> accepting, std::vector<State> next)
    : alphabet_(std::move(alphabet)), initial_(initial), accepting_(std::move(accepting)), next_(std::move(next)) {
  const std::size_t n = accepting_.size();
  if (n == 0) throw core::Error("an automaton without states; at least one is needed");
  if (n > UINT32_MAX) throw core::Error("more than 2^32 states");
  if (index(initial_) >= n) {
    throw core::Error("initial state " + std::to_string(index(initial_)) + " does not exist; the states are 0 to " +
                      std::to_string(n - 1));
  }
  if (next_.size() != n * letters()) {
    throw core::Error("a table of " + std::to_string(next_.size()) + " transitions; " + std::to_string(n) +
                      " states and " + std::to_string(letters()) + " letters need " + std::to_string(n * letters()));
  }
  for (std::size_t i = 0; i < next_.size(); ++i) {
    if (index(next_[i]) >= n) {
      throw core::Error("state " + std::to_string(i / letters()) + " is sent to " + std::to_string(index(next_[i])) +
                        ", but the states are 0 to " + std::to_string(n - 1));
    }
  }
}

State Dfa::run(State q, const Word& word) const {
  for (const Symbol x : word) q = step(q, x);
  return q;
}

Dfa reachable_part(const Dfa& dfa) {
  constexpr std::uint32_t kUnseen = UINT32_MAX;
  std::vector<std::uint32_t> number(dfa.states(), kUnseen);
  std::vector<State> order{dfa.initial()};
  number[index(dfa.initial())] = 0;
  std::vector<State> next;
  std::vector<bool> accepting;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const State q = order[i];
    accepting.push_back(dfa.is_accepting(q));
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const State r = dfa.step(q, core::symbol(x));
      if (number[index(r)] == kUnseen) {
        number[index(r)] = static_cast<std::uint32_t>(order.size());
        order.push_back(r);
      }
      next.push_back(state(number[index(r)]));
    }
  }
  return {dfa.alphabet(), state(0), std::move(accepting), std::move(next)};
}

Dfa over_alphabet(const Dfa& dfa, const Alphabet& alphabet) {
  if (dfa.alphabet() == alphabet) return dfa;
  std::vector<std::optional<Symbol>> known;
  bool needs_sink = false;
  for (const std::string& name : alphabet.names()) {
    known.push_back(dfa.alphabet().find(name));
    needs_sink = needs_sink || !known.back();
  }
  const std::size_t sink = dfa.states();
  std::vector<bool> accepting = dfa.accepting();
  if (needs_sink) accepting.push_back(false);
  std::vector<State> next;
  next.reserve(accepting.size() * alphabet.size());
  for (std::size_t q = 0; q < accepting.size(); ++q) {
    for (const auto& letter : known) {
      next.push_back(q == sink || !letter ? state(sink) : dfa.step(state(q), *letter));
    }
  }
  return {alphabet, dfa.initial(), std::move(accepting), std::move(next)};
}

}  // namespace eigenmata::automata

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/automata/boolean.hpp"

#include <string>
#include <unordered_map>
#include <utility>

#include "eigenmata/core/error.hpp"

namespace eigenmata::automata {
namespace {

bool apply(BooleanOperation operation, bool a, bool b) {
  switch (operation) {
    case BooleanOperation::kAnd:
      return a && b;
    case BooleanOperation::kOr:
      return a || b;
    case BooleanOperation::kDifference:
      return a && !b;
    case BooleanOperation::kSymmetricDifference:
      return a != b;
  }
  return false;
}

}  // namespace

Dfa complement(const Dfa& dfa) {
  std::vector<bool> accepting = dfa.accepting();
  accepting.flip();
  return {dfa.alphabet(), dfa.initial(), std::move(accepting), dfa.table()};
}

Dfa combined(BooleanOperation operation, const Dfa& first, const Dfa& second, const core::Limits& limits) {
  if (!(first.alphabet() == second.alphabet())) {
    throw core::Error("the alphabets differ: " + to_string(first.alphabet()) + " and " + to_string(second.alphabet()));
  }
  using Pair = std::pair<State, State>;
  const auto key = [](const Pair& pair) { return std::uint64_t{index(pair.first)} << 32 | index(pair.second); };
  std::unordered_map<std::uint64_t, State> numbers;
  std::vector<Pair> order{{first.initial(), second.initial()}};
  numbers.emplace(key(order[0]), state(0));
  std::vector<State> next;
  std::vector<bool> accepting;
  core::Ticker ticker(limits, "product automaton");
  for (std::size_t i = 0; i < order.size(); ++i) {
    ticker.tick();
    limits.require_memory(order.size() * (64 + 4 * first.letters()), "the product automaton");
    const Pair pair = order[i];
    accepting.push_back(apply(operation, first.is_accepting(pair.first), second.is_accepting(pair.second)));
    for (std::size_t x = 0; x < first.letters(); ++x) {
      const Pair to{first.step(pair.first, core::symbol(x)), second.step(pair.second, core::symbol(x))};
      const auto [at, is_new] = numbers.emplace(key(to), state(order.size()));
      if (is_new) order.push_back(to);
      next.push_back(at->second);
    }
  }
  return {first.alphabet(), state(0), std::move(accepting), std::move(next)};
}

}  // namespace eigenmata::automata

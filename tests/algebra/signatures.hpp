// SPDX-License-Identifier: Apache-2.0
//
// Families of languages by definition: what has to be known of a word, and does it decide?
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "eigenmata/automata/dfa.hpp"

namespace eigenmata::algebra::testing {

/// Walks over all words at once. `signature` is what is known of a word so far; `extend(signature, letter)` what is
/// known of the longer word. Does it decide membership?
template <class Signature>
bool decides(const automata::Dfa& dfa, Signature nothing,
             const std::function<Signature(const Signature&, std::size_t)>& extend) {
  std::set<std::pair<Signature, std::size_t>> seen{{nothing, index(dfa.initial())}};
  std::vector<std::pair<Signature, std::size_t>> queue(seen.begin(), seen.end());
  std::map<Signature, bool> accepts;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const auto [signature, q] = queue[i];
    const bool accepting = dfa.is_accepting(automata::state(q));
    if (accepts.try_emplace(signature, accepting).first->second != accepting) return false;
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      std::pair<Signature, std::size_t> next{extend(signature, x),
                                             index(dfa.step(automata::state(q), core::symbol(x)))};
      if (seen.insert(next).second) queue.push_back(std::move(next));
    }
  }
  return true;
}

}  // namespace eigenmata::algebra::testing

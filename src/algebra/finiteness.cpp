// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/finiteness.hpp"

#include <cassert>
#include <optional>
#include <vector>

#include "eigenmata/automata/boolean.hpp"
#include "eigenmata/automata/words.hpp"
#include "strong_components.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;

/// Whether an accepting state can be reached from each state.
std::vector<bool> can_accept(const Dfa& dfa) {
  std::vector<std::vector<std::size_t>> into(dfa.states());
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      into[index(dfa.step(automata::state(q), core::symbol(x)))].push_back(q);
    }
  }
  std::vector<bool> can = dfa.accepting();
  std::vector<std::size_t> queue;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (can[q]) queue.push_back(q);
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::size_t q : into[queue[i]]) {
      if (!can[q]) queue.push_back(q);
      can[q] = true;
    }
  }
  return can;
}

/// A cycle between the initial state and acceptance, if there is one.
std::optional<PumpWitness> pump(const Dfa& dfa) {
  core::Limits unlimited;
  core::Ticker ticker(unlimited, "looking for cycles");
  const StrongComponents components = strong_components(
      dfa.states(), dfa.letters(),
      [&](std::size_t q, std::size_t x) { return index(dfa.step(automata::state(q), core::symbol(x))); }, ticker);
  const std::vector<bool> can = can_accept(dfa);
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    if (!can[q]) continue;
    const State at = automata::state(q);
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const State next = dfa.step(at, core::symbol(x));
      if (components.of[index(next)] != components.of[q]) continue;
      const auto prefix = automata::shortest_path(dfa, dfa.initial(), at);
      const auto back = automata::shortest_path(dfa, next, at);
      const auto suffix = automata::shortest_accepted(Dfa(dfa.alphabet(), at, dfa.accepting(), dfa.table()));
      assert(prefix && back && suffix);
      core::Word repeat{core::symbol(x)};
      repeat.insert(repeat.end(), back->begin(), back->end());
      return PumpWitness{*prefix, std::move(repeat), *suffix};
    }
  }
  return std::nullopt;
}

}  // namespace

core::Verdict<core::NoEvidence, std::pair<core::Word, core::Word>> is_trivial(const Dfa& minimal) {
  using Result = core::Verdict<core::NoEvidence, std::pair<core::Word, core::Word>>;
  const auto accepted = automata::shortest_accepted(minimal);
  const auto rejected = automata::shortest_rejected(minimal);
  if (accepted && rejected) return Result::no({*accepted, *rejected}, "trivial-monoid");
  return Result::yes({}, "trivial-monoid");
}

core::Verdict<core::NoEvidence, PumpWitness> is_finite(const Dfa& minimal) {
  using Result = core::Verdict<core::NoEvidence, PumpWitness>;
  if (auto witness = pump(minimal)) return Result::no(std::move(*witness), "finite-language");
  return Result::yes({}, "finite-language");
}

core::Verdict<core::NoEvidence, PumpWitness> is_cofinite(const Dfa& minimal) {
  using Result = core::Verdict<core::NoEvidence, PumpWitness>;
  if (auto witness = pump(automata::complement(minimal))) return Result::no(std::move(*witness), "finite-language");
  return Result::yes({}, "finite-language");
}

}  // namespace eigenmata::algebra

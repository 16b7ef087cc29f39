// SPDX-License-Identifier: Apache-2.0
#include "timed_automaton.hpp"

#include <algorithm>
#include <string>

#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/image_orbit.hpp"
#include "eigenmata/algebra/missing_set.hpp"
#include "eigenmata/automata/minimise.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;
using core::Limits;

core::Alphabet timed_alphabet(std::size_t symbols) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < symbols; ++i) names.push_back(std::to_string(i));
  return core::Alphabet(std::move(names));
}

Dfa over_timed_letters(const Dfa& dfa, std::uint32_t m) {
  std::vector<State> next;
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    accepting.push_back(dfa.is_accepting(automata::state(q)));
    for (std::size_t x = 0; x < dfa.letters(); ++x)
      next.insert(next.end(), m, dfa.step(automata::state(q), core::symbol(x)));
  }
  return {timed_alphabet(dfa.letters() * m), dfa.initial(), std::move(accepting), std::move(next)};
}

/// States (q, time). A letter of another time leads to the initial state at the time after it.
Dfa with_times(const Dfa& dfa, std::uint32_t m, std::uint32_t step) {
  const auto number = [&](State q, std::uint32_t time) { return automata::state(automata::index(q) * m + time); };
  std::vector<State> next;
  std::vector<bool> accepting;
  for (std::size_t q = 0; q < dfa.states(); ++q) {
    for (std::uint32_t c = 0; c < m; ++c) {
      accepting.push_back(dfa.is_accepting(automata::state(q)));
      for (std::size_t x = 0; x < dfa.letters(); ++x) {
        for (std::uint32_t time = 0; time < m; ++time) {
          const State to = time == c ? dfa.step(automata::state(q), core::symbol(x)) : dfa.initial();
          next.push_back(number(to, (time + step) % m));
        }
      }
    }
  }
  return {timed_alphabet(dfa.letters() * m), number(dfa.initial(), 0), std::move(accepting), std::move(next)};
}

/// For each time c the permutation α_t, t · step = c modulo m.
std::vector<Transformation> names(const Dfa& dfa, std::uint32_t m, std::uint32_t step) {
  const Transformation first = letter_maps(dfa)[0];
  std::vector<Transformation> result(m, Transformation::identity(dfa.states()));
  Transformation alpha = Transformation::identity(dfa.states());
  for (std::uint32_t t = 0; t < m; ++t, alpha = alpha * first) result[std::uint64_t{t} * step % m] = alpha;
  return result;
}

/// The states h that occur.
struct Renamed {
  std::vector<std::uint32_t> number;  ///< by state; `kNone` if it does not occur
  Dfa automaton;

  static constexpr std::uint32_t kNone = UINT32_MAX;
};

Renamed with_names(const Dfa& dfa, std::uint32_t m, std::uint32_t step, const Limits& limits) {
  limits.require_memory((dfa.letters() + 1) * m * dfa.states() * 2 * sizeof(Point), "an automaton with times");
  const std::vector<Transformation> alpha = names(dfa, m, step);
  const std::vector<Transformation> letters = letter_maps(dfa);
  std::vector<Transformation> timed;
  for (const Transformation& x : letters) {
    for (std::uint32_t c = 0; c < m; ++c) timed.push_back(alpha[c] * x * inverse(alpha[(c + step) % m]));
  }
  std::vector<std::uint32_t> number(dfa.states(), Renamed::kNone);
  std::vector<std::uint32_t> reached{static_cast<std::uint32_t>(automata::index(dfa.initial()))};
  number[reached[0]] = 0;
  std::vector<State> next;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const Transformation& map : timed) {
      const std::uint32_t to = map.image_of(reached[i]);
      if (number[to] == Renamed::kNone) {
        number[to] = static_cast<std::uint32_t>(reached.size());
        reached.push_back(to);
      }
      next.push_back(automata::state(number[to]));
    }
  }
  std::vector<bool> accepting(reached.size(), false);
  accepting[0] = true;
  return {std::move(number), {timed_alphabet(timed.size()), automata::state(0), std::move(accepting), std::move(next)}};
}

Dfa timed_automaton(const Dfa& dfa, std::uint32_t m, std::uint32_t step, WrongTimes wrong_times, const Limits& limits) {
  if (wrong_times == WrongTimes::kForget) return automata::minimised(with_times(dfa, m, step), limits);
  return wrong_times == WrongTimes::kRename ? with_names(dfa, m, step, limits).automaton : over_timed_letters(dfa, m);
}

}  // namespace

TimedAutomaton::TimedAutomaton(const Dfa& dfa, std::uint32_t m, std::uint32_t step, WrongTimes wrong_times,
                               const Limits& limits)
    : m_(m), minimal_(timed_automaton(dfa, m, step, wrong_times, limits)), states_(dfa.states()) {
  state_of_.assign(dfa.states() * m, std::nullopt);
  std::vector<std::pair<State, std::uint32_t>> reached{{dfa.initial(), 0}};
  state_of_[number(dfa.initial(), 0)] = minimal_.initial();
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto [q, c] = reached[i];
    for (std::size_t x = 0; x < dfa.letters(); ++x) {
      const std::pair<State, std::uint32_t> next{dfa.step(q, core::symbol(x)), (c + step) % m};
      auto& known = state_of_[number(next.first, next.second)];
      if (known) continue;
      known = minimal_.step(*state_of_[number(q, c)], core::symbol(x * m + c));
      reached.push_back(next);
    }
  }
  stands_for_.assign(minimal_.states() * m, std::nullopt);
  for (const auto& [q, c] : reached) stands_for_[automata::index(*state_of_[number(q, c)]) * m + c] = q;
}

std::vector<std::vector<State>> TimedAutomaton::meaning(
    const Cascade& cascade, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& contexts) const {
  std::vector<std::vector<State>> result;
  for (const auto& [time, context] : contexts) {
    result.emplace_back();
    const auto& meaning = cascade.meaning[context];
    for (std::size_t q = 0; q < states_; ++q) {
      const auto& state = state_of_[number(automata::state(q), time)];
      if (state && std::binary_search(meaning.begin(), meaning.end(), *state))
        result.back().push_back(automata::state(q));
    }
  }
  return result;
}

std::optional<Cascade> cascade_without_groups(const Dfa& minimal, const Limits& limits) {
  Cascade cascade = missing_set_cascade(minimal, limits);
  if (has_group(cascade)) cascade = holonomy_cascade(minimal, limits);
  if (has_group(cascade)) return std::nullopt;
  return cascade;
}

CascadeLevel clock_level(std::size_t letters, std::uint32_t m, std::uint32_t step) {
  CascadeLevel level{CoordinateMachine{{m}, {}}, {}, 0, {}, letters * m, m, {}};
  for (std::uint32_t c = 0; c < m; ++c) {
    level.values.push_back({c});
    level.meets.push_back({0, c, c});
  }
  for (std::uint32_t x = 0; x < letters; ++x) {
    std::get<CoordinateMachine>(level.machine).actions.push_back({{false, step}});
    level.steps.emplace_back();
    for (std::uint32_t c = 0; c < m; ++c) level.steps.back().push_back({c, (c + step) % m, x * m + c});
  }
  return level;
}

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/cascade.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "cascade_tables.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;

/// What the action of a symbol makes of the entries of a value.
Entries moved(const CascadeLevel& level, std::size_t symbol, const Entries& entries) {
  if (const auto* coordinates = std::get_if<CoordinateMachine>(&level.machine))
    return moved(*coordinates, symbol, entries);
  const auto& points = std::get<PointMachine>(level.machine);
  if (const auto* reset = std::get_if<ResetTo>(&points.actions[symbol])) return level.values[reset->value];
  return moved(points, symbol, entries);
}

std::optional<std::string> wrong_step(const CascadeLevel& level) {
  for (std::size_t s = 0; s < level.inputs(); ++s) {
    for (const CascadeStep& step : level.steps[s]) {
      if (step.output >= level.outputs) return "symbol " + std::to_string(s) + " has an output that does not exist";
      if (moved(level, s, level.values[step.value]) == level.values[step.next]) continue;
      return "the step of value " + std::to_string(step.value) + " under symbol " + std::to_string(s) +
             " is not what its action does";
    }
  }
  return std::nullopt;
}

struct Situation {
  core::Symbol letter{};
  Context from = 0;
  Context to = 0;
  Value symbol = 0;

  friend auto operator<=>(const Situation&, const Situation&) = default;
};

class Checker {
 public:
  Checker(const Cascade& cascade, const core::Limits& limits)
      : cascade_(cascade), limits_(limits), ticker_(limits, "checking a cascade") {}

  std::optional<CascadeFailure> run() {
    for (std::size_t x = 0; x < cascade_.automaton.letters(); ++x)
      situations_.push_back({core::symbol(x), 0, 0, static_cast<Value>(x)});
    for (level_ = 0; level_ < cascade_.levels.size(); ++level_) {
      if (auto failure = take_level()) return CascadeFailure{level_, std::move(*failure)};
    }
    if (auto failure = check_meaning()) return CascadeFailure{level_, std::move(*failure)};
    return std::nullopt;
  }

 private:
  std::optional<std::string> take_level() {
    const CascadeLevel& level = cascade_.levels[level_];
    if (auto wrong = wrong_step(level)) return wrong;
    const Meet* first = find_meet(level.meets, start_, level.start);
    if (first == nullptr) return "the start value has no context";
    start_ = first->context;
    std::vector<Situation> next;
    for (const Situation& situation : situations_) {
      if (situation.symbol >= level.inputs()) return "a symbol that the level does not know";
      for (const CascadeStep& step : level.steps[situation.symbol]) {
        ticker_.tick();
        const Meet* before = find_meet(level.meets, situation.from, step.value);
        if (before == nullptr) continue;
        const Meet* after = find_meet(level.meets, situation.to, step.next);
        if (after == nullptr) return "a context that can occur is missing";
        next.push_back({situation.letter, before->context, after->context, step.output});
      }
      limits_.require_memory(next.size() * sizeof(Situation), "the situations of a cascade");
    }
    if (auto missing = missing_step(level)) return missing;
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    situations_ = std::move(next);
    return std::nullopt;
  }

  /// A situation and a value that meets its context, without a step.
  std::optional<std::string> missing_step(const CascadeLevel& level) {
    for (const Situation& situation : situations_) {
      auto at = std::lower_bound(level.meets.begin(), level.meets.end(), situation.from,
                                 [](const Meet& m, Context context) { return m.above < context; });
      for (; at != level.meets.end() && at->above == situation.from; ++at) {
        if (find_step(level.steps[situation.symbol], at->value) == nullptr)
          return "no step of value " + std::to_string(at->value) + " under symbol " + std::to_string(situation.symbol);
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> check_meaning() {
    const Dfa& dfa = cascade_.automaton;
    const auto& meaning = cascade_.meaning;
    if (!std::binary_search(meaning[start_].begin(), meaning[start_].end(), dfa.initial()))
      return "the initial state is not meant by the first context";
    for (const Situation& situation : situations_) {
      for (const State q : meaning[situation.from]) {
        if (!std::binary_search(meaning[situation.to].begin(), meaning[situation.to].end(),
                                dfa.step(q, situation.letter)))
          return "state " + std::to_string(automata::index(q)) + " leaves what the context means";
      }
      if (cascade_.levels.empty()) continue;
      for (const State q : meaning[situation.to]) {
        if (dfa.is_accepting(q) != (situation.symbol == 1))
          return "the answer for state " + std::to_string(automata::index(q)) + " is wrong";
      }
    }
    return std::nullopt;
  }

  const Cascade& cascade_;
  const core::Limits& limits_;
  core::Ticker ticker_;
  std::size_t level_ = 0;
  Context start_ = 0;
  std::vector<Situation> situations_;
};

}  // namespace

bool is_coded(const CoordinateMachine& machine) { return machine.moduli == std::vector<std::uint32_t>{1}; }

bool only_counts(const CoordinateMachine& machine) {
  return std::none_of(machine.moduli.begin(), machine.moduli.end(), [](std::uint32_t m) { return m == 1; });
}

std::vector<bool> writers(const CoordinateMachine& coded) {
  std::vector<bool> result;
  for (const auto& moves : coded.actions) result.push_back(moves[0].writes);
  return result;
}

bool is_coded(const CascadeLevel& level) {
  const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
  return machine != nullptr && is_coded(*machine);
}

bool only_counts(const CascadeLevel& level) {
  const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
  return machine != nullptr && only_counts(*machine);
}

const CascadeStep* find_step(const std::vector<CascadeStep>& steps, Value value) {
  const auto at = std::lower_bound(steps.begin(), steps.end(), value,
                                   [](const CascadeStep& step, Value v) { return step.value < v; });
  return at != steps.end() && at->value == value ? &*at : nullptr;
}

const Meet* find_meet(const std::vector<Meet>& meets, Context above, Value value) {
  const auto at = std::lower_bound(meets.begin(), meets.end(), std::pair(above, value),
                                   [](const Meet& m, auto pair) { return std::pair(m.above, m.value) < pair; });
  return at != meets.end() && at->above == above && at->value == value ? &*at : nullptr;
}

Entries moved(const CoordinateMachine& machine, std::size_t symbol, const Entries& entries) {
  Entries result;
  for (std::size_t j = 0; j < entries.size(); ++j) {
    const Move& move = machine.actions[symbol][j];
    const std::uint32_t m = machine.moduli[j];
    result.push_back(move.writes     ? move.amount
                     : m == 1        ? entries[j]
                     : move.reflects ? (move.amount + m - entries[j]) % m
                                     : (entries[j] + move.amount) % m);
  }
  return result;
}

Entries moved(const Entries& points, const Transformation& permutation) {
  Entries result;
  for (const Point p : points) result.push_back(permutation.image_of(p));
  std::sort(result.begin(), result.end());
  return result;
}

Entries moved(const PointMachine& machine, std::size_t symbol, const Entries& points) {
  const auto& permutation = std::get<Transformation>(machine.actions[symbol]);
  if (!machine.lists) return moved(points, permutation);
  Entries result;
  for (const Point p : points) result.push_back(permutation.image_of(p));
  return result;
}

bool needs_old_value(const std::vector<CascadeStep>& steps) {
  std::unordered_map<Value, Value> said;
  return std::any_of(steps.begin(), steps.end(), [&](const CascadeStep& step) {
    return said.emplace(step.next, step.output).first->second != step.output;
  });
}

bool CascadeLevel::needs_old_value(std::size_t symbol) const { return algebra::needs_old_value(steps[symbol]); }

bool CascadeLevel::needs_old_values() const {
  for (std::size_t s = 0; s < inputs(); ++s) {
    if (needs_old_value(s)) return true;
  }
  return false;
}

Cascade cascade_of_permutations(const Dfa& dfa, std::size_t outputs,
                                const std::function<Value(State, core::Symbol)>& output) {
  const std::size_t n = dfa.states();
  const auto start = static_cast<Value>(automata::index(dfa.initial()));
  CascadeLevel level{PointMachine{n, {}}, {}, start, {}, outputs, n, {}};
  Cascade result{dfa, {}, {}};
  for (Value q = 0; q < n; ++q) {
    level.values.push_back({q});
    level.meets.push_back({0, q, q});
    result.meaning.push_back({automata::state(q)});
  }
  for (const Transformation& map : letter_maps(dfa)) {
    const core::Symbol letter = core::symbol(level.steps.size());
    level.steps.emplace_back();
    for (Value q = 0; q < n; ++q)
      level.steps.back().push_back({q, map.image_of(q), output(automata::state(q), letter)});
    std::get<PointMachine>(level.machine).actions.emplace_back(map);
  }
  result.levels.push_back(std::move(level));
  return result;
}

core::Verdict<core::NoEvidence, CascadeFailure> check_cascade(const Cascade& cascade, const core::Limits& limits) {
  using Result = core::Verdict<core::NoEvidence, CascadeFailure>;
  auto failure = Checker(cascade, limits).run();
  if (failure) return Result::no(std::move(*failure), "layerwise-soundness");
  return Result::yes({}, "layerwise-soundness");
}

std::vector<bool> run_cascade(const Cascade& cascade, const automata::Word& word) {
  std::vector<Value> values;
  for (const CascadeLevel& level : cascade.levels) values.push_back(level.start);
  std::vector<bool> result{cascade.automaton.is_accepting(cascade.automaton.initial())};
  for (const core::Symbol letter : word) {
    Value symbol = static_cast<Value>(core::index(letter));
    for (std::size_t l = 0; l < values.size(); ++l) {
      const CascadeStep* step = find_step(cascade.levels[l].steps[symbol], values[l]);
      if (step == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
      values[l] = step->next;
      symbol = step->output;
    }
    result.push_back(values.empty() ? result.front() : symbol == 1);
  }
  return result;
}

void code_levels_without_group(Cascade& cascade) {
  for (CascadeLevel& level : cascade.levels) {
    const auto* machine = std::get_if<PointMachine>(&level.machine);
    if (machine == nullptr) continue;
    const auto is_trivial = [](const auto& action) {
      const auto* permutation = std::get_if<Transformation>(&action);
      return permutation == nullptr || *permutation == Transformation::identity(permutation->degree());
    };
    if (!std::all_of(machine->actions.begin(), machine->actions.end(), is_trivial)) continue;
    CoordinateMachine coded{{1}, {}};
    for (const auto& action : machine->actions) {
      const auto* reset = std::get_if<ResetTo>(&action);
      coded.actions.push_back({reset == nullptr ? Move{} : Move{true, reset->value}});
    }
    level.machine = std::move(coded);
    for (std::uint32_t v = 0; v < level.values.size(); ++v) level.values[v] = {v};
  }
}

}  // namespace eigenmata::algebra

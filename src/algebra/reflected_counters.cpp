// SPDX-License-Identifier: Apache-2.0
//
// Symbols and contexts behind the clock are numbered 2x + p, p after the step.
#include "eigenmata/algebra/reflected_counters.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "cascade_tables.hpp"

namespace eigenmata::algebra {
namespace {

/// A counter beyond 2 that turns, so far.
bool turns(const CoordinateMachine& machine, std::size_t j) {
  return machine.moduli[j] > 2 && std::none_of(machine.actions.begin(), machine.actions.end(),
                                               [&](const std::vector<Move>& moves) { return moves[j].reflects; });
}

bool turns(const CascadeLevel& level) {
  const auto* machine = std::get_if<CoordinateMachine>(&level.machine);
  for (std::size_t j = 0; machine != nullptr && j < machine->moduli.size(); ++j) {
    if (turns(*machine, j)) return true;
  }
  return false;
}

/// p = t mod 2; says the letter and p.
CascadeLevel clock(std::size_t letters) {
  CascadeLevel level{CoordinateMachine{{2}, {letters, {{false, 1}}}}, {{0}, {1}}, 0, {}, 2 * letters, 2, {}};
  for (Value x = 0; x < letters; ++x) level.steps.push_back({{0, 1, 2 * x + 1}, {1, 0, 2 * x}});
  level.meets = {{0, 0, 0}, {0, 1, 1}};
  return level;
}

/// One level behind the clock.
class Reflector {
 public:
  Reflector(const CascadeLevel& level, bool is_last) : level_(level), is_last_(is_last), reflects_(turns(level)) {
    if (!reflects_) values_ = level.values;
  }

  CascadeLevel run() {
    CascadeLevel result;
    result.machine = level_.machine;
    std::visit([&](auto& machine) { machine.actions = twice(machine); }, result.machine);
    result.start = value(level_.start, 0);
    for (const auto& steps : level_.steps) {
      for (const Value p : {0U, 1U}) {
        result.steps.emplace_back();
        for (const CascadeStep& step : steps) {
          result.steps.back().push_back(
              {value(step.value, 1 - p), value(step.next, p), is_last_ ? step.output : 2 * step.output + p});
        }
        std::sort(result.steps.back().begin(), result.steps.back().end(),
                  [](const CascadeStep& a, const CascadeStep& b) { return a.value < b.value; });
      }
    }
    for (const Meet& meet : level_.meets) {
      for (const Value p : {0U, 1U})
        result.meets.push_back({2 * meet.above + p, value(meet.value, p), 2 * meet.context + p});
    }
    std::sort(result.meets.begin(), result.meets.end(),
              [](const Meet& a, const Meet& b) { return std::pair(a.above, a.value) < std::pair(b.above, b.value); });
    result.values = std::move(values_);
    result.outputs = is_last_ ? level_.outputs : 2 * level_.outputs;
    result.contexts = 2 * level_.contexts;
    return result;
  }

 private:
  /// The number of the code of a value at parity p.
  Value value(Value old, Value p) {
    if (!reflects_) return old;
    Entries code = level_.values[old];
    const auto& machine = std::get<CoordinateMachine>(level_.machine);
    for (std::size_t j = 0; p == 1 && j < code.size(); ++j) {
      if (turns(machine, j)) code[j] = (machine.moduli[j] - code[j]) % machine.moduli[j];
    }
    const auto [at, is_new] = numbers_.emplace(std::move(code), static_cast<Value>(values_.size()));
    if (is_new) values_.push_back(at->first);
    return at->second;
  }

  static decltype(PointMachine::actions) twice(const PointMachine& machine) {
    decltype(PointMachine::actions) result;
    for (const auto& action : machine.actions) result.insert(result.end(), 2, action);
    return result;
  }

  static std::vector<std::vector<Move>> twice(const CoordinateMachine& machine) {
    std::vector<std::vector<Move>> result;
    for (const auto& moves : machine.actions) {
      for (const Value p : {0U, 1U}) {
        result.push_back(moves);
        for (std::size_t j = 0; j < moves.size(); ++j) {
          if (!turns(machine, j)) continue;
          const std::uint32_t m = machine.moduli[j];
          const std::uint32_t amount = moves[j].amount % m;
          result.back()[j] = {false, p == 1 ? (m - amount) % m : amount, true};
        }
      }
    }
    return result;
  }

  const CascadeLevel& level_;
  bool is_last_;
  bool reflects_;
  std::map<Entries, Value> numbers_;
  std::vector<Entries> values_;
};

}  // namespace

Cascade with_reflected_counters(const Cascade& cascade) {
  const auto turns_somewhere = [](const CascadeLevel& level) { return turns(level); };
  if (std::none_of(cascade.levels.begin(), cascade.levels.end(), turns_somewhere)) return cascade;
  Cascade result{cascade.automaton, {clock(cascade.automaton.letters())}, {}};
  for (std::size_t l = 0; l < cascade.levels.size(); ++l)
    result.levels.push_back(Reflector(cascade.levels[l], l + 1 == cascade.levels.size()).run());
  for (const auto& states : cascade.meaning) result.meaning.insert(result.meaning.end(), 2, states);
  merge_symbols(result);
  return result;
}

}  // namespace eigenmata::algebra

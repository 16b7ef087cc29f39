// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/delays.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include "eigenmata/algebra/holonomy.hpp"
#include "eigenmata/algebra/missing_set.hpp"
#include "eigenmata/algebra/split_groups.hpp"
#include "level_growth.hpp"
#include "timed_automaton.hpp"

namespace eigenmata::algebra {
namespace {

using automata::Dfa;
using automata::State;
using core::Limits;

/// What is known of each step from the word alone is its *tag*: the letter, or the time.
struct Slots {
  std::size_t count = 0;
  std::vector<std::size_t> read;         ///< by tag: the slot that holds, and has the old value
  std::vector<std::vector<bool>> write;  ///< by tag and slot
  std::uint32_t clock = 1;               ///< m, if each machine has a clock of its own; else 1
  std::uint32_t clock_step = 0;
  bool rests = false;  ///< a machine that reads its last symbol again must say what it said before
  bool serve = true;   ///< otherwise old values are somebody else's
};

/// Levels of a cascade rewritten one by one.
///
/// A symbol is a tag with the symbol of the given cascade. A context is what has to be remembered to rest (1 + the last
/// symbol, or 0 at the start), or the time, together with a context of the given cascade. That the last letter is known
/// where machines rest, the first machine sees to: it keeps it in a coordinate more.
class Delayer {
 public:
  /// `memories` contexts (i, 0), i = 0, 1, …, come before the first level.
  Delayer(const Slots& slots, LevelFront front, std::uint32_t memories,
          std::vector<std::pair<std::uint32_t, std::uint32_t>> symbols, const Limits& limits)
      : slots_(slots), limits_(limits), front_(std::move(front)), symbols_(std::move(symbols)) {
    for (std::uint32_t i = 0; i < memories; ++i) contexts_.emplace_back(i, 0);
  }

  void append(const CascadeLevel& level, bool is_last) {
    level_ = &level;
    is_last_ = is_last;
    value_of_code_.clear();
    for (Value v = 0; v < level.values.size(); ++v) value_of_code_[level.values[v][0]] = v;
    next_symbols_ = {};
    next_contexts_ = {};
    if (!is_coded(level) || !slots_.serve) {
      append_unchanged();
    } else if (level.needs_old_values()) {
      append_value_then_slots();
    } else {
      append_value();
    }
    levels_.back().outputs = is_last ? 2 : next_symbols_.pairs().size();
    levels_.back().contexts = next_contexts_.pairs().size();
    behind(levels_.back());
    symbols_ = next_symbols_.pairs();
    contexts_ = next_contexts_.pairs();
  }

  std::vector<CascadeLevel> take_levels() { return std::move(levels_); }
  /// What is remembered and the given cascade's context, by context.
  [[nodiscard]] const std::vector<std::pair<std::uint32_t, std::uint32_t>>& contexts() const { return contexts_; }
  [[nodiscard]] const std::vector<std::pair<std::uint32_t, std::uint32_t>>& symbols() const { return symbols_; }

 private:
  void behind(const CascadeLevel& level) { front_ = front_behind(front_, level, limits_); }

  [[nodiscard]] Value value(std::uint32_t code) const { return value_of_code_.at(code); }
  [[nodiscard]] const Move& move_of(Value symbol) const {
    return std::get<CoordinateMachine>(level_->machine).actions[symbols_[symbol].second][0];
  }

  /// The entries, and the machine's clock if it has one.
  [[nodiscard]] CoordinateMachine machine(std::size_t coordinates) const {
    CoordinateMachine result{std::vector<std::uint32_t>(coordinates, 1), {}};
    if (slots_.clock > 1) result.moduli.push_back(slots_.clock);
    return result;
  }
  void add_action(CoordinateMachine& machine, std::vector<Move> moves) const {
    if (slots_.clock > 1) moves.push_back({false, slots_.clock_step});
    machine.actions.push_back(std::move(moves));
  }
  [[nodiscard]] Entries start(std::size_t coordinates) const {
    Entries entries(coordinates, level_->values[level_->start][0]);
    if (slots_.clock > 1) entries.push_back(0);
    return entries;
  }

  [[nodiscard]] bool keeps_letter() const { return slots_.rests && levels_.empty(); }

  /// The machine that keeps the new value, and where it begins.
  [[nodiscard]] std::pair<CoordinateMachine, Entries> value_machine() const {
    CoordinateMachine keeps = machine(1);
    Entries entries = start(1);
    for (Value s = 0; s < symbols_.size(); ++s) {
      add_action(keeps, {move_of(s)});
      if (keeps_letter()) keeps.actions.back().push_back({true, s + 1});
    }
    if (keeps_letter()) {
      keeps.moduli.push_back(1);
      entries.push_back(0);
    }
    return {std::move(keeps), std::move(entries)};
  }

  /// The given machine, with a clock. Not for machines that rest.
  void append_unchanged() {
    const auto& given = std::get<CoordinateMachine>(level_->machine);
    CoordinateMachine keeps{given.moduli, {}};
    Entries begin = level_->values[level_->start];
    if (slots_.clock > 1) {
      keeps.moduli.push_back(slots_.clock);
      begin.push_back(0);
    }
    for (const auto& [tag, s] : symbols_) add_action(keeps, given.actions[s]);
    std::map<Entries, Value> value_of;
    for (Value v = 0; v < level_->values.size(); ++v) value_of.emplace(level_->values[v], v);
    const auto value_at = [&](Entries entries) {
      entries.resize(given.moduli.size());
      return value_of.at(entries);
    };
    GrowthPlan plan{std::move(keeps), std::move(begin), {}, {}};
    plan.output = [&](Value symbol, const Entries& before) {
      const auto [tag, s] = symbols_[symbol];
      const CascadeStep* step = find_step(level_->steps[s], value_at(before));
      if (step == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
      return said(tag, step->output);
    };
    plan.context = [&](Context above, const Entries& entries) {
      const auto [memory, context] = contexts_[above];
      const Meet* meet = find_meet(level_->meets, context, value_at(entries));
      if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
      return next_contexts_(memory, meet->context);
    };
    levels_.push_back(grow_level(front_, std::move(plan), limits_));
  }

  void append_value() {
    const auto [machine, begin] = value_machine();
    GrowthPlan plan{machine, begin, {}, {}};
    plan.output = [&, &keeps = machine](Value symbol, const Entries& before) {
      const auto [tag, s] = symbols_[symbol];
      return said(tag, output_at(s, value(moved(keeps, symbol, before)[0])));
    };
    const bool has_letter = keeps_letter();
    plan.context = [&](Context above, const Entries& entries) {
      const Value v = value(entries[0]);
      return known(has_letter ? entries[1] : above, v, [&](std::uint32_t s, std::size_t) { return output_at(s, v); });
    };
    levels_.push_back(grow_level(front_, std::move(plan), limits_));
  }

  void append_value_then_slots() {
    PairNumbers with_value;   // symbols between the two machines
    PairNumbers with_values;  // contexts
    const auto [machine, begin] = value_machine();
    GrowthPlan plan{machine, begin, {}, {}};
    plan.output = [&, &keeps = machine](Value symbol, const Entries& before) {
      return with_value(symbol, value(moved(keeps, symbol, before)[0]));
    };
    const bool has_letter = keeps_letter();
    plan.context = [&](Context above, const Entries& entries) {
      return with_values(has_letter ? entries[1] : above, value(entries[0]));
    };
    CascadeLevel keeps_new = grow_level(front_, std::move(plan), limits_);
    keeps_new.outputs = with_value.pairs().size();
    keeps_new.contexts = with_values.pairs().size();
    behind(keeps_new);
    levels_.push_back(std::move(keeps_new));

    GrowthPlan delay = slots_plan(with_value.pairs());
    delay.output = [&](Value symbol, const Entries& before) {
      const auto [tag, s] = symbols_[with_value.pairs()[symbol].first];
      return said(tag, output_from(s, before[slots_.read[tag]]));
    };
    delay.context = [&](Context above, const Entries& entries) {
      const auto [context, v] = with_values.pairs()[above];
      return known(context, v,
                   [&](std::uint32_t s, std::size_t tag) { return output_from(s, entries[slots_.read[tag]]); });
    };
    levels_.push_back(grow_level(front_, std::move(delay), limits_));
  }

  [[nodiscard]] GrowthPlan slots_plan(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& symbols) const {
    CoordinateMachine keeps = machine(slots_.count);
    for (const auto& [symbol, v] : symbols) {
      const std::size_t tag = symbols_[symbol].first;
      std::vector<Move> moves;
      for (std::size_t i = 0; i < slots_.count; ++i)
        moves.push_back(slots_.write[tag][i] ? Move{true, level_->values[v][0]} : Move{false, 0});
      add_action(keeps, std::move(moves));
    }
    return {std::move(keeps), start(slots_.count), {}, {}};
  }

  /// What the given level says when the symbol overwrites this code.
  [[nodiscard]] Value output_from(std::uint32_t s, std::uint32_t code) const {
    const CascadeStep* step = find_step(level_->steps[s], value(code));
    if (step == nullptr) throw std::logic_error("a cascade has no step for a value that occurs");
    return step->output;
  }
  /// What it says when it has this value after the symbol.
  [[nodiscard]] Value output_at(std::uint32_t s, Value after) const {
    for (const CascadeStep& step : level_->steps[s]) {
      if (step.next == after) return step.output;
    }
    throw std::logic_error("a cascade has no step to a value that occurs");
  }

  /// The symbol behind this level.
  Value said(std::uint32_t tag, Value output) {
    const Value number = next_symbols_(tag, output);
    return is_last_ ? output : number;
  }

  /// The context behind this level. `output` is what it says at the symbol that is remembered.
  template <class Output>
  Context known(Context above, Value v, const Output& output) {
    const auto [memory, context] = contexts_[above];
    const Meet* meet = find_meet(level_->meets, context, v);
    if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
    std::uint32_t remembered = memory;
    if (slots_.rests && memory > 0) {
      const auto [tag, s] = symbols_[memory - 1];
      remembered = 1 + next_symbols_(tag, output(s, tag));
    }
    return next_contexts_(remembered, meet->context);
  }

  const Slots& slots_;
  const Limits& limits_;
  LevelFront front_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> symbols_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> contexts_;
  std::vector<CascadeLevel> levels_;
  // Of the level at hand:
  const CascadeLevel* level_ = nullptr;
  bool is_last_ = false;
  std::map<std::uint32_t, Value> value_of_code_;
  PairNumbers next_symbols_;
  PairNumbers next_contexts_;
};

void append_all(Delayer& delayer, const Cascade& cascade) {
  for (std::size_t l = 0; l < cascade.levels.size(); ++l)
    delayer.append(cascade.levels[l], l + 1 == cascade.levels.size());
}

// The clock.

Cascade behind_clock(const Dfa& dfa, const TimedAutomaton& timed, const Cascade& cascade, std::uint32_t m,
                     std::uint32_t step, bool each_turns, bool has_slots, const Limits& limits) {
  Slots slots{m, {}, {}, each_turns ? m : 1, step, false, has_slots};
  for (std::uint32_t c = 0; c < m; ++c) {
    slots.read.push_back(c);
    slots.write.emplace_back(m, false);
    slots.write.back()[(c + step) % m] = true;
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> symbols;
  for (std::uint32_t i = 0; i < dfa.letters() * m; ++i) symbols.emplace_back(i % m, i);
  CascadeLevel clock = clock_level(dfa.letters(), m, step);
  LevelFront front = front_behind(front_of_letters(dfa), clock, limits);
  Delayer delayer(slots, std::move(front), m, std::move(symbols), limits);
  append_all(delayer, cascade);

  Cascade result{dfa, {std::move(clock)}, {}};
  for (CascadeLevel& level : delayer.take_levels()) result.levels.push_back(std::move(level));
  result.meaning = timed.meaning(cascade, delayer.contexts());
  return result;
}

/// Letters with times permute the states: one machine, which answers.
Cascade cascade_of_times(const TimedAutomaton& timed, std::uint32_t m,
                         const std::function<bool(State, core::Symbol)>& accepts) {
  return cascade_of_permutations(timed.minimal(), 2, [&](State at, core::Symbol letter) {
    const auto q = timed.state_at(at, static_cast<std::uint32_t>(core::index(letter) % m));
    return Value{q && accepts(*q, core::symbol(core::index(letter) / m)) ? 1U : 0U};
  });
}

}  // namespace

Cascade with_repetition_slots(const Cascade& cascade, const Limits& limits) {
  const Dfa& dfa = cascade.automaton;
  const auto letters = static_cast<std::uint32_t>(dfa.letters());
  if (cascade.levels.empty()) return cascade;
  Slots slots{letters, {}, {}, 1, 0, true};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> symbols;
  for (std::uint32_t x = 0; x < letters; ++x) {
    slots.read.push_back(x);
    slots.write.emplace_back(letters, true);
    slots.write.back()[x] = false;
    symbols.emplace_back(x, x);
  }
  Delayer delayer(slots, front_of_letters(dfa), letters + 1, std::move(symbols), limits);
  append_all(delayer, cascade);

  Cascade result{dfa, delayer.take_levels(), {}};
  for (const auto& [memory, context] : delayer.contexts()) {
    result.meaning.emplace_back();
    for (const State q : cascade.meaning[context]) {
      const bool is_possible =
          memory == 0 ? q == dfa.initial() : dfa.step(q, core::symbol(delayer.symbols()[memory - 1].first)) == q;
      if (is_possible) result.meaning.back().push_back(q);
    }
  }
  merge_symbols(result);
  return result;
}

std::optional<Cascade> clock_cascade(const Dfa& minimal, std::uint32_t m, std::uint32_t step, bool each_turns,
                                     const Limits& limits) {
  if (minimal.states() == 1) return missing_set_cascade(minimal, limits);  // nothing to remember
  for (const WrongTimes wrong_times : {WrongTimes::kSame, WrongTimes::kForget}) {
    const TimedAutomaton timed(minimal, m, step, wrong_times, limits);
    const auto cascade = cascade_without_groups(timed.minimal(), limits);
    if (!cascade) continue;
    Cascade result = behind_clock(minimal, timed, *cascade, m, step, each_turns, true, limits);
    if (!each_turns) merge_symbols(result);
    return result;
  }
  return std::nullopt;
}

std::variant<Cascade, std::string> framed_cascade(const Dfa& minimal, std::uint32_t m, std::uint32_t step,
                                                  const FrameStyle& style, const Limits& limits) {
  if (minimal.states() == 1) return missing_set_cascade(minimal, limits);
  const auto maps = letter_maps(minimal);
  const bool permutes = std::all_of(maps.begin(), maps.end(), [](const auto& map) { return map.is_permutation(); });
  const auto accepts = [&](State q, core::Symbol letter) {
    return style.accepts ? style.accepts(q, letter) : minimal.is_accepting(minimal.step(q, letter));
  };
  std::string reason;
  for (const WrongTimes wrong_times : {WrongTimes::kSame, permutes ? WrongTimes::kRename : WrongTimes::kForget}) {
    const TimedAutomaton timed(minimal, m, step, wrong_times, limits);
    for (const bool by_holonomy : {false, true}) {
      if (by_holonomy && permutes) continue;
      auto split = split_groups(permutes      ? cascade_of_times(timed, m, accepts)
                                : by_holonomy ? holonomy_cascade(timed.minimal(), limits)
                                              : missing_set_cascade(timed.minimal(), limits),
                                style.series, limits);
      if (std::holds_alternative<Cascade>(split)) split = style.rewrite(std::move(std::get<Cascade>(split)));
      if (auto* why = std::get_if<std::string>(&split)) {
        reason = std::move(*why);
        continue;
      }
      return behind_clock(minimal, timed, std::get<Cascade>(split), m, step, true, style.has_slots, limits);
    }
  }
  return reason;
}

}  // namespace eigenmata::algebra

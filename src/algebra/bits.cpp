// SPDX-License-Identifier: Apache-2.0
#include "eigenmata/algebra/bits.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "level_growth.hpp"

namespace eigenmata::algebra {
namespace {

using core::Limits;

/// The low bits of a code, and of the one it overwrote if that is asked for: as one number.
struct KnownBits {
  std::uint32_t now = 0;
  std::uint32_t before = 0;
};

/// One coded level.
class BitLevels {
 public:
  BitLevels(const CascadeLevel& level, const LevelFront& front) : level_(level), needs_old_(level.needs_old_values()) {
    std::uint32_t most = 0;
    for (Value v = 0; v < level.values.size(); ++v) {
      value_of_code_[level.values[v][0]] = v;
      most = std::max(most, level.values[v][0]);
    }
    while ((most >> bits_) != 0) ++bits_;
    for (Value s = 0; s < level.inputs(); ++s) symbols_(s, 0);
    for (Context c = 0; c < front.contexts; ++c) contexts_(c, 0);
  }

  [[nodiscard]] std::size_t bits() const { return bits_; }

  /// The level of bit i; those of lower bits have been made, in order.
  CascadeLevel bit(std::size_t i, const LevelFront& front, const Limits& limits) {
    const bool is_last = i + 1 == bits_;
    const auto bit_of = [i](std::uint32_t code) { return (code >> i) & 1U; };
    CoordinateMachine machine{{1}, {}};
    for (const auto& [s, known] : symbols_.pairs()) {
      const Move& move = std::get<CoordinateMachine>(level_.machine).actions[s][0];
      machine.actions.push_back({move.writes ? Move{true, bit_of(move.amount)} : Move{false, 0}});
    }
    PairNumbers next_symbols;
    PairNumbers next_contexts;
    GrowthPlan plan{machine, {bit_of(level_.values[level_.start][0])}, {}, {}};
    plan.output = [&](Value symbol, const Entries& before) {
      const auto [s, number] = symbols_.pairs()[symbol];
      KnownBits known = bits_in(number);
      known.now |= moved(machine, symbol, before)[0] << i;
      if (needs_old_) known.before |= before[0] << i;
      return is_last ? output(s, known) : next_symbols(s, number_of(known));
    };
    plan.context = [&](Context above, const Entries& entries) {
      const auto [context, low] = contexts_.pairs()[above];
      const std::uint32_t code = low | (entries[0] << i);
      return is_last ? meet(context, code) : next_contexts(context, code);
    };
    CascadeLevel result = grow_level(front, std::move(plan), limits);
    result.outputs = is_last ? level_.outputs : next_symbols.pairs().size();
    result.contexts = is_last ? level_.contexts : next_contexts.pairs().size();
    std::swap(symbols_, next_symbols);
    std::swap(contexts_, next_contexts);
    return result;
  }

 private:
  [[nodiscard]] std::uint32_t number_of(const KnownBits& known) const { return (known.before << bits_) | known.now; }
  [[nodiscard]] KnownBits bits_in(std::uint32_t number) const {
    return {number & ((1U << bits_) - 1), number >> bits_};
  }

  /// Bits that do not occur together make no code; what is said of them does not matter.
  [[nodiscard]] Value output(Value symbol, const KnownBits& known) const {
    const auto value = value_of_code_.find(needs_old_ ? known.before : known.now);
    if (value == value_of_code_.end()) return 0;
    for (const CascadeStep& step : level_.steps[symbol]) {
      if ((needs_old_ ? step.value : step.next) == value->second) return step.output;
    }
    return 0;
  }

  [[nodiscard]] Context meet(Context above, std::uint32_t code) const {
    const auto value = value_of_code_.find(code);
    const Meet* meet = value == value_of_code_.end() ? nullptr : find_meet(level_.meets, above, value->second);
    if (meet == nullptr) throw std::logic_error("a cascade has no context for a value that occurs");
    return meet->context;
  }

  const CascadeLevel& level_;
  bool needs_old_;
  std::size_t bits_ = 0;
  std::map<std::uint32_t, Value> value_of_code_;
  PairNumbers symbols_;   ///< a symbol of the level, and the known bits as a number
  PairNumbers contexts_;  ///< a context before the level, and the bits so far
};

}  // namespace

Cascade with_bits(const Cascade& cascade, const std::function<bool(const CascadeLevel&)>& chosen,
                  const Limits& limits) {
  Cascade result{cascade.automaton, {}, cascade.meaning};
  LevelFront front = front_of_letters(cascade.automaton);
  const auto append = [&](CascadeLevel level) {
    front = front_behind(front, level, limits);
    result.levels.push_back(std::move(level));
  };
  for (const CascadeLevel& level : cascade.levels) {
    if (!is_coded(level) || !chosen(level)) {
      append(level);
      continue;
    }
    BitLevels levels(level, front);
    if (levels.bits() > 15)
      throw core::LimitReached(core::LimitReached::Kind::kSize, "a level of more than 32,768 codes");
    for (std::size_t i = 0; i < levels.bits(); ++i) append(levels.bit(i, front, limits));
  }
  merge_symbols(result);
  return result;
}

}  // namespace eigenmata::algebra

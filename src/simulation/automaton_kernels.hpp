// SPDX-License-Identifier: Apache-2.0
//
// The loops that run automata. Each of them gives the states that one letter after the other gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "automaton_tables.hpp"
#include "processor.hpp"

namespace eigenmata::simulation {

/// A word to run, and which of them it is.
struct WordItem {
  const std::uint8_t* letters;
  std::uint32_t length;
  std::uint32_t index;
};

/// Words of one length, one after the other in memory.
struct EqualWords {
  const std::uint8_t* letters;
  std::size_t length;
  std::size_t count;

  [[nodiscard]] const std::uint8_t* word(std::size_t i) const { return letters + i * length; }
  [[nodiscard]] EqualWords from(std::size_t i) const { return {word(i), length, count - i}; }
};

/// One letter after the other.
[[nodiscard]] std::uint32_t walk(const AutomatonTables& tables, std::uint32_t from, std::span<const std::uint8_t> word);

/// One group of letters after the other. Needs tables.has_groups().
[[nodiscard]] std::uint32_t walk_groups(const AutomatonTables& tables, std::uint32_t from,
                                        std::span<const std::uint8_t> word);

/// Words from the initial state, 32 of them side by side: while one waits for its table, the others go on. The final
/// state of word i becomes finals[i].
void interleave(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals);

/// The same by groups of letters. Needs tables.has_groups().
void interleave_groups(const AutomatonTables& tables, std::span<const WordItem> words, automata::State* finals);

/// The same for words of one length, of which nothing has to be looked up.
void interleave(const AutomatonTables& tables, EqualWords words, automata::State* finals);
void interleave_groups(const AutomatonTables& tables, EqualWords words, automata::State* finals);

/// Pieces of a word that are walked side by side begin so far apart: 244 lines of 64 letters, in different sets of the
/// nearest cache.
inline constexpr std::size_t kWalkDistance = 244 * 64;

/// Somewhere in a word.
struct Walk {
  const std::uint8_t* at;
  std::uint32_t state;
};
/// So many letters further, by groups if there are groups, side by side; fastest for eight that are
/// kWalkDistance apart. `letters` has to be a multiple of 8.
void walk_on(const AutomatonTables& tables, std::span<Walk> walks, std::size_t letters);

/// What the word does to all states, by composing maps in registers: pieces of the word side by side, each with a map
/// of its own, which are composed at the end. Needs tables.has_maps() and can_compose(tables).
[[nodiscard]] StateMap compose(const AutomatonTables& tables, std::span<const std::uint8_t> word);
[[nodiscard]] bool can_compose(const AutomatonTables& tables, const Processor& processor);

/// 64 words side by side in the bytes of registers, the table in others. `memory_end` is where the letters of all
/// words end: no more is read. Needs can_use_lanes(tables).
void run_lanes(const AutomatonTables& tables, std::span<const WordItem> words, const std::uint8_t* memory_end,
               automata::State* finals);
void run_lanes(const AutomatonTables& tables, EqualWords words, const std::uint8_t* memory_end,
               automata::State* finals);
[[nodiscard]] bool can_use_lanes(const AutomatonTables& tables, const Processor& processor);

}  // namespace eigenmata::simulation

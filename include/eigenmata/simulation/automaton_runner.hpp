// SPDX-License-Identifier: Apache-2.0
//
// A complete automaton, prepared to run over many words, or over one long word. There are several ways to do so; all of
// them give the states that the table walk gives, which is the definition.
//
//   table      one letter after the other
//   interleaved  16 words side by side, so that waiting for the table of one is the time of the others
//   groups     2, 4 or 8 letters a look-up, for alphabets of at most 16, 4 or 2 letters; words side by side
//   composed   what pieces of one word do to all states, by shuffling registers, composed at the end; at most 64 states
//   followed   pieces of one word side by side, each from the few states that stay apart, or that say what it does to
//              all; where those of a piece are many, what composed or table does; at most 512 states
//   lanes      64 words in the bytes of registers, the table in others; states times letters at most 64
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/simulation/packed_words.hpp"

namespace eigenmata::simulation {

enum class AutomatonEngine { kTable, kInterleaved, kGroups, kComposed, kFollowed, kLanes };
inline constexpr AutomatonEngine kAutomatonEngines[] = {AutomatonEngine::kTable,    AutomatonEngine::kInterleaved,
                                                        AutomatonEngine::kGroups,   AutomatonEngine::kComposed,
                                                        AutomatonEngine::kFollowed, AutomatonEngine::kLanes};

/// "table", "interleaved", …
[[nodiscard]] std::string_view to_string(AutomatonEngine engine);
[[nodiscard]] std::optional<AutomatonEngine> automaton_engine_named(std::string_view name);

struct AutomatonTables;
class Followers;

class AutomatonRunner {
 public:
  /// `threads` 0: as many as there are cores. Without an engine, each call chooses by what it is given. Throws
  /// `core::Error` if the alphabet has more than 256 letters, the table more than 2^32 entries, or the engine does not
  /// fit the automaton or the processor. Cost: O(256 · states + states · letters), and for 33 to 512
  /// states at most O(states² · letters).
  explicit AutomatonRunner(const automata::Dfa& dfa, std::size_t threads = 1,
                           std::optional<AutomatonEngine> engine = std::nullopt);
  ~AutomatonRunner();
  AutomatonRunner(AutomatonRunner&&) noexcept;
  AutomatonRunner& operator=(AutomatonRunner&&) noexcept;

  /// Whether the engine fits the automaton and the processor.
  [[nodiscard]] static bool fits(const automata::Dfa& dfa, AutomatonEngine engine);

  /// The state that the word leads to. Letters have to be below the number of letters.
  [[nodiscard]] automata::State run(automata::State from, std::span<const std::uint8_t> word) const;

  /// The same for every word, from the initial state; the first one from `first`.
  void run(const PackedWords& words, automata::State first, std::span<automata::State> finals) const;

  [[nodiscard]] const automata::Dfa& dfa() const { return dfa_; }
  /// What runs one long word, and what many words, for reports.
  [[nodiscard]] AutomatonEngine long_engine() const { return long_engine_; }
  [[nodiscard]] AutomatonEngine many_engine() const { return many_engine_; }

 private:
  automata::Dfa dfa_;
  std::size_t threads_;
  [[nodiscard]] std::uint32_t follow(std::uint32_t from, std::span<const std::uint8_t> word) const;
  [[nodiscard]] std::uint32_t follow_alone(std::uint32_t from, std::span<const std::uint8_t> word) const;

  std::unique_ptr<const AutomatonTables> tables_;
  std::unique_ptr<const Followers> followers_;  ///< if they are the long engine
  AutomatonEngine long_engine_;
  AutomatonEngine many_engine_;
  std::size_t long_word_;  ///< words of at least so many letters are run one at a time
};

}  // namespace eigenmata::simulation

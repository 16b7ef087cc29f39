// SPDX-License-Identifier: Apache-2.0
//
// Cascades: an automaton as a stack of machines so simple that one layer of a linear RNN can run each.
//
// Machine 1 reads the letters; machine l + 1 reads what machine l says, which may depend on the symbol that machine l
// reads and on its value before the step. In an automaton that is decomposed into *flags* (flag_cascade.hpp) nobody
// stores the state q_t; the machines store a flag of candidate sets Q = X_0 ⊇ X_1 ⊇ … with q_t in all of them, machine
// i how X_i lies inside X_{i−1}, and the last set is {q_t}.
//
// That a cascade follows its automaton is proved level by level, never by the product of the machines, which is
// astronomically large where the levels are small. For this a cascade carries *contexts*: what has to be remembered of
// machines 1 to l together (for flags the set X_l). meet(c, v) is the context of machines 1 to l when c is that of the
// machines below l and v the value of machine l. A *situation of level l* (x, c, c', s) says: under the letter x the
// context may go from c to c' while machine l says s. Situations of one level and meets give those of the next; at the
// last level each context means a set of states, and the last output has to say whether they accept. This is the
// argument of proofs/certificate-format.md, "Layer by layer", with values instead of regions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"
#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"
#include "eigenmata/core/verdict.hpp"

namespace eigenmata::algebra {

/// The number of a value of a machine, of a context, of an output.
using Value = std::uint32_t;
using Context = std::uint32_t;

/// A symbol of a point machine that forgets: the value becomes this one.
struct ResetTo {
  Value value = 0;

  friend bool operator==(const ResetTo&, const ResetTo&) = default;
};

/// A machine whose values are sets of points, all of one size, or lists of different points, all of one length. Each
/// symbol permutes the points, and the sets or lists with them, or resets. Where values are single points, symbols may
/// map the points in any way (map_blocks.hpp).
struct PointMachine {
  std::size_t points = 0;
  std::vector<std::variant<Transformation, ResetTo>> actions;  ///< by input symbol
  bool lists = false;                                          ///< the order of a value's points counts
};

/// What a symbol does to one coordinate: writes `amount`, or adds it modulo the coordinate's modulus (which for
/// modulus 1 holds the coordinate), or subtracts the coordinate from it.
struct Move {
  bool writes = false;
  std::uint32_t amount = 0;
  bool reflects = false;  ///< v ← amount − v; never together with `writes`, nor for modulus 1

  friend bool operator==(const Move&, const Move&) = default;
};

/// A machine of independent coordinates. With modulus m > 1 a coordinate is an element of ℤ/m; with modulus 1 it is one
/// of finitely many codes, which can only be held or overwritten.
struct CoordinateMachine {
  std::vector<std::uint32_t> moduli;
  std::vector<std::vector<Move>> actions;  ///< by input symbol, one move a coordinate
};

/// One coordinate of modulus 1: a code that is held or overwritten.
[[nodiscard]] bool is_coded(const CoordinateMachine& machine);

/// No coordinate of modulus 1.
[[nodiscard]] bool only_counts(const CoordinateMachine& machine);

/// For each symbol of a coded machine whether it writes.
[[nodiscard]] std::vector<bool> writers(const CoordinateMachine& coded);

/// One step of a machine that can occur.
struct CascadeStep {
  Value value = 0;   ///< before
  Value next = 0;    ///< after
  Value output = 0;  ///< an input symbol of the next machine; 0 reject and 1 accept at the last one

  friend bool operator==(const CascadeStep&, const CascadeStep&) = default;
};

struct Meet {
  Context above = 0;  ///< of the machines before this one
  Value value = 0;
  Context context = 0;  ///< of all machines up to this one
};

struct CascadeLevel {
  std::variant<PointMachine, CoordinateMachine> machine;
  /// For a point machine the points of the set, increasing, or of the list; for a coordinate machine an entry for each
  /// coordinate.
  std::vector<std::vector<std::uint32_t>> values;
  Value start = 0;
  std::vector<std::vector<CascadeStep>> steps;  ///< by input symbol, values increasing
  std::size_t outputs = 0;
  std::size_t contexts = 0;
  std::vector<Meet> meets;  ///< (above, value) increasing

  [[nodiscard]] std::size_t inputs() const { return steps.size(); }
  /// Does what the machine says after this symbol depend on the value that the symbol overwrote? (Coordinates that
  /// move can be told from the new value.) Then a network has to keep the old value.
  [[nodiscard]] bool needs_old_value(std::size_t symbol) const;
  [[nodiscard]] bool needs_old_values() const;
};

/// The same of a level's machine; false for a point machine.
[[nodiscard]] bool is_coded(const CascadeLevel& level);
[[nodiscard]] bool only_counts(const CascadeLevel& level);

struct Cascade {
  automata::Dfa automaton;
  std::vector<CascadeLevel> levels;  ///< none for an automaton of one state
  /// For each context of the last level the states that it allows, increasing.
  std::vector<std::vector<automata::State>> meaning;
};

/// A permutation automaton as one machine, whose contexts are the states. Under a letter that leads from a state to
/// another the machine says `output(state, letter)`, below `outputs`: the next state, or whatever a network is to know.
[[nodiscard]] Cascade cascade_of_permutations(const automata::Dfa& dfa, std::size_t outputs,
                                              const std::function<Value(automata::State, core::Symbol)>& output);

/// Where a cascade fails.
struct CascadeFailure {
  std::size_t level = 0;
  std::string what;
};

/// Checks everything: that steps do what the actions of the machines say, and that the cascade follows its automaton
/// (rules 1, 2, 4 and 5 of kind layers). Cost: situations of all levels · values, `limits` on their number.
[[nodiscard]] core::Verdict<core::NoEvidence, CascadeFailure> check_cascade(const Cascade& cascade,
                                                                            const core::Limits& limits);

/// The acceptance of the empty prefix and of each further prefix of a word, by running the machines.
[[nodiscard]] std::vector<bool> run_cascade(const Cascade& cascade, const automata::Word& word);

/// Does a symbol of some level permute points, or add to a coordinate, and not as the identity?
[[nodiscard]] bool has_group(const Cascade& cascade);

/// Input symbols of a machine that make it, and all machines after it, do the same are made one symbol. Symbols that
/// never meet the same value may be made one as well, but no level comes to need old values, and behind a machine that
/// only counts its symbol goes on to tell whether a coded machine writes. Works from the last level up.
void merge_symbols(Cascade& cascade);

/// A point machine all of whose permutations are the identity only holds and overwrites: it becomes a machine of one
/// coordinate with as many codes as it has values. Other levels stay as they are.
void code_levels_without_group(Cascade& cascade);

}  // namespace eigenmata::algebra

// SPDX-License-Identifier: Apache-2.0
//
// What a certificate of `kind numeric` has instead of points (proofs/certificate-format.md, "Numbers of finitely many
// bits"): an arithmetic, and a set of states in it that is closed under every letter, listed or given as boxes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "checker/automaton.hpp"
#include "checker/network.hpp"
#include "checker/rounding.hpp"

namespace eigenmata::checker {

class CertificateLines;

/// For a state of the automaton, the numbers that each coordinate of all layers may have.
struct NumericBox {
  State state = 0;
  std::vector<Interval> sides;
  std::size_t line = 0;
};

struct NumericStates {
  std::string name;  ///< of the semantics
  std::size_t semantics_line = 0;
  NumericSemantics semantics;
  std::size_t coordinates = 0;  ///< of all layers
  std::vector<State> states;    ///< of the automaton, one for each
  /// Row by row: the codes of the coordinates; in chunks then, one more than the letter for each one since the last
  /// boundary, 0 for those to come.
  std::vector<std::uint64_t> codes;
  std::vector<std::size_t> lines;
  std::vector<NumericBox> boxes;  ///< in the place of states

  /// Of a row.
  [[nodiscard]] std::size_t width() const {
    return coordinates + (semantics.chunk == 0 ? 0 : std::size_t{semantics.chunk} - 1);
  }
  [[nodiscard]] std::size_t size() const { return states.size(); }
};

/// Reads the line `semantics`.
NumericStates read_semantics(CertificateLines& lines);

/// Reads what follows the network's `accept` line, up to before `end`.
void read_states(CertificateLines& lines, const Network& network, std::size_t automaton_states, NumericStates& into);

}  // namespace eigenmata::checker

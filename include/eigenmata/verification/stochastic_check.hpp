// SPDX-License-Identifier: Apache-2.0
//
// Does a network recognise a language if every rounding is stochastic, whatever is chosen? The exact result of an
// operation that is no number of the format is rounded to the number below or to the one above, each with a chance that
// is not 0; so a state has a set of successors. Breadth-first search over pairs (numeric state, state of the automaton)
// as in numeric_check.hpp, with all choices of all operations of a step, decides it for all word lengths and all
// choices: if no pair that is reached errs, none can; else there are a word, a shortest one, and choices on which the
// network errs, which happens with a chance that is not 0.
//
// Parameters are rounded once, to nearest. Operations are those of the plan all-same: every product and every sum, left
// to right.
#pragma once

#include <optional>
#include <vector>

#include "eigenmata/verification/numeric_check.hpp"

namespace eigenmata::verification {

/// Of one letter: which of the two neighbours each operation took whose result is no number, in the order in which the
/// recurrence performs them, layer after layer, readouts included; true: the one above.
using RoundingChoices = std::vector<bool>;

struct StochasticCheck {
  NumericCheck check;  ///< its `closure` is closed under all choices
  /// If the network errs: for each letter of the word.
  std::vector<RoundingChoices> choices;
};

/// Needs a network rounded by this arithmetic, whose plan rounds everything to one format, one operation at a time
/// (all-same). Never throws `core::LimitReached`. Cost: reachable states · letters · 2^c steps, c the operations of a
/// step whose results are no numbers.
[[nodiscard]] StochasticCheck check_stochastic(const precision::FloatArithmetic& arithmetic,
                                               const lrnn::Network<double>& network, const automata::Dfa& language,
                                               const core::Limits& limits,
                                               std::optional<std::size_t> up_to = std::nullopt);

/// What the network says after each letter of a word if it is chosen so; nothing from the first step on that has no
/// answer. Needs choices for each letter, as many as operations ask for.
[[nodiscard]] std::vector<std::optional<bool>> answers_with(const precision::FloatArithmetic& arithmetic,
                                                            const lrnn::Network<double>& network,
                                                            const core::Word& word,
                                                            const std::vector<RoundingChoices>& choices);

}  // namespace eigenmata::verification

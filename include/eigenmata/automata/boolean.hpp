// SPDX-License-Identifier: Apache-2.0
//
// Boolean operations on languages over one alphabet.
#pragma once

#include "eigenmata/automata/dfa.hpp"
#include "eigenmata/core/limits.hpp"

namespace eigenmata::automata {

enum class BooleanOperation { kAnd, kOr, kDifference, kSymmetricDifference };

/// Accepts what `dfa` rejects.
[[nodiscard]] Dfa complement(const Dfa& dfa);

/// The reachable part of the product automaton. Throws `core::Error` if the alphabets differ,
/// `core::LimitReached` at a limit. Cost: O(reachable pairs · letters).
[[nodiscard]] Dfa combined(BooleanOperation operation, const Dfa& first, const Dfa& second, const core::Limits& limits);

}  // namespace eigenmata::automata

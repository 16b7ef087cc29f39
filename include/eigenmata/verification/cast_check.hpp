// SPDX-License-Identifier: Apache-2.0
//
// Does a network recognise a language if its exact states are cast to a finite set D, as in the negative results of
// [Grazzi2025, eq. (4)]? Products of matrices are exact, so the state behind the cast is A(x_t) ⋯ A(x_1) h_0, and what
// a decoder sees of it is, coordinate by coordinate, the nearest number of D, of two equally near the smaller.
//
// The exact states may be infinitely many: (−1/8)^t never ends. For diagonal matrices with entries in [−1, 1] and B = 0
// it is enough to know of a coordinate below a certain size whether it is 0, and else its sign: let δ be the least
// |boundary| > 0 between the cells of the cast. Once |h| < δ it stays so, all numbers in (0, δ) are in one cell, all in
// (−δ, 0) in one, and entries multiply signs. So those two become two states, and the rest are finitely many if there
// are: a product of entries of modulus below 1 falls below δ. Nothing else is built.
#pragma once

#include <vector>

#include "eigenmata/verification/numeric_check.hpp"

namespace eigenmata::verification {

/// Why this network is not one of those: a matrix that is not diagonal, an entry beyond [−1, 1], a B. Nothing if it is.
[[nodiscard]] std::optional<std::string> why_no_cast_check(const lrnn::RationalNetwork& network);

/// Needs a network that is, and at least one number in the set. `state_bits` and `table_bytes` of the result are 0.
[[nodiscard]] NumericCheck check_cast(const lrnn::RationalNetwork& network, const std::vector<exact::Rational>& set,
                                      const automata::Dfa& language, const core::Limits& limits,
                                      std::optional<std::size_t> up_to = std::nullopt);

}  // namespace eigenmata::verification

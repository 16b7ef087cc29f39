// SPDX-License-Identifier: Apache-2.0
//
// Networks by the definitions of the model page, on plain vectors of GMP rationals: slow, and nothing like
// the checker.
#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "checker/network.hpp"

namespace eigenmata::checker {

using Column = std::vector<mpq_class>;

Column dense(VectorView vector, std::size_t dimension);
mpq_class product(const Column& a, const Column& b);

/// The matrix A itself, factors multiplied out.
std::vector<Column> matrix_of(const Map& map, std::size_t dimension);

/// The states of all layers.
using States = std::vector<Column>;

States start_of(const Network& network);

/// Moves the states by one letter and returns the output (of the last layer, or the letter); nothing if a
/// table has no row for a state.
std::optional<std::uint32_t> advance(const Network& network, States& states, std::uint32_t letter);

/// The network's answer to a word: 1 accept, 0 reject, −1 none.
int answer_of(const Network& network, const std::vector<std::uint32_t>& word);

}  // namespace eigenmata::checker

// SPDX-License-Identifier: Apache-2.0
//
// Spaces of functions on the states of an automaton that the letters leave invariant.
//
// A letter x acts on functions f: Q → ℚ by (x f)(q) = f(q·x). If f_1 … f_n span an invariant space together with the
// constants, then c(q) = (f_1(q), …, f_n(q)) satisfies c(q·x) = A(x) c(q) + B(x): the states have affine codes of
// dimension n. If the functions tell all states apart, these codes run the automaton in one layer. So small networks
// are small invariant spaces that separate the states.
//
// Spaces are closed ("spun") modulo a large prime. Independence modulo a prime implies independence over ℚ, and whoever
// uses a space verifies its affine maps exactly, so an unlucky prime can lose a space but never make a wrong one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "eigenmata/algebra/transformation.hpp"

namespace eigenmata::compiler {

using StateFunction = std::vector<std::int64_t>;  ///< one value a state

struct FunctionSpace {
  std::vector<StateFunction> basis;  ///< independent together with the constant 1

  [[nodiscard]] std::size_t dimension() const { return basis.size(); }
};

/// The least invariant space that has the seeds, constants not counted; nothing if its dimension exceeds
/// `max_dimension`. Cost: O(n · letters · n · states) for the dimension n.
[[nodiscard]] std::optional<FunctionSpace> spin(const std::vector<algebra::Transformation>& letters,
                                                const std::vector<StateFunction>& seeds, std::size_t max_dimension);

/// For each state the number of its class: states with the same values under all functions are in one class.
[[nodiscard]] std::vector<std::uint32_t> classes(const std::vector<StateFunction>& functions, std::size_t states);

/// Number of classes.
[[nodiscard]] std::size_t class_count(const std::vector<std::uint32_t>& classes);

}  // namespace eigenmata::compiler
